"""Joins the words of pandoc's tree to strings, and marks numbers in several pieces, which are set as one.

Unicode's algorithm shows 0300 222 5800 in Arabic text as 5800 222 0300, and 1-3 as 3-1; in any text a telephone number
wants to stand on one line. Right-to-left, a figure with a sign or a Latin unit counts too.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

_LETTER = "A-Za-z\u00b5\u03bc"
_FIGURE = "0-9\u0660-\u0669\u06f0-\u06f9"
_SIGN = "+\\-\u2212\u00b1<>\u2264\u2265"
_BLANK = "[ \u00a0\u202f\u2009]"
_WIDE = re.compile("[\u2e80-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]")
_ARABIC = re.compile("[\u0640-\u067f\u06c0-\u06ff]")
_INLINES = frozenset(
    "Str Emph Underline Strong Strikeout Superscript Subscript SmallCaps Quoted Cite Code Space SoftBreak LineBreak "
    "Math RawInline Link Image Note Span".split()
)

Node = dict[str, Any]


def joined(blocks: list[Any], *, is_rtl: bool) -> list[Any]:
    """The blocks, changed in place: one Str for each run of words, and a Span of class "number" for such a number."""
    _join(blocks, is_rtl)
    return blocks


def _join(node: Any, is_rtl: bool) -> None:
    if type(node) is dict:
        # The text of a picture is its alternative, which is a string.
        if node["t"] != "Image" and "c" in node:
            _join(node["c"], is_rtl)
        return
    if type(node) is not list:
        return
    for child in node:
        _join(child, is_rtl)
    if node and type(node[0]) is dict and node[0]["t"] in _INLINES:
        node[:] = _runs(node, is_rtl)


def _runs(inlines: list[Node], is_rtl: bool) -> list[Node]:
    found: list[Node] = []
    run: list[str] = []
    for index, inline in enumerate(inlines):
        kind = inline["t"]
        if kind == "Str":
            run.append(inline["c"])
        elif kind == "Space":
            run.append(" ")
        elif kind == "SoftBreak":
            run.append(_line_end(run, inlines[index + 1 : index + 2]))
        elif kind != "RawInline":
            found += [*_numbered("".join(run), is_rtl), inline]
            run = []
    return [*found, *_numbered("".join(run), is_rtl)]


def _line_end(run: list[str], after: list[Node]) -> str:
    """Chinese is written without spaces, so a line end within it is none either."""
    last = next((text[-1] for text in reversed(run) if text), "")
    first = after[0]["c"][:1] if after and after[0]["t"] == "Str" else ""
    return "" if _WIDE.match(last) and _WIDE.match(first) else " "


def _numbered(text: str, is_rtl: bool) -> list[Node]:
    found: list[Node] = []
    plain = 0
    for match in _numbers(is_rtl).finditer(text):
        if match["number"]:
            if plain < match.start():
                found.append({"t": "Str", "c": text[plain : match.start()]})
            found.append(_span(match[0], is_rtl))
            plain = match.end()
    if plain < len(text):
        found.append({"t": "Str", "c": text[plain:]})
    return found


def _span(number: str, is_rtl: bool) -> Node:
    # Programs that take the text out of a PDF let numbers with blanks between them change places.
    text = number.replace(" ", "\u00a0") if is_rtl else number
    # Arabic figures change places even in left-to-right text.
    if _ARABIC.search(text):
        text = f"\u202d{text}\u202c"
    return {"t": "Span", "c": [["", ["number"], []], [{"t": "Str", "c": text}]]}


@cache
def _numbers(is_rtl: bool) -> re.Pattern[str]:
    """Finds a number, or a word, within which there is none."""
    figures, letters = f"[{_FIGURE}]++", f"[{_LETTER}]++"
    dash = "[-\u2010\u2011\u2012\u2013\u2212]"
    joint = f"(?>{_BLANK}?+(?:{dash}|[/:\u00d7]){_BLANK}?+|[.,]|{_BLANK})"
    group = rf"\({figures}\)"
    piece = f"(?>{joint}(?:{group}|{figures}))"
    # No more than seven pieces, so that it cannot outgrow a line.
    pieces = f"(?>(?:{group}{_BLANK}?+)?+{figures}{piece}{piece}{{0,5}}+)"
    unit = f"(?>{_BLANK}?+(?:[%\u066a]|\u00b0[CF]?+|{letters}(?:/{letters})?+))"
    number = f"[{_SIGN}]?+{pieces}"
    if is_rtl:
        number = f"(?>{number}{unit}?+|[{_SIGN}]{figures}{unit}?+|{figures}{unit})"
    word = rf"[{_LETTER}{_FIGURE}]++(?:[-./'][{_LETTER}{_FIGURE}]++)*+"
    return re.compile(rf"(?P<number>(?>{number})(?!-?[{_LETTER}{_FIGURE}]))|{word}")
