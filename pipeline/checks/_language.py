"""The catalogues of one language, as the checks that read them all find them in one run."""

from __future__ import annotations

from pathlib import Path

from pipeline.checks import Context, TranslatedArticle


class OneRun:
    """Key of a cache: a folder of catalogues in one run of the checks, which has one context."""

    def __init__(self, folder: Path, context: Context) -> None:
        self.folder = folder
        self._context = context

    def __hash__(self) -> int:
        return hash((self.folder, id(self._context)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, OneRun) and self.folder == other.folder and self._context is other._context


def language_folder(item: TranslatedArticle) -> Path | None:
    """The folder with all catalogues of the language; None for a catalogue that lies in no library."""
    if not item.catalogue.with_suffix("").as_posix().endswith(f"/{item.source.id}"):
        return None
    return item.catalogue.parents[item.source.id.count("/")]
