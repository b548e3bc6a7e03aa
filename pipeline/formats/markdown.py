"""The translated Markdown itself: for looking at, and for tools that read Markdown."""

from __future__ import annotations

from pipeline import front_matter
from pipeline.formats import Leaflet
from pipeline.formats.pandoc import Document
from pipeline.remarks import without_remarks


def render(leaflet: Leaflet, document: Document) -> bytes:
    """The article's text in the leaflet's language, placeholders filled in, comments for translators left out."""
    del document
    text = leaflet.article.text
    return without_remarks(text, front_matter.parse(text).body_start).encode("utf-8")
