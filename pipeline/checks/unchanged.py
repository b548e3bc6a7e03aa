"""A translation differs from its source where words are to be translated.

A text of names, numbers and placeholders may stay as it is, and so may a single word that both languages share.

Why: such a segment counts as translated, and readers get a sentence that they cannot read.

Standard: WCAG 2.2 3.1.2 Language of Parts (AA)

Bad:
    # language: es
    msgid "Call your doctor now."
    msgstr "Call your doctor now."
Good:
    # language: es
    msgid "ECG: 12 mm (NHS)"
    msgstr "ECG: 12 mm (NHS)"
Good:
    # language: fr
    msgid "Causes"
    msgstr "Causes"
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.checks import Context, Problem, TranslatedArticle, translation_check
from pipeline.checks._pairs import pairs
from pipeline.messages import say
from pipeline.model import Severity

_WORD = re.compile(r"(?<![\w-])[A-Za-z]?[a-z]{2,}(?![\w-])")


@translation_check(Severity.WARNING, "WCAG 2.2 3.1.2")
def unchanged(item: TranslatedArticle, context: Context) -> Iterator[Problem]:
    """Segments whose translation is the source text."""
    if item.source.language.partition("_")[0] == item.translated.article.language.partition("_")[0]:
        return
    for pair in pairs(item):
        if pair.source.strip().casefold() != pair.text.strip().casefold():
            continue
        words = [word for word in _WORD.findall(pair.source) if word.lower() not in context.own_words]
        if sum(word.islower() for word in words) > 1 or (len(words) > 1 and any(word.islower() for word in words)):
            severity = Severity.ERROR if len(words) > 3 else Severity.WARNING
            message = say(
                'the translation is the source text, unchanged; translate it, or add a name to source/wordlist.txt: "{source}"',
                source=pair.raw,
            )
            yield Problem(*item.span(pair.translation), message, severity=severity)
