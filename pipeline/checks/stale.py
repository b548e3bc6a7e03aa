"""No translation stands for a source text that has changed.

A translation of an older text (fuzzy) is never printed: readers see the source text, marked as such. It is
an error when a number, its unit, a negation or the emergency card is concerned, else a warning.

Why: stale translations are the gravest fault of translated leaflets. A dose or a "not" may have changed.

Standard: US 45 CFR 92.201; NSW Health PD2017_044 (English finalised first)

Bad:
    # language: es
    #, fuzzy
    #| msgid "Take 1 tablet a day."
    msgid "Take 2 tablets a day."
    msgstr "Tome 1 comprimido al día."
Good:
    # language: es
    msgid "Take 2 tablets a day."
    msgstr "Tome 2 comprimidos al día."
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from pipeline.checks import Context, Problem, TranslatedArticle, translation_check
from pipeline.model import Severity, State, Translation
from pipeline.numerals import numbers, word_values

_NEGATION = re.compile(r"\b(?:not|no|never|none|nor|neither|unless|without|cannot|\w+n['’]t|stop|avoid)\b", re.I)


@translation_check(Severity.WARNING, "US 45 CFR 92.201")
def stale(item: TranslatedArticle, context: Context) -> Iterator[Problem]:
    """Fuzzy segments, graver where a number, a negation or an emergency is concerned."""
    for translation in item.translated.translations:
        if translation.state is not State.FUZZY:
            continue
        reason = _grave(translation, item.source.language)
        start, end = item.span(translation)
        previous = f' (it was: "{translation.previous}")' if translation.previous else ""
        message = (
            f'the source has changed{previous}; now it says "{translation.segment.text}". Translate it again '
            "and take the fuzzy mark away; until then readers see the source text"
        )
        severity = Severity.ERROR if reason else Severity.WARNING
        yield Problem(start, end, (f"{reason}: " if reason else "") + message, severity=severity)


def _grave(translation: Translation, language: str) -> str:
    old, new = translation.previous, translation.segment.text
    if not old:
        return "what has changed is not known"
    if Counter((n.value, n.unit) for n in numbers(old)) != Counter((n.value, n.unit) for n in numbers(new)):
        return "a number or its unit has changed"
    if word_values(old, language) != word_values(new, language):
        return "a number in words has changed"
    if Counter(w.casefold() for w in _NEGATION.findall(old)) != Counter(w.casefold() for w in _NEGATION.findall(new)):
        return "a negation has changed"
    if any("{{emergency_number}}" in text for text in (*translation.segment.trail, old, new)):
        return "it is part of the emergency card"
    return ""
