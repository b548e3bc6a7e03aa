"""An embedded font of a PDF of Typst's: what its codes say, and room for more codes.

Typst embeds TrueType fonts with two-byte codes that are the glyphs' numbers.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from typing import Any

import pikepdf
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph as Outline
from fontTools.ttLib.tables._g_l_y_f import GlyphComponent

Part = tuple[int, int, int]
"""A code with the place of its glyph, in the font's units."""

_ENTRY = re.compile(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]*)>")
_BLOCK = 100
"""A CMap has no more entries in a block."""
_WORDS, _XY = 0x0001, 0x0002


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
    def _file(self) -> TTFont | None:
        file = self._descendant.FontDescriptor.get("/FontFile2")
        return TTFont(io.BytesIO(file.read_bytes()), recalcTimestamp=False) if file is not None else None

    @cached_property
    def units(self) -> int:
        """Units of the font in an em; 0 where it is not TrueType."""
        return self._file["head"].unitsPerEm if self._file else 0

    @property
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
        names = self._file.getGlyphOrder()
        name, code = f"made{len(names)}", len(names)
        outline = Outline()
        drawn = [(c, x, y) for c, x, y in parts if self._file["glyf"][names[c]].numberOfContours]
        if drawn:
            outline.numberOfContours = -1
            outline.components = [_component(names[c], x, y) for c, x, y in drawn]
        self._file.setGlyphOrder([*names, name])
        self._file["glyf"].glyphs[name] = outline
        self._file["glyf"].glyphOrder = self._file.getGlyphOrder()
        if drawn:
            outline.recalcBounds(self._file["glyf"])
        self._file["hmtx"][name] = (width, getattr(outline, "xMin", 0) if drawn else 0)
        self._texts[code], self._widths[code] = text, width * 1000 / self.units
        return code

    def write(self) -> None:
        """Put what was added into the document."""
        if not self._made:
            return
        assert self._file is not None
        data = io.BytesIO()
        self._file.save(data, reorderTables=False)
        self._descendant.FontDescriptor.FontFile2.write(data.getvalue())
        self._descendant.FontDescriptor.FontFile2.Length1 = len(data.getvalue())
        # Optional, and it would have to name the new glyphs.
        if "/CIDSet" in self._descendant.FontDescriptor:
            del self._descendant.FontDescriptor["/CIDSet"]
        codes = [code for code in sorted(self._widths) if code in self._made.values()]
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


def _component(name: str, x: int, y: int) -> Any:
    component = GlyphComponent()
    component.glyphName, component.x, component.y = name, x, y
    component.flags = _XY | _WORDS
    return component


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
