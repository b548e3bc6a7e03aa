"""What an earlier report knew of each article in each language: pages of what has not changed are not made again.

It stands in .plainleaf/ like all that is remembered, in files of a portion of the articles each, and may be deleted at
any time.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from pipeline.cache import as_json, digest, from_json, own_files
from pipeline.library import Library
from pipeline.model import Finding, Severity
from pipeline.overview.articles import ArticlePages, Frame
from pipeline.overview.folder import Pages
from pipeline.overview.model import Cell, Level, Row
from pipeline.standing import Standing
from pipeline.store import FOLDER, Store

_NO_PAGES = ("formats/", "report/json", "report/sarif", "cli/", "commands/", "audit/", "importing/", "exchange/")
"""Where files of Plainleaf lie that no page of an article depends on."""
_NAME = "report-"


def program() -> str:
    """The digest of the files of Plainleaf that pages of articles depend on."""
    return own_files(*_NO_PAGES)


class Memory:
    """Cells and pages of a portion of the articles, by the digest of all that they were made from."""

    def __init__(self, root: Path, name: str, frame: Frame, pages: Pages) -> None:
        """root: of the library. name: of the portion."""
        self._pages = pages
        self._store = Store(root, _NAME + name)
        self._frame = digest(frame.words.language.code, frame.release, frame.release_note, pages.root.resolve())

    def cell(self, key: str) -> tuple[Cell, list[Finding]] | None:
        """The cell of an earlier report, with its findings."""
        entry = self._store.get(key)
        try:
            return (_cell(entry["cell"]), [from_json(row) for row in entry["findings"]]) if entry else None
        except (TypeError, ValueError, KeyError):
            return None  # A broken cache: look again.

    def keep_cell(self, key: str, cell: Cell, findings: Iterable[Finding]) -> None:
        """Remember a cell. What cannot be read is not remembered: it must be told again."""
        if not cell.error:
            self._store.put(key, {"cell": _row(cell), "findings": [as_json(found) for found in findings]})

    def page_key(self, key: str, row: Row, change: object) -> str:
        """The key of the pages of a cell: they lead to those of the other languages."""
        return digest(
            "pages", key, self._frame, row.title, row.topic, [cell.page for cell in row.cells], row.review, change
        )

    def pages(self, key: str) -> tuple[list[str], list[str]] | None:
        """Paths of pages of an earlier report that still are as they were written, and where each finding stands."""
        entry = self._store.get(key)
        try:
            if not entry or not all(self._pages.stands(path, stamp) for path, stamp in entry["pages"]):
                return None
            return [path for path, _ in entry["pages"]], [str(place) for place in entry["places"]]
        except (TypeError, ValueError, KeyError):
            return None

    def keep_pages(self, key: str, made: ArticlePages, findings: Sequence[Finding]) -> None:
        """Remember pages that were just written."""
        pages = [[page.path, self._pages.stamp(page.path)] for page in made.pages]
        self._store.put(key, {"pages": pages, "places": [made.places.get(found, "") for found in findings]})

    def write(self) -> None:
        """Keep it for the next report, and forget what is no longer there."""
        self._store.write(keep_others=False)


def forget_others(root: Path, names: Iterable[str]) -> None:
    """Take away what a report remembered of portions that are no more. names: of those that are."""
    kept = {f"{_NAME}{name}.sqlite" for name in names}
    for path in (root / FOLDER).glob(f"{_NAME.rstrip('-')}*.sqlite"):
        if path.name not in kept:
            with contextlib.suppress(OSError):
                path.unlink()


def catalogue_digests(library: Library, language: str) -> dict[str, str]:
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
