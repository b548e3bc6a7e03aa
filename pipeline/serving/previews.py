"""One article in one language as readers will see it, made in the time in which a page turns.

Nothing is written, and only what the article needs is read: the article itself, its translations, and the titles of
what it links to. What was made stands for as long as nothing that it depends on has changed.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from threading import RLock
from typing import TypeVar
from urllib.parse import unquote

from pipeline import front_matter
from pipeline.building.editions import Edition
from pipeline.building.leaflets import Shelf
from pipeline.cache import digest
from pipeline.catalogue import Catalogue, read_catalogue
from pipeline.checking import translated_article
from pipeline.formats import TOO_DEEP, Leaflet, html, pdf
from pipeline.formats.pandoc import Document, Worker
from pipeline.formats.pdf_looks import PLAIN
from pipeline.library import Library
from pipeline.model import PRINTABLE, Article, PlainleafError
from pipeline.signing import SignOffs
from pipeline.stamps import Stamp, stamp_of

KEPT = 24
"""Articles, each in one language, that are kept as they were made."""
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox allow-same-origin"
)
"""Of a page as readers will see it: it is shown and does nothing. No script is among what it may do."""
_T = TypeVar("_T")
_MARKDOWN_FILE = re.compile(r"([^()<>\[\]\n\"']+)\.md\b")


@dataclass(slots=True)
class _Made:
    """What was made of one leaflet, by its digest."""

    digest: str
    leaflet: Leaflet
    page: bytes | None = None
    paper: bytes | None = None
    pictures: list[bytes] | None = None


class Previews:
    """Makes previews, one at a time: pandoc and Typst stay warm. Threads may share it."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._made: OrderedDict[tuple[str, str], _Made] = OrderedDict()
        self._worker: Worker | None = None
        self._articles: dict[Path, tuple[Stamp | None, Article]] = {}
        self._catalogues: dict[Path, tuple[Stamp, Catalogue]] = {}

    def close(self) -> None:
        """End pandoc."""
        with self._lock:
            if self._worker:
                self._worker.close()
                self._worker = None

    def page(self, library: Library, article_id: str, language: str) -> bytes:
        """The web page. Raises PlainleafError, with the place, for what cannot be shown."""
        with self._lock:
            made = self._of(library, article_id, language)
            made.page = made.page or self._made_of(made.leaflet, html.render)
            return made.page

    def paper(self, library: Library, article_id: str, language: str) -> bytes:
        """The printed leaflet, as a PDF. Raises PlainleafError for what Typst refuses."""
        with self._lock:
            made = self._of(library, article_id, language)
            made.paper = made.paper or self._made_of(made.leaflet, pdf.render)
            return made.paper

    def pictures(self, library: Library, article_id: str, language: str) -> tuple[str, list[bytes]]:
        """A digest that changes when they do, and the pages of the printed leaflet as SVG.

        Raises PlainleafError for what Typst refuses.
        """
        with self._lock:
            made = self._of(library, article_id, language)
            made.pictures = made.pictures or self._made_of(made.leaflet, _pictures)
            return made.digest, made.pictures

    def drawn(self, article_id: str, language: str, version: str) -> list[bytes] | None:
        """The pages that were drawn under a digest; None when there are others now."""
        made = self._made.get((article_id, language))
        return made.pictures if made and made.digest == version else None

    def _of(self, library: Library, article_id: str, language: str) -> _Made:
        leaflet = self._leaflet(library, article_id, language)
        name, now = (article_id, language), digest(leaflet)
        made = self._made.get(name)
        if made is None or made.digest != now:
            made = self._made[name] = _Made(now, leaflet)
        self._made.move_to_end(name)
        while len(self._made) > KEPT:
            self._made.popitem(last=False)
        return made

    def _made_of(self, leaflet: Leaflet, render: Callable[[Leaflet, Document], _T]) -> _T:
        try:
            return render(leaflet, self._document(leaflet))
        except RecursionError:
            raise PlainleafError(f"{leaflet.article.path}: {TOO_DEEP}") from None

    def _document(self, leaflet: Leaflet) -> Document:
        limits = leaflet.settings
        if self._worker and (not self._worker.is_running or self._worker.megabytes != limits.leaflet_megabytes):
            self._worker.close()
            self._worker = None
        self._worker = self._worker or Worker(limits.leaflet_megabytes)
        self._worker.begin(limits.leaflet_seconds)
        body = leaflet.article.text[front_matter.parse(leaflet.article.text).body_start :]
        return self._worker.read(body)

    def _leaflet(self, library: Library, article_id: str, language: str) -> Leaflet:
        source = library.read(library.source / f"{article_id}.md")
        for offset, message in front_matter.parse(source.text).problems:
            line, column = source.lines.place(offset)
            raise PlainleafError(f"{source.path}:{line}:{column}: {message}; correct it to see the leaflet")
        own = _edition(library, source, language)
        others = [found for code in library.languages if (found := self._titled(library, source, code))]
        for article in (self._article(library, name) for name in _linked(library, source)):
            others += (
                f for code in {library.settings.language, language} if (f := self._titled(library, article, code))
            )
        # The last of two that are equal counts.
        shelf = Shelf(library, [*others, own])
        return shelf.leaflet(own)

    def _titled(self, library: Library, article: Article, language: str) -> Edition | None:
        """An article in a language as links show it; None where there is nothing of it to read."""
        if not article.is_publishable:
            return None
        if language == article.language:
            return Edition(article, article, language, None)
        path = library.catalogue_path(article.id, language)
        catalogue = self._catalogue(path)
        if catalogue is None or not any(catalogue.get(s.text).state in PRINTABLE for s in article.segments):
            return None
        title = catalogue.get(article.title)
        meta = {**article.meta, "title": title.text} if title.state in PRINTABLE else article.meta
        return Edition(article, replace(article, language=language, meta=meta), language, None)

    def _article(self, library: Library, article_id: str) -> Article:
        """An article that another one links to."""
        path = library.source / f"{article_id}.md"
        stamp = stamp_of(path)
        known = self._articles.get(path)
        if known is None or known[0] != stamp:
            known = self._articles[path] = (stamp, library.read(path))
        return known[1]

    def _catalogue(self, path: Path) -> Catalogue | None:
        stamp = stamp_of(path)
        if stamp is None:
            return None
        known = self._catalogues.get(path)
        if known is None or known[0] != stamp:
            try:
                known = self._catalogues[path] = (stamp, read_catalogue(path))
            except PlainleafError:
                return None  # It is told where it is opened.
        return known[1]


def _pictures(leaflet: Leaflet, document: Document) -> list[bytes]:
    return pdf.pictures(leaflet, document, PLAIN)


def _edition(library: Library, source: Article, language: str) -> Edition:
    """The article in hand. Raises PlainleafError when it has no catalogue, or a broken one."""
    if language == source.language:
        return Edition(source, source, language, None)
    item = translated_article(library, source, language)
    if item is None:
        raise PlainleafError(f"{library.catalogue_path(source.id, language)}: there is no translation yet")
    sign_offs = SignOffs(library, [])
    is_checked, sign_off = sign_offs.is_checked(item), sign_offs.article(item)
    return Edition(source, item.translated.article, language, item.translated, sign_off, is_checked)


def _linked(library: Library, source: Article) -> Iterator[str]:
    """The articles that this one may link to."""
    names = {match[1].strip().rpartition("/")[2] for match in _MARKDOWN_FILE.finditer(unquote(source.text))}
    related = source.meta.get("related")
    wanted = {str(other) for other in related} if isinstance(related, list) else set()
    for path in library.article_paths():
        article_id = library.article_id(path)
        if article_id != source.id and (path.stem in names or article_id in wanted):
            yield article_id
