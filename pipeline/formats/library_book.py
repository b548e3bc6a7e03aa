"""EPUB 3: all leaflets of one language in one book, by topic, with links that stay within it."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from pipeline.formats import Leaflet, Link, epub, web
from pipeline.formats.book import Book, Chapter, Place, container
from pipeline.formats.pandoc import Document
from pipeline.language import Language, load_language
from pipeline.library import Settings

FILE = "library.epub"
"""Its name in dist/<language>/."""


def chapter(leaflet: Leaflet, document: Document) -> Chapter:
    """A leaflet as a chapter of the whole library's book."""
    here = PurePosixPath(leaflet.article.id).parent

    def address(link: Link) -> str:
        if link.language.code != leaflet.language.code:
            return f"{link.url}.html" if link.url else ""
        return chapter_file(os.path.normpath(here / link.href).replace(os.sep, "/"))

    # By content: a picture that several leaflets show stands in the book once.
    images = {
        path: f"image-{hashlib.sha256(leaflet.resources[path]).hexdigest()[:16]}.{web.suffix(path)}"
        for path in web.image_addresses(leaflet)
    }
    return epub.chapter(leaflet, document, chapter_file(leaflet.article.id), address, images)


def chapter_file(article_id: str) -> str:
    """The name of an article's file: letters that every reading system takes, and no two alike."""
    digest = hashlib.sha256(article_id.encode()).hexdigest()[:8]
    return f"{re.sub('[^A-Za-z0-9]+', '-', article_id)}-{digest}.xhtml"


def library_book(
    chapters: Sequence[tuple[str, Chapter]],
    language: Language,
    settings: Settings,
    strings: Mapping[str, str],
    topics: Mapping[str, str],
) -> bytes:
    """The book. chapters: each with the id of its article. topics: folder -> title, where it is translated."""
    shelves: dict[str, list[Chapter]] = {}
    for article_id, made in sorted(chapters, key=lambda pair: (pair[0].rpartition("/")[0], pair[1].title.casefold())):
        shelves.setdefault(article_id.rpartition("/")[0], []).append(made)
    source = load_language(settings.language) if language.code != settings.language else None
    base = settings.web_address.rstrip("/")
    contents = [
        Place(
            text=topics.get(folder) or settings.topic_title(folder),
            href="",
            language=None if folder in topics else source,
            parts=tuple(Place(c.title, c.file, c.title_language, c.contents) for c in shelf),
        )
        for folder, shelf in shelves.items()
    ]
    book = Book(
        identifier=epub.identifier(base and f"{base}/{language.code}/library", settings.name, language, "library"),
        title=f"{strings.get('Health leaflets', 'Health leaflets')} – {settings.name}",
        language=language,
        settings=settings,
        chapters=[chapter for shelf in shelves.values() for chapter in shelf],
        contents=contents,
        strings=strings,
    )
    return container(book)
