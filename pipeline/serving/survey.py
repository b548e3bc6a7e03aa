"""Where every article stands, found out in the background so that the first page is there at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Lock

from pipeline.buffers import Buffers
from pipeline.library import Library
from pipeline.model import Article, PlainleafError, Severity
from pipeline.stamps import Stamp, stamp_of
from pipeline.standing import Standing, standings

_Key = tuple[str, str]
"""Article and language; "" for the source."""


_PAUSE = 0.01
"""Seconds between two articles of which something was new."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What is known of an article in its source language."""

    title: str
    counts: Mapping[Severity, int]
    problem: str = ""
    """Why it cannot be read."""


class Survey:
    """What is known so far. One thread fills it, others read it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._articles: dict[str, tuple[object, Counted]] = {}
        self._last: tuple[Stamp | None, Article] | None = None
        self._standings: dict[_Key, tuple[object, Standing]] = {}

    def article(self, article_id: str) -> Counted | None:
        """What is known of an article; None when nothing is, yet."""
        with self._lock:
            found = self._articles.get(article_id)
        return found[1] if found else None

    def standing(self, article_id: str, language: str) -> Standing | None:
        """Where a translation stands, as far as it is known."""
        with self._lock:
            found = self._standings.get((article_id, language))
        return found[1] if found else None

    def go_on(self, library: Library, buffers: Buffers, stop: Event, tell: Callable[[], None]) -> None:
        """Find out what is not known, or has changed. tell: called after each article of which something is new."""
        for path in library.article_paths():
            article_id = library.article_id(path)
            is_new = self._count(library, buffers, path, article_id)
            for language in library.settings.languages:
                if stop.is_set():
                    return
                is_new |= self._stand(library, path, article_id, language)
            if is_new:
                tell()
                # Pages come first: each thread of Python waits for the others.
                stop.wait(_PAUSE)

    def _count(self, library: Library, buffers: Buffers, path: Path, article_id: str) -> bool:
        # The library's words count too, but a list that is a moment behind misleads nobody.
        key = (stamp_of(path), stamp_of(library.root / "source/wordlist.txt"))
        if (known := self._articles.get(article_id)) and known[0] == key:
            return False
        counts = dict.fromkeys(Severity, 0)
        try:
            article = self._read(library, path)
            for finding in buffers.check_article(article):
                counts[finding.severity] += 1
            found = Counted(article.title, counts)
        except PlainleafError as error:
            found = Counted(path.stem, counts, str(error))
        with self._lock:
            self._articles[article_id] = (key, found)
        return True

    def _stand(self, library: Library, path: Path, article_id: str, language: str) -> bool:
        catalogue, record = library.catalogue_path(article_id, language), library.signatures_path(article_id, language)
        key: tuple[Stamp | None, ...] = (stamp_of(path), stamp_of(catalogue), stamp_of(record))
        if (known := self._standings.get((article_id, language))) and known[0] == key:
            return False
        try:
            rows = standings(library, [self._read(library, path)], [language], [])
        except PlainleafError:
            return False
        if not rows:
            return False
        with self._lock:
            self._standings[article_id, language] = (key, rows[0])
        return True

    def _read(self, library: Library, path: Path) -> Article:
        """An article; the last one is kept, since it is asked for once in each language."""
        stamp = stamp_of(path)
        if self._last is None or self._last[0] != stamp or self._last[1].path != path:
            self._last = (stamp, library.read(path))
        return self._last[1]
