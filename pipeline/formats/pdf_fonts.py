"""An embedded font of a PDF of Typst's: what its codes say, and room for more codes.

Typst embeds TrueType fonts with two-byte codes that are the glyphs' numbers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from typing import Any

import pikepdf

from pipeline.formats.pdf_outlines import Outlines, Part

_ENTRY = re.compile(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]*)>")
_BLOCK = 100
"""A CMap has no more entries in a block."""


class Font:
    """One font of the document."""

    def __init__(self, dictionary: Any) -> None:
        self._dictionary = dictionary
        self._descendant = dictionary.DescendantFonts[0]
        self._texts = dict(_entries(dictionary.ToUnicode.read_bytes()))
        self._widths = dict(_widths(self._descendant.W))
        self._made: dict[tuple[tuple[Part, ...], str, int], int] = {}

    @cached_property
    def draws_clusters(self) -> bool:
        """Whether a letter may be several glyphs here, or runs from right to left."""
        return any(map(_is_composed, set().union(*self._texts.values())))

    @cached_property
    def _file(self) -> Outlines | None:
        file = self._descendant.FontDescriptor.get("/FontFile2")
        return Outlines(file.read_bytes()) if file is not None else None

    @cached_property
    def units(self) -> int:
        """Units of the font in an em; 0 where it is not TrueType."""
        return self._file.units if self._file else 0

    @cached_property
    def can_grow(self) -> bool:
        """Whether glyphs can be added: it is TrueType and its codes are the glyphs' numbers."""
        return self._file is not None and self._descendant.get("/CIDToGIDMap") == "/Identity"

    def text(self, code: int) -> str:
        """What the code stands for; "" where the font does not say."""
        return self._texts.get(code, "")

    def width(self, code: int) -> float:
        """How far the code moves the pen, in thousandths of the size."""
        return self._widths.get(code, 0.0)

    def code(self, parts: Sequence[Part], text: str, width: int) -> int:
        """The code of a glyph made of those, with this text and width (in the font's units)."""
        if len(parts) == 1 and parts[0][1:] == (0, 0):
            code = parts[0][0]
            if self.text(code) == text and round(self.width(code) * self.units / 1000) == width:
                return code
        key = (tuple(parts), text, width)
        if key not in self._made:
            self._made[key] = self._add(parts, text, width)
        return self._made[key]

    def _add(self, parts: Sequence[Part], text: str, width: int) -> int:
        assert self._file is not None
        code = self._file.add(parts, width)
        self._texts[code], self._widths[code] = text, width * 1000 / self.units
        return code

    def write(self) -> None:
        """Put what was added into the document."""
        if not self._made:
            return
        assert self._file is not None
        data = self._file.font()
        self._descendant.FontDescriptor.FontFile2.write(data)
        self._descendant.FontDescriptor.FontFile2.Length1 = len(data)
        # Optional, and it would have to name the new glyphs.
        if "/CIDSet" in self._descendant.FontDescriptor:
            del self._descendant.FontDescriptor["/CIDSet"]
        codes = sorted(self._made.values())
        self._descendant.W = pikepdf.Array(
            [*self._descendant.W, codes[0], pikepdf.Array([round(self._widths[code], 3) for code in codes])]
        )
        old = self._dictionary.ToUnicode.read_bytes()
        start, end = old.index(b"endcodespacerange") + len(b"endcodespacerange"), old.rindex(b"endcmap")
        start = old.index(b"\n", start) + 1
        self._dictionary.ToUnicode.write(old[:start] + b"".join(_blocks(self._texts)) + old[end:])


@cache
def _is_composed(char: str) -> bool:
    return unicodedata.category(char).startswith("M") or unicodedata.bidirectional(char) in ("R", "AL")


def _entries(cmap: bytes) -> Iterator[tuple[int, str]]:
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, text in _ENTRY.findall(block):
            yield int(code, 16), bytes.fromhex(text.decode()).decode("utf-16-be")


def _blocks(texts: dict[int, str]) -> Iterator[bytes]:
    items = sorted((code, text) for code, text in texts.items() if text)
    for start in range(0, len(items), _BLOCK):
        rows = items[start : start + _BLOCK]
        lines = "".join(f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>\n" for code, text in rows)
        yield f"{len(rows)} beginbfchar\n{lines}endbfchar\n".encode()


def _widths(array: Any) -> Iterator[tuple[int, float]]:
    """The two forms of /W: first, last, width; and first, [widths]."""
    items = list(array)
    index = 0
    while index < len(items):
        first, second = int(items[index]), items[index + 1]
        if isinstance(second, pikepdf.Array):
            yield from ((first + n, float(width)) for n, width in enumerate(second))
            index += 2
        else:
            yield from ((code, float(items[index + 2])) for code in range(first, int(second) + 1))
            index += 3
