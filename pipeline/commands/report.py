"""The report for editors."""

from __future__ import annotations

import argparse
import sys
import time
from concurrent.futures import Executor
from contextlib import AbstractContextManager
from pathlib import Path

from pipeline import report
from pipeline.building.dist import EDITORS
from pipeline.commands._shared import changing, cores, count, exit_status, the_library
from pipeline.desk import Words
from pipeline.executors import local_executor
from pipeline.library import Library, text_files
from pipeline.model import PlainleafError
from pipeline.overview.folder import ReportFolder
from pipeline.overview.making import make_report
from pipeline.overview.releases import last_release
from pipeline.overview.trends import trend_pages

_MANY = 200
"""Articles and translations from which a report in several processes is there sooner than one in this."""


def run(arguments: argparse.Namespace) -> int:
    """Pages of the library at a glance, of each article, of checks, languages and trends."""
    library = the_library(arguments)
    words = Words(arguments.interface)
    folder = ReportFolder(_folder(arguments.output, library))
    started = time.monotonic()
    errors: list[PlainleafError] = []
    with changing(library, is_dry_run=False):
        release = last_release(library, arguments.release, words, errors)
        with report.Progress("articles") as progress, _executor(arguments.jobs, library) as executor:
            made = make_report(
                library,
                folder,
                executor,
                words=words,
                release=release,
                progress=progress.step,
                trends=lambda frame: trend_pages(library, arguments.since, frame, progress.step),
            )
    done = f"{count(len(made.rows), 'article')}, {time.monotonic() - started:.1f} s"
    print(report.summary([place.finding for place in made.places], done))
    print(f"Open {folder.root / 'index.html'}")
    for error in made.errors:
        print(f"plainleaf: {error}", file=sys.stderr)
    return exit_status((), errors) or (2 if made.errors else 0)


def _executor(jobs: int | None, library: Library) -> AbstractContextManager[Executor]:
    """In several processes where that is worth their start."""
    texts = len(list(text_files([library.source]))) * len(library.languages)
    return local_executor(jobs or (cores() if texts >= _MANY else 1))


def _folder(output: Path | None, library: Library) -> Path:
    """Where the report goes. Raises PlainleafError for a folder that holds something else."""
    folder = output or library.root / "dist" / EDITORS
    taken = [library.source, library.root / "translations"]
    resolved = folder.resolve()
    if any(resolved.is_relative_to(path.resolve()) for path in taken) or resolved == library.root.resolve():
        raise PlainleafError(f"--output {folder}: this is where the library itself stands; choose another folder")
    dist = (library.root / "dist").resolve()
    if resolved.is_relative_to(dist) and resolved != dist / EDITORS:
        raise PlainleafError(f"--output {folder}: dist/ is for what patients get; only dist/{EDITORS} in it is ours")
    return folder
