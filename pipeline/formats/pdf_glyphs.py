"""Reads where each glyph of a page of Typst's stands and what text it claims."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from pipeline.formats.pdf_fonts import Font
from pipeline.formats.pdf_stream import Instruction, Known, instructions, text_of

Matrix = tuple[float, float, float, float, float, float]
Paint = tuple[object, ...]
"""The instructions that chose a colour, so that two can be compared."""
UPRIGHT = (1.0, 0.0, 0.0, -1.0)
"""Typst turns the page over and the letters back."""
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


class Shown(NamedTuple):
    """What one TJ or Tj of a text object shows."""

    matrix: Sequence[float]
    pieces: Sequence[bytes | float]
    text: str
    """Of the /Span with /ActualText that it stands in; "" for none."""
    span: int
    """Number of that within the text object, from 1; 0 for none."""


@dataclass(slots=True)
class TextObject:
    """What stands between BT and ET."""

    font: str = ""
    size: float = 0
    shown: list[Shown] = field(default_factory=list)
    spans: int = 0
    is_reversed: bool = False
    is_plain: bool = True


@cache
def is_right_to_left(text: str) -> bool:
    """Whether it has a letter of a right-to-left script."""
    return any(unicodedata.bidirectional(char) in ("R", "AL") for char in text)


class TextObjects:
    """Reads text objects: of a document, most stand in it many times."""

    def __init__(self) -> None:
        self.instructions: Known = {}
        self._read: dict[bytes, TextObject] = {}

    def read(self, written: bytes) -> TextObject:
        """What a text object says of itself, wherever it stands."""
        if written not in self._read:
            self._read[written] = _text_object(instructions(written, self.instructions))
        return self._read[written]


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
        self._fonts, self._context, self._text_objects = fonts, context, text_objects or TextObjects()
        self._ctm: Matrix = (1, 0, 0, 1, 0, 0)
        self._paint: Paint = ()
        self._saved: list[tuple[Matrix, Paint]] = []
        self._marks: list[object] = []
        self._spans = 0
        self.runs: list[Run] = []

    def read(self, content: bytes) -> list[Run]:
        """The page's text objects, in order."""
        for name, operands, start, end in instructions(content, self._text_objects.instructions):
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
                self.runs.append(self._run(operands[0], start, end))
        return self.runs

    def _run(self, written: bytes, start: int, end: int) -> Run:
        context = next((mark for mark in reversed(self._marks) if mark is not None), None)
        text = self._text_objects.read(written)
        font = self._fonts(text.font) if text.font else None
        run = Run(start, end, context, self._ctm[4:], self._paint, font, text.font, text.size)
        run.is_reversed = text.is_reversed
        run.is_plain = text.is_plain and _is_upright(self._ctm)
        for shown in text.shown:
            matrix = _product(shown.matrix, self._ctm)
            run.is_plain = run.is_plain and _is_straight(matrix)
            _show(run, shown, matrix[4:], self._spans)
        self._spans += text.spans
        return run


def _text_object(content: Iterable[Instruction]) -> TextObject:
    text = TextObject()
    matrix: Sequence[float] = (1, 0, 0, 1, 0, 0)
    nested: list[tuple[str, int]] = []
    for name, operands, _, _ in content:
        if name == "Tf":
            if text.font and (text.font, text.size) != tuple(operands):
                text.is_plain = False
            text.font, text.size = operands
        elif name == "Tm":
            matrix = operands
        elif name == "Tr":
            text.is_plain = text.is_plain and operands[0] == 0
        elif name in ("BDC", "BMC"):
            text.is_reversed = text.is_reversed or operands[0] == "/ReversedChars"
            if len(operands) == 2 and "/ActualText" in operands[1]:
                text.spans += 1
                nested.append((text_of(operands[1]["/ActualText"]), text.spans))
            else:
                nested.append(("", 0))
        elif name == "EMC":
            nested.pop()
        elif name in ("TJ", "Tj"):
            claim, span = next((n for n in reversed(nested) if n[1]), ("", 0))
            text.shown.append(Shown(matrix, operands[0] if name == "TJ" else operands, claim, span))
        else:
            text.is_plain = False
    return text


def _show(run: Run, shown: Shown, place: tuple[float, float], spans_before: int) -> None:
    assert run.font is not None
    x, y = place
    pen = x
    scale = run.size / 1000
    span = spans_before + shown.span if shown.span else 0
    for codes in shown.pieces:
        if isinstance(codes, float):
            x -= codes * scale
            continue
        for high, low in zip(codes[::2], codes[1::2], strict=True):
            code = high << 8 | low
            width = run.font.width(code) * scale
            run.glyphs.append(Glyph(code, shown.text or run.font.text(code), span, run.start, pen, x, y, width))
            x += width
            pen = x


def _product(a: Any, b: Matrix) -> Matrix:
    return (
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    )


def _is_upright(matrix: Matrix) -> bool:
    return _is_near(matrix, UPRIGHT)


def _is_straight(matrix: Matrix) -> bool:
    return _is_near(matrix, (1, 0, 0, 1))


def _is_near(matrix: Matrix, scales: tuple[float, float, float, float]) -> bool:
    return matrix[:4] == scales or all(abs(a - b) < 1e-6 for a, b in zip(matrix, scales, strict=False))
