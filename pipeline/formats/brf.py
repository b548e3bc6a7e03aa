"""Braille, for an embosser or a refreshable display: BRF, by liblouis where it is on the machine.

A draft until somebody who reads braille has proofread it, and it says so. The tables of each language stand in
its TOML: ``braille = ["ar-ar-g1.utb"]``. BRF is ASCII braille, 40 cells by 25 lines, a form feed after each page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from pipeline.formats import Leaflet, Unavailable
from pipeline.formats.linear import Block, linear
from pipeline.formats.louis import braille
from pipeline.formats.pandoc import Document
from pipeline.formats.text import wrap
from pipeline.language import Language

NOTICE = "Braille draft: nobody has proofread it yet."
CELLS, LINES = 40, 25
_ASCII = " A1B'K2L@CIF/MSP\"E3H9O6R^DJG>NTQ,*5<-U8V.%[$+X!&;:4\\0Z7(_?W]#Y)="
"""North American ASCII braille: the letter for each of the 64 cells, in the order of Unicode's block."""


def render(leaflet: Leaflet, document: Document) -> bytes:
    """The leaflet as BRF. Raises Unavailable where liblouis, or a table for the language, is missing."""
    own = _tables(leaflet.language)
    if not own:
        raise Unavailable(f"no braille table is known for {leaflet.language.english_name}")
    blocks = linear(leaflet, document)
    wanted = [(leaflet.language.tag, leaflet.say(NOTICE))]
    for block in blocks:
        wanted.append((leaflet.language.tag, block.marker))
        wanted += ((run.language, run.text) for run in block.runs)
    cells = iter(_translated(wanted, leaflet))
    lines = [*_wrapped(next(cells), 0, 0), ""]
    for number, block in enumerate(blocks):
        marker = next(cells)
        text = "".join(islice(cells, len(block.runs)))
        if block.kind == "heading" and number:
            lines.append("")
        lines += _block(block, f"{marker} {text}" if marker else text)
    return "".join(_pages(lines)).encode("ascii")


def _translated(wanted: Sequence[tuple[str, str]], leaflet: Leaflet) -> list[str]:
    """Texts with their languages as ASCII braille.

    What the tables of a language lack, such as Latin letters in an Urdu text, is written as the other of the
    leaflet's two languages writes it.
    """
    own, source = _tables(leaflet.language), _tables(leaflet.source_language)
    made: dict[tuple[str, str], str] = {}
    for tag in dict.fromkeys(tag for tag, _ in wanted):
        is_source = tag == leaflet.source_language.tag
        texts = list(dict.fromkeys(text for own_tag, text in wanted if own_tag == tag))
        cells = braille((*source, *own) if is_source else (*own, *source)).cells(texts)
        made |= {(tag, text): _letters(written) for text, written in zip(texts, cells, strict=True)}
    return [made[item] for item in wanted]


def _block(block: Block, cells: str) -> Iterator[str]:
    """Headings are centred; the first line of a paragraph is set in by two cells, the others of an item by two."""
    if block.kind == "heading":
        yield from (line.center(CELLS).rstrip() for line in wrap(cells, CELLS - 8))
    elif block.marker:
        yield from _wrapped(cells, 2 * block.depth - 2, 2 * block.depth)
    else:
        yield from _wrapped(cells, 2 * block.depth + 2, 2 * block.depth)


def _wrapped(cells: str, first: int, rest: int) -> Iterator[str]:
    for line in wrap(cells, CELLS, " " * first, " " * rest):
        left = line
        # A word longer than a line is cut rather than lost at its edge.
        while len(left) > CELLS:
            yield left[:CELLS]
            left = " " * rest + left[CELLS:]
        yield left.rstrip()


def _pages(lines: list[str]) -> Iterator[str]:
    rows = iter(lines)
    while page := list(islice(rows, LINES)):
        yield "\r\n".join(page) + "\r\n\f"


def _letters(cells: str) -> str:
    return "".join(c if c.isspace() else _ASCII[ord(c) - 0x2800] for c in cells)


def _tables(language: Language) -> tuple[str, ...]:
    return tuple(language.data.get("braille", ()))
