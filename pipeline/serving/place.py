"""What the pages of one server share: the library as it stands, its checks and previews, and who is listening."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event, RLock
from urllib.parse import quote

from pipeline.buffers import Buffers
from pipeline.language import PSEUDO
from pipeline.library import SETTINGS_FILE, Library, open_library
from pipeline.locking import locked
from pipeline.model import Article, PlainleafError
from pipeline.serving.editors import Editor
from pipeline.serving.guard import Keys
from pipeline.serving.memories import Memories
from pipeline.serving.previews import Previews
from pipeline.serving.survey import Survey
from pipeline.stamps import stamp_of


class NotFound(PlainleafError):
    """The library has no such article, or the article no such language."""


@dataclass(slots=True)
class Listeners:
    """The pages that wait for changes. Used from the server's own thread only."""

    _queues: set[asyncio.Queue[str | None]] = field(default_factory=set)

    @contextlib.contextmanager
    def queue(self) -> Iterator[asyncio.Queue[str | None]]:
        """What is told from now on; None when the server ends."""
        queue: asyncio.Queue[str | None] = asyncio.Queue(maxsize=100)
        self._queues.add(queue)
        try:
            yield queue
        finally:
            self._queues.discard(queue)

    def tell(self, event: str | None) -> None:
        """Tell every page; one that does not listen misses it."""
        for queue in self._queues:
            with contextlib.suppress(asyncio.QueueFull):
                queue.put_nowait(event)


class Place:
    """One library that is served."""

    def __init__(self, library: Library, keys: Keys, editor: Editor) -> None:
        self._library = library
        self._stamp = stamp_of(library.root / SETTINGS_FILE)
        self.keys, self.editor = keys, editor
        self.buffers = Buffers(library)
        self.previews = Previews()
        self.memories = Memories()
        self.listeners = Listeners()
        self.survey = Survey()
        self.survey_wanted = asyncio.Event()
        self.ending = asyncio.Event()
        """Set when the server ends."""
        self.halt = Event()
        """The same for threads."""
        self.lock = RLock()
        """Held while catalogues are read for a page, or anything is changed."""

    def end(self) -> None:
        """Let every page and everything that waits go."""
        self.ending.set()
        self.halt.set()
        self.listeners.tell(None)

    @property
    def library(self) -> Library:
        """The library with its settings as they are now; as they were when they are broken now."""
        stamp = stamp_of(self._library.root / SETTINGS_FILE)
        # Empty: it is being written by a program that does not do so whole.
        if stamp != self._stamp and stamp and stamp.size:
            with contextlib.suppress(PlainleafError):
                # The folder stays as it was named: paths in messages are as people know them.
                self._library = replace(open_library(self._library.root), root=self._library.root)
            self._stamp = stamp
        return self._library

    @property
    def root(self) -> Path:
        """The library's folder, absolute and without links."""
        return self._library.root.resolve()

    @property
    def languages(self) -> list[str]:
        """The languages that people translate into."""
        return [code for code in self.library.settings.languages if code not in PSEUDO]

    def article_path(self, article_id: str) -> Path:
        """Where an article stands. Raises NotFound for what is none, or lies outside of the library by a link."""
        library = self.library
        known = {library.article_id(path): path for path in library.article_paths()}
        path = known.get(article_id)
        if path is None or not self.is_inside(path):
            raise NotFound(f"{article_id}: the library has no such article")
        return path

    def is_inside(self, path: Path) -> bool:
        """Whether a path stays in the library when its links are followed."""
        return path.resolve().is_relative_to(self.root)

    def article(self, article_id: str) -> Article:
        """An article as it is saved. Raises PlainleafError."""
        return self.library.read(self.article_path(article_id))

    def language(self, code: str) -> str:
        """A target language of the library. Raises NotFound."""
        if code not in self.languages:
            raise NotFound(f"{code}: the library is not translated into this language")
        return code

    def catalogue_path(self, article_id: str, language: str) -> Path:
        """Where a translation stands, or would. Raises NotFound for what is not of the library."""
        self.article_path(article_id)
        path = self.library.catalogue_path(article_id, self.language(language))
        if not self.is_inside(path):
            raise NotFound(f"{path}: it lies outside of the library")
        return path

    @contextlib.contextmanager
    def changing(self) -> Iterator[Library]:
        """Hold the library while something in it is changed. Raises PlainleafError when another command holds it."""
        with self.lock, locked(self.library.root):
            yield self.library
        self.buffers.changed()


def first_page(library: Library, path: Path) -> str:
    """The address of the page of an article or a catalogue. Raises PlainleafError for what is none of this library."""
    resolved = path.resolve()
    for source in library.article_paths():
        article_id = library.article_id(source)
        if source.resolve() == resolved:
            return quote(f"/article/{article_id}")
        for code in library.settings.languages:
            if code not in PSEUDO and library.catalogue_path(article_id, code).resolve() == resolved:
                return quote(f"/translate/{code}/{article_id}")
    raise PlainleafError(f"{path}: the library {library.root} has no such article or catalogue")


def version_of(text: str | None) -> str:
    """A digest of a file's text, to notice that it has changed since a page showed it; "" where there is none."""
    return "" if text is None else hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
