"""An article as one line of blocks, in reading order: for text, speech and braille, which know no boxes or columns.

It is read off the finished XHTML of the e-book, so it holds what every reader holds, in the same order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from xml.etree import ElementTree

from pipeline.formats import Leaflet, epub, web
from pipeline.formats.book import parse
from pipeline.formats.pandoc import Document

Element = ElementTree.Element

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "br", "code", "em", "i", "img", "mark", "q", "s", "del", "small", "span", "strong",
    "sub", "sup", "svg", "u", "dfn", "kbd", "samp", "var", "cite", "ins",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line that is all in one language."""

    text: str
    language: str
    """BCP 47."""
    is_number: bool = False
    """Whether its figures must keep their order in right-to-left text."""


@dataclass(frozen=True, slots=True)
class Block:
    """One line of text, before it is wrapped."""

    kind: str
    """heading, label (the word that tells the kind of a care card), paragraph, item, term, definition or verbatim."""
    runs: tuple[Run, ...]
    level: int = 0
    """Of a heading, 1 to 6."""
    depth: int = 0
    """How many lists it is in."""
    marker: str = ""
    """What stands before it, such as "-" or "1."; "" for what goes on within the same item."""

    @property
    def text(self) -> str:
        """Its words without a word on their languages."""
        return "".join(run.text for run in self.runs)


def linear(leaflet: Leaflet, document: Document) -> list[Block]:
    """The whole leaflet as blocks. Nothing of its text is left out; pictures stand as their descriptions."""
    images = web.image_addresses(leaflet)
    made = epub.chapter(leaflet, document, "text.xhtml", epub.on_the_web, images)
    tree = parse(made.text)
    main = next(element for element in tree.iter() if _tag(element) == "main")
    return list(_Walk(leaflet).blocks(main, leaflet.language.tag))


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]


@dataclass(frozen=True, slots=True)
class _Walk:
    leaflet: Leaflet

    def blocks(self, element: Element, language: str, depth: int = 0) -> Iterator[Block]:
        """What stands in an element: its own blocks, and loose text as paragraphs."""
        language = element.get(_LANG, language)
        loose: list[Run] = [Run(element.text or "", language)]
        for child in element:
            if _tag(child) in _INLINE:
                loose += self.runs(child, language)
            else:
                yield from _paragraph(loose, depth)
                loose = []
                yield from self._block(child, child.get(_LANG, language), depth)
            loose.append(Run(child.tail or "", language))
        yield from _paragraph(loose, depth)

    def _block(self, element: Element, language: str, depth: int) -> Iterator[Block]:
        tag = _tag(element)
        if tag[0] == "h" and tag[1:].isdigit():
            yield Block("heading", _tidy(self._inside(element, language)), int(tag[1]), depth)
        elif tag in ("ul", "ol"):
            yield from self._list(element, language, depth)
        elif tag == "table":
            yield from self._table(element, language, depth)
        elif tag == "pre":
            yield Block("verbatim", tuple(self._inside(element, language)), depth=depth)
        elif tag in ("dt", "dd"):
            kind = "term" if tag == "dt" else "definition"
            inner = self.blocks(element, language, depth + (tag == "dd"))
            yield from (replace(block, kind=kind) if block.kind == "paragraph" else block for block in inner)
        elif tag == "p":
            kind = "label" if element.get("class") == "card-label" else "paragraph"
            yield from _paragraph(self._inside(element, language), depth, kind)
        elif tag == "blockquote":
            yield from self.blocks(element, language, depth + 1)
        else:
            yield from self.blocks(element, language, depth)

    def _list(self, element: Element, language: str, depth: int) -> Iterator[Block]:
        number = int(element.get("start", "1"))
        for item in element:
            first = True
            for block in self.blocks(item, language, depth + 1):
                if first:
                    marker = f"{number}." if _tag(element) == "ol" else "-"
                    yield replace(block, kind="item" if block.kind == "paragraph" else block.kind, marker=marker)
                else:
                    yield block
                first = False
            number += 1

    def _table(self, element: Element, language: str, depth: int) -> Iterator[Block]:
        """Each row as an item, each cell with the header of its column before it."""
        rows = [row for row in element.iter() if _tag(row) == "tr"]
        heads = [row for part in element if _tag(part) == "thead" for row in part]
        names = [_tidy(self._cell(cell, language)) for cell in (heads[-1] if heads else ())]
        for caption in (part for part in element if _tag(part) == "caption"):
            yield from self.blocks(caption, language, depth)
        for row in heads[:-1]:
            yield from _paragraph(
                [run for cell in row for run in (*self._cell(cell, language), _space(language))], depth
            )
        for row in rows:
            if row in heads:
                continue
            marker = "-"
            for column, cell in enumerate(row):
                runs = _tidy(self._cell(cell, language))
                if not runs:
                    continue
                name = names[column] if column < len(names) else ()
                named = (*self._labelled(name, language), *runs) if name else runs
                yield Block("item", named, depth=depth + 1, marker=marker)
                marker = ""

    def _cell(self, cell: Element, language: str) -> Iterator[Run]:
        for block in self.blocks(cell, cell.get(_LANG, language)):
            yield from block.runs
            yield _space(language)

    def _labelled(self, name: tuple[Run, ...], language: str) -> Iterable[Run]:
        """Not every language sets its colon as English does."""
        before, _, after = self.leaflet.say("{label}:", label="\n").partition("\n")
        return (Run(before, language), *name, Run(f"{after} ", language))

    def runs(self, element: Element, language: str) -> Iterator[Run]:
        """An inline element as runs, with what only the eye would see put into words."""
        language = element.get(_LANG, language)
        tag, role, kind = _tag(element), element.get("role"), element.get("class")
        if tag == "svg" or role == "doc-backlink":
            return
        if tag == "br":
            yield Run("\n", language)
        elif tag == "img":
            if alt := (element.get("alt") or "").strip():
                yield Run(f"[{self.leaflet.say('Picture: {description}', description=alt)}]", language)
        elif role == "doc-noteref" or kind == "to-translate":
            yield from (Run(" [", language), *self._inside(element, language), Run("]", language))
        elif tag == "bdo":
            yield Run("".join(element.itertext()), language, is_number=True)
        else:
            yield from self._inside(element, language)
            href = element.get("href") or ""
            text = "".join(element.itertext()).strip()
            if ":" in href and href not in (text, f"mailto:{text}", f"tel:{text}"):
                yield Run(f" ({href})", "")

    def _inside(self, element: Element, language: str) -> Iterator[Run]:
        yield Run(element.text or "", language)
        for child in element:
            yield from self.runs(child, language)
            yield Run(child.tail or "", language)


def _space(language: str) -> Run:
    return Run(" ", language)


def _paragraph(runs: Iterable[Run], depth: int, kind: str = "paragraph") -> Iterator[Block]:
    tidy = _tidy(runs)
    if tidy:
        yield Block(kind, tidy, depth=depth)


def _tidy(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Runs with single spaces, none at the ends; a line break stays. Neighbours of one kind are joined."""
    found: list[Run] = []
    for run in runs:
        # A line break of the source is a space; that of a <br> came as a run of its own.
        text = run.text if run.text == "\n" else " ".join(f"x{run.text}x".split())[1:-1]
        if (found and found[-1].text.endswith((" ", "\n"))) or not found:
            text = text.lstrip(" ")
        if text == "\n" and found and found[-1].text.endswith(" "):
            found[-1] = replace(found[-1], text=found[-1].text.rstrip(" "))
        if not text:
            continue
        last = found[-1] if found else None
        if last and (last.language, last.is_number) == (run.language, run.is_number):
            found[-1] = replace(last, text=last.text + text)
        else:
            found.append(replace(run, text=text))
    while found and not found[-1].text.rstrip():
        found.pop()
    if found:
        found[-1] = replace(found[-1], text=found[-1].text.rstrip())
    return tuple(found)
