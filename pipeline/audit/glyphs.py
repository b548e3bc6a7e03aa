"""What a PDF shows: each glyph with its text, place and colour, and the marked content that it stands in."""

from __future__ import annotations

import io
import logging
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.layout import LTChar
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.utils import decode_text

from pipeline.model import PlainleafError

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points, from the lower left corner of the page."""
Colour = tuple[float, float, float]
"""Red, green, blue, 0 to 1."""


@dataclass(slots=True)
class Glyph:
    """One glyph on a page."""

    text: str
    """What its font says that it stands for; "" when it says nothing."""
    box: Box
    size: float
    """Of the letters, in points."""
    font: str
    colour: Colour | None
    """None when it cannot be told, such as for a pattern."""
    mcid: int | None
    is_artifact: bool
    actual: int | None
    """Number of the ActualText that stands for it."""
    is_reversed: bool
    """Whether it stands in ReversedChars, which say that the last letter comes first (ISO 32000-1, 14.8.2.3.3)."""
    is_invisible: bool
    ground: Colour | None
    """What it stands on; None when that cannot be told, such as over a picture."""


@dataclass(slots=True)
class PageContent:
    """What is on one page."""

    number: int
    box: Box = (0, 0, 0, 0)
    glyphs: list[Glyph] = field(default_factory=list)
    actual: list[str] = field(default_factory=list)
    """The ActualTexts of marked content."""
    images: int = 0
    pieces: dict[int, list[str | int]] = field(default_factory=lambda: defaultdict(list))
    """MCID -> its texts; a number is that of an ActualText."""
    places: dict[int, Box] = field(default_factory=dict)
    """MCID -> what its glyphs cover."""

    def text(self, mcid: int) -> str:
        """What is read for a piece of marked content."""
        parts = self.pieces.get(mcid, ())
        return "".join(self.actual[part] if isinstance(part, int) else part for part in parts)


@dataclass(slots=True)
class _Mark:
    mcid: int | None
    is_artifact: bool
    actual: int | None
    is_reversed: bool = False
    start: int = -1
    """Where its texts begin among those of its MCID, when they are to be turned round at its end."""


class _Reader(PDFLayoutAnalyzer):
    """Notes each glyph as pdfminer draws it."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources, laparams=None)
        self.found = PageContent(0)
        self.marks: list[_Mark] = []
        self.grounds: list[tuple[Box, Colour | None]] = []
        self.render_mode, self.font_size = 0, 0.0

    def begin_tag(self, tag: Any, props: Any = None) -> None:
        outer = self.marks[-1] if self.marks else _Mark(None, False, None)
        values = props if isinstance(props, dict) else {}
        mcid, actual = values.get("MCID"), values.get("ActualText")
        number = outer.actual
        inner = mcid if isinstance(mcid, int) else outer.mcid
        if isinstance(actual, bytes):
            self.found.actual.append(decode_text(actual))
            number = len(self.found.actual) - 1
            if inner is not None:
                self.found.pieces[inner].append(number)
        is_artifact = outer.is_artifact or getattr(tag, "name", "") == "Artifact"
        turned = outer.is_reversed or getattr(tag, "name", "") == "ReversedChars"
        start = len(self.found.pieces[inner]) if turned and not outer.is_reversed and inner is not None else -1
        self.marks.append(_Mark(inner, is_artifact, number, turned, start))

    def end_tag(self) -> None:
        mark = self.marks.pop() if self.marks else None
        if mark and mark.start >= 0 and mark.mcid is not None:
            pieces = self.found.pieces[mark.mcid]
            pieces[mark.start :] = pieces[mark.start :][::-1]

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        self.render_mode, self.font_size = textstate.render, textstate.fontsize
        super().render_string(textstate, seq, ncs, graphicstate)

    def render_char(self, *arguments: Any, **named: Any) -> float:
        advance: float = super().render_char(*arguments, **named)
        drawn = self.cur_item._objs[-1]
        if isinstance(drawn, LTChar):
            self._note(drawn)
        return advance

    def _note(self, drawn: LTChar) -> None:
        mark = self.marks[-1] if self.marks else _Mark(None, False, None)
        text = "" if drawn.get_text().startswith("(cid:") else unicodedata.normalize("NFC", drawn.get_text())
        box = (drawn.x0, drawn.y0, drawn.x1, drawn.y1)
        glyph = Glyph(
            text=text,
            box=box,
            size=abs(drawn.matrix[3] or drawn.matrix[1]) * self.font_size,
            font=drawn.fontname,
            colour=rgb(drawn.graphicstate.ncolor),
            mcid=mark.mcid,
            is_artifact=mark.is_artifact,
            actual=mark.actual,
            is_reversed=mark.is_reversed,
            is_invisible=self.render_mode in (3, 7),
            ground=self._ground(box),
        )
        self.found.glyphs.append(glyph)
        if mark.mcid is not None and not mark.is_artifact:
            if mark.actual is None:
                self.found.pieces[mark.mcid].append(text)
            if text.strip():
                self.found.places[mark.mcid] = joined(self.found.places.get(mark.mcid), box)

    def _ground(self, box: Box) -> Colour | None:
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        for (left, bottom, right, top), colour in reversed(self.grounds):
            if left <= x <= right and bottom <= y <= top:
                return colour
        return (1.0, 1.0, 1.0)

    def paint_path(self, gstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Any) -> None:
        before = len(self.cur_item._objs)
        super().paint_path(gstate, stroke, fill, evenodd, path)
        if fill:
            for shape in self.cur_item._objs[before:]:
                self.grounds.append(((shape.x0, shape.y0, shape.x1, shape.y1), rgb(gstate.ncolor)))

    def render_image(self, name: str, stream: Any) -> None:
        super().render_image(name, stream)
        self.found.images += 1
        shape = self.cur_item._objs[-1]
        self.grounds.append(((shape.x0, shape.y0, shape.x1, shape.y1), None))


def joined(one: Box | None, two: Box) -> Box:
    """The smallest box that holds both."""
    if one is None:
        return two
    return min(one[0], two[0]), min(one[1], two[1]), max(one[2], two[2]), max(one[3], two[3])


def rgb(colour: Any) -> Colour | None:
    """A colour of PDF as red, green and blue, by the number of its parts; None for a pattern."""
    parts = colour if isinstance(colour, tuple | list) else (colour,)
    if not all(isinstance(part, int | float) for part in parts):
        return None
    values = [min(1.0, max(0.0, float(part))) for part in parts]
    match values:
        case [grey]:
            return grey, grey, grey
        case [red, green, blue]:
            return red, green, blue
        case [cyan, magenta, yellow, black]:
            return (1 - cyan) * (1 - black), (1 - magenta) * (1 - black), (1 - yellow) * (1 - black)
    return None


def read_content(content: bytes, name: str) -> list[PageContent]:
    """The content of every page. Raises PlainleafError when it cannot be read."""
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    pages = []
    try:
        document = PDFDocument(PDFParser(io.BytesIO(content)))
        reader = _Reader(resources := PDFResourceManager())
        interpreter = PDFPageInterpreter(resources, reader)
        for number, page in enumerate(PDFPage.create_pages(document), 1):
            reader.found = PageContent(number)
            reader.marks, reader.grounds = [], []
            interpreter.process_page(page)
            left, bottom, right, top = (float(side) for side in page.mediabox)
            reader.found.box = (left, bottom, right, top)
            pages.append(reader.found)
    except RecursionError:
        raise PlainleafError(f"{name}: its pages are drawn within each other without end") from None
    except Exception as error:  # pdfminer raises whatever it meets in a broken file
        raise PlainleafError(f"{name}: page {len(pages) + 1} cannot be read: {error}") from None
    return pages
