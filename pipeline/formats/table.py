"""The table of formats. To add one: a file with a render function, and a row here.

A format is imported when the first leaflet is laid out in it: most builds lay out few leaflets, or none.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from pipeline.formats import Format, Leaflet

if TYPE_CHECKING:
    from pipeline.formats.pandoc import Document

Render = Callable[[Leaflet, "Document"], bytes]


def _in(module: str, look: str = "") -> Render:
    """The render function of a module; with a look, the variant of it that is set so."""

    def render(leaflet: Leaflet, document: Document) -> bytes:
        format_ = import_module(f"pipeline.formats.{module}")
        if look:
            function: Render = format_.variant(getattr(import_module("pipeline.formats.pdf_looks"), look))
        else:
            function = format_.render
        return function(leaflet, document)

    return render


FORMATS = {
    row.name: row
    for row in (
        Format("html", "html", _in("html")),
        Format("epub", "epub", _in("epub")),
        Format("pdf", "pdf", _in("pdf")),
        Format("pdf-large", "large.pdf", _in("pdf", "LARGE")),
        Format("pdf-bilingual", "bilingual.pdf", _in("pdf", "BILINGUAL")),
        Format("pdf-trifold", "trifold.pdf", _in("pdf", "TRIFOLD")),
        Format("pdf-letter", "letter.pdf", _in("pdf", "LETTER")),
        Format("pdf-a5", "a5.pdf", _in("pdf", "A5")),
        Format("pdf-booklet", "booklet.pdf", _in("pdf_booklet")),
        Format("docx", "docx", _in("docx")),
        Format("txt", "txt", _in("text")),
        Format("ssml", "ssml", _in("ssml")),
        Format("brf", "brf", _in("brf")),
        Format("md", "md", _in("markdown")),
    )
}
