"""Pandoc's tree as HTML wants it: care cards, scopes of tables, labelled notes, marks on what is not translated.

It runs after ``filter_common`` and ``filter_safe``: all raw HTML in the tree from here on is ours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pipeline.formats.tree import (
    Change,
    Node,
    attribute,
    attributes,
    bottom_up,
    set_attribute,
    stringify,
    topdown,
)

_CARDS = {
    "emergency": ("Emergency", "M7.5 1h9L23 7.5v9L16.5 23h-9L1 16.5v-9zm3.2 5v7.5h2.6V6zm0 9.5V18h2.6v-2.5z"),
    "urgent": ("Urgent", "M12 1.5 23.5 22H.5zm-1.2 7v6.7h2.4V8.5zm0 8.2V19h2.4v-2.3z"),
    "see-doctor": ("Not urgent", "M12 1a11 11 0 1 0 .01 0zm-1.3 5h2.6v4.7H18v2.6h-4.7V18h-2.6v-4.7H6v-2.6h4.7z"),
}
"""The word for a kind of card, and the shape that tells it without colour: octagon, triangle, circle."""
_ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" '
    'focusable="false"><path fill-rule="evenodd" d="{}"/></svg>'
)
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})
_NOTES = '<section class="notes" role="doc-endnotes" aria-labelledby="notes-title"><h2 id="notes-title">{}</h2>'


@dataclass(frozen=True, slots=True)
class Page:
    """What the filter is told of the article."""

    tag: str
    direction: str
    title: str
    has_title: bool
    is_wide: bool
    """Whether it is written without spaces, such as Chinese."""
    has_untranslated: bool
    labels: Mapping[str, str]
    """English -> the leaflet's language."""
    images: Mapping[str, str]
    """Path in the text -> address."""
    foreign: Mapping[str, Mapping[str, str]]
    """Address -> tag, dir and name of the language, for links to a page in another language."""


def finish(blocks: list[Node], page: Page) -> None:
    """The blocks, changed in place."""
    _settle_headings(blocks, page)
    _gather_notes(blocks, page.labels)
    filters = _Filters(page)
    changes: dict[str, Change] = {
        "Div": filters.card,
        "Table": filters.scroller,
        "Header": filters.header,
        "Figure": filters.figure,
        "Span": filters.span,
        "Image": filters.image,
        "Link": filters.link,
    }
    if page.has_untranslated:
        changes |= {"Para": filters.paragraph, "Plain": filters.paragraph}
    topdown(blocks, changes, _join_wide if page.is_wide else None)


def _settle_headings(blocks: list[Node], page: Page) -> None:
    """The page's own h1 is the title: a heading of level 1 that repeats it goes, others move one level down."""
    first = blocks[0] if blocks else None
    is_title = first and first["t"] == "Header" and first["c"][0] == 1
    if first and is_title and not (page.has_title and stringify(first["c"][2]) != page.title):
        del blocks[0]
    found: list[Node] = []
    bottom_up(blocks, {"Header": found.append})
    has_top = any(header["c"][0] == 1 for header in found)
    for number, header in enumerate(found, 1):
        if has_top:
            header["c"][0] = min(header["c"][0] + 1, 6)
        header["c"][1][0] = header["c"][1][0] or f"section-{number}"


def _gather_notes(blocks: list[Node], labels: Mapping[str, str]) -> None:
    """Notes as a labelled section at the end; pandoc's own have no label, and an English one cannot be changed."""
    items: list[list[Node]] = []

    def note(node: Node) -> list[Node]:
        items.append(node["c"])
        number = str(len(items))
        pairs = [["role", "doc-noteref"], ["aria-label", f"{labels['Note']} {number}"]]
        mark = {"t": "Superscript", "c": [_str(number)]}
        return [{"t": "Link", "c": [[f"noteref-{number}", [], pairs], [mark], [f"#note-{number}", ""]]}]

    topdown(blocks, {"Note": note})
    if not items:
        return
    back = labels["Back to the text"]
    for number, item in enumerate(items, 1):
        pairs = [["role", "doc-backlink"], ["aria-label", f"{back} {number}"]]
        link = {"t": "Link", "c": [["", ["back"], pairs], [_str(f"↑ {back}")], [f"#noteref-{number}", ""]]}
        if item and item[-1]["t"] in ("Para", "Plain"):
            item[-1]["c"] += [_str(" "), link]
        else:
            item.append({"t": "Plain", "c": [link]})
    entries = [[{"t": "Div", "c": [[f"note-{number}", [], []], item]}] for number, item in enumerate(items, 1)]
    style = [1, {"t": "DefaultStyle"}, {"t": "DefaultDelim"}]
    blocks += _wrapped(
        _NOTES.format(_escaped(labels["Notes"])), [{"t": "OrderedList", "c": [style, entries]}], "</section>"
    )


@dataclass(slots=True)
class _Filters:
    """What is done to each kind of node, in the order of the text."""

    page: Page
    cards: int = 0
    heading: str | None = None
    is_in_run: bool = False
    """Within a run of untranslated pieces, of which only the first carries the words: a mark on each would drown it."""
    tables: Counter[str] = field(default_factory=Counter)

    def card(self, div: Node) -> list[Node] | None:
        content = div["c"][1]
        kind = next((name for name in attributes(div)[1] if name in _CARDS), None)
        if kind is None:
            told = ((key, attribute(div, key)) for key in ("lang", "dir"))
            text = "".join(f' {key}="{_escaped(value)}"' for key, value in told if value is not None)
            return _wrapped(f"<div{text}>", content, "</div>") if text else None
        self.cards += 1
        name = names = f"card-{self.cards}"
        header = next((block for block in content if block["t"] == "Header"), None)
        if header:
            names += f" {attributes(header)[0]}"
        word, shape = _CARDS[kind]
        label = _escaped(self.page.labels[word])
        opening = (
            f'<section class="card {kind}" aria-labelledby="{_escaped(names)}">\n'
            f'<p class="card-label" id="{name}">{_ICON.format(shape)} {label}</p>'
        )
        return _wrapped(opening, content, "</section>")

    def scroller(self, table: Node) -> list[Node] | None:
        """A wide table scrolls. It must be reached by key, so it is a region, and each needs a name of its own."""
        _label_table(table)
        if len(table["c"][2]) < 3:
            return None
        text = self.page.labels["Table"] if self.heading is None else self.heading
        self.tables[text] += 1
        name = f"{text} {self.tables[text]}" if self.tables[text] > 1 else text
        opening = f'<section class="scroll" tabindex="0" aria-label="{_escaped(name)}">'
        return _wrapped(opening, [table], "</section>")

    def header(self, node: Node) -> None:
        self.is_in_run = False
        self.heading = stringify(node["c"][2])

    def paragraph(self, node: Node) -> None:
        if not any(inline["t"] == "Span" and _is_untranslated(inline) for inline in node["c"]):
            self.is_in_run = False

    def span(self, inline: Node) -> list[Node] | None:
        if not _is_untranslated(inline):
            return None
        language = attribute(inline, "lang")
        if language is not None:
            set_attribute(inline, "xml:lang", language)
        found = [inline] if self.is_in_run else [inline, _str(" "), self._mark()]
        self.is_in_run = True
        return found

    def figure(self, node: Node) -> None:
        caption = node["c"][1][1]
        if _is_untranslated(node) and caption:
            caption[-1]["c"] += [_str(" "), self._mark()]

    def _mark(self) -> Node:
        pairs = [["lang", self.page.tag], ["dir", self.page.direction]]
        return _span(self.page.labels["Not translated yet"], pairs, "to-translate")

    def image(self, inline: Node) -> list[Node] | None:
        alternative: list[Node] = inline["c"][1]
        address = self.page.images.get(inline["c"][2][0])
        if address is None:
            # Nothing is fetched from elsewhere: what is not in the library stands as its text.
            return alternative
        inline["c"][2] = [address, ""]
        if not alternative:
            set_attribute(inline, "alt", "")
        return None

    def link(self, inline: Node) -> list[Node] | None:
        foreign = self.page.foreign.get(inline["c"][2][0].partition("#")[0])
        if not foreign:
            return None
        set_attribute(inline, "hreflang", foreign["tag"])
        pairs = [["lang", foreign["tag"]], ["xml:lang", foreign["tag"]], ["dir", foreign["dir"]]]
        return [inline, _str(" ("), _span(foreign["name"], pairs), _str(")")]


def _label_table(table: Node) -> None:
    _, _, columns, head, bodies, _ = table["c"]
    _set_scope(head[1], "col", len(columns))
    if len(columns) > 1 and head[1] and not any(row[1] and stringify(row[1][0][4]) for row in head[1]):
        for body in bodies:
            body[1] = 1
            _set_scope(body[3], "row", 1)
    # Sides are the style sheet's: an explicit "left" would be wrong in Arabic.
    columns[:] = [[{"t": "AlignDefault"}, {"t": "ColWidthDefault"}] for _ in columns]


def _set_scope(rows: list[Any], scope: str, columns: int) -> None:
    for _, cells in rows:
        for cell in cells[:columns]:
            cell[0] = ["", [], [["scope", scope]]]


def _join_wide(inlines: list[Node]) -> None:
    """Chinese is written without spaces, so the end of a line within it is none either."""
    for index in range(len(inlines) - 2, 0, -1):
        if inlines[index]["t"] == "SoftBreak":
            before, after = stringify(inlines[index - 1 : index]), stringify(inlines[index + 1 : index + 2])
            if before and after and _is_wide(ord(before[-1])) and _is_wide(ord(after[0])):
                del inlines[index]


def _is_wide(code: int) -> bool:
    return (
        0x2E80 <= code <= 0xA4CF
        or 0xF900 <= code <= 0xFAFF
        or 0xFE30 <= code <= 0xFE4F
        or 0xFF00 <= code <= 0xFFEF
        or 0x20000 <= code <= 0x3FFFF
    )


def _is_untranslated(node: Node) -> bool:
    return "untranslated" in attributes(node)[1]


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES)


def _raw(html: str) -> Node:
    return {"t": "RawBlock", "c": ["html", html]}


def _wrapped(before: str, blocks: list[Node], after: str) -> list[Node]:
    return [_raw(before), *blocks, _raw(after)]


def _str(text: str) -> Node:
    return {"t": "Str", "c": text}


def _span(text: str, pairs: list[list[str]], *classes: str) -> Node:
    return {"t": "Span", "c": [["", list(classes), pairs], [_str(text)]]}
