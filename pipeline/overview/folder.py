"""The folder of the report: it holds what the last run made, whole files only, and never a file of somebody else."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable
from pathlib import Path

from pipeline.files import write_whole
from pipeline.model import PlainleafError

PAGES = "pages.json"
"""Lists what a report is made of, so that a later one takes away what it no longer has, and nothing else."""
LARGEST = 500_000
"""Bytes that a page has at most."""


def listed(root: Path) -> frozenset[str] | None:
    """The paths of all files of the report in a folder; None where there is no report."""
    try:
        pages = json.loads((root / PAGES).read_text(encoding="utf-8"))["pages"]
        return frozenset(str(page) for page in pages)
    except (OSError, ValueError, KeyError, TypeError):
        return None


class Pages:
    """Writes pages into the folder of a report, in any process."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._resolved = root.resolve()

    def write(self, path: str, text: str) -> None:
        """One page, by its path in the report. Raises PlainleafError when it cannot be written."""
        target = self.root / path
        if not target.resolve().is_relative_to(self._resolved):
            raise PlainleafError(f"{target}: would lie outside of the report")
        # A page that a loss of power takes away has another stamp, and is made again.
        write_whole(target, text.encode("utf-8"), is_lasting=False)

    def stamp(self, path: str) -> list[int]:
        """Size and times of a file. The last cannot be set back by a program."""
        found = (self.root / path).stat()
        return [found.st_size, found.st_mtime_ns, found.st_ctime_ns]

    def stands(self, path: str, stamp: list[int]) -> bool:
        """Whether a file of the last report is still there as it was written."""
        try:
            return self.stamp(path) == stamp
        except OSError:
            return False


class ReportFolder:
    """Knows which files a report is made of."""

    def __init__(self, root: Path) -> None:
        """Raises PlainleafError when the folder holds files and no report."""
        self.root = root
        self._pages = Pages(root)
        self._before = listed(root)
        self._made: list[str] = []
        if self._before is None and root.exists() and (not root.is_dir() or any(root.iterdir())):
            raise PlainleafError(
                f"{root}: there is something here that is no report ({PAGES} is missing); "
                "choose a folder that is empty or not there yet with --output"
            )

    def begin(self) -> None:
        """From now on the folder is known as ours, even if this run is stopped. Raises PlainleafError."""
        if self._before is None:
            self._note([])

    def write(self, path: str, text: str) -> None:
        """One file, by its path in the report. Raises PlainleafError when it cannot be written."""
        self._pages.write(path, text)
        self._made.append(path)

    def has(self, paths: Iterable[str]) -> None:
        """These files belong to the report: they were written elsewhere, or stay as they are."""
        self._made += paths

    def finish(self) -> None:
        """Take away what an earlier report had and this one has not."""
        for path in sorted(set(self._before or ()) - set(self._made)):
            target = self.root / path
            if target.resolve().is_relative_to(self.root.resolve()):
                with contextlib.suppress(OSError):
                    target.unlink()
                    target.parent.rmdir()
        self._note(self._made)

    def _note(self, paths: list[str]) -> None:
        known = sorted({*paths, *(self._before or ())} if not paths else set(paths))
        write_whole(self.root / PAGES, (json.dumps({"pages": known}, indent=0) + "\n").encode())
