"""No translation stands for a source text that has changed.

A translation of an older text (fuzzy) is never printed: readers see the source text, marked as such. It is
an error when a number, its unit, a limit, a negation, a word that has become its opposite or the emergency
card is concerned, else a warning.

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

from collections.abc import Iterator

from pipeline.checks import Context, Problem, TranslatedArticle, translation_check
from pipeline.gravity import grave_change
from pipeline.messages import Message, say
from pipeline.model import Severity, State, Translation


@translation_check(Severity.WARNING, "US 45 CFR 92.201")
def stale(item: TranslatedArticle, context: Context) -> Iterator[Problem]:
    """Fuzzy segments, graver where a number, a negation or an emergency is concerned."""
    for translation in item.translated.translations:
        if translation.state is not State.FUZZY:
            continue
        segment = translation.segment
        reason = grave_change(translation.previous, segment.text, item.source.language, segment.trail)
        start, end = item.span(translation)
        message = say("{advice}; until then readers see the source text", advice=_what_to_do(translation))
        if reason:
            message = say("{reason}: {message}", reason=reason, message=message)
        yield Problem(start, end, message, severity=Severity.ERROR if reason else Severity.WARNING)


def _what_to_do(translation: Translation) -> Message:
    now = translation.segment.text
    if translation.previous == now:
        return say(
            'the source is again what it was when this was translated ("{source}"). Compare, and take the fuzzy mark away',
            source=now,
        )
    if translation.previous:
        return say(
            'the source has changed (it was: "{source_then}"); now it says "{source}". Translate it again and take the fuzzy mark away',
            source_then=translation.previous,
            source=now,
        )
    return say(
        'the source has changed; now it says "{source}". Translate it again and take the fuzzy mark away', source=now
    )
