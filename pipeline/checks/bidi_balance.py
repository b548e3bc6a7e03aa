"""Invisible marks of direction come in pairs.

An embedding or an override (U+202A to U+202E) ends with U+202C, an isolate (U+2066 to U+2068) with U+2069, each within
its segment.

Why: one that is left open turns the rest of the line: numbers and brackets then stand in the wrong order.

Standard: Unicode Standard Annex 9; WCAG 2.2 1.3.2 Meaningful Sequence (A)

Bad:
    # language: ar
    msgid "Call +44 20."
    msgstr "اتصل على \u202a+44 20."
Good:
    # language: ar
    msgid "Call +44 20."
    msgstr "اتصل على \u202a+44 20\u202c."
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.checks import Context, Problem, TranslatedArticle, translation_check
from pipeline.checks._pairs import pairs
from pipeline.messages import Message, say
from pipeline.model import Severity

_MARKS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CLOSES = {"\u202c": "\u202a\u202b\u202d\u202e", "\u2069": "\u2066\u2067\u2068"}


@translation_check(Severity.ERROR, "UAX 9; WCAG 2.2 1.3.2")
def bidi_balance(item: TranslatedArticle, context: Context) -> Iterator[Problem]:
    """Marks of direction that nothing closes, or that close nothing."""
    for pair in pairs(item):
        text = pair.translation.text
        if text.isascii() or not _MARKS.search(text):
            continue
        open_marks: list[str] = []
        wrong: Message | None = None
        for mark in _MARKS.findall(text):
            if mark not in _CLOSES:
                open_marks.append(mark)
            elif open_marks and open_marks[-1] in _CLOSES[mark]:
                open_marks.pop()
            else:
                wrong = wrong or say("the mark {mark} closes nothing: take it away", mark=_code(mark))
        if open_marks and not wrong:
            end = next(mark for mark, opening in _CLOSES.items() if open_marks[0] in opening)
            wrong = say(
                "the mark {mark} is not closed: close it with {end}, or take it away",
                mark=_code(open_marks[0]),
                end=_code(end),
            )
        if wrong:
            yield Problem(
                *item.span(pair.translation), say('{fault}. The source: "{source}"', fault=wrong, source=pair.raw)
            )


def _code(mark: str) -> str:
    return f"U+{ord(mark):04X}"
