"""A leaflet to print, and what can be read in its PDF."""

from __future__ import annotations

import datetime
import io
from pathlib import Path
from typing import Any

import pikepdf
import pypdf

from pipeline.formats import Leaflet, Link
from pipeline.formats.pandoc import Worker
from pipeline.formats.pdf import render
from pipeline.formats.pdf_fonts import Font
from pipeline.formats.pdf_glyphs import Reader
from pipeline.language import load_language
from pipeline.library import Settings
from pipeline.model import Article

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20"/></svg>'
META: dict[str, Any] = {
    "title": "Sore throat",
    "also_called": ["pharyngitis", "throat pain"],
    "summary": "A sore throat mostly gets better within a week.",
    "published": datetime.date(2026, 11, 21),
    "last_reviewed": None,
    "version": "1.2",
    "sources": [{"title": "Public guidance", "url": "https://example.org/guidance"}],
    "licence": "CC-BY-4.0",
    "disclaimer": "For information only.",
}
BODY = """\
::: {.emergency}
## Call 112 now if:

- you cannot breathe
:::

## What helps

Drink *often*[^1], says [the page on cold](cold.md). See [what helps](#what-helps).

[^1]: Water is best.

![A throat seen from the front.](throat.svg "The throat")

| What | How often |
|---|---|
| Drink | Each hour |

Larynx
: The voice box.

::: {.urgent}
### Ask for an appointment if:

1. it hurts
2. it lasts
:::
"""
ARABIC_META = META | {"title": "التهاب الحلق", "summary": "يزول غالبًا في غضون أسبوع.", "also_called": []}
ARABIC_BODY = "## ماذا تفعل\n\nاتصل على الرقم 0300 222 5800 الآن، وخذ 1-3 أقراص.\n\n- اشرب SARS-CoV-2 الماء\n"


def leaflet(text: str = BODY, language: str = "en", meta: dict[str, Any] | None = None, **fields: Any) -> Leaflet:
    meta = META if meta is None else meta
    english = load_language("en")
    source = Article(Path("source/ear/sore-throat.md"), "ear/sore-throat", "en", META, BODY, ())
    settings = Settings(name="Test library", imprint="1 Test Street", web_address="https://leaflets.example")
    cold = Link("Common cold", english, "cold", "https://leaflets.example/en/ear/cold")
    defaults: dict[str, Any] = {
        "article": Article(source.path, source.id, language, meta, text, ()),
        "source": source,
        "language": load_language(language),
        "source_language": english,
        "settings": settings,
        "is_translation": language != "en",
        "resources": {"throat.svg": SVG},
        "links": {"cold.md": cold},
        "related": (cold,),
        "modified": 1_790_000_000,
    }
    return Leaflet(**(defaults | fields))


def pdf_of(worker: Worker, made: Leaflet) -> bytes:
    return render(made, worker.read(made.article.text))


def sizes(pdf: bytes) -> set[float]:
    """Every size that a letter of the file has, in points."""
    found: set[float] = set()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            fonts = {name: Font(font) for name, font in page.Resources.Font.items()}
            runs = Reader(fonts.__getitem__, lambda _: None).read(page.Contents.read_bytes())
            found |= {run.size for run in runs if any(glyph.text.strip() for glyph in run.glyphs)}
    return found


def read(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    """The text as a reader would copy it, on one line."""
    return " ".join(" ".join(page.extract_text() for page in read(pdf).pages).split())


def elements(pdf: bytes, tag: str) -> list[dict[str, Any]]:
    """The structure elements with this tag, in reading order."""
    found: list[dict[str, Any]] = []

    def walk(node: Any) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict):
            if node.get("/S") == tag:
                found.append(node)
            walk(node.get("/K", []))

    walk(read(pdf).trailer["/Root"]["/StructTreeRoot"])
    return found


def addresses(pdf: bytes) -> set[str]:
    notes = [note.get_object() for page in read(pdf).pages for note in page.get("/Annots", [])]
    return {note["/A"]["/URI"] for note in notes if "/URI" in note.get("/A", {})}
