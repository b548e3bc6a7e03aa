"""What one process does of a report: it reads, checks and writes the articles of a portion, one after the other."""

from __future__ import annotations

import datetime
import gc
import hashlib
import pickle
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from pipeline.cache import as_json, digest
from pipeline.changes import LeafletChange
from pipeline.checking import read_articles, word_use
from pipeline.checks import Context
from pipeline.desk import Words
from pipeline.library import Library
from pipeline.model import Article, Finding, PlainleafError
from pipeline.overview.articles import Frame, article_pages, frame_of
from pipeline.overview.folder import Pages
from pipeline.overview.gathering import Entry, Gatherer, Sources, page_of
from pipeline.overview.memory import Memory, program
from pipeline.overview.model import Cell, Place, Row, place_of
from pipeline.remembering import KnownFindings
from pipeline.standing import reviews

_EACH = 12
"""Articles of a portion, about."""
_OBJECTS = 50_000
"""New objects after which Python looks for garbage; it takes a tenth of the time where it does so every 700."""


class Portion(NamedTuple):
    """Some of the files in source/."""

    name: str
    """The same from one report to the next, so that what is remembered of it is found again."""
    files: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Job:
    """What all portions of a report have in common."""

    library: Library
    context: Context
    interface: str
    """The language of the pages themselves."""
    release: str
    release_note: str
    folder: Path
    catalogues: Mapping[str, str]
    """Language -> digest of all its catalogues: some checks compare them."""
    day: datetime.date


class Read(NamedTuple):
    """A portion that was read."""

    portion: Portion
    articles: bytes
    """The articles, pickled: so they take little room while they wait."""
    use: Counter[str]
    unreadable: Mapping[str, str]
    """Id of an article that cannot be read -> why."""
    errors: Sequence[PlainleafError]


class Told(NamedTuple):
    """An article in one language: its cell, its findings with their places, and the paths of its pages."""

    cell: Cell
    places: Sequence[Place]
    pages: Sequence[str]


class Looked(NamedTuple):
    """A text file in source/ that was checked, and the pages of its translations made."""

    path: Path
    row: Row | None
    """With the translations, and what is known of the source before it is told; None for a file that is no article."""
    findings: Sequence[Finding]
    """Of the file itself, as the checks say them."""
    translations: Sequence[Told]
    errors: Sequence[PlainleafError]


@dataclass(frozen=True, slots=True)
class Sourced:
    """What is known of the sources of a portion once all of the library has been checked."""

    rows: Mapping[Path, Row]
    findings: Mapping[Path, Sequence[Finding]]
    """As they are told: a word that many articles have stands only in the first."""
    changes: Mapping[tuple[str, str], LeafletChange] = field(default_factory=dict)


def portions(files: Sequence[Path], root: Path) -> list[Portion]:
    """Files in portions of about the same size: a file stays in its portion when others come and go.

    root: the folder that the files are named from. As many portions as a power of two, so that they seldom change.
    """
    number = 1
    while number * _EACH < len(files):
        number *= 2
    found: list[list[Path]] = [[] for _ in range(number)]
    for path in files:
        name = path.relative_to(root).as_posix().encode("utf-8", "surrogateescape")
        found[int.from_bytes(hashlib.sha256(name).digest()[:4]) % number].append(path)
    return [Portion(f"{n}-of-{number}", tuple(part)) for n, part in enumerate(found) if part]


def read(portion: Portion, library: Library) -> Read:
    """Read the files of a portion."""
    articles: list[Article] = []
    unreadable: dict[str, str] = {}
    errors: list[PlainleafError] = []
    for path in portion.files:
        found, wrong = read_articles([path], library)
        articles += found
        errors += wrong
        if wrong and library.holds(path):
            unreadable[library.article_id(path)] = str(wrong[0])
    return Read(portion, pickle.dumps(articles), word_use(articles), unreadable, errors)


def look(
    name: str, articles: bytes, job: bytes, own: Mapping[str, str], changes: Mapping[tuple[str, str], LeafletChange]
) -> list[Looked]:
    """Check the files of a portion and their translations, and write the pages of the translations.

    name: of the portion. job: a pickled Job. own: path -> digest, of the catalogues and signatures of these articles.
    """
    desk = _desk(job)
    memory = Memory(desk.job.library.root, f"{name}-translations", desk.frame, desk.pages)
    found: list[Looked] = []
    for article in _one_by_one(articles):
        findings = list(desk.known.article(article))
        if not desk.job.library.holds(article.path):
            found.append(Looked(article.path, None, findings, (), ()))
            continue
        work = _Work(desk, memory, article, Gatherer(desk.sources(article), changes))
        row, told = work.translations(own)
        found.append(Looked(article.path, row, findings, told, work.gatherer.sources.errors))
    memory.write()
    desk.known.write(is_whole=False)
    return found


def finish(name: str, articles: bytes, job: bytes, sourced: Sourced) -> list[tuple[Path, Told]]:
    """Write the pages of the sources of a portion."""
    desk = _desk(job)
    memory = Memory(desk.job.library.root, f"{name}-sources", desk.frame, desk.pages)
    found = []
    for article in _one_by_one(articles):
        row = sourced.rows.get(article.path)
        if row:
            own = list(sourced.findings.get(article.path, ()))
            gatherer = Gatherer(desk.sources(article, {article.path: own}), sourced.changes)
            found.append((article.path, _Work(desk, memory, article, gatherer).source(own, row)))
    memory.write()
    return found


def _one_by_one(articles: bytes) -> Iterator[Article]:
    """Pickled articles, while garbage is looked for less often: little of what is made here refers to itself."""
    before = gc.get_threshold()
    gc.set_threshold(_OBJECTS, *before[1:])
    try:
        yield from pickle.loads(articles)
    finally:
        gc.set_threshold(*before)


@dataclass(frozen=True, slots=True)
class _Desk:
    """A job in the hands of this process."""

    job: Job
    known: KnownFindings
    frame: Frame
    pages: Pages
    base: str
    """The digest of all that a cell depends on beside the texts and the use of words."""

    def sources(self, article: Article, findings: Mapping[Path, Sequence[Finding]] | None = None) -> Sources:
        review = {one.article: one for one in reviews([article], self.job.day)}
        use = self.job.context.library_words
        return Sources(self.job.library, [article], [], {}, [], findings or {}, self.known, review, use)


@lru_cache(maxsize=1)
def _desk(job: bytes) -> _Desk:
    """The same for all portions of a report: checks keep what they have read of its catalogues by their context."""
    own: Job = pickle.loads(job)
    known = KnownFindings(own.library.root, own.context)
    frame = frame_of(own.library, Words(own.interface), own.release, own.release_note)
    return _Desk(own, known, frame, Pages(own.folder), digest(program(), replace(own.context, library_words={})))


@dataclass(frozen=True, slots=True)
class _Work:
    """One article, to be shown in all of its languages."""

    desk: _Desk
    memory: Memory
    article: Article
    gatherer: Gatherer

    def translations(self, own: Mapping[str, str]) -> tuple[Row, list[Told]]:
        """The row with a cell for each language, and the translations with their pages written."""
        article, gatherer, memory = self.article, self.gatherer, self.memory
        library, common = self.desk.job.library, self._common()
        entries: dict[str, Entry] = {}
        cells: list[tuple[Cell, Sequence[Finding], str]] = []
        for language in library.settings.languages:
            paths = (library.catalogue_path(article.id, language), library.signatures_path(article.id, language))
            whole = self.desk.job.catalogues[language]
            key = digest(common, language, [own.get(path.as_posix(), "") for path in paths], whole)
            known = memory.cell(key)
            if known is None:
                entry = entries[language] = gatherer.translation(article, language)
                memory.keep_cell(key, entry.cell, entry.findings)
                known = entry.cell, list(entry.findings)
            cells.append((gatherer.with_changes(known[0]), known[1], key))
        source = Cell(article.id, article.language, "source", None, None, page=page_of(article.id, article.language))
        row = gatherer.row(article, (source, *(cell for cell, _, _ in cells)))
        return row, [self._told(*known, row, entries.get(known[0].language)) for known in cells]

    def source(self, findings: Sequence[Finding], row: Row) -> Told:
        """The source with its pages written. findings: as they are told."""
        key = digest(self._common(), [as_json(found) for found in findings])
        entry = None
        known = self.memory.cell(key)
        if known is None:
            entry = self.gatherer.source(self.article)
            self.memory.keep_cell(key, entry.cell, ())
            known = entry.cell, []
        return self._told(self.gatherer.with_changes(known[0]), findings, key, row, entry)

    def _common(self) -> str:
        """The digest of what a cell of the article depends on in every language."""
        use = self.desk.job.context.library_words
        return digest(self.desk.base, self.article, {word: use.get(word, 0) for word in word_use([self.article])})

    def _told(self, cell: Cell, findings: Sequence[Finding], key: str, row: Row, entry: Entry | None) -> Told:
        """An article in a language; its pages are written unless they stand as they would be."""
        if not cell.page:
            return Told(cell, [place_of(found, cell.article, cell.language) for found in findings], ())
        page_key = self.memory.page_key(key, row, self.gatherer.change(self.article, cell.language))
        standing = self.memory.pages(page_key)
        if standing is None:
            made = article_pages(entry or self._entry(cell), row, self.desk.frame)
            for page in made.pages:
                self.desk.pages.write(page.path, page.html)
            self.memory.keep_pages(page_key, made, findings)
            standing = [page.path for page in made.pages], [made.places.get(found, "") for found in findings]
        paths, where = standing
        places = [place_of(f, cell.article, cell.language, page) for f, page in zip(findings, where, strict=True)]
        return Told(cell, places, paths)

    def _entry(self, cell: Cell) -> Entry:
        if cell.state == "source":
            return self.gatherer.source(self.article)
        return self.gatherer.translation(self.article, cell.language)
