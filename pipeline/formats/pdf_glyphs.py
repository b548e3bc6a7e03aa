"""Reads where each glyph of a page of Typst's stands and what text it claims."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from pipeline.formats.pdf_fonts import Font
from pipeline.formats.pdf_stream import Instruction, Known, instruction, instructions
from pipeline.formats.pdf_typst import DRAWN, LINES, Codes, Shown, TextObject, text_object

Matrix = tuple[float, float, float, float, float, float]
Paint = tuple[object, ...]
"""The instructions that chose a colour, so that two can be compared."""
UPRIGHT = (1.0, 0.0, 0.0, -1.0)
"""Typst turns the page over and the letters back."""
GAP = 0.03
"""Between clusters, in sizes."""
_AS_IT_IS = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_COLOURS = frozenset(("cs", "sc", "scn", "g", "rg", "k"))


class Glyph(NamedTuple):
    """One glyph on the page; lengths in points."""

    code: int
    text: str
    """Of the whole cluster that it belongs to."""
    span: int
    """Number of the /Span with /ActualText that it stands in, within its text object; 0 for none."""
    pen: float
    """Where the pen stood on the line, before the glyph was moved from there."""
    x: float
    y: float
    width: float


@dataclass(slots=True, eq=False)
class Letter:
    """A glyph, or those that claim a text together, seen from where their piece begins; lengths in points."""

    text: str
    glyphs: tuple[tuple[int, float, float, float], ...]
    """Code, pen, x and width of each, from left to right."""
    left: float
    width: float
    """Of the room that it takes on the line."""
    is_below: bool
    """Whether it takes no room and is drawn below what stands before it."""


class Piece(NamedTuple):
    """What one instruction of a text object shows."""

    x: float
    y: float
    span: int
    """Number of the /Span with /ActualText that it stands in, within its text object; 0 for none."""
    letters: tuple[Letter, ...]


@dataclass(slots=True)
class Run:
    """One text object: BT to ET."""

    start: int
    """Where it begins in the page's content, in bytes."""
    end: int
    """Where its ET ends."""
    whole: tuple[int, int]
    """Where that begins and ends which is of no use without it, such as the choice of its colour."""
    origin: tuple[float, float]
    """Where its coordinates begin on the page."""
    style: tuple[object, Paint, str, float]
    """The structure element that it belongs to, or "artifact"; its colour, and the name and size of its font."""
    font: Font | None
    at: tuple[float, float]
    """What the places of its pieces are to be moved by."""
    pieces: Sequence[Piece]
    is_rtl: bool
    """Whether it runs from right to left, as Typst says or by its letters."""
    has_claims: bool
    """Whether a glyph of it claims more than a letter, or several claim one text."""
    is_plain: bool
    """Whether it is drawn upright, filled, and in one font and size."""

    @property
    def size(self) -> float:
        """Of its font."""
        return self.style[3]

    @property
    def glyphs(self) -> list[Glyph]:
        """All of them, from left to right."""
        left, top = self.at
        return [
            Glyph(code, letter.text, piece.span, left + piece.x + pen, left + piece.x + x, top + piece.y, width)
            for piece in self.pieces
            for letter in piece.letters
            for code, pen, x, width in letter.glyphs
        ]


@cache
def is_right_to_left(text: str) -> bool:
    """Whether it has a letter of a right-to-left script."""
    return any(unicodedata.bidirectional(char) in ("R", "AL") for char in text)


Shapes = tuple[tuple[Letter, ...], bool, bool]
"""Letters, whether one of them runs from right to left, and whether one has a text of several characters."""


@dataclass(slots=True)
class Placed:
    """A text object with its font; the same wherever it stands on a page."""

    text: TextObject
    font: Font | None
    pieces: list[Piece]
    """As they stand if it is upright."""
    is_upright: bool
    is_rtl: bool
    has_claims: bool


class TextObjects:
    """Reads text objects: of a document, most stand in it many times."""

    def __init__(self) -> None:
        self.instructions: Known = {}
        self._read: dict[bytes, TextObject] = {}
        self._placed: dict[tuple[bytes, Font | None], Placed] = {}
        self._letters: dict[tuple[Font, float, str, Sequence[Codes | float]], Shapes] = {}
        self._paints: dict[bytes, Paint] = {}

    def read(self, written: bytes, fonts: Callable[[str], Font]) -> Placed:
        """What a text object says, and where its glyphs stand."""
        text = self._read.get(written)
        if text is None:
            text = self._read[written] = text_object(written, self.instructions)
        font = fonts(text.font) if text.font else None
        placed = self._placed.get((written, font))
        if placed is None:
            placed = self._placed[written, font] = self._place(text, font)
        return placed

    def _place(self, text: TextObject, font: Font | None) -> Placed:
        pieces: list[Piece] = []
        is_upright, is_rtl, has_claims = True, text.is_reversed, False
        for shown in text.shown:
            matrix, _, _, span = shown
            if matrix[:4] != UPRIGHT:
                is_upright = False
            assert font is not None
            letters, runs_left, is_long = self._letters_of(shown, text.size, font)
            pieces.append(Piece(matrix[4], -matrix[5], span, letters))
            is_rtl = is_rtl or runs_left
            has_claims = has_claims or is_long or span > 0
        return Placed(text, font, pieces, is_upright, is_rtl, has_claims)

    def _letters_of(self, shown: Shown, size: float, font: Font) -> Shapes:
        _, pieces, claim, _ = shown
        key = (font, size, claim, pieces)
        found = self._letters.get(key)
        if found is None:
            letters = _letters(pieces, claim, size, font)
            is_rtl = any(is_right_to_left(letter.text) for letter in letters)
            found = self._letters[key] = (letters, is_rtl, any(len(letter.text) > 1 for letter in letters))
        return found

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
            self._marks[-1] = self._context(("/Span", {"/MCID": int(number), "/Lang": language or b""}))
        ctm = (*UPRIGHT, float(x), float(y))
        if self._ctm != _AS_IT_IS:
            ctm = _product(ctm, self._ctm)
        colours = self._text_objects.paint(paint)
        if self._paint:
            colours = (*self._paint, *colours)
        start, end = drawn.span(6)
        whole = drawn.start(3) - len(b"q 1 0 0 -1 "), drawn.end()
        self._run(written, (start - 2, end + 2), whole, ctm, colours)

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
            self._run(operands[0], (start, end), (start, end), self._ctm, self._paint)

    def _run(self, written: bytes, place: tuple[int, int], whole: tuple[int, int], ctm: Matrix, paint: Paint) -> None:
        context = None
        for context in reversed(self._marks):
            if context is not None:
                break
        placed = self._text_objects.read(written, self._fonts)
        text, pieces, at = placed.text, placed.pieces, (ctm[4], ctm[5])
        is_plain = text.is_plain and (ctm[:4] == UPRIGHT or _is_near(ctm, UPRIGHT))
        if not (placed.is_upright and ctm[:4] == UPRIGHT):
            pieces, is_straight = self._turned(placed, ctm)
            is_plain, at = is_plain and is_straight, (0.0, 0.0)
        self.runs.append(
            Run(
                *(*place, whole, (ctm[4], ctm[5]), (context, paint, text.font, text.size), placed.font, at, pieces),
                *(placed.is_rtl, placed.has_claims, is_plain),
            )
        )

    def _turned(self, placed: Placed, ctm: Matrix) -> tuple[list[Piece], bool]:
        """The pieces of a text object that is not written as Typst does; whether they stand upright for all that."""
        matrices = [_product(shown.matrix, ctm) for shown in placed.text.shown]
        pieces = [
            piece._replace(x=matrix[4], y=matrix[5]) for piece, matrix in zip(placed.pieces, matrices, strict=True)
        ]
        return pieces, all(_is_near(matrix, (1, 0, 0, 1)) for matrix in matrices)


def _letters(pieces: Sequence[Codes | float], claim: str, size: float, font: Font) -> tuple[Letter, ...]:
    x = pen = 0.0
    scale = size / 1000
    glyphs: list[tuple[int, float, float, float]] = []
    for codes in pieces:
        if isinstance(codes, float):
            x -= codes * scale
            continue
        for code in codes:
            width = font.width(code) * scale
            glyphs.append((code, pen, x, width))
            x += width
            pen = x
    if not claim:
        return tuple([_letter(font.text(glyph[0]), (glyph,), size) for glyph in glyphs])
    return (_letter(claim, tuple(glyphs), size),) if glyphs else ()


def _letter(text: str, glyphs: tuple[tuple[int, float, float, float], ...], size: float) -> Letter:
    _, pen, left, width = glyphs[0]
    is_below = not width and left < pen - GAP * size
    if len(glyphs) > 1:
        wide = [glyph for glyph in glyphs if glyph[3]] or glyphs
        left, width = min([x for _, _, x, _ in wide]), sum([width for _, _, _, width in wide])
    return Letter(text, glyphs, left, width, is_below)


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
