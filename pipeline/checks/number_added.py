"""No number stands in the translation that the source does not have.

A number in digits counts; a word, a month or an ordinal of the source explains it. Where the source holds other numbers
the one may stand for another, so it is a warning; else a person must look: translators write "two weeks" for
"a fortnight".

Why: a number that nobody wrote may be a dose that nobody meant.

Standard: US 45 CFR 92.201

Bad:
    # language: es
    msgid "Take 1 tablet of 5 mg."
    msgstr "Tome 1 comprimido de 5 mg cada 8 horas."
Bad:
    # language: ar
    msgid "Take your tablets."
    msgstr "تناول ٣ أقراص."
Good:
    # language: zh_Hans
    msgid "On 3 March, two people came."
    msgstr "3 月 3 日，来了 2 个人。"
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks import Context, Problem, TranslatedArticle, translation_check
from pipeline.checks._numbers import compare
from pipeline.checks._pairs import pairs
from pipeline.messages import joined, say
from pipeline.model import Severity


@translation_check(Severity.REVIEW, "US 45 CFR 92.201")
def number_added(item: TranslatedArticle, context: Context) -> Iterator[Problem]:
    """Numbers in digits that nothing in the source explains."""
    for pair in pairs(item):
        found = compare(pair.source, pair.text, pair.source_language, pair.language)
        # What is missing is told by number-missing, and this number is most likely what has come in its place.
        if found.added and not found.missing:
            written = joined(", ", (say('"{words}"', words=pair.text[n.start : n.end]) for n in found.added))
            message = say(
                '{numbers} in the translation is not in the source; take it away, or correct it: "{source}"',
                numbers=written,
                source=pair.raw,
            )
            severity = Severity.WARNING if found.exchanged else Severity.REVIEW
            yield Problem(*item.span(pair.translation), message, severity=severity)
