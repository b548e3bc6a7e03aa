"""Adds glyphs that are made of others to a TrueType font (OpenType 1.9: glyf, loca, hmtx, maxp, head).

fontTools opens every outline to do so, which takes longer than to set the leaflet. Here what is there stays as it
stands, and only what is added is written.
"""

from __future__ import annotations

import io
import itertools
import struct
from collections.abc import Sequence
from functools import cache

from fontTools.ttLib.sfnt import SFNTReader, SFNTWriter

Part = tuple[int, int, int]
"""A code with the place of its glyph, in the font's units."""

_WORDS, _XY, _MORE = 0x0001, 0x0002, 0x0020
_SCALE, _SCALES, _MATRIX = 0x0008, 0x0040, 0x0080
_ADDED = ("glyf", "loca", "hmtx", "hhea", "maxp", "head", "post")


class Outlines:
    """The glyphs of a font, by their numbers."""

    def __init__(self, font: bytes) -> None:
        """Raises fontTools' TTLibError, KeyError or struct.error for what is no TrueType font."""
        reader = SFNTReader(io.BytesIO(font))
        self._version = reader.sfntVersion
        self._tables: dict[str, bytes] = {tag: reader[tag] for tag in reader.keys()}  # noqa: SIM118 - no mapping
        (self.units,) = struct.unpack_from(">H", self._tables["head"], 18)
        (count,) = struct.unpack_from(">H", self._tables["maxp"], 4)
        (is_long,) = struct.unpack_from(">h", self._tables["head"], 50)
        offsets = struct.unpack_from(f">{count + 1}{'L' if is_long else 'H'}", self._tables["loca"])
        places = offsets if is_long else [2 * offset for offset in offsets]
        glyf = self._tables["glyf"]
        self._glyphs = [glyf[start:end] for start, end in itertools.pairwise(places)]
        self._metrics = self._read_metrics(count)
        self._first_added = count
        self._points = cache(self._count_points)

    def _read_metrics(self, count: int) -> list[tuple[int, int]]:
        """Advance and left side bearing of each glyph."""
        hmtx = self._tables["hmtx"]
        (whole,) = struct.unpack_from(">H", self._tables["hhea"], 34)
        metrics = list(struct.iter_unpack(">Hh", hmtx[: 4 * whole]))
        bearings = struct.unpack_from(f">{count - whole}h", hmtx, 4 * whole)
        return [*metrics, *((metrics[-1][0], bearing) for bearing in bearings)]

    def __len__(self) -> int:
        return len(self._glyphs)

    def add(self, parts: Sequence[Part], width: int) -> int:
        """Add a glyph, made of those, with this advance width; its number."""
        drawn = [part for part in parts if self._glyphs[part[0]]]
        boxes = [self._box(*part) for part in drawn]
        box = tuple(map(min, zip(*(b[:2] for b in boxes), strict=True))) + tuple(
            map(max, zip(*(b[2:] for b in boxes), strict=True))
        )
        glyph = struct.pack(">hhhhh", -1, *box) if drawn else b""
        for left, (code, x, y) in zip(range(len(drawn) - 1, -1, -1), drawn, strict=True):
            glyph += struct.pack(">HHhh", _WORDS | _XY | (_MORE if left else 0), code, x, y)
        # Every glyph begins at an even byte.
        self._glyphs.append(glyph)
        self._metrics.append((width, box[0] if drawn else 0))
        return len(self._glyphs) - 1

    def _box(self, code: int, x: int, y: int) -> tuple[int, int, int, int]:
        left, bottom, right, top = struct.unpack_from(">hhhh", self._glyphs[code], 2)
        return left + x, bottom + y, right + x, top + y

    def _count_points(self, code: int) -> tuple[int, int, int]:
        """Points, contours and levels of components of a glyph."""
        glyph = self._glyphs[code]
        if not glyph:
            return 0, 0, 0
        (contours,) = struct.unpack_from(">h", glyph)
        if contours >= 0:
            last = struct.unpack_from(">H", glyph, 8 + 2 * contours)[0] if contours else -1
            return last + 1, contours, 0
        below = [self._points(part) for part in _components(glyph)]
        return sum(b[0] for b in below), sum(b[1] for b in below), 1 + max(b[2] for b in below)

    def font(self) -> bytes:
        """The font with what was added."""
        tables = self._tables | dict(zip(_ADDED, self._added(), strict=True))
        file = io.BytesIO()
        writer = SFNTWriter(file, len(tables), self._version)
        for tag, content in tables.items():
            writer[tag] = content
        writer.close()
        return file.getvalue()

    def _added(self) -> tuple[bytes, ...]:
        glyphs = [glyph + bytes(len(glyph) % 2) for glyph in self._glyphs]
        places = [0]
        for glyph in glyphs:
            places.append(places[-1] + len(glyph))
        is_long = places[-1] > 2 * 0xFFFF
        loca = places if is_long else [place // 2 for place in places]
        count = len(glyphs)
        hhea = self._tables["hhea"][:34] + struct.pack(">H", count)
        head = self._tables["head"][:50] + struct.pack(">h", is_long) + self._tables["head"][52:]
        return (
            b"".join(glyphs),
            struct.pack(f">{count + 1}{'L' if is_long else 'H'}", *loca),
            b"".join(struct.pack(">Hh", *metric) for metric in self._metrics),
            hhea,
            self._limits(count),
            head,
            # Version 3: without names, of which the added glyphs would want some.
            struct.pack(">L", 0x00030000) + self._tables.get("post", bytes(32))[4:32],
        )

    def _limits(self, count: int) -> bytes:
        """The table maxp: how much memory a program needs to draw the glyphs."""
        maxp = bytearray(self._tables["maxp"])
        struct.pack_into(">H", maxp, 4, count)
        added = range(self._first_added, count)
        below = [self._points(code) for code in added]
        sizes = (
            (10, max((points for points, _, _ in below), default=0)),
            (12, max((contours for _, contours, _ in below), default=0)),
            (28, max((len(_components(self._glyphs[code])) for code in added if self._glyphs[code]), default=0)),
            (30, max((levels for _, _, levels in below), default=0)),
        )
        for offset, size in sizes:
            (before,) = struct.unpack_from(">H", maxp, offset)
            struct.pack_into(">H", maxp, offset, min(max(before, size), 0xFFFF))
        return bytes(maxp)


def _components(glyph: bytes) -> list[int]:
    """The numbers of the glyphs that one is made of."""
    found: list[int] = []
    at, flags = 10, _MORE
    while flags & _MORE:
        flags, code = struct.unpack_from(">HH", glyph, at)
        found.append(code)
        at += 8 if flags & _WORDS else 6
        at += 2 if flags & _SCALE else 4 if flags & _SCALES else 8 if flags & _MATRIX else 0
    return found
