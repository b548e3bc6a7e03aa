"""Pairs the pieces of an article with the same pieces in the source language, for leaflets that show both."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest
from typing import Any

from pipeline import front_matter
from pipeline.formats import Leaflet
from pipeline.model import PlainleafError
from pipeline.translate import fill_placeholders

CARDS = {"emergency": "Emergency", "urgent": "Urgent", "see-doctor": "Not urgent"}
"""Kinds of cards, and what they are called in the source language."""

Node = dict[str, Any]


def source_leaflet(leaflet: Leaflet) -> Leaflet:
    """The same leaflet in the source language."""
    source = leaflet.source
    number = str(source.meta.get("emergency_number") or leaflet.settings.emergency_number)
    text = fill_placeholders(source.text, [("emergency_number", number)])
    article = replace(source, text=text, meta=front_matter.parse(text).data or source.meta)
    return replace(
        leaflet,
        article=article,
        language=leaflet.source_language,
        strings={},
        is_translation=False,
        untranslated_fields=frozenset(),
        untranslated_segments=0,
    )


def rows(here: list[Node], there: list[Node], leaflet: Leaflet) -> list[Node]:
    """Blocks of the article beside those of the source, piece by piece.

    Raises PlainleafError where the two are not built alike, so that no piece could stand beside another's.
    """
    return list(_rows(here, _without_anchors(there), leaflet))


def _rows(here: list[Node], there: list[Node], leaflet: Leaflet) -> Iterator[Node]:
    for ours, theirs in zip_longest(here, there):
        if not ours or not theirs or ours["t"] != theirs["t"]:
            raise PlainleafError(
                f"{leaflet.article.path}: the translation is not built like {leaflet.source.path}, so the two cannot "
                f"stand side by side; bring it up to date with: plainleaf extract"
            )
        kind = ours["t"]
        if kind in ("BulletList", "DefinitionList"):
            for item, other in zip(ours["c"], theirs["c"], strict=True):
                yield _row([{"t": kind, "c": [item]}], [{"t": kind, "c": [other]}])
        elif kind == "OrderedList":
            (start, *style), items = ours["c"]
            for number, (item, other) in enumerate(zip(items, theirs["c"][1], strict=True), start):
                yield _row(
                    [{"t": kind, "c": [[number, *style], [item]]}], [{"t": kind, "c": [[number, *style], [other]]}]
                )
        elif kind == "Div" and not set(ours["c"][0][1]) & CARDS.keys():
            yield from _rows(ours["c"][1], theirs["c"][1], leaflet)
        else:
            yield _row([ours], [theirs], wide=kind == "Table")


def _row(here: list[Node], there: list[Node], *, wide: bool = False) -> Node:
    return {"here": here, "there": there, "wide": wide}


def _without_anchors(blocks: list[Node]) -> list[Node]:
    """Anchors are the translation's: a PDF has each only once. Cards get the word of the source language."""
    tree = json.loads(json.dumps(blocks))

    def walk(node: Any) -> Any:
        if isinstance(node, list):
            return [walk(child) for child in node]
        if not isinstance(node, dict):
            return node
        kind: str = node.get("t", "")
        content: Any = node.get("c")
        if kind == "Link" and content[2][0].startswith("#"):
            return {"t": "Span", "c": [["", [], []], walk(content[1])]}
        if kind in ("Div", "Span"):
            content[0][0] = ""
            content[0][2] += [["label", CARDS[name]] for name in content[0][1] if name in CARDS and kind == "Div"]
        elif kind == "Header":
            content[1][0] = ""
        elif kind == "Figure":
            content[0][0] = ""
        return {key: walk(value) for key, value in node.items()}

    found: list[Node] = walk(tree)
    return found
