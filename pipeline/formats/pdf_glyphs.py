"""Reads where each glyph of a page of Typst's stands and what text it claims."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from pipeline.formats.pdf_fonts import Font
from pipeline.formats.pdf_stream import Instruction, Known, instruction, instructions
from pipeline.formats.pdf_typst import DRAWN, LINES, Shown, TextObject, text_object

Matrix = tuple[float, float, float, float, float, float]
Paint = tuple[object, ...]
"""The instructions that chose a colour, so that two can be compared."""
UPRIGHT = (1.0, 0.0, 0.0, -1.0)
"""Typst turns the page over and the letters back."""
_AS_IT_IS = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_COLOURS = frozenset(("cs", "sc", "scn", "g", "rg", "k"))


@dataclass(slots=True)
class Glyph:
    """One glyph on the page; lengths in points."""

    code: int
    text: str
    """Of the whole cluster that it belongs to."""
    span: int
    """Number of the /Span with /ActualText that it stands in; 0 for none."""
    run: int
    """Number of the text object that it stands in."""
    pen: float
    """Where the pen stood on the line, before the glyph was moved from there."""
    x: float
    y: float
    width: float


@dataclass(slots=True)
class Run:
    """One text object: BT to ET."""

    start: int
    """Where it begins in the page's content, in bytes."""
    end: int
    """Where its ET ends."""
    context: object
    """What it belongs to: the structure element, or "artifact"."""
    origin: tuple[float, float]
    """Where its coordinates begin on the page."""
    paint: Paint = ()
    font: Font | None = None
    font_name: str = ""
    size: float = 0
    glyphs: list[Glyph] = field(default_factory=list)
    is_reversed: bool = False
    """Whether Typst says that its words run from right to left."""
    is_plain: bool = True
    """Whether it is drawn upright, filled, and in one font and size."""

    @property
    def is_rtl(self) -> bool:
        """Whether it runs from right to left."""
        return self.is_reversed or any(is_right_to_left(glyph.text) for glyph in self.glyphs)


@cache
def is_right_to_left(text: str) -> bool:
    """Whether it has a letter of a right-to-left script."""
    return any(unicodedata.bidirectional(char) in ("R", "AL") for char in text)


class TextObjects:
    """Reads text objects: of a document, most stand in it many times."""

    def __init__(self) -> None:
        self.instructions: Known = {}
        self._read: dict[bytes, TextObject] = {}
        self._placed: dict[tuple[bytes, Font | None], list[Placed]] = {}
        self._paints: dict[bytes, Paint] = {}

    def read(self, written: bytes, fonts: Callable[[str], Font]) -> tuple[TextObject, Font | None, list[Placed]]:
        """What a text object says of itself, its font, and its glyphs, seen from where each of its pieces begins."""
        text = self._read.get(written)
        if text is None:
            text = self._read[written] = text_object(written, self.instructions)
        font = fonts(text.font) if text.font else None
        placed = self._placed.get((written, font))
        if placed is None:
            placed = self._placed[written, font] = [_placed(shown, text.size, font) for shown in text.shown]
        return text, font, placed

    def paint(self, written: bytes) -> Paint:
        """What instructions that choose a colour say."""
        found = self._paints.get(written)
        if found is None:
            read = instructions(written, self.instructions)
            found = self._paints[written] = tuple(part for one in read for part in (one.operator, *one.operands))
        return found


class Reader:
    """Walks the instructions of one page."""

    def __init__(
        self,
        fonts: Callable[[str], Font],
        context: Callable[[Any], object],
        text_objects: TextObjects | None = None,
    ) -> None:
        """fonts: by their name in the page's resources. context: of the operands of a BDC or BMC.

        text_objects: those of the pages before, which are not read again.
        """
        self._fonts, self._context, self._text_objects = cache(fonts), context, text_objects or TextObjects()
        self._ctm: Matrix = _AS_IT_IS
        self._paint: Paint = ()
        self._saved: list[tuple[Matrix, Paint]] = []
        self._marks: list[object] = []
        self._spans = 0
        self.runs: list[Run] = []

    def read(self, content: bytes) -> list[Run]:
        """The page's text objects, in order."""
        at = 0
        while True:
            if drawn := DRAWN.match(content, at):
                at = drawn.end()
                self._draw(drawn)
            elif lines := LINES.match(content, at):
                at = lines.end()
            elif found := instruction(content, at, self._text_objects.instructions):
                at = found.end
                self._follow(found)
            else:
                return self.runs

    def _draw(self, drawn: re.Match[bytes]) -> None:
        """What Typst writes for most text objects, at once."""
        number, language, x, y, paint, written = drawn.groups()
        if number:
            marks = {"/MCID": int(number), "/Lang": language or b""}
            self._marks[-1] = self._context(("/Span", marks))
        ctm = (*UPRIGHT, float(x), float(y))
        if self._ctm != _AS_IT_IS:
            ctm = _product(ctm, self._ctm)
        colours = self._text_objects.paint(paint)
        if self._paint:
            colours = (*self._paint, *colours)
        self._run(written, drawn.start(6) - 2, drawn.end(6) + 2, ctm, colours)

    def _follow(self, found: Instruction) -> None:
        name, operands, start, end = found
        if name == "q":
            self._saved.append((self._ctm, self._paint))
        elif name == "Q":
            self._ctm, self._paint = self._saved.pop()
        elif name == "cm":
            self._ctm = _product(operands, self._ctm)
        elif name in _COLOURS:
            self._paint = (*self._paint, name, *operands)
        elif name in ("BDC", "BMC"):
            self._marks.append(self._context(operands))
        elif name == "EMC":
            self._marks.pop()
        elif name == "BT":
            self._run(operands[0], start, end, self._ctm, self._paint)

    def _run(self, written: bytes, start: int, end: int, ctm: Matrix, paint: Paint) -> None:
        context = None
        for context in reversed(self._marks):
            if context is not None:
                break
        text, font, pieces = self._text_objects.read(written, self._fonts)
        is_plain = text.is_plain and _is_near(ctm, UPRIGHT)
        glyphs: list[Glyph] = []
        for shown, placed in zip(text.shown, pieces, strict=True):
            if shown.matrix[:4] == UPRIGHT == ctm[:4]:
                # The product of the two matrices.
                x, y = shown.matrix[4] + ctm[4], ctm[5] - shown.matrix[5]
            else:
                matrix = _product(shown.matrix, ctm)
                is_plain = is_plain and _is_near(matrix, (1, 0, 0, 1))
                x, y = matrix[4:]
            span = self._spans + shown.span if shown.span else 0
            glyphs += [
                Glyph(code, letters, span, start, x + pen, x + at, y, width) for code, letters, pen, at, width in placed
            ]
        self._spans += text.spans
        self.runs.append(
            Run(
                *(start, end, context, ctm[4:], paint, font, text.font, text.size, glyphs),
                is_reversed=text.is_reversed,
                is_plain=is_plain,
            )
        )


Placed = list[tuple[int, str, float, float, float]]
"""For each glyph of a piece its code, its text, where the pen stood, where it stands, and its width."""


def _placed(shown: Shown, size: float, font: Font | None) -> Placed:
    assert font is not None
    x = pen = 0.0
    scale = size / 1000
    found: Placed = []
    for codes in shown.pieces:
        if isinstance(codes, float):
            x -= codes * scale
            continue
        for code in codes:
            width = font.width(code) * scale
            found.append((code, shown.text or font.text(code), pen, x, width))
            x += width
            pen = x
    return found


def _product(a: Any, b: Matrix) -> Matrix:
    return (
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    )


def _is_near(matrix: Matrix, scales: tuple[float, float, float, float]) -> bool:
    return matrix[:4] == scales or all(abs(a - b) < 1e-6 for a, b in zip(matrix, scales, strict=False))
