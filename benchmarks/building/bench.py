"""The libraries that the rows of benchmarks/build.py are measured on, and how a row is told."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from make_library import make

from building.measuring import PLAINLEAF, Run, run

MB = 1_000_000


@dataclass(frozen=True)
class Row:
    """A line of the table."""

    name: str
    figure: str
    """What was measured, with units."""
    must: str = ""
    """What it should be."""
    note: str = ""


@dataclass
class Bench:
    """Where things lie, and how much is to be measured."""

    folder: Path
    articles: int
    large: int
    languages: int
    seed: int
    jobs: int
    repeat: int
    sample: int
    is_whole: bool
    corpus: Path | None

    def library(self, articles: int) -> Path:
        """A made-up library of so many articles; made once, and kept for the next rows."""
        root = self.folder / f"library-{articles}x{self.languages}"
        if not (root / "made").exists():
            shutil.rmtree(root, ignore_errors=True)
            make(root, articles, self.languages, self.seed)
            (root / "made").touch()
        return root

    def built(self, articles: int) -> Path:
        """The same library, with everything in dist/."""
        root = self.library(articles)
        if not (root / "dist" / "index.html").exists():
            print(f"(building {articles} articles in {self.languages} languages first)", flush=True)
        self.build(root)
        return root

    def build(self, root: Path, *arguments: str, env: dict[str, str] | None = None) -> Run:
        """A build as a user starts it."""
        jobs = ["--jobs", str(self.jobs)] if self.jobs else []
        return run([PLAINLEAF, "--library", root, "build", *jobs, *arguments], env=env)


def clean(root: Path) -> None:
    """Forget what an earlier build made."""
    for name in ("dist", ".plainleaf"):
        shutil.rmtree(root / name, ignore_errors=True)


def print_rows(rows: Iterable[Row]) -> None:
    """Each as soon as it is measured."""
    for row in rows:
        print(f"  {row.name}: {row.figure}" + (f"   [{row.must}]" if row.must else ""), flush=True)
        if row.note:
            print(f"      {row.note}", flush=True)
