"""The translated Markdown itself: for looking at, and for tools that read Markdown."""

from __future__ import annotations

from pipeline.formats import Leaflet
from pipeline.formats.pandoc import Document


def render(leaflet: Leaflet, document: Document) -> bytes:
    """The article's text in the leaflet's language, placeholders filled in."""
    del document
    return leaflet.article.text.encode("utf-8")
