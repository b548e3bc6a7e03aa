"""One leaflet in every format: the work that processes and machines share."""

from __future__ import annotations

import contextlib
import gc
import itertools
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline import front_matter
from pipeline.formats import TOO_DEEP, Leaflet, Unavailable
from pipeline.formats.book import Chapter
from pipeline.formats.library_book import chapter as book_chapter
from pipeline.formats.pandoc import Worker
from pipeline.formats.table import FORMATS
from pipeline.model import PlainleafError


@dataclass(frozen=True, slots=True)
class Rendered:
    """One leaflet, laid out."""

    made: tuple[tuple[str, bytes], ...]
    """The name of a format and the content, for each that could be made."""
    failed: tuple[str, ...]
    """What to tell of those that could not."""
    chapter: Chapter | None = None
    """For the book of the whole library, where one was asked for."""
    skipped: tuple[str, ...] = ()
    """Why a format cannot be made on this machine or in this language."""


def render(leaflet: Leaflet, formats: Sequence[str], is_chapter: bool = False) -> Rendered:
    """One leaflet in each of the formats, and as a chapter of its library's book where that is asked for.

    A pure function of its inputs: any process or machine gives the same bytes.
    """
    with without_collector():
        return _render(leaflet, formats, is_chapter)


@contextlib.contextmanager
def without_collector() -> Iterator[None]:
    """Python looks for no cycles to free meanwhile: there are none to speak of, and it takes a tenth of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _render(leaflet: Leaflet, formats: Sequence[str], is_chapter: bool) -> Rendered:
    made: list[tuple[str, bytes]] = []
    failed: list[str] = []
    skipped: list[str] = []
    chapter = None
    body = leaflet.article.text[front_matter.parse(leaflet.article.text).body_start :]
    where = f"{leaflet.article.path} ({leaflet.language.code}"
    worker = _worker(leaflet.settings.leaflet_megabytes)
    worker.begin(leaflet.settings.leaflet_seconds)
    try:
        document = worker.read(body)
    except PlainleafError as error:
        return Rendered((), (f"{where}): {error}",))
    for name in (*formats, *([_CHAPTER] if is_chapter else [])):
        try:
            if name == _CHAPTER:
                chapter = book_chapter(leaflet, document)
            else:
                made.append((name, FORMATS[name].render(leaflet, document)))
        except Unavailable as reason:
            skipped.append(f"{name} is left out: {reason}")
        except PlainleafError as error:
            failed.append(f"{where}, {name}): {error}")
            if not worker.is_running:
                break  # It has the article no more.
        except RecursionError:
            failed.append(f"{where}, {name}): {TOO_DEEP}")
        except Exception as error:
            failed.append(f"{where}, {name}): this is a mistake of Plainleaf: {type(error).__name__}: {error}")
    return Rendered(tuple(made), tuple(failed), chapter, tuple(skipped))


_CHAPTER = "library book"


LEAFLETS = 1000
"""After so many, a new pandoc: the old one keeps 0.06 MB of each leaflet."""


def _worker(megabytes: float) -> Worker:
    """The pandoc of this process; a new one when the last has stopped, has another limit, or has grown."""
    is_large = next(_served) % LEAFLETS == 0
    if is_large or not _workers or not _workers[-1].is_running or _workers[-1].megabytes != megabytes:
        for worker in _workers:
            with contextlib.suppress(OSError, subprocess.SubprocessError):
                worker.close()
        _workers[:] = [Worker(megabytes)]
    return _workers[-1]


_workers: list[Worker] = []
_served = itertools.count(1)
