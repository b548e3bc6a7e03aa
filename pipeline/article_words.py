"""The words that each article of a library uses, counted once as long as the article stands."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass
from typing import Any

from pipeline.cache import own_files
from pipeline.checking import word_use
from pipeline.library import Library
from pipeline.model import PlainleafError
from pipeline.stamps import Stamp, scan
from pipeline.store import FOLDER, Store

_UNLIKE = ("formats/", "report/", "cli/", "commands/", "overview/", "serving/", "desk/", "building/", "importing/")
"""Where files of Plainleaf lie that count no words."""


@dataclass(frozen=True, slots=True)
class _Known:
    """An article as it was when its words were counted."""

    stamp: Stamp
    words: frozenset[str]


class ArticleWords:
    """The words of the articles as they are saved."""

    def __init__(self) -> None:
        self._known: dict[str, _Known] = {}

    @property
    def article_ids(self) -> frozenset[str]:
        """Of the articles that were there at the last look."""
        return frozenset(self._known)

    def use(self) -> Counter[str]:
        """For each word in lower case the number of articles that use it. A broken article uses none."""
        return Counter(word for known in self._known.values() for word in known.words)

    def look(self, library: Library) -> bool:
        """Look at the disk, and count what has changed. Returns whether anything has."""
        began = time.time_ns()
        paths = {library.article_id(path): path.relative_to(library.source) for path in library.article_paths()}
        found = scan([library.source], library.source)
        stamps = {name: found[path.as_posix()] for name, path in paths.items() if path.as_posix() in found}
        before = {name: known.stamp for name, known in self._known.items()}
        changed = [name for name, stamp in stamps.items() if before.get(name) != stamp]
        if stamps == before:
            return False
        # Whoever only looks at a library writes nothing into it.
        is_kept = len(changed) > 1 and (library.root / FOLDER).is_dir()
        store = Store(library.root, "article-words") if is_kept else None
        program = (
            own_files("formats/", "report/", "cli/", "commands/", "overview/", "serving/", "desk/") if store else ""
        )
        remembered = dict(store.entries()) if store else {}
        for name in changed:
            mark = f"{stamps[name].text} {program}"
            words = _again(remembered.get(name), mark)
            if words is None:
                words = _counted(library, name)
                if store and stamps[name].is_settled(began):
                    store.put(name, [mark, " ".join(sorted(words))])
            self._known[name] = _Known(stamps[name], words)
        self._known = {name: self._known[name] for name in stamps}
        if store:
            store.forget_others(stamps)
            store.write(keep_others=True)
        return True


def _counted(library: Library, article_id: str) -> frozenset[str]:
    try:
        return frozenset(word_use([library.read(library.source / f"{article_id}.md")]))
    except PlainleafError:
        return frozenset()


def _again(entry: Any, mark: str) -> frozenset[str] | None:
    """The words of an entry that was left of the same file; None for any other."""
    try:
        of, words = entry
        return frozenset(words.split()) if of == mark else None
    except (TypeError, ValueError, AttributeError):
        return None
