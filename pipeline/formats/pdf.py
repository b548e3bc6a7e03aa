"""The printed leaflet: PDF/UA-1 and PDF/A-2a, set by Typst in this process.

The article reaches Typst as data, never as code: pandoc's tree, prepared by pdf_filter.py, is read by leaflet-body.typ.
leaflet.typ holds the layout. All files are virtual; the root on disk is an empty folder.
"""

from __future__ import annotations

import io
import json
import re
import tempfile
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib import resources
from typing import Any, NoReturn, TypeVar

import pikepdf
import typst

from pipeline import front_matter
from pipeline.formats import TOO_DEEP, Leaflet, Unavailable
from pipeline.formats.filter_common import settle
from pipeline.formats.leaflet_data import QR_FILE, leaflet_data, qr_code, web_address
from pipeline.formats.pandoc import Document
from pipeline.formats.patience import in_time
from pipeline.formats.pdf_bilingual import rows, source_leaflet
from pipeline.formats.pdf_filter import prepare
from pipeline.formats.pdf_looks import PLAIN, Look
from pipeline.formats.pdf_numbers import joined
from pipeline.formats.pdf_tree import prepared
from pipeline.formats.text_layer import mend
from pipeline.model import PlainleafError

STANDARDS: list[typst.PDFStandard] = ["ua-1", "a-2a"]
TIGHT = 0.82
"""Leading, against the usual one, that is tried to save a page."""

QUICK = 100_000
"""Bytes of the data of a leaflet; nothing shorter takes more than a few seconds."""

_FONT_PACKAGES = (
    "justmytype_western_core",
    "justmytype_intl_rtl",
    "justmytype_intl_south_asia",
    "justmytype_intl_cjk",
)
_TEMPLATE = ("leaflet-parts.typ", "leaflet-body.typ")
_MISSING_GLYPH = re.compile(r'the text `"(.*?)"` could not be displayed')
_SKIPPED = re.compile(r"skipped from heading level (\d) to (\d)")

Files = Mapping[str, bytes]
_T = TypeVar("_T")


def render(leaflet: Leaflet, document: Document) -> bytes:
    """The leaflet as the bytes of a PDF; the same bytes for the same input. Raises as ``render_look`` does."""
    return render_look(leaflet, document, PLAIN)


def variant(look: Look) -> Callable[[Leaflet, Document], bytes]:
    """A function like ``render`` for another look."""

    def render_variant(leaflet: Leaflet, document: Document) -> bytes:
        return render_look(leaflet, document, look)

    return render_variant


def render_look(leaflet: Leaflet, document: Document, look: Look) -> bytes:
    """The leaflet in one look.

    Raises PlainleafError for what Typst refuses (a character that no font has, a heading level left out)
    and for a picture that is missing or has no alternative text; Unavailable where the leaflet does not fit
    on the sheet, and for a leaflet in two languages that is in the source language.
    """
    images = _image_names(leaflet)
    files = _files(leaflet, document, look, images)

    def write(styled: Files) -> bytes:
        return _compile(styled, leaflet.modified)

    try:
        return _in_time(lambda: mend(_fitted(files, leaflet, look, write, _page_count)), files, leaflet)
    except typst.TypstError as error:
        _refuse(leaflet, error, images)


def pictures(leaflet: Leaflet, document: Document, look: Look) -> list[bytes]:
    """The pages of the same leaflet as SVG, to look at: drawn in a tenth of the time of PNG. Raises as ``render_look``.

    That Typst draws them does not mean that it would write the PDF: only that is held against PDF/UA.
    """
    images = _image_names(leaflet)
    files = _files(leaflet, document, look, images)

    def draw(styled: Files) -> list[bytes]:
        drawn: Any = typst.compile(styled, format="svg", **environment())
        return [bytes(page) for page in drawn] if isinstance(drawn, list) else [bytes(drawn or b"")]

    try:
        return _in_time(lambda: _fitted(files, leaflet, look, draw, len), files, leaflet)
    except typst.TypstError as error:
        _refuse(leaflet, error, images)


def _in_time(work: Callable[[], _T], files: Files, leaflet: Leaflet) -> _T:
    """What Typst makes; PlainleafError when it takes longer than the library allows."""
    if len(files["leaflet.json"]) < QUICK:
        return work()
    return in_time(work, leaflet.settings.leaflet_seconds)


def _image_names(leaflet: Leaflet) -> dict[str, str]:
    """Path of an image -> its name for Typst."""
    return {path: f"image-{index}{_suffix(path)}" for index, path in enumerate(leaflet.resources)}


def _files(leaflet: Leaflet, document: Document, look: Look, images: Mapping[str, str]) -> Files:
    """All that Typst reads."""
    if look.bilingual and not leaflet.is_translation:
        raise Unavailable(f"{leaflet.source_language.english_name} is the source language and stands on its own")
    data = leaflet_data(leaflet, look.paper) | {"blocks": _blocks(leaflet, document, images)}
    if look.bilingual:
        data |= _source_beside(leaflet, document, images, data.pop("blocks"))
    data = prepared(data, is_rtl=leaflet.language.direction == "rtl")
    return {
        **_template(),
        "leaflet.json": json.dumps(data, ensure_ascii=False).encode(),
        **{images[path]: content for path, content in leaflet.resources.items()},
        **({QR_FILE: qr_code(leaflet)} if leaflet.url else {}),
    }


def _blocks(leaflet: Leaflet, document: Document, images: Mapping[str, str]) -> list[Any]:
    blocks = document.blocks()
    settle(blocks, leaflet.heading_ids, {path: web_address(link) for path, link in leaflet.links.items()})
    try:
        prepare(blocks, leaflet.article.title, images)
    except PlainleafError as error:
        raise PlainleafError(f"{_place(leaflet, str(error).rpartition(': ')[2])}: {error}") from None
    return joined(blocks, is_rtl=leaflet.language.direction == "rtl")


def _source_beside(
    leaflet: Leaflet, document: Document, images: Mapping[str, str], blocks: list[Any]
) -> dict[str, Any]:
    source = source_leaflet(leaflet)
    body = source.article.text[front_matter.parse(source.article.text).body_start :]
    there = _blocks(source, document.beside(body), images)
    data = leaflet_data(source)
    return {
        "rows": rows(blocks, there, leaflet),
        "english": {
            "tag": source.language.tag,
            "dir": source.language.direction,
            "title": data["title"],
            "summary": data["summary"],
        },
    }


def _fitted(files: Files, leaflet: Leaflet, look: Look, make: Callable[[Files], _T], count: Callable[[_T], int]) -> _T:
    """What is made of the files with their style: set a little tighter where that saves one of three pages or fewer.

    count: how many pages that has.
    """
    made = make(_styled(files, look))
    pages = count(made)
    if look.has_tight_setting and (pages in (2, 3) or 0 < look.pages < pages):
        tight = _styled(files, look, TIGHT)
        tight_pages = _pages(tight)
        if tight_pages < pages:
            made, pages = make(tight), tight_pages
    if 0 < look.pages < pages:
        raise Unavailable(
            f"{leaflet.article.path} ({leaflet.language.code}) fills {pages} pages of {look.columns} panels, "
            f"and one sheet has {look.pages}"
        )
    return made


def _styled(files: Files, look: Look, air: float = 1) -> Files:
    style = {"size": look.size, "least": look.least, "columns": look.columns, "bilingual": look.bilingual, "air": air}
    return {**files, "style.json": json.dumps(style).encode()}


def _pages(files: Files) -> int:
    """Lays the leaflet out. Typst remembers it, so that writing the PDF afterwards takes little more."""
    try:
        return int(typst.query(files, "<pages>", field="value", one=True, **environment()))
    except RuntimeError:
        _compile(files, 0)  # the same refusal, but told with its place
        raise


def _compile(files: Files, modified: int) -> bytes:
    pdf = typst.compile(
        files,
        format="pdf",
        pdf_standards=STANDARDS,
        timestamp=modified,
        **environment(),
    )
    assert isinstance(pdf, bytes)
    return pdf


_PAGES = re.compile(rb"/Type/Pages/Count (\d+)/Kids\[")
"""As Typst writes the tree of the pages."""


def _page_count(pdf: bytes) -> int:
    trees = _PAGES.findall(pdf)
    if len(trees) == 1:
        return int(trees[0])
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)


def environment() -> dict[str, Any]:
    """Where Typst finds fonts and files, whatever it compiles."""
    return {"root": _empty_folder().name, "font_paths": fonts()}


@lru_cache(maxsize=1)
def fonts() -> typst.Fonts:
    """Every font of the font packages: found in a few milliseconds, read when a text needs it."""
    folders = [str(resources.files(package).joinpath("fonts")) for package in _FONT_PACKAGES]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


@lru_cache(maxsize=1)
def _template() -> Mapping[str, bytes]:
    folder = resources.files("pipeline.formats")
    files = {name: folder.joinpath(name).read_bytes() for name in _TEMPLATE}
    return {"main.typ": folder.joinpath("leaflet.typ").read_bytes(), **files}


@lru_cache(maxsize=1)
def _empty_folder() -> tempfile.TemporaryDirectory[str]:
    """Typst's root: whatever a picture refers to, there is nothing to be read."""
    return tempfile.TemporaryDirectory(prefix="plainleaf-")


def _suffix(path: str) -> str:
    return "." + path.rpartition(".")[2].lower()


def _refuse(leaflet: Leaflet, error: typst.TypstError, images: Mapping[str, str]) -> NoReturn:
    path = leaflet.article.path
    broken = [name for name, file in images.items() if f"{file}:" in error.diagnostic]
    if broken:
        raise PlainleafError(f"{path}: the picture {broken[0]} cannot be read: {error.message}") from None
    if "recursion limit" in error.message:
        raise PlainleafError(f"{path}: {TOO_DEEP}") from None
    if missing := list(dict.fromkeys(_MISSING_GLYPH.findall(error.diagnostic))):
        where, names = _place(leaflet, missing[0]), ", ".join(_spelt(text) for text in missing)
        raise PlainleafError(
            f"{where}: no font has {names}; write it otherwise, or add a font to "
            f"pipeline/languages/{leaflet.language.code}.toml"
        ) from None
    if skipped := _SKIPPED.search(error.message):
        raise PlainleafError(
            f"{path}: a heading of level {skipped[2]} follows one of level {skipped[1]}; screen readers "
            f"need each level in between (the title is level 1)"
        ) from None
    raise PlainleafError(f"{path}: the PDF cannot be made: {'; '.join([error.message, *error.hints])}") from None


def _place(leaflet: Leaflet, text: str) -> str:
    """path:line:column of the segment that has the text; only the path where it is in none.

    For a translation it is the segment of the source, by which it stands in the catalogue.
    """
    article, source = leaflet.article, leaflet.source
    if not leaflet.is_translation:
        offset = article.text.find(text)
        return f"{article.path}:{':'.join(map(str, article.lines.place(offset)))}" if offset >= 0 else str(article.path)
    if len(article.segments) == len(source.segments):
        for translated, segment in zip(article.segments, source.segments, strict=True):
            if text in translated.text:
                return f"{source.path}:{segment.line}:{segment.column}"
    return str(source.path)


def _spelt(text: str) -> str:
    names = (f"U+{ord(char):04X} {unicodedata.name(char, 'unnamed')}" for char in text)
    return f"the character {text} ({', '.join(names)})"
