"""A translation does not begin like a list, a quotation or a heading where its source does not.

"24. Woche" would begin a numbered list. Plainleaf writes a backslash before such a mark, so that the leaflet is right;
a person must look whether the mark was meant.

Why: another program that reads the translation would turn the sentence into a list, and drop its number.

Standard: WCAG 2.2 1.3.1 Info and Relationships (A)

Bad:
    # language: fr
    msgid "Week 24 is the last."
    msgstr "24. La semaine est la dernière."
Bad:
    # language: es
    msgid "Over 39 call a doctor."
    msgstr "> 39 llame a un médico."
Good:
    # language: es
    msgid "Over 39 call a doctor."
    msgstr "Con más de 39 llame a un médico."
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks import Context, Problem, TranslatedArticle, translation_check
from pipeline.checks._pairs import pairs
from pipeline.fit import escape_block_start
from pipeline.messages import say
from pipeline.model import Severity


@translation_check(Severity.REVIEW, "WCAG 2.2 1.3.1")
def block_starter(item: TranslatedArticle, context: Context) -> Iterator[Problem]:
    """Translations that begin like another kind of block."""
    for pair in pairs(item):
        first = pair.translation.text.lstrip().partition("\n")[0]
        if not first or first[0].isalpha() or first[0] == "\\":
            continue
        if escape_block_start(first) != first and escape_block_start(pair.raw) == pair.raw:
            message = say(
                '"{words}" begins like a list, a quotation or a heading: begin in another way if none is meant. The source: "{source}"',
                words=first[:12],
                source=pair.raw,
            )
            yield Problem(*item.span(pair.translation), message)
