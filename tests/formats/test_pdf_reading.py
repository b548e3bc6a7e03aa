"""What Typst writes is read at once; it must come to the same as reading it instruction by instruction."""

from __future__ import annotations

import io
from dataclasses import asdict
from typing import Any

import pikepdf
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from pdf_samples import ARABIC_BODY, ARABIC_META, leaflet

from pipeline.formats import pdf
from pipeline.formats.pandoc import Worker
from pipeline.formats.pdf_fonts import Font
from pipeline.formats.pdf_glyphs import Reader
from pipeline.formats.pdf_outlines import Outlines
from pipeline.formats.pdf_typst import text_object

NUMBERS = st.decimals(-300, 300, places=4).map(str)
STRINGS = st.binary(max_size=3).map(lambda content: content * 2).map(lambda content: pikepdf.String(content).unparse())
CODES = STRINGS | st.binary(max_size=3).map(lambda content: b"<%s>" % (content * 2).hex().upper().encode())
PIECES = st.lists(CODES | NUMBERS.map(str.encode), max_size=4).map(lambda parts: b"[" + b" ".join(parts) + b"]TJ")
CLAIMS = st.text("aल ر", max_size=2).map(lambda text: text.encode("utf-16-be").hex().upper().encode())


@st.composite
def text_objects(draw: st.DrawFn) -> bytes:
    parts: list[bytes] = []
    nested = 0
    for _ in range(draw(st.integers(0, 5))):
        if draw(st.booleans()):
            parts.append(b"/Span<</ActualText<FEFF%s>>>BDC" % draw(CLAIMS))
            nested += 1
        if draw(st.booleans()):
            parts.append(b"/ReversedChars BMC")
            nested += 1
        font = b"/f%d %d" % (draw(st.integers(0, 1)), draw(st.integers(9, 10)))
        place = b"%s %s" % (draw(NUMBERS).encode(), draw(NUMBERS).encode())
        parts.append(b" 0 Tr%s Tf 1 0 0 -1 %s Tm" % (font, place) + draw(PIECES | CODES.map(lambda s: s + b"Tj")))
        ends = draw(st.integers(0, nested))
        nested -= ends
        parts += [b"\nEMC"] * ends
    return b"".join(parts) + b"\n"


@given(text_objects())
def test_text_objects_of_typst(written: bytes) -> None:
    # Typst writes no comments.
    assert asdict(text_object(written, {})) == asdict(text_object(b"% a comment\n" + written, {}))


@pytest.mark.parametrize(
    "broken", [b" 0 Tr/f0 9 Tf 1 0 0 -1 0 0 Tm(abc)Tj\n", b" 0 Tr/f0 9 Tf 1 0 0 -1 0 0 Tm[(a)]TJ\n"]
)
def test_half_a_code_is_refused(broken: bytes) -> None:
    with pytest.raises(ValueError, match="half a code"):
        text_object(broken, {})


def test_pages_of_typst() -> None:
    one = leaflet(ARABIC_BODY, "ar", ARABIC_META)
    with Worker() as worker:
        document = worker.read(one.article.text)
        files = pdf._styled(pdf._files(one, document, pdf.PLAIN, pdf._image_names(one)), pdf.PLAIN)
    with pikepdf.open(io.BytesIO(pdf._compile(files, 0))) as made:
        for page in made.pages:
            fonts = {name: Font(font) for name, font in page.Resources.Font.items()}
            content = page.Contents.read_bytes()
            quick, slow = (_glyphs(fonts, text) for text in (content, content.replace(b"\nq ", b"\n%\nq ")))
            assert quick == slow
            assert quick


def _glyphs(fonts: dict[str, Font], content: bytes) -> list[Any]:
    def context(operands: Any) -> object:
        return int(operands[1]["/MCID"]) if len(operands) == 2 and "/MCID" in operands[1] else None

    runs = Reader(fonts.__getitem__, context).read(content)
    return [
        (
            *(run.style, run.origin, run.is_plain, run.is_rtl),
            [(glyph.code, glyph.text, glyph.span, glyph.pen, glyph.x, glyph.y, glyph.width) for glyph in run.glyphs],
        )
        for run in runs
    ]


@pytest.fixture
def font() -> bytes:
    """A blank, and two squares of different sizes."""
    names = [".notdef", "blank", "small", "large"]
    builder = FontBuilder(1000)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(" "): "blank", ord("a"): "small", ord("b"): "large"})
    glyphs = {}
    for name in names:
        pen = TTGlyphPen(None)
        if size := {"small": 100, "large": 300}.get(name):
            pen.moveTo((10, 20))
            for point in ((10, size), (size, size), (size, 20)):
                pen.lineTo(point)
            pen.closePath()
        glyphs[name] = pen.glyph()
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics(dict.fromkeys(names, (500, 10)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupPost()
    file = io.BytesIO()
    builder.font.save(file)
    return file.getvalue()


def test_glyphs_are_added_to_a_font(font: bytes) -> None:
    outlines = Outlines(font)
    assert outlines.add([(2, 0, 0), (1, 700, 0), (3, 200, -50)], 640) == 4
    assert outlines.add([(1, 0, 0)], 250) == 5
    # One that is made of one that was made.
    assert outlines.add([(4, -5, 0), (2, 100, 0)], 700) == 6
    made = TTFont(io.BytesIO(outlines.font()))
    assert made["maxp"].numGlyphs == 7
    names = made.getGlyphOrder()
    added = made["glyf"][names[4]]
    assert [(part.glyphName, part.x, part.y) for part in added.components] == [(names[2], 0, 0), (names[3], 200, -50)]
    assert (added.xMin, added.yMin, added.xMax, added.yMax) == (10, -30, 500, 250)
    assert [made["hmtx"][name] for name in names[4:]] == [(640, 10), (250, 0), (700, 5)]
    assert made["glyf"][names[5]].numberOfContours == 0
    assert (made["maxp"].maxCompositePoints, made["maxp"].maxCompositeContours) == (12, 3)
    assert (made["maxp"].maxComponentDepth, made["maxp"].maxComponentElements) == (2, 2)
    before = TTFont(io.BytesIO(font))
    for name, other in zip(before.getGlyphOrder(), names, strict=False):
        assert before["glyf"][name].compile(before["glyf"]) == made["glyf"][other].compile(made["glyf"])
