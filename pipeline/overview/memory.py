"""What an earlier report knew of each article in each language: pages of what has not changed are not made again.

It stands in .plainleaf/ like all that is remembered, and may be deleted at any time.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Sequence
from typing import Any

from pipeline.cache import as_json, digest, from_json, own_files
from pipeline.checking import word_use
from pipeline.library import Library
from pipeline.model import Article, Finding, Severity
from pipeline.overview.articles import ArticlePages, Frame
from pipeline.overview.folder import ReportFolder
from pipeline.overview.gathering import Entry, Sources
from pipeline.overview.model import Cell, Level, Row
from pipeline.standing import Standing
from pipeline.store import Store

_NO_PAGES = ("formats/", "report/json", "report/sarif", "cli/", "commands/", "audit/", "importing/", "exchange/")
"""Where files of Plainleaf lie that no page of an article depends on."""


class Memory:
    """Cells and pages by the digest of all that they were made from."""

    def __init__(self, sources: Sources, frame: Frame, folder: ReportFolder) -> None:
        self._sources, self._folder = sources, folder
        self._store = Store(sources.library.root, "report")
        self._base = digest(own_files(*_NO_PAGES), sources.base)
        self._frame = digest(frame.words.language.code, frame.release, frame.release_note, folder.root.resolve())
        self._catalogues = {code: _digests(sources.library, code) for code in sources.library.settings.languages}
        self._whole = {code: digest(found) for code, found in self._catalogues.items()}

    def cell_key(self, article: Article, language: str, findings: Sequence[Finding]) -> str:
        """The key of an article in a language. findings: those of the source, as they are told."""
        use = {word: self._sources.word_use.get(word, 0) for word in word_use([article])}
        common = [self._base, article, use, [as_json(found) for found in findings]]
        if language == article.language:
            return digest(common)
        own = self._catalogues[language]
        paths = (self._sources.library.catalogue_path(article.id, language),
                 self._sources.library.signatures_path(article.id, language))  # fmt: skip
        # Some checks compare with the other catalogues of the language.
        return digest(common, language, [own.get(path.as_posix(), "") for path in paths], self._whole[language])

    def cell(self, key: str) -> tuple[Cell, list[Finding]] | None:
        """The cell of an earlier report, with its findings."""
        entry = self._store.get(key)
        try:
            return (_cell(entry["cell"]), [from_json(row) for row in entry["findings"]]) if entry else None
        except (TypeError, ValueError, KeyError):
            return None  # A broken cache: look again.

    def keep_cell(self, key: str, entry: Entry) -> None:
        """Remember a cell. What cannot be read is not remembered: it must be told again."""
        if not entry.cell.error:
            self._store.put(key, {"cell": _row(entry.cell), "findings": [as_json(f) for f in entry.findings]})

    def page_key(self, key: str, row: Row, change: object) -> str:
        """The key of the pages of a cell: they lead to those of the other languages."""
        return digest(
            "pages", key, self._frame, row.title, row.topic, [cell.page for cell in row.cells], row.review, change
        )

    def pages(self, key: str) -> list[str] | None:
        """Where each finding stands on the pages of an earlier report that are still there as they were written."""
        entry = self._store.get(key)
        if not isinstance(entry, dict) or not all(self._folder.stands(path, stamp) for path, stamp in entry["pages"]):
            return None
        for path, _ in entry["pages"]:
            self._folder.keep(path)
        return [str(place) for place in entry["places"]]

    def keep_pages(self, key: str, made: ArticlePages, findings: Sequence[Finding]) -> None:
        """Remember pages that were just written."""
        pages = [[page.path, self._folder.stamp(page.path)] for page in made.pages]
        self._store.put(key, {"pages": pages, "places": [made.places.get(found, "") for found in findings]})

    def write(self) -> None:
        """Keep it for the next report, and forget what is no longer there."""
        self._store.write(keep_others=False)


def _digests(library: Library, language: str) -> dict[str, str]:
    """Path -> digest of every file among the translations into a language."""
    found = {}
    for path in sorted((library.root / "translations" / language).rglob("*")):
        if path.suffix in (".po", ".toml") and path.is_file():
            try:
                found[path.as_posix()] = hashlib.sha256(path.read_bytes()).hexdigest()
            except OSError:
                found[path.as_posix()] = "unreadable"
    return found


def _row(cell: Cell) -> dict[str, Any]:
    """A cell as plain values."""
    row = {name: getattr(cell, name) for name in ("article", "language", "state", "page", "changes", "signed")}
    row["checks"] = [[check, severity.value, number] for (check, severity), number in cell.checks.items()]
    row["level"] = dataclasses.astuple(cell.level) if cell.level else None
    stands = cell.standing
    row["standing"] = [getattr(stands, name) for name in _STANDING] if stands else None
    return row


_STANDING = [field.name for field in dataclasses.fields(Standing) if field.name != "signatures"]


def _cell(row: dict[str, Any]) -> Cell:
    values = dict(row)
    values["checks"] = {(check, Severity(severity)): number for check, severity, number in row["checks"]}
    values["level"] = Level(*row["level"]) if row["level"] else None
    values["standing"] = Standing(**dict(zip(_STANDING, row["standing"], strict=True))) if row["standing"] else None
    values["signed"] = tuple(row["signed"])
    return Cell(**values)
