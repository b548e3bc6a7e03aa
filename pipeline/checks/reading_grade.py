"""The article reads at the library's grade or below.

The grade is Flesch-Kincaid's (Kincaid and others, 1975): 0.39 x words a sentence + 11.8 x syllables a word
- 15.59. It is given twice: over full sentences only, and over all units, where a heading, a list item and
a table cell each end a sentence. The target holds for the full sentences; an article without any is judged
by all its units. Only English articles are judged.

Why: the average adult reads at the level of an eleven-year-old, and less when ill or afraid.

Standard: AMA and NIH: grade 6 or below; NHS: reading age 9 to 11

Bad:
    Cardiovascular regurgitation necessitates individualised pharmacological management, particularly when haemodynamic deterioration accompanies ventricular dilatation.
Good:
    Your heart has four valves. They keep your blood on the right way. Some people need no care at all.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks import Context, Problem, article_check
from pipeline.model import Article, Severity
from pipeline.readability import grades


@article_check(Severity.WARNING, "AMA, NIH: grade 6; NHS: reading age 9 to 11")
def reading_grade(article: Article, context: Context) -> Iterator[Problem]:
    """A Flesch-Kincaid grade above the library's target."""
    if article.language.partition("_")[0] != "en":
        return
    measured = grades(article)
    grade = measured.prose if measured.prose is not None else measured.all_units
    if grade is None or grade <= context.settings.grade:
        return
    prose = "none" if measured.prose is None else f"{measured.prose:.1f}"
    message = (
        f"reading grade {grade:.1f}, above the target of {context.settings.grade:g} "
        f"(Flesch-Kincaid; full sentences only {prose}, all units {measured.all_units:.1f}): "
        "shorten the long sentences and use shorter words"
    )
    start = article.segments[0].start
    yield Problem(start, article.segments[0].end, message)
