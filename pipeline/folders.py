"""What must not stand in a library's folders: links that lead out of it, and names that some computers take for one."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

from pipeline.model import PlainleafError

WATCHED = ("source", "translations")
"""Folders whose files come from many hands. dist/ may lie anywhere: who builds has chosen where."""


def look_over(root: Path) -> None:
    """Raise PlainleafError when a file of the library is not one everywhere, or leads to files that are not its own.

    A link may lead to another file of the library, even in a circle. One that leads out would put whatever the computer
    holds there into a leaflet, or write there.
    """
    home = os.path.realpath(root)
    seen: set[str] = set()
    waiting = [root / folder for folder in WATCHED if (root / folder).is_dir()]
    for folder in waiting:
        if folder.is_symlink():
            _refuse_outside(folder, home)
    while waiting:
        folder = waiting.pop()
        real = os.path.realpath(folder)
        if real not in seen:
            seen.add(real)
            waiting += _look_into(folder, home)


def _look_into(folder: Path, home: str) -> list[Path]:
    """The folders in a folder. Raises PlainleafError."""
    names: dict[str, str] = {}
    found = []
    try:
        with os.scandir(folder) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                same = unicodedata.normalize("NFC", entry.name).casefold()
                if same in names:
                    raise PlainleafError(
                        f"{folder / names[same]} and {folder / entry.name}: the names differ only in capitals or "
                        "accents, and on many computers they are one file; rename one of them"
                    )
                names[same] = entry.name
                if entry.is_symlink():
                    _refuse_outside(folder / entry.name, home)
                if entry.is_dir():
                    found.append(folder / entry.name)
    except OSError as error:
        raise PlainleafError(f"{folder}: cannot be read: {error.strerror or error}") from None
    return found


def _refuse_outside(path: Path, home: str) -> None:
    target = os.path.realpath(path)
    if not Path(target).is_relative_to(home):
        raise PlainleafError(
            f"{path}: a link that leads out of the library, to {target}: put the file itself there, or take the link "
            "away"
        )
