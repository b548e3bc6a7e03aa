"""Plain text: wrapped by what the screen shows, for mail, small telephones and whatever reads nothing else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from pipeline.formats import Leaflet
from pipeline.formats.linear import Block, Run, linear
from pipeline.formats.pandoc import Document

WIDTH = 72
"""Columns: what a mail or a terminal shows without wrapping it again."""
_NOT_FIRST = frozenset("，。、；：？！）」』》】〉”’…—,.;:?!)]}%")
"""No line of Chinese or Japanese begins with one of these."""
_NOT_LAST = frozenset("（「『《【〈“‘([{")
_INVISIBLE = ("Mn", "Me", "Cf")
_RIGHT_TO_LEFT_MARK = "\u200f"


def render(leaflet: Leaflet, document: Document) -> bytes:
    """The leaflet as UTF-8 text with Unix line ends."""
    is_rtl = leaflet.language.direction == "rtl"
    lines: list[str] = []
    last: Block | None = None
    for block in linear(leaflet, document):
        if last and not _is_close(last, block):
            lines.append("")
        found = list(_block(block, is_rtl))
        lines += [_directed(line) for line in found] if is_rtl else found
        last = block
    return ("\n".join(lines) + "\n").encode()


def _is_close(last: Block, block: Block) -> bool:
    """Whether no empty line stands between two blocks."""
    if last.kind == "item" and block.kind == "item":
        return True
    return last.kind in ("label", "term") or (block.depth > 0 and not block.marker and last.depth == block.depth)


def _block(block: Block, is_rtl: bool) -> Iterator[str]:
    text = "".join(_isolated(run) if is_rtl else run.text for run in block.runs)
    indent = "  " * block.depth
    if block.kind == "verbatim":
        yield from (f"{indent}{line}" for line in text.splitlines())
        return
    if block.kind == "label":
        text = f"*** {text} ***"
    first = indent
    if block.depth and block.marker:
        first = indent[:-2] + block.marker + " "
        indent = " " * width(first)
    lines = list(wrap(text, WIDTH, first, indent))
    yield from lines
    if block.kind == "heading" and block.level < 3:
        yield ("=" if block.level == 1 else "-") * max(map(width, lines))


def _isolated(run: Run) -> str:
    """Figures that keep their order in right-to-left text: an isolate and, for Arabic figures, an override."""
    if not run.is_number:
        return run.text
    inside = run.text if run.text.isascii() else f"\u202d{run.text}\u202c"
    return f"\u2066{inside}\u2069"


def _directed(line: str) -> str:
    """A line of a right-to-left text that would otherwise take its side from a Latin word or a figure."""
    first = next((unicodedata.bidirectional(c) for c in line if unicodedata.bidirectional(c) in ("L", "R", "AL")), "")
    return line if first in ("R", "AL") or not line.strip() else _RIGHT_TO_LEFT_MARK + line


def wrap(text: str, columns: int, first: str = "", rest: str = "") -> Iterator[str]:
    """Lines of a text, none wider than ``columns`` unless a single word is. No word is broken.

    first, rest: what stands before the first line and before the others.
    """
    for number, paragraph in enumerate(text.split("\n")):
        line, used, is_empty = (rest, width(rest), True) if number else (first, width(first), True)
        for space, word in _words(paragraph):
            room = width(space) + width(word)
            if not is_empty and used + room > columns:
                yield line
                line, used, is_empty = rest, width(rest), True
            if is_empty:
                space = ""  # noqa: PLW2901 - none at the beginning of a line
            line, used, is_empty = line + space + word, used + width(space) + width(word), False
        yield line


def _words(text: str) -> Iterator[tuple[str, str]]:
    """What may stand on a line of its own, each with the space before it."""
    for match in re.finditer(r"( *)([^ ]+)", text):
        space, pieces = match[1], list(_pieces(match[2]))
        for piece in pieces:
            yield space, piece
            space = ""


def _pieces(word: str) -> Iterator[str]:
    """A word, broken between wide letters where their script allows."""
    piece = ""
    for character in word:
        may_break = piece and (_is_wide(character) or _is_wide(piece[-1]))
        if may_break and character not in _NOT_FIRST and piece[-1] not in _NOT_LAST and _is_shown(character):
            yield piece
            piece = ""
        piece += character
    if piece:
        yield piece


def width(text: str) -> int:
    """Columns that a text takes on a screen: two for a wide letter, none for a mark over another."""
    return sum((2 if _is_wide(character) else 1) for character in text if _is_shown(character))


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def _is_shown(character: str) -> bool:
    return unicodedata.category(character) not in _INVISIBLE
