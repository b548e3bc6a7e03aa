"""Which changes on disk matter to whoever follows a library while people write in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from watchfiles import Change

FOLDERS = ("source", "translations")
"""Of a library, in which people write."""
STEP, GATHER = 20, 100
"""Milliseconds: how often it is looked, and for how long changes are gathered into one."""


def watched(root: Path) -> list[Path]:
    """The folders to watch: the library itself while one that people write in is not there."""
    folders = [root / name for name in FOLDERS if (root / name).is_dir()]
    return folders if len(folders) == len(FOLDERS) else [*folders, root]


def matters(root: Path) -> Callable[[Change, str], bool]:
    """A filter for watchfiles. Changes of cache, outputs and version control are none, nor are temporary files."""

    def is_of_people(_: Change, path: str) -> bool:
        try:
            parts = Path(path).relative_to(root).parts
        except ValueError:
            return False
        # Editors and our own writer save to a temporary file first.
        is_temporary = bool(parts) and (parts[-1].startswith(".") or parts[-1].endswith(("~", ".tmp", ".swp", ".swx")))
        return bool(parts) and parts[0] in FOLDERS and not is_temporary

    return is_of_people
