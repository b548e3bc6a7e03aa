"""The translation memories of a library that is served: each catalogue is read once as long as it stands."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import astuple
from pathlib import Path
from typing import Any

from pipeline.catalogue import parse_po
from pipeline.files import read_text
from pipeline.library import Library
from pipeline.memory import Memory, Unit
from pipeline.model import PlainleafError
from pipeline.pretranslating import units_of
from pipeline.stamps import Stamp, scan
from pipeline.store import FOLDER, Store


class Memories:
    """The translation memory of each language, as the catalogues are saved."""

    def __init__(self) -> None:
        self._units: dict[Path, tuple[str, tuple[Unit, ...]]] = {}
        self._memories: dict[str, tuple[Mapping[str, Stamp], Memory]] = {}

    def of(self, library: Library, language: str) -> Memory:
        """What the library has translated into a language. A broken catalogue brings nothing."""
        began = time.time_ns()
        folder = library.root / "translations" / language
        sources = scan([library.source], library.source)
        stamps = {
            path.removesuffix(".po"): stamp
            for path, stamp in scan([folder], folder).items()
            if path.endswith(".po") and f"{path.removesuffix('.po')}.md" in sources
        }
        found = self._memories.get(language)
        if found is None or found[0] != stamps:
            self._read(library, language, stamps, began)
            memory = Memory()
            for article_id in stamps:
                memory.add(self._units[library.catalogue_path(article_id, language)][1])
            found = self._memories[language] = (stamps, memory)
        return found[1]

    def _read(self, library: Library, language: str, stamps: Mapping[str, Stamp], began: int) -> None:
        """Read what has changed, unless an earlier server has, and remember it for a later one."""
        paths = {article_id: library.catalogue_path(article_id, language) for article_id in stamps}
        changed = [name for name, path in paths.items() if self._units.get(path, ("",))[0] != stamps[name].text]
        # Whoever only looks at a library writes nothing into it.
        is_kept = len(changed) > 1 and (library.root / FOLDER).is_dir()
        store = Store(library.root, f"memory-{language}") if is_kept else None
        kept = dict(store.entries()) if store else {}
        for name in changed:
            stamp = stamps[name].text
            units = _again(kept.get(name), stamp)
            if units is None:
                units = _units(name, paths[name])
                if store and stamps[name].is_settled(began):
                    store.put(name, [stamp, [astuple(unit) for unit in units]])
            self._units[paths[name]] = (stamp, units)
        if store:
            store.forget_others(stamps)
            store.write(keep_others=True)


def _units(article_id: str, path: Path) -> tuple[Unit, ...]:
    try:
        return tuple(units_of(article_id, parse_po(path, read_text(path)).entries, lambda *_: False))
    except PlainleafError:
        return ()


def _again(entry: Any, stamp: str) -> tuple[Unit, ...] | None:
    """The units of an entry that holds what a catalogue with this stamp says; None for any other."""
    try:
        of, rows = entry
        return tuple(Unit(*row) for row in rows) if of == stamp else None
    except (TypeError, ValueError):
        return None
