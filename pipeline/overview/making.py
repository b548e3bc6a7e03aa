"""Makes the report: reads and checks a library, and writes its pages article by article."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from pipeline.changes import LeafletChange
from pipeline.clock import today
from pipeline.desk import Words, environment, stylesheet
from pipeline.library import Library
from pipeline.overview.articles import Frame, Page, article_pages
from pipeline.overview.folder import ReportFolder
from pipeline.overview.gathering import Gatherer, address, gather, unreadable_row
from pipeline.overview.lists import list_pages
from pipeline.overview.model import Overview, Place, Row
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
    rows: list[Row] = []
    places: list[Place] = [Place(f, "", "", "") for a in sources.others for f in sources.findings.get(a.path, ())]
    for done, article in enumerate(sources.articles, 1):
        entries = list(gatherer.entries(article))
        row = gatherer.row(article, entries)
        rows.append(row)
        for entry in entries:
            made = article_pages(entry, row, frame)
            for page in made.pages:
                folder.write(page.path, page.html)
            places += (Place(f, article.id, entry.cell.language, made.places.get(f, "")) for f in entry.findings)
        progress(done, len(sources.articles), article.id)
    rows += (unreadable_row(library, name, why) for name, why in sources.unreadable.items())
    rows.sort(key=order)
    errors = list(dict.fromkeys(map(str, sources.errors)))
    overview = Overview(rows, errors, places, library.languages, release.revision, release.note)
    sources.known.write(is_whole=True)
    for page in (*list_pages(overview, frame), *trends(frame)):
        folder.write(page.path, page.html)
    folder.write("desk.css", stylesheet())
    folder.finish()
    return overview


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
