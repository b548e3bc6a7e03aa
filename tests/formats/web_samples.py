"""Small leaflets for the tests of web pages and e-books, and the real pandoc that renders them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pipeline.formats import Leaflet, Link
from pipeline.formats.pandoc import Document, Worker
from pipeline.language import load_language
from pipeline.library import Settings
from pipeline.model import Article

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"><path d="M0 0h2v2z"/></svg>'
SETTINGS = Settings(
    name="Example library",
    publisher="Example Trust",
    languages=("ar", "zh_Hans"),
    web_address="https://health.example.org",
    imprint="Example Trust, 1 Example Street",
)
META: dict[str, Any] = {
    "title": "Leaking valve",
    "summary": "A valve does not close.",
    "also_called": ["MR", "mitral reflux"],
    "published": "2026-11-21",
    "last_reviewed": None,
    "version": "1.0",
    "licence": "CC-BY-4.0",
    "disclaimer": "Ask your doctor.",
    "sources": [{"title": "A book", "url": "https://example.org/book"}],
    "audience": "patients",
    "codes": {"mesh": "D008944"},
}
BODY = """\
::: {.emergency}
## Call 112 now if:

- you faint
:::

## What it is

A valve leaks.[^1] See [prolapse](prolapse.md#causes) and [no page](nowhere.md).

[^1]: A note.

![A heart with a gap in the valve.](../images/heart.svg "A leaking valve")

## Types

| | Sudden | Slow |
|---|---|---|
| How it starts | At once | Over years |

### Words

Acute
: Sudden.
"""


def link(language: str, name: str = "valve", here: str = "en") -> Link:
    """A link from a leaflet in one language to another leaflet."""
    prefix = "" if language == here else f"../../{language}/heart/"
    url = f"https://health.example.org/{language}/heart/{name}"
    return Link(f"{name} in {language}", load_language(language), f"{prefix}{name}", url)


def make(language: str = "en", body: str = BODY, meta: dict[str, Any] | None = None, **changes: Any) -> Leaflet:
    """A leaflet. ``changes`` are fields of Leaflet."""
    source = Article(Path("valve.md"), "heart/valve", "en", META, BODY, ())
    article = Article(Path("valve.md"), "heart/valve", language, {**META, **(meta or {})}, body, ())
    fields: dict[str, Any] = {
        "source": source,
        "settings": SETTINGS,
        "resources": {"../images/heart.svg": SVG},
        "links": {"prolapse.md": link("en", "prolapse", language)},
        "related": (link("en", "prolapse", language),),
        "other_languages": tuple(link(code, here=language) for code in ("en", "ar")),
        "is_translation": language != "en",
        "modified": 1_790_000_000,
    }
    return Leaflet(
        article=article,
        language=load_language(language),
        source_language=load_language("en"),
        **{**fields, **changes},
    )


@contextmanager
def read(leaflet: Leaflet) -> Iterator[Document]:
    """The leaflet's body, read by a pandoc of its own."""
    with Worker() as worker:
        yield worker.read(leaflet.article.text)
