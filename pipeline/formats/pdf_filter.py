"""Prepares pandoc's tree for leaflet-body.typ, which sets it as it stands.

Text travels as data and is never Typst code, so nothing needs escaping. It runs after ``filter_common``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from pipeline.formats.tree import Node, attributes, bottom_up, dropped, stringify, topdown
from pipeline.model import PlainleafError

_SCHEMES = frozenset((b"http", b"https", b"mailto", b"tel"))
_LEAST, _LONGEST = 6, 24
"""Weights of a column: none is narrower, and a longer word counts no more."""
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):.", re.DOTALL)
_WORD = re.compile(r"[^ \t\n\v\f\r]+")


def prepare(blocks: list[Node], title: str, images: Mapping[str, str]) -> None:
    """The blocks, changed in place.

    title: a first heading of level 1 that repeats it is dropped. images: path in the text -> file for Typst.
    Raises PlainleafError for a picture that is missing or has no alternative text.
    """
    bottom_up(blocks, {"RawBlock": dropped})
    first = blocks[0] if blocks else None
    if first and first["t"] == "Header" and first["c"][0] == 1 and stringify(first["c"][2]) == title:
        del blocks[0]
    ids = _claimed(blocks)

    def link(node: Node) -> list[Node] | None:
        target: list[str] = node["c"][2]
        scheme = _SCHEME.match(target[0])
        leads_on = target[0].startswith("#") and target[0][1:] in ids
        if not (leads_on or (scheme and scheme[1].encode().lower() in _SCHEMES)):
            content: list[Node] = node["c"][1]
            return content
        target[1] = ""
        return None

    def image(node: Node) -> None:
        path = node["c"][2][0]
        if path not in images:
            raise PlainleafError(f"image not found: {path}")
        alternative = stringify(node["c"][1])
        if not _WORD.search(alternative):
            raise PlainleafError(f"image without alternative text: {path}")
        node["c"][1:] = [[{"t": "Str", "c": alternative}], [images[path], ""]]

    bottom_up(blocks, {"Image": image, "Link": link})
    bottom_up(blocks, {"Table": _set_widths})


def _claimed(blocks: list[Node]) -> set[str]:
    """Identifiers in the document; a second use of one is taken away, since links could not tell them apart."""
    ids: set[str] = set()

    def claim(node: Node) -> None:
        found = attributes(node)
        if found[0]:
            if found[0] in ids:
                found[0] = ""
            ids.add(found[0])

    topdown(blocks, dict.fromkeys(("Header", "Div", "Span"), claim))
    return ids


def _set_widths(table: Node) -> None:
    """Columns as wide as their text asks for: pandoc gives a pipe table none."""
    _, _, columns, head, bodies, _ = table["c"]
    rows: list[Any] = [*head[1], *(row for body in bodies for row in body[3])]
    weights = [_weight([row[1][index] for row in rows if index < len(row[1])]) for index in range(len(columns))]
    whole = sum(weights)
    for column, weight in zip(columns, weights, strict=True):
        column[1] = {"t": "ColWidth", "c": weight / whole}


def _weight(cells: list[Any]) -> float:
    text, word = 1, 1
    for cell in cells:
        content = stringify(cell[4])
        text = max(text, len(content))
        word = max(word, *(min(len(part), _LONGEST) for part in _WORD.findall(content)), 0)
    return max(_LEAST, word, 3 * math.sqrt(text))
