"""The article reads at the library's grade or below.

The grade is Flesch-Kincaid's (Kincaid and others, 1975): 0.39 x words a sentence + 11.8 x syllables a word
- 15.59. It is given twice: for prose only, which is full sentences, and for all units, where a heading, a list
item and a table cell each end a sentence. The target holds for prose; an article without any is judged by all
its units. The SMOG grade (McLaughlin, 1969) stands beside it. Then come the five sentences and the five words that
cost most, each with the grade that the article would have without it. Only English articles are judged.

Why: the average adult reads at the level of an eleven-year-old, and less when ill or afraid.

Standard: AMA and NIH: grade 6 or below; NHS: reading age 9 to 11

Bad:
    Cardiovascular regurgitation necessitates individualised pharmacological management, particularly when haemodynamic deterioration accompanies ventricular dilatation.
Good:
    Your heart has four valves. They keep your blood on the right way. Some people need no care at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from pipeline.checks import Context, Problem, article_check
from pipeline.messages import Message, joined, say, say_count
from pipeline.model import Article, Severity
from pipeline.readability import Figures, Reading, SentenceCost, WordCost, costs, measure

LONGEST = 40
"""Characters of a sentence that a message quotes."""


@article_check(Severity.WARNING, "AMA, NIH: grade 6; NHS: reading age 9 to 11")
def reading_grade(article: Article, context: Context) -> Iterator[Problem]:
    """A Flesch-Kincaid grade above the library's target."""
    if article.language.partition("_")[0] != "en":
        return
    reading, target = measure(article), context.settings.grade
    if reading.judged is None or reading.judged.scores[0].value <= target:
        return
    first = article.segments[0]
    yield Problem(first.start, first.end, joined("\n", [_grades(reading, target), *_worst(article)]))


def _grades(reading: Reading, target: float) -> Message:
    """The first line: the figures, each named."""
    judged = reading.judged
    assert judged is not None
    return say(
        "reading grade {grade:.1f}, above the target of {target:g} (Flesch-Kincaid, prose only {prose}, "
        "all units {every}{smog}): shorten these sentences, swap these words",
        grade=judged.scores[0].value,
        target=target,
        prose=_figure(reading.prose),
        every=_figure(reading.all_units),
        smog=say(", SMOG {grade:.1f}", grade=judged.scores[1].value) if judged.scores[1:] else "",
    )


def _figure(figures: Figures | None) -> Message:
    return say("{grade:.1f}", grade=figures.scores[0].value) if figures else say("none")


def _worst(article: Article) -> Iterator[Message]:
    """Up to five lines: a costly sentence and a costly word in each, with the grade without them."""
    worst = costs(article)
    for sentence, word in zip_longest(worst.sentences, worst.words):
        parts = [_sentence(article, sentence)] if sentence else []
        parts += [_word(word)] if word else []
        yield say("  {costs}", costs=joined("; ", parts))


def _sentence(article: Article, cost: SentenceCost) -> Message:
    line, _ = article.lines.place(cost.sentence.start)
    text = cost.sentence.text
    if len(text) > LONGEST:
        text = text[:LONGEST].rsplit(" ", 1)[0].rstrip(",;:") + " …"
    return say(
        "{grade:.1f} without line {line}, “{sentence}” ({count} words)",
        grade=cost.without,
        line=line,
        sentence=text,
        count=len(cost.sentence.words),
    )


def _word(cost: WordCost) -> Message:
    return say_count(
        "{grade:.1f} without “{word}” (once)",
        "{grade:.1f} without “{word}” ({count} times)",
        cost.times,
        grade=cost.without,
        word=cost.word,
    )
