"""Reads text objects of a PDF: at once where they are written as Typst writes them, else instruction by instruction."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from pipeline.formats.pdf_stream import Instruction, Known, instructions, text_of, unescaped

_NUMBER = rb"-?\d++(?:\.\d++)?"
_STRING = rb"\((?:[^()\\]++|\\.)*+\)"
DRAWN = re.compile(
    rb"\s*+(?:EMC/Span<</MCID (\d++)(?:/Lang\(([\w-]++)\))?>>BDC\s++)?"
    rb"q 1 0 0 -1 (%(n)b) (%(n)b) cm(/\w++ cs[ \d.]++scn)\s++"
    rb"BT((?:[^(/E%%]++|/[^\0\t\n\f\r ()<>\[\]{}/%%]*+|%(s)b|E(?!T(?![A-Za-z0-9*])))*+)ET\s++Q(?![A-Za-z0-9*])"
    % {b"n": _NUMBER, b"s": _STRING},
    re.DOTALL,
)
"""A text object with what stands around it: number of its marked content and language, place, colour, the object."""
LINES = re.compile(rb"(?:\s*+(?:%b\s++){2,6}(?:[mlcvy]|re)(?![A-Za-z0-9*']))++" % _NUMBER)
"""The points of a drawing."""
_HEX = rb"<[0-9A-F]*+>"
_PART = re.compile(
    rb"(\s*+(?:/Span<</ActualText<(FEFF[0-9A-F]*+)>>>BDC\s*+)?(?:(/ReversedChars) BMC\s*+)?"
    rb"0 Tr(/\w++) (%(n)b) Tf 1 0 0 -1 (%(n)b) (%(n)b) Tm(?:(%(s)b|%(h)b)Tj|\[((?:[ \d.-]++|%(s)b|%(h)b)*+)\]TJ)"
    rb"((?:\s*+EMC(?![A-Za-z0-9*]))*+))" % {b"n": _NUMBER, b"s": _STRING, b"h": _HEX},
    re.DOTALL,
)
"""What is shown: all, text and direction of marked content, font, size, place, string or pieces, ends of that."""
_PIECE = re.compile(rb"(%b|%b)|(%b)" % (_STRING, _HEX, _NUMBER), re.DOTALL)
Codes = tuple[int, ...]


class Shown(NamedTuple):
    """What one TJ or Tj of a text object shows."""

    matrix: Sequence[float]
    pieces: Sequence[Codes | float]
    """Codes of glyphs, and how far the pen goes back between them, in thousandths of the size."""
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


def text_object(written: bytes, known: Known) -> TextObject:
    """What a text object says. known: instructions that were read before."""
    return _as_typst(written) or _as_any(instructions(written, known))


def _as_typst(written: bytes) -> TextObject | None:
    """None where it is written otherwise."""
    text = TextObject()
    nested: list[tuple[str, int]] = []
    chosen: tuple[bytes, bytes] | None = None
    length = 0
    for whole, claim, is_reversed, font, size, x, y, string, pieces, ends in _PART.findall(written):
        length += len(whole)
        if claim:
            text.spans += 1
            nested.append((_claim(claim), text.spans))
        if is_reversed:
            text.is_reversed = True
            nested.append(nested[-1] if nested else _NOTHING)
        if (font, size) != chosen:
            _choose(text, font.decode("ascii"), float(size))
            chosen = font, size
        claimed, span = nested[-1] if nested else _NOTHING
        codes = (_codes(string),) if string else _pieces(pieces)
        text.shown.append(Shown((1.0, 0.0, 0.0, -1.0, float(x), float(y)), codes, claimed, span))
        if ends:
            for _ in range(ends.count(b"EMC")):
                if not nested:
                    return None
                nested.pop()
    # Whatever else stands in it makes a difference.
    return text if length == len(written.rstrip()) else None


_NOTHING = ("", 0)


@lru_cache(maxsize=10_000)
def _claim(written: bytes) -> str:
    return bytes.fromhex(written.decode("ascii")).decode("utf-16-be").removeprefix("\ufeff")


@lru_cache(maxsize=10_000)
def _codes(string: bytes) -> Codes:
    """Of a string with its brackets."""
    if string.startswith(b"<"):
        return _pairs(bytes.fromhex(string[1:-1].decode("ascii")))
    return _pairs(unescaped(string[1:-1]))


@lru_cache(maxsize=10_000)
def _pieces(written: bytes) -> tuple[Codes | float, ...]:
    """Of an array without its brackets."""
    return tuple(float(number) if number else _codes(string) for string, number in _PIECE.findall(written))


def _pairs(string: bytes) -> Codes:
    """Codes have two bytes each. Raises ValueError where one is missing."""
    if len(string) % 2:
        raise ValueError("a string of half a code")
    return struct.unpack(f">{len(string) // 2}H", string)


def _choose(text: TextObject, font: str, size: float) -> None:
    if text.font and (text.font, text.size) != (font, size):
        text.is_plain = False
    text.font, text.size = font, size


def _as_any(content: Iterable[Instruction]) -> TextObject:
    text = TextObject()
    matrix: Sequence[float] = (1, 0, 0, 1, 0, 0)
    nested: list[tuple[str, int]] = []
    for name, operands, _, _ in content:
        if name == "Tf":
            _choose(text, *operands)
        elif name == "Tm":
            matrix = tuple(operands)
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
            pieces = operands[0] if name == "TJ" else operands
            codes = tuple(_pairs(piece) if isinstance(piece, bytes) else float(piece) for piece in pieces)
            text.shown.append(Shown(matrix, codes, claim, span))
        else:
            text.is_plain = False
    return text
