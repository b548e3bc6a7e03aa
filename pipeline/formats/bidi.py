"""Numbers within right-to-left text."""

from __future__ import annotations

import re

_DIGITS = r"[0-9\u0660-\u0669\u06f0-\u06f9]+"
_FIGURE = re.compile(_DIGITS)
_BLANK = r"[ \u00a0\u2009\u202f]"
_JOINT = rf"(?:{_BLANK}?[-\u2010-\u2013\u2212/\u00d7:]{_BLANK}?|[.,]|{_BLANK})"
_UNIT = rf"(?:{_BLANK}?(?:%|\u00b0[CF]?|[A-Za-z\u00b5\u03bc]{{1,5}}(?:/[A-Za-z]+)*))"
_PIECE = rf"(?:\({_DIGITS}\)|{_DIGITS})"
_NUMBERS = re.compile(
    # Not within a word or a character reference such as &#39;
    rf"(?<![A-Za-z0-9#])(?:[+\u2212-]?{_PIECE}(?:{_JOINT}{_PIECE})+{_UNIT}?"
    rf"|[+\u2212-]{_DIGITS}{_UNIT}?|{_DIGITS}{_UNIT})(?![A-Za-z0-9])"
)
"""Telephone numbers, dates, ranges and doses: whatever has figures in more than one piece."""


def isolate_numbers(html: str) -> str:
    """Keep telephone numbers, dates, ranges and doses in order within right-to-left text.

    Unicode's algorithm shows 0300 222 5800 as 5800 222 0300 there. Override, not only isolate: Arabic
    digits would change places even within a left-to-right isolate (rule N1 takes them for right-to-left).
    The Arabic percent sign stays outside: its place is on the left.
    """
    pieces = re.split(r"(<[^>]*>)", html)
    for index in range(0, len(pieces), 2):
        if _FIGURE.search(pieces[index]):
            pieces[index] = _NUMBERS.sub(lambda number: f'<bdo dir="ltr">{number[0]}</bdo>', pieces[index])
    return "".join(pieces)
