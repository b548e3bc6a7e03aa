"""Pandoc's tree as its JSON has it: walked in pandoc's own orders, and what its text is.

A node is a dictionary: "t" is its type, "c" what it holds. Filters in Python take a tenth of the time of those in Lua,
since pandoc hands each node over to Lua and takes it back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

Node = dict[str, Any]
Attributes = list[Any]
"""Identifier, classes, and pairs of key and value."""
Change = Callable[[Node], "list[Node] | None"]
"""What stands for a node; None for itself. It may change the node in place."""
Changes = Mapping[str, Change]
"""By the type of a node."""

INLINES = frozenset(
    "Str Emph Underline Strong Strikeout Superscript Subscript SmallCaps Quoted Cite Code Space SoftBreak LineBreak "
    "Math RawInline Link Image Note Span".split()
)
_TASKS = (["☐"], ["☒"])
"""Pandoc takes a list item that begins with such a box and a blank for a task."""


def topdown(nodes: list[Node], changes: Changes, inlines: Callable[[list[Node]], None] | None = None) -> None:
    """Each node is changed before those in it; what stands in its place is not changed again, but what is in that is.

    nodes: changed in place. inlines: changes each list of inlines in place before its nodes.
    """
    if inlines and nodes and nodes[0]["t"] in INLINES:
        inlines(nodes)
    found: list[Node] = []
    for node in nodes:
        change = changes.get(node["t"])
        made = change(node) if change else None
        for one in (node,) if made is None else made:
            found.append(one)
            if one["t"] in _LISTS:
                for below in children(one):
                    topdown(below, changes, inlines)
    nodes[:] = found


def bottom_up(nodes: list[Node], changes: Changes) -> None:
    """Each node is changed after those in it; changed in place. Pandoc changes all inlines so, then all blocks."""
    found: list[Node] = []
    for node in nodes:
        if node["t"] in _LISTS:
            for below in children(node):
                bottom_up(below, changes)
        change = changes.get(node["t"])
        made = change(node) if change else None
        if made is None:
            found.append(node)
        else:
            found += made
    nodes[:] = found


def dropped(_node: Node) -> list[Node]:
    """A change: nothing stands for the node."""
    return []


def children(node: Node) -> Iterable[list[Node]]:
    """The lists of nodes in a node, in order."""
    find = _LISTS.get(node["t"])
    return find(node["c"]) if find else ()


def _rows(rows: list[Any]) -> Iterator[list[Node]]:
    for _, cells in rows:
        for cell in cells:
            yield cell[4]


def _table(c: Any) -> Iterator[list[Node]]:
    _, caption, _, head, bodies, foot = c
    yield from _caption(caption)
    yield from _rows(head[1])
    for body in bodies:
        yield from _rows(body[2])
        yield from _rows(body[3])
    yield from _rows(foot[1])


def _caption(caption: Any) -> Iterator[list[Node]]:
    short, long = caption
    if short:
        yield short
    yield long


def _terms(c: Any) -> Iterator[list[Node]]:
    for term, definitions in c:
        yield term
        yield from definitions


_LISTS: Mapping[str, Callable[[Any], Iterable[list[Node]]]] = {
    **dict.fromkeys(
        "Plain Para Emph Underline Strong Strikeout Superscript Subscript SmallCaps Note BlockQuote".split(),
        lambda c: (c,),
    ),
    **dict.fromkeys("Quoted Cite Link Image Span Div".split(), lambda c: (c[1],)),
    **dict.fromkeys("BulletList LineBlock".split(), lambda c: c),
    "OrderedList": lambda c: c[1],
    "Header": lambda c: (c[2],),
    "DefinitionList": _terms,
    "Table": _table,
    "Figure": lambda c: (*_caption(c[1]), c[2]),
}


def stringify(nodes: Iterable[Node]) -> str:
    """The text without marks and notes, as pandoc's own stringify has it."""
    return "".join(_texts(nodes))


def _texts(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        kind = node["t"]
        if kind == "Str":
            yield node["c"]
        elif kind in ("Space", "SoftBreak", "LineBreak"):
            yield " "
        elif kind in ("Code", "Math"):
            yield node["c"][1]
        elif kind == "RawInline":
            yield " " if node["c"][0] == "html" and node["c"][1].startswith("<br") else ""
        elif kind == "Quoted":
            opening, closing = "“”" if node["c"][0]["t"] == "DoubleQuote" else "‘’"
            yield opening
            yield from _texts(node["c"][1])
            yield closing
        elif kind != "Note":
            for below in children(node):
                yield from _texts(below)


def join_words(nodes: list[Node]) -> None:
    """One Str for words and the blanks after each: a tenth of the nodes, of which pandoc writes the same; in place."""
    found: list[Node] = []
    run: list[str] = []
    for node in nodes:
        kind = node["t"]
        if kind == "Str":
            run.append(node["c"])
        elif kind == "Space" and run and run not in _TASKS:
            run.append(" ")
        else:
            if run:
                found.append({"t": "Str", "c": "".join(run)})
                run = []
            found.append(node)
            if kind in _LISTS:
                for below in children(node):
                    join_words(below)
    if run:
        found.append({"t": "Str", "c": "".join(run)})
    nodes[:] = found


def attributes(node: Node) -> Attributes:
    """Those of a node of a type that has some."""
    found: Attributes = node["c"][1 if node["t"] == "Header" else 0]
    return found


def attribute(node: Node, name: str) -> str | None:
    """The value of an attribute; None where it has none."""
    return next((value for key, value in attributes(node)[2] if key == name), None)


def set_attribute(node: Node, name: str, value: str) -> None:
    """In the place of the one that it has, or after the others."""
    pairs = attributes(node)[2]
    for pair in pairs:
        if pair[0] == name:
            pair[1] = value
            return
    pairs.append([name, value])
