"""The other catalogues of a language, as the checks that look at them find them in one run."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pipeline.checks import Context, TranslatedArticle
from pipeline.neighbours import Neighbours


class _OneRun:
    """Key of a cache: a folder of catalogues in one run of the checks, which has one context."""

    def __init__(self, folder: Path, context: Context) -> None:
        self.folder = folder
        self._context = context

    def __hash__(self) -> int:
        return hash((self.folder, id(self._context)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _OneRun) and self.folder == other.folder and self._context is other._context


def neighbours(item: TranslatedArticle, context: Context) -> Neighbours | None:
    """All catalogues of the language, as they stand at the first call with this context; None outside of a library."""
    folder = language_folder(item)
    return neighbours_in(folder, context) if folder else None


def neighbours_in(folder: Path, context: Context) -> Neighbours:
    """All catalogues in a folder, as they stand at the first call with this context."""
    return _neighbours(_OneRun(folder, context))


@lru_cache(maxsize=64)
def _neighbours(run: _OneRun) -> Neighbours:
    return Neighbours(run.folder)


def language_folder(item: TranslatedArticle) -> Path | None:
    """The folder with all catalogues of the language; None for a catalogue that lies in no library."""
    if not item.catalogue.with_suffix("").as_posix().endswith(f"/{item.source.id}"):
        return None
    return item.catalogue.parents[item.source.id.count("/")]
