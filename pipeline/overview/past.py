"""The figures of a library at each commit of its Git history, by the functions that the checks of today use.

The blobs of a commit are laid out in a folder that stays from one commit to the next, so only what differs is written,
and only what depends on it is checked again. What was found of a whole state is kept in .plainleaf/ by the digest of
its blobs.
"""

from __future__ import annotations

import datetime
import re
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from pipeline.cache import digest, own_files
from pipeline.checking import word_use
from pipeline.history import commit_of, git
from pipeline.library import SETTINGS_FILE, Library, open_library
from pipeline.model import PlainleafError, Severity
from pipeline.overview.gathering import Gatherer, Sources, gather
from pipeline.overview.model import Cell
from pipeline.store import Store

FOLDERS = ("source", "translations")
MOST = 200
"""Commits that are looked at; of more, as many are chosen at even distances."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NO_FIGURES = ("formats/", "cli/", "commands/", "audit/", "importing/", "exchange/", "desk/")


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit that changed the library."""

    sha: str
    date: datetime.datetime
    """In universal time."""
    subject: str


@dataclass(frozen=True, slots=True)
class Figures:
    """A library in figures, at one time."""

    articles: int
    grade: float | None
    """Mean reading level of the articles in the source language, by its first formula."""
    errors: int
    warnings: int
    review: int
    translated: int
    """Segments that readers see in their language."""
    total: int
    stale: int
    """Segments whose source has changed since they were translated."""
    unreadable: int
    """Files that cannot be read."""


def commits(root: Path, since: str) -> list[Commit]:
    """The commits that changed a library since a day (2026-01-31) or a revision, the oldest first.

    The revision itself is the first. Raises PlainleafError when there is no Git, no repository or no such revision.
    """
    if _DAY.fullmatch(since):
        span = [f"--since={since}T00:00:00Z", "HEAD"]
    else:
        span = [f"{commit_of(root, since)}^..HEAD"]
        if git(root, "rev-parse", "--verify", "--quiet", span[0].split("..")[0]).returncode:
            span = ["HEAD"]  # It is the first of all.
    form = "--format=%H%x00%ct%x00%s"
    done = git(root, "log", "--first-parent", form, *span, "--", *FOLDERS)
    if done.returncode:
        message = done.stderr.decode("utf-8", "replace").strip()
        raise PlainleafError(f"the history of {root} cannot be read: {message}")
    found = []
    for line in done.stdout.decode("utf-8", "replace").splitlines():
        sha, seconds, subject = line.split("\0", 2)
        found.append(Commit(sha, datetime.datetime.fromtimestamp(int(seconds), datetime.UTC), subject))
    return found[::-1]


def thinned(found: list[Commit], most: int = MOST) -> list[Commit]:
    """At most so many of them at even distances, the first and the last among them."""
    if len(found) <= most:
        return found
    return [found[round(n * (len(found) - 1) / (most - 1))] for n in range(most)]


def figures_over_time(
    library: Library, chosen: list[Commit], progress: Callable[[int, int, str], None]
) -> Iterator[tuple[Commit, Figures | None]]:
    """The figures at each of these commits; None where there was no library, or one that cannot be opened."""
    store = Store(library.root, "trends")
    base = digest(own_files(*_NO_FIGURES))
    with Mirror(library.root) as mirror:
        historian = Historian()
        for done, commit in enumerate(chosen, 1):
            blobs = mirror.blobs(commit.sha)
            key = digest(base, blobs)
            figures = _from_json(store.get(key))
            if figures is None and SETTINGS_FILE.as_posix() in blobs:
                mirror.lay_out(blobs)
                figures = historian.figures(mirror.root, blobs)
                if figures:
                    store.put(key, [getattr(figures, name) for name in Figures.__slots__])
            progress(done, len(chosen), commit.sha[:10])
            yield commit, figures
    store.write(keep_others=True)


def _from_json(row: Any) -> Figures | None:
    try:
        return Figures(*row) if row else None
    except TypeError:
        return None


def figures_of(sources: Sources, cells: list[Cell]) -> Figures:
    """The figures of a library that was read."""
    found: Counter[Severity] = Counter()
    for findings in sources.findings.values():
        found.update(finding.severity for finding in findings)
    for cell in cells:
        if cell.state != "source":
            found += cell.severities
    values = [c.level.value for c in cells if c.state == "source" and c.level and c.level.value is not None]
    stands = [cell.standing for cell in cells if cell.standing]
    return Figures(
        len(sources.articles),
        sum(values) / len(values) if values else None,
        found[Severity.ERROR],
        found[Severity.WARNING],
        found[Severity.REVIEW],
        sum(one.translated for one in stands),
        sum(one.total for one in stands),
        sum(one.fuzzy for one in stands),
        len(set(map(str, sources.errors))),
    )


class Historian:
    """Looks at one state after the other, and remembers each cell by the blobs that it depends on."""

    def __init__(self) -> None:
        self._cells: dict[str, Cell] = {}

    def figures(self, root: Path, blobs: dict[str, str]) -> Figures | None:
        """The figures of the library that is laid out in a folder. None when its settings cannot be read."""
        try:
            library = open_library(root)
            sources = gather(library)
        except PlainleafError:
            return None
        gatherer = Gatherer(sources)
        about = {path: sha for path, sha in blobs.items() if path.count("/") == 1}
        cells: list[Cell] = []
        for article in sources.articles:
            cells.append(gatherer.source(article).cell)
            use = {word: sources.word_use.get(word, 0) for word in word_use([article])}
            own = digest(about, blobs.get(f"source/{article.id}.md"), use)
            for language in library.settings.languages:
                folder = {path: sha for path, sha in blobs.items() if path.startswith(f"translations/{language}/")}
                key = digest(own, article.id, language, folder)
                if key not in self._cells:
                    self._cells[key] = gatherer.translation(article, language).cell
                elif error := self._cells[key].error:
                    sources.errors.append(PlainleafError(error))
                cells.append(self._cells[key])
        sources.known.write(is_whole=False)
        return figures_of(sources, cells)


class Mirror:
    """A folder in which one state of a library after the other is laid out. A context manager."""

    def __init__(self, root: Path) -> None:
        self._git = root
        self._there: dict[str, str] = {}

    def __enter__(self) -> Mirror:
        self._folder = tempfile.TemporaryDirectory(prefix="plainleaf-")
        self.root = Path(self._folder.name)
        command = ["git", "-C", str(self._git.resolve()), "cat-file", "--batch"]
        self._reader = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._reader.stdin
        assert self._reader.stdout
        self._reader.stdin.close()
        self._reader.stdout.close()
        self._reader.wait()
        self._folder.cleanup()

    def blobs(self, sha: str) -> dict[str, str]:
        """Path in the library -> name of its blob, at a commit. Links and modules are left out."""
        listed = git(self._git, "ls-tree", "-r", "-z", sha, "--", *FOLDERS)
        found = {}
        for line in listed.stdout.decode("utf-8", "surrogateescape").split("\0"):
            about, _, path = line.partition("\t")
            if path and about.split()[0] in ("100644", "100755"):
                found[path] = about.split()[2]
        return found

    def lay_out(self, blobs: dict[str, str]) -> None:
        """Make the folder hold these files and no others; what is the same is not touched."""
        for path in self._there.keys() - blobs.keys():
            (self.root / path).unlink(missing_ok=True)
        for path, name in blobs.items():
            if self._there.get(path) != name:
                target = self.root / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(self._content(name))
        self._there = dict(blobs)

    def _content(self, name: str) -> bytes:
        assert self._reader.stdin
        assert self._reader.stdout
        self._reader.stdin.write(f"{name}\n".encode())
        self._reader.stdin.flush()
        header = self._reader.stdout.readline().split()
        if len(header) != 3:
            raise PlainleafError(f"git cannot read the object {name} of the history; try git fsck")
        content = self._reader.stdout.read(int(header[2]))
        self._reader.stdout.read(1)
        return content
