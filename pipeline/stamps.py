"""What files look like from outside: size and times, to see which of thousands have changed without reading them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

CLOCK_STEP = 50_000_000
"""Nanoseconds. A file that changed less than that before it was looked at may change again without a new time."""


class Stamp(NamedTuple):
    """A file from outside. Its content changes and this does not: that cannot be, but within a step of the clock.

    The time of the last change of the inode is among it, which no program can set back: a file that was put in the
    place of another with the same size and date is noticed.
    """

    text: str
    latest: int
    """The later of its times, in nanoseconds since 1970."""
    size: int
    """In bytes."""

    def is_settled(self, began: int) -> bool:
        """Whether it was old enough, when looked at then (nanoseconds since 1970), to change with the content."""
        return self.latest <= began - CLOCK_STEP


GONE = Stamp("-", 0, 0)
"""Of a link that leads nowhere, or a file that is gone again."""


def look_at(path: Path) -> Stamp:
    """The stamp of one file; GONE when it is not there."""
    return stamp_of(path) or GONE


def stamp_of(path: Path) -> Stamp | None:
    """The stamp of one file; None when it is not there."""
    try:
        return _stamp(path.stat())
    except OSError:
        return None


def _stamp(found: os.stat_result) -> Stamp:
    modified, changed = found.st_mtime_ns, found.st_ctime_ns
    text = f"{found.st_size} {modified} {changed} {found.st_ino}"
    return Stamp(text, max(modified, changed), found.st_size)


def scan(folders: Iterable[Path], root: Path, left_out: Path | None = None) -> dict[str, Stamp]:
    """All files in these folders by their path from ``root``, sorted; through links to folders, but through none twice.

    left_out: a folder in one of them that does not count. What Python compiles (``__pycache__``) does not count either.
    """
    found: dict[str, Stamp] = {}
    for folder in folders:
        if folder.is_dir():
            name = folder.relative_to(root).as_posix()
            _scan(
                os.fspath(folder),
                "" if name == "." else f"{name}/",
                found,
                set(),
                None if left_out is None else os.fspath(left_out),
            )
    return dict(sorted(found.items()))


def _scan(folder: str, prefix: str, found: dict[str, Stamp], seen: set[tuple[int, int]], left_out: str | None) -> None:
    try:
        own = Path(folder).stat()
        if (own.st_dev, own.st_ino) in seen:
            return
        seen.add((own.st_dev, own.st_ino))
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.is_dir():
            if entry.name != "__pycache__" and entry.path != left_out:
                _scan(entry.path, f"{prefix}{entry.name}/", found, seen, left_out)
        elif not entry.name.endswith(".pyc"):
            try:
                found[prefix + entry.name] = _stamp(entry.stat())
            except OSError:
                found[prefix + entry.name] = GONE


def digest_of(stamps: Mapping[str, Stamp]) -> str:
    """The digest of files by path and stamp."""
    rows = "\0".join(f"{path}\0{stamp.text}" for path, stamp in stamps.items())
    return sha256(rows.encode("utf-8", "surrogatepass")).hexdigest()
