"""Makes the report: processes read, check and write portions of a library, and this one writes the pages that list."""

from __future__ import annotations

import pickle
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from pipeline.cache import digest
from pipeline.changes import LeafletChange
from pipeline.checking import context_of_use
from pipeline.clock import today
from pipeline.desk import Words, stylesheet
from pipeline.findings import in_order, unknown_words_once
from pipeline.library import Library, text_files
from pipeline.model import Finding, PlainleafError
from pipeline.overview.articles import Frame, Page, frame_of
from pipeline.overview.folder import ReportFolder
from pipeline.overview.gathering import unreadable_row
from pipeline.overview.lists import list_pages
from pipeline.overview.memory import catalogue_digests, forget_others
from pipeline.overview.model import Overview, Row, place_of
from pipeline.overview.ordering import order
from pipeline.overview.portions import Job, Looked, Read, Sourced, Told, finish, look, portions, read

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Release:
    """What changed since the last release, where there is one."""

    revision: str
    """ "" where there is none."""
    note: str
    """Why there is none."""
    changes: Mapping[tuple[str, str], LeafletChange]
    """(article, language) -> what changed."""


def make_report(
    library: Library,
    folder: ReportFolder,
    executor: Executor,
    *,
    words: Words,
    release: Release,
    progress: Callable[[int, int, str], None],
    trends: Callable[[Frame], Iterator[Page]],
) -> Overview:
    """Write the report of a library. Returns what it shows.

    executor: where articles are read, checked and written; the pages are the same whatever it is. progress: called with
    how many articles are done, of how many, and the name of the last. trends: makes the page of trends. What cannot be
    read is in the result and on the first page. Raises PlainleafError when a page cannot be written.
    """
    folder.begin()
    making = _Making(library, executor, release, folder.root, words.language.code)
    try:
        parts = making.read()
        looked = making.look(parts, progress)
        findings = unknown_words_once(in_order(found for one in looked for found in one.findings))
        own = making.finish(parts, looked, findings)
    except BrokenExecutor:
        raise PlainleafError("a worker process stopped unexpectedly; try again with --jobs 1") from None
    forget_others(library.root, [f"{p.portion.name}-{kind}" for p in parts for kind in ("sources", "translations")])

    articles = {one.path for one in looked if one.row}
    rows: list[Row] = []
    places = [place_of(found) for found in findings if found.path not in articles]
    for one in looked:
        if one.row:
            told = [own[one.path], *one.translations]
            rows.append(replace(one.row, cells=tuple(each.cell for each in told)))
            places += (place for each in told for place in each.places)
            folder.has(page for each in told for page in each.pages)
    for part in parts:
        rows += (unreadable_row(library, name, why) for name, why in part.unreadable.items())
    rows.sort(key=order)
    errors = [*sorted({str(e) for part in parts for e in part.errors}), *(str(e) for one in looked for e in one.errors)]
    overview = Overview(rows, list(dict.fromkeys(errors)), places, library.languages, release.revision, release.note)
    frame = frame_of(library, words, release.revision, release.note)
    for page in (*list_pages(overview, frame), *trends(frame)):
        folder.write(page.path, page.html)
    folder.write("desk.css", stylesheet())
    folder.finish()
    return overview


@dataclass(slots=True)
class _Making:
    """Hands the portions of a library out."""

    library: Library
    executor: Executor
    release: Release
    folder: Path
    interface: str
    """The language of the pages themselves."""
    _digests: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Language -> path -> digest of its catalogues."""
    _job: bytes = b""

    def read(self) -> list[Read]:
        """The library's files, in portions."""
        library, codes = self.library, self.library.settings.languages
        files = portions(list(text_files([library.source])), library.source)
        parts = list(spread(self.executor, read, ((part, library) for part in files)))
        found = list(spread(self.executor, catalogue_digests, ((library, code) for code in codes)))
        self._digests = dict(zip(codes, found, strict=True))
        wholes = {code: digest(known) for code, known in self._digests.items()}
        context = context_of_use(library, sum((part.use for part in parts), Counter[str]()))
        release = self.release
        job = Job(library, context, self.interface, release.revision, release.note, self.folder, wholes, today())
        self._job = pickle.dumps(job)
        return parts

    def look(self, parts: Sequence[Read], progress: Callable[[int, int, str], None]) -> list[Looked]:
        """Every file of the library, checked, in their order; the pages of their translations are written."""
        number = sum(len(part.portion.files) for part in parts)
        found: list[Looked] = []
        for some in spread(self.executor, look, map(self._to_look, parts)):
            for one in some:
                found.append(one)
                progress(len(found), number, one.row.article if one.row else one.path.name)
        return sorted(found, key=lambda one: one.path)

    def _to_look(self, part: Read) -> tuple[object, ...]:
        library = self.library
        ids = {library.article_id(path) for path in part.portion.files if library.holds(path)}
        own: dict[str, str] = {}
        for code, known in self._digests.items():
            for name in ids:
                paths = (library.catalogue_path(name, code), library.signatures_path(name, code))
                own.update({p.as_posix(): known[p.as_posix()] for p in paths if p.as_posix() in known})
        return part.portion.name, part.articles, self._job, own, self._changes(ids)

    def finish(self, parts: Iterable[Read], looked: Iterable[Looked], findings: Iterable[Finding]) -> dict[Path, Told]:
        """Path of each article -> what its page shows. The pages are written."""
        rows = {one.path: one.row for one in looked if one.row}
        by_path: dict[Path, list[Finding]] = {}
        for finding in findings:
            by_path.setdefault(finding.path, []).append(finding)

        def tasks() -> Iterator[tuple[object, ...]]:
            for part in parts:
                own = {path: rows[path] for path in part.portion.files if path in rows}
                some = {path: by_path[path] for path in own if path in by_path}
                changes = self._changes({row.article for row in own.values()})
                yield part.portion.name, part.articles, self._job, Sourced(own, some, changes)

        return {path: told for some in spread(self.executor, finish, tasks()) for path, told in some}

    def _changes(self, articles: set[str]) -> dict[tuple[str, str], LeafletChange]:
        return {key: change for key, change in self.release.changes.items() if key[0] in articles}


def spread(executor: Executor, function: Callable[..., _T], tasks: Iterable[tuple[object, ...]]) -> Iterator[_T]:
    """The results of a function in the order of its tasks, of which only a few are on their way at a time.

    Raises BrokenExecutor when a process has died.
    """
    running: deque[Future[_T]] = deque()
    for task in tasks:
        running.append(executor.submit(function, *task))
        if len(running) >= getattr(executor, "window", 1):
            yield running.popleft().result()
    while running:
        yield running.popleft().result()
