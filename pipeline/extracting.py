"""Creates and updates the catalogues."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.catalogue import Changes, updated
from pipeline.files import read_text, write_whole
from pipeline.glossary import explanations
from pipeline.language import load_language
from pipeline.library import LIBRARY_CATALOGUE, SETTINGS_FILE, Library
from pipeline.model import Article, Segment


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was done to one catalogue."""

    path: Path
    language: str
    changes: Changes
    state: str
    """new, changed or unchanged."""


def extract(library: Library, articles: Sequence[Article], languages: Sequence[str], dry_run: bool) -> list[Extraction]:
    """Bring the catalogues of these articles and languages up to date.

    Every catalogue is computed before the first is written, so that a broken one stops nothing half-way.
    Raises PlainleafError for an unknown language or a broken catalogue.
    """
    planned = []
    titles = [Segment("topic", library.settings.topic_title(folder), 0, 0, 1, 1) for folder in library.topics()]
    titles += explanations(library.glossary())
    sources = [(LIBRARY_CATALOGUE, SETTINGS_FILE.as_posix(), titles)]
    sources += [(article.id, f"source/{article.id}.md", list(article.segments)) for article in articles]
    for language in languages:
        load_language(language)
        for name, source, segments in sources:
            path = library.catalogue_path(name, language)
            content = read_text(path) if path.is_file() else None
            text, changes = updated(content, path, segments, language, source)
            state = "new" if content is None else "unchanged" if text == content else "changed"
            planned.append((text, Extraction(path, language, changes, state)))
    for text, extraction in planned:
        if not dry_run and extraction.state != "unchanged":
            write_whole(extraction.path, text.encode("utf-8"))
    return [extraction for _, extraction in planned]
