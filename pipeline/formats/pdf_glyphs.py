"""Reads where each glyph of a page of Typst's stands and what text it claims."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from pipeline.formats.pdf_fonts import Font

Matrix = tuple[float, float, float, float, float, float]
Instruction = Any
"""pikepdf's: operands and operator."""
UPRIGHT = (1.0, 0.0, 0.0, -1.0)
"""Typst turns the page over and the letters back."""


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
    """Index of its BT among the page's instructions."""
    end: int
    """Index of its ET."""
    context: object
    """What it belongs to: the structure element, or "artifact"."""
    origin: tuple[float, float]
    """Where its coordinates begin on the page."""
    paint: bytes = b""
    """The instructions that choose its colour."""
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


def is_right_to_left(text: str) -> bool:
    """Whether it has a letter of a right-to-left script."""
    return any(unicodedata.bidirectional(char) in ("R", "AL") for char in text)


class Reader:
    """Walks the instructions of one page."""

    def __init__(self, fonts: Callable[[str], Font], context: Callable[[Any], object]) -> None:
        """fonts: by their name in the page's resources. context: of the operands of a BDC or BMC."""
        self._fonts, self._context = fonts, context
        self._ctm: Matrix = (1, 0, 0, 1, 0, 0)
        self._paint: list[Instruction] = []
        self._saved: list[tuple[Matrix, list[Instruction]]] = []
        self._marks: list[object] = []
        self._spans = 0
        self.runs: list[Run] = []

    def read(self, instructions: Sequence[Instruction]) -> list[Run]:
        """The page's text objects, in order."""
        for index, (operands, operator) in enumerate(instructions):
            name = str(operator)
            if name == "q":
                self._saved.append((self._ctm, list(self._paint)))
            elif name == "Q":
                self._ctm, self._paint = self._saved.pop()
            elif name == "cm":
                self._ctm = _product(tuple(float(n) for n in operands), self._ctm)
            elif name in ("cs", "sc", "scn", "g", "rg", "k"):
                self._paint.append((operands, operator))
            elif name in ("BDC", "BMC"):
                self._marks.append(self._context(operands))
            elif name == "EMC":
                self._marks.pop()
            elif name == "BT":
                self.runs.append(self._run(instructions, index))
        return self.runs

    def _run(self, instructions: Sequence[Instruction], start: int) -> Run:
        context = next((mark for mark in reversed(self._marks) if mark is not None), None)
        run = Run(start, start, context, self._ctm[4:])
        run.paint = pikepdf.unparse_content_stream(self._paint)
        run.is_plain = _is_upright(self._ctm)
        matrix: Matrix = (1, 0, 0, 1, 0, 0)
        nested: list[tuple[str, int]] = []
        for index in range(start + 1, len(instructions)):
            operands, operator = instructions[index]
            name = str(operator)
            if name == "ET":
                run.end = index
                return run
            if name == "Tf":
                size = float(operands[1])
                if run.font is not None and (run.font_name, run.size) != (str(operands[0]), size):
                    run.is_plain = False
                run.font, run.font_name, run.size = self._fonts(str(operands[0])), str(operands[0]), size
            elif name == "Tm":
                matrix = _product(tuple(float(n) for n in operands), self._ctm)
                run.is_plain = run.is_plain and _is_straight(matrix)
            elif name == "Tr":
                run.is_plain = run.is_plain and int(operands[0]) == 0
            elif name in ("BDC", "BMC"):
                nested.append(self._nested(operands, run))
            elif name == "EMC":
                nested.pop()
            elif name in ("TJ", "Tj"):
                pieces = operands[0] if name == "TJ" else [operands[0]]
                text, span = next((n for n in reversed(nested) if n[1]), ("", 0))
                _show(run, pieces, (matrix[4], matrix[5]), text, span)
            else:
                run.is_plain = False
        raise AssertionError("BT without ET")

    def _nested(self, operands: Sequence[Any], run: Run) -> tuple[str, int]:
        if str(operands[0]) == "/ReversedChars":
            run.is_reversed = True
        if len(operands) == 2 and "/ActualText" in operands[1]:
            self._spans += 1
            return str(operands[1]["/ActualText"]), self._spans
        return "", 0


def _show(run: Run, pieces: Iterable[Any], place: tuple[float, float], text: str, span: int) -> None:
    assert run.font is not None
    x, y = place
    pen = x
    scale = run.size / 1000
    for piece in pieces:
        if not isinstance(piece, pikepdf.String):
            x -= float(piece) * scale
            continue
        codes = bytes(piece)
        for at in range(0, len(codes), 2):
            code = int.from_bytes(codes[at : at + 2])
            width = run.font.width(code) * scale
            run.glyphs.append(Glyph(code, text or run.font.text(code), span, run.start, pen, x, y, width))
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
    return all(abs(a - b) < 1e-6 for a, b in zip(matrix, UPRIGHT, strict=False))


def _is_straight(matrix: Matrix) -> bool:
    return all(abs(a - b) < 1e-6 for a, b in zip(matrix, (1, 0, 0, 1), strict=False))
