"""Makes the report: reads and checks a library, and writes its pages article by article."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.changes import LeafletChange
from pipeline.clock import today
from pipeline.desk import Words, environment, stylesheet
from pipeline.library import Library
from pipeline.model import Article, Finding
from pipeline.overview.articles import Frame, Page, article_pages
from pipeline.overview.folder import ReportFolder
from pipeline.overview.gathering import Entry, Gatherer, address, gather, unreadable_row
from pipeline.overview.lists import list_pages
from pipeline.overview.memory import Memory
from pipeline.overview.model import Cell, Overview, Place, Row
from pipeline.overview.ordering import order
from pipeline.overview.pairs import changed_words


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
    *,
    words: Words,
    release: Release,
    progress: Callable[[int, int, str], None],
    trends: Callable[[Frame], Iterator[Page]],
) -> Overview:
    """Write the report of a library. Returns what it shows.

    progress: called with how many articles are done, of how many, and the name of the last. trends: makes the page of
    trends. What cannot be read is in the result and on the first page. Raises PlainleafError when a page cannot be
    written.
    """
    frame = frame_of(library, words, release)
    sources = gather(library)
    gatherer = Gatherer(sources, release.changes)
    memory = Memory(sources, frame, folder)
    rows: list[Row] = []
    places: list[Place] = [Place(f, "", "", "") for a in sources.others for f in sources.findings.get(a.path, ())]
    for done, article in enumerate(sources.articles, 1):
        row, found = _article(article, gatherer, memory, frame, folder)
        rows.append(row)
        places += found
        progress(done, len(sources.articles), article.id)
    rows += (unreadable_row(library, name, why) for name, why in sources.unreadable.items())
    rows.sort(key=order)
    errors = list(dict.fromkeys(map(str, sources.errors)))
    overview = Overview(rows, errors, places, library.languages, release.revision, release.note)
    sources.known.write(is_whole=False)
    memory.write()
    for page in (*list_pages(overview, frame), *trends(frame)):
        folder.write(page.path, page.html)
    folder.write("desk.css", stylesheet())
    folder.finish()
    return overview


def _article(
    article: Article, gatherer: Gatherer, memory: Memory, frame: Frame, folder: ReportFolder
) -> tuple[Row, list[Place]]:
    """An article in all languages: its pages are written, unless they stand there already."""
    languages = gatherer.sources.library.languages
    own = gatherer.sources.findings.get(article.path, ())
    keys = [memory.cell_key(article, language, own) for language in languages]
    entries: dict[str, Entry] = {}
    cells: list[tuple[Cell, Sequence[Finding]]] = []
    for language, key in zip(languages, keys, strict=True):
        known = memory.cell(key)
        if known is None:
            entry = entries[language] = gatherer.entry(article, language)
            memory.keep_cell(key, entry)
            known = entry.cell, list(entry.findings)
        change = gatherer.change(article, language)
        cells.append((replace(known[0], changes=len(change.changes) if change else 0), known[1]))
    row = gatherer.row(article, (cell for cell, _ in cells))
    places: list[Place] = []
    for (cell, findings), key in zip(cells, keys, strict=True):
        page_key = memory.page_key(key, row, gatherer.change(article, cell.language))
        where = memory.pages(page_key) if cell.page else [""] * len(findings)
        if where is None:
            entry = entries.get(cell.language) or gatherer.entry(article, cell.language)
            made = article_pages(entry, row, frame)
            for page in made.pages:
                folder.write(page.path, page.html)
            memory.keep_pages(page_key, made, findings)
            where = [made.places.get(found, "") for found in findings]
        places += (Place(f, article.id, cell.language, place) for f, place in zip(findings, where, strict=True))
    return row, places


def frame_of(library: Library, words: Words, release: Release) -> Frame:
    """What all pages have in common."""
    jinja = environment("pipeline.overview", words)
    jinja.globals |= {
        "library": library.settings.name,
        "made": words.date(today()),
        "style": "desk.css",
        "address": address,
        "changed_words": changed_words,
    }
    return Frame(jinja, words, release.revision, release.note)
