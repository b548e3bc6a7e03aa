"""Gathers, for each article and language, all that the formats need: plain data that can travel."""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any, Protocol
from urllib.parse import unquote

from pipeline import front_matter
from pipeline.anchors import heading_ids
from pipeline.building.editions import Edition
from pipeline.catalogue import Catalogue, parse_catalogue
from pipeline.explaining import Explainer
from pipeline.formats import Leaflet, Link
from pipeline.interface import interface_strings
from pipeline.language import load_language
from pipeline.library import LIBRARY_CATALOGUE, SETTINGS_FILE, Library, images_of
from pipeline.model import PRINTABLE, Article, PlainleafError, Segment, State
from pipeline.pseudo import catalogue_text
from pipeline.segments import LazySegments
from pipeline.translate import fill_placeholders

LATEST = 253402300799
"""The last second of the year 9999: the formats hold no later one."""


class Listed(Protocol):
    """What a link needs to know of an article in a language."""

    @property
    def id(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def title(self) -> str: ...


class Shelf:
    """Every edition of a library: knows which article can be read in which language."""

    def __init__(self, library: Library, editions: Iterable[Listed]) -> None:
        self.library = library
        self.editions = {(e.id, e.language): e for e in editions}
        self._ids: dict[str, list[str]] = {}
        """Name of a file, without suffix -> the articles of that name."""
        for article_id in sorted({e.id for e in self.editions.values()}):
            self._ids.setdefault(article_id.rpartition("/")[2], []).append(article_id)
        self.explainer = Explainer(library)

    def get(self, article_id: str, language: str) -> Listed | None:
        """The edition in this language, else in the source language, else None."""
        return self.editions.get((article_id, language)) or self.editions.get(
            (article_id, self.library.settings.language)
        )

    def link(self, from_id: str, from_language: str, edition: Listed) -> Link:
        """A link from one edition to another."""
        here = PurePosixPath(from_language, from_id).parent
        target = f"{edition.language}/{edition.id}"
        base = self.library.settings.web_address.rstrip("/")
        return Link(
            title=edition.title,
            language=load_language(edition.language),
            href=os.path.relpath(target, here).replace(os.sep, "/"),
            url=f"{base}/{target}" if base else "",
        )

    def filled(self, edition: Edition) -> Edition:
        """The edition with the placeholders of its segments filled in, for pages that quote it."""
        try:
            number = emergency_number(edition.source, self.library.settings.emergency_number)
        except PlainleafError:
            # The leaflet says so itself, and is not made.
            return edition
        values = [("emergency_number", number)]
        segments = (replace(s, text=fill_placeholders(s.text, values)) for s in edition.article.segments)
        return replace(edition, article=replace(edition.article, segments=tuple(segments)))

    def leaflet(self, edition: Edition) -> Leaflet:
        """All that a format needs. Raises PlainleafError for an image that is not there."""
        library, source, language = self.library, edition.source, edition.language
        number = emergency_number(source, library.settings.emergency_number)
        text = fill_placeholders(edition.article.text, [("emergency_number", number)])
        data = front_matter.parse(text).data
        found = edition.translated
        editions = (self.editions.get((source.id, code)) for code in library.languages)
        related = (self.get(str(other), language) for other in texts(source.meta.get("related")))
        missing = 0 if found is None else len(found.translations) - found.printable
        return Leaflet(
            # Segments are not sent along: nothing but a message of an error needs them.
            article=replace(edition.article, text=text, meta=data, segments=LazySegments(text)),
            source=replace(source, segments=LazySegments(source.text)),
            language=load_language(language),
            source_language=load_language(source.language),
            settings=library.settings,
            strings=interface_strings(language),
            is_draft=found is not None and found.count(State.DRAFT) > 0,
            is_translation=found is not None,
            is_checked=edition.is_checked,
            signatures=edition.sign_off.signatures if edition.sign_off and edition.is_checked else (),
            untranslated_fields=found.untranslated_fields if found else frozenset(),
            untranslated_segments=missing,
            heading_ids=heading_ids(source),
            term_forms=self.explainer.term_forms(source, language),
            explained=self.explainer.explained(source, language, is_checked=edition.is_checked),
            resources=images_of(source, library.source),
            links=self._links(source, language),
            related=tuple(self.link(source.id, language, e) for e in related if e),
            other_languages=tuple(self.link(source.id, language, e) for e in editions if e),
            modified=modified(source.meta),
        )

    def mentioned(self, source: Article) -> list[str]:
        """The ids of every article that an article may link to by the name of its file."""
        return self.named(mentioned_files(source))

    def named(self, names: Iterable[str]) -> list[str]:
        """The ids of the articles whose files have these names, without folder and suffix."""
        return sorted(found for name in names for found in self._ids.get(name, ()))

    def _links(self, source: Article, language: str) -> Mapping[str, Link]:
        """Every article that this one may link to, by the path that its text would use for it."""
        here = PurePosixPath(source.id).parent
        links = {}
        for article_id in self.mentioned(source):
            edition = self.get(article_id, language)
            if edition:
                path = os.path.relpath(f"{article_id}.md", here).replace(os.sep, "/")
                links[path] = links[f"../{article_id}.md"] = self.link(source.id, language, edition)
        return dict(sorted(links.items()))


_SUFFIX = re.compile(r"\.md\b")
_NAME = re.compile(r"[^()<>\[\]\n\"'/]*\Z")
LONGEST_NAME = 255
"""Characters of a file's name that file systems take."""


def mentioned_files(source: Article) -> tuple[str, ...]:
    """The names of the Markdown files that an article speaks of, without folder and suffix, sorted."""
    return _mentioned(source.text)


@lru_cache(maxsize=4)
def _mentioned(text: str) -> tuple[str, ...]:
    text = unquote(text)
    found = set()
    for match in _SUFFIX.finditer(text):
        before = text[max(0, match.start() - LONGEST_NAME) : match.start()]
        found.add(_NAME.search(before)[0].strip())  # type: ignore[index]
    return tuple(sorted(found - {""}))


def topic_titles(library: Library) -> dict[str, dict[str, str]]:
    """Language -> folder -> title, for the topics whose titles are translated. Raises PlainleafError."""
    found: dict[str, dict[str, str]] = {}
    titles = {folder: library.settings.topic_title(folder) for folder in library.topics()}
    segments = [Segment("topic", title, 0, 0, 1, 1) for title in titles.values()]
    for language in library.settings.languages:
        path = library.catalogue_path(LIBRARY_CATALOGUE, language)
        text = catalogue_text(path, segments, language, SETTINGS_FILE.as_posix())
        catalogue = parse_catalogue(text, path) if text is not None else Catalogue(path)
        messages = {folder: catalogue.get(title) for folder, title in titles.items()}
        found[language] = {folder: m.text for folder, m in messages.items() if m.state in PRINTABLE}
    return found


def emergency_number(article: Article, default: str) -> str:
    """The number that an article names, else the library's. Raises PlainleafError when it is no text.

    YAML reads 0112 without quotation marks as 74, and 000 as nothing.
    """
    own = article.meta.get("emergency_number")
    if own is None:
        return default
    if not isinstance(own, str) or not own.strip():
        raise PlainleafError(f'{article.path}: put quotation marks around emergency_number, such as "112"')
    return own.strip()


def modified(meta: Mapping[str, Any]) -> int:
    """Seconds since 1970 for timestamps in outputs: SOURCE_DATE_EPOCH, else the article's own date.

    Never the clock: the same source gives the same bytes.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if re.fullmatch(r"[0-9]+", epoch):
        return min(int(epoch), LATEST)
    dates = [d for d in (meta.get("last_reviewed"), meta.get("published")) if isinstance(d, datetime.date)]
    if not dates:
        return 0
    latest = max(datetime.date(d.year, d.month, d.day) for d in dates)
    return int(datetime.datetime(latest.year, latest.month, latest.day, tzinfo=datetime.UTC).timestamp())


def texts(value: Any) -> list[Any]:
    """A list of the front matter; none where it holds something else."""
    return value if isinstance(value, list) else []
