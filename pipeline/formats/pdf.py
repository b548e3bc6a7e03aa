"""The printed leaflet: PDF/UA-1 and PDF/A-2a, set by Typst in this process.

The article reaches Typst as data, never as code: pandoc's JSON tree, prepared by lua/typst.lua, is read by
leaflet-body.typ. leaflet.typ holds the layout. All files are virtual; the root on disk is an empty folder.
"""

from __future__ import annotations

import json
import re
import tempfile
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import Any, NoReturn

import typst

from pipeline.formats import Leaflet
from pipeline.formats.leaflet_data import leaflet_data, web_address
from pipeline.formats.pandoc import Document
from pipeline.formats.text_layer import mend
from pipeline.model import PlainleafError

STANDARDS: list[typst.PDFStandard] = ["ua-1", "a-2a"]
SIZE = 12
"""Of the body text, in points: the least that RNIB Clear Print allows."""
LARGER_SIZES = (14, 13)
"""Tried where they need no more pages: 14 is what RNIB Clear Print advises."""
TIGHT = 0.82
"""Leading, against the usual one, that is tried to save a page."""

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


def render(leaflet: Leaflet, document: Document) -> bytes:
    """The leaflet as the bytes of a PDF; the same bytes for the same input.

    Raises PlainleafError for what Typst refuses (a character that no font has, a heading level left out)
    and for a picture that is missing or has no alternative text.
    """
    images = {path: f"image-{index}{_suffix(path)}" for index, path in enumerate(leaflet.resources)}
    try:
        tree = document.write("json", ("common", "typst"), data=_filter_data(leaflet, images))
    except PlainleafError as error:
        message = str(error).removeprefix("pandoc: ").partition("\nstack traceback")[0]
        raise PlainleafError(f"{leaflet.article.path}: {message}") from None
    data = leaflet_data(leaflet) | {"blocks": json.loads(tree)["blocks"]}
    files = {
        **_template(),
        "leaflet.json": json.dumps(data, ensure_ascii=False).encode(),
        **{images[path]: content for path, content in leaflet.resources.items()},
    }
    try:
        return mend(_fitted(files, leaflet.modified))
    except typst.TypstError as error:
        _refuse(leaflet, error, images)


def _fitted(files: Files, modified: int) -> bytes:
    """Set so that a leaflet of three pages or fewer takes as few as it can, then as large as they allow."""
    plain = _styled(files, SIZE)
    pages = _pages(plain)
    if pages in (2, 3) and _pages(tight := _styled(files, SIZE, TIGHT)) < pages:
        return _compile(tight, modified)
    if pages <= 2:
        for size in LARGER_SIZES:
            if _pages(larger := _styled(files, size)) == pages:
                return _compile(larger, modified)
    return _compile(plain, modified)


def _styled(files: Files, size: float, air: float = 1) -> Files:
    return {**files, "style.json": json.dumps({"size": size, "air": air}).encode()}


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


def _filter_data(leaflet: Leaflet, images: Mapping[str, str]) -> dict[str, Any]:
    return {
        "heading_ids": leaflet.heading_ids,
        "links": {path: web_address(link) for path, link in leaflet.links.items()},
        "images": images,
        "title": leaflet.article.title,
        "rtl": leaflet.language.direction == "rtl",
    }


def _refuse(leaflet: Leaflet, error: typst.TypstError, images: Mapping[str, str]) -> NoReturn:
    path = leaflet.article.path
    broken = [name for name, file in images.items() if f"{file}:" in error.diagnostic]
    if broken:
        raise PlainleafError(f"{path}: the picture {broken[0]} cannot be read: {error.message}") from None
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
    """path:line:column of the text, or only the path where it is not in a file of the user's."""
    article = leaflet.article
    offset = article.text.find(text)
    if offset < 0 or leaflet.is_translation:
        return str(article.path)
    line, column = article.lines.place(offset)
    return f"{article.path}:{line}:{column}"


def _spelt(text: str) -> str:
    names = (f"U+{ord(char):04X} {unicodedata.name(char, 'unnamed')}" for char in text)
    return f"the character {text} ({', '.join(names)})"
