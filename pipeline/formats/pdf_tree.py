"""Tells leaflet-body.typ what Typst would find out more slowly: words that are not broken, how much a card holds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any

from pipeline.formats.pdf_bilingual import CARDS

_CANDIDATE = re.compile(r"\w\S*[-‐]\w|[^\x00-\u02ff]\S*[-‐]")
"""Nothing else can hold a word with a hyphen."""
_PLAIN = ("library", "language-name", "title-line", "imprint")
"""What leaflet_data gives as text that Typst only shows."""

_LETTER, _WIDE_LETTER = 0.75, 1.0
"""More than letters are wide on average, in sizes: of a longer text the estimate is always above what it takes."""
_LARGEST = 1.4
"""The size of a heading in a card, and its bold letters, against the text's."""


def prepared(data: dict[str, Any], *, is_rtl: bool) -> dict[str, Any]:
    """The data of leaflet.json, changed in place.

    A string that is shown and has words with a hyphen becomes a list, of which every second part is such a word.
    The attributes of a card get "lines", the widths of its lines of text, and the first one of the article "first".
    """
    cards = iter((True,))
    _walk(
        [data.get(name) for name in ("title", "also-called", "summary", "notices", "related", "about")], is_rtl, cards
    )
    _walk([(data.get("web") or {}).get("text"), data.get("rows"), data.get("english")], is_rtl, cards)
    _walk(data.get("blocks"), is_rtl, cards)
    data["about-lines"] = _lines(data["about"])
    if not is_rtl:
        for name in _PLAIN:
            data[name] = _shown(data[name])
        data["words"] = {name: _shown(text) for name, text in data["words"].items()}
    return data


def _walk(node: Any, is_rtl: bool, cards: Iterator[bool]) -> None:
    if type(node) is list:
        for child in node:
            if type(child) in (list, dict):
                _walk(child, is_rtl, cards)
        return
    if type(node) is not dict:
        return
    kind: str = node.get("t", "")
    content: Any = node.get("c")
    if kind in ("Str", "Code", "Math"):
        if not is_rtl:
            node["c"] = _shown(content) if kind == "Str" else [content[0], _shown(content[1])]
        return
    if kind == "Image":
        return  # Its text is its alternative, which is not shown.
    if kind == "Div" and not CARDS.keys().isdisjoint(content[0][1]):
        lines = _lines(content[1])
        content[0][2] += [["lines", lines], ["first", next(cards, False)]]
    for child in (content,) if kind else node.values():
        _walk(child, is_rtl, cards)


def _shown(value: Any) -> Any:
    """A string, or each of a list of them."""
    if isinstance(value, list):
        return [_shown(item) for item in value]
    if ("-" in value or "‐" in value) and _CANDIDATE.search(value):
        parts = _unbroken().split(value)
        return parts if len(parts) > 1 else value
    return value


@cache
def _unbroken() -> re.Pattern[str]:
    """Words with a hyphen: two parts or more, none of them longer than twelve letters."""
    marks = "".join(char for char in map(chr, range(0x300, 0x20000)) if unicodedata.category(char).startswith("M"))
    letter, word = rf"(?:[^\W\d_]|[{marks}])", rf"[\w{marks}]"
    return re.compile(rf"(?<!{word})({letter}{{1,12}}(?:[-‐](?:{letter}|\d){{1,12}})+)(?!{word})")


def _lines(blocks: list[Any]) -> list[float] | None:
    """The width of the text of each block if it stood on one line, in sizes of the text; None for what is no text."""
    found: list[float] = []
    return found if all(_add_lines(block, found) for block in blocks) else None


def _add_lines(node: Any, found: list[float]) -> bool:
    if isinstance(node, list):
        # The row of a list of inlines, as leaflet_data has it.
        found.append(_width(node))
        return True
    kind, content = node["t"], node.get("c")
    if kind in ("Para", "Plain"):
        found.append(_width(content))
        return True
    if kind == "Header":
        found.append(_width(content[2]) * _LARGEST)
        return True
    if kind in ("BulletList", "OrderedList"):
        items = content if kind == "BulletList" else content[1]
        return all(_add_lines(block, found) for item in items for block in item)
    return False


@cache
def _char_width(char: str) -> float:
    if unicodedata.category(char) == "Mn":
        return 0.0
    return _WIDE_LETTER if unicodedata.east_asian_width(char) in "WF" else _LETTER


def _width(inlines: Any) -> float:
    """Of text, in sizes; very much where there is more than text."""
    if isinstance(inlines, str):
        if inlines.isascii():
            return len(inlines) * _LETTER
        return sum(map(_char_width, inlines))
    if isinstance(inlines, list):
        return sum(map(_width, inlines))
    kind, content = inlines["t"], inlines.get("c")
    if kind in ("Span", "Link", "Cite"):
        content = content[1]
    elif kind in ("Space", "SoftBreak"):
        content = " "
    elif kind not in ("Str", "Strong", "Emph"):
        return _MANY
    return _width(content)


_MANY = 1e6
"""What is too wide to be estimated, such as a picture or a note."""
