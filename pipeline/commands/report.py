"""The report for editors."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from pipeline import report
from pipeline.building.dist import EDITORS
from pipeline.commands._shared import changing, count, exit_status, the_library
from pipeline.desk import Words
from pipeline.library import Library
from pipeline.model import PlainleafError
from pipeline.overview.folder import ReportFolder
from pipeline.overview.making import make_report
from pipeline.overview.releases import last_release
from pipeline.overview.trends import trend_pages


def run(arguments: argparse.Namespace) -> int:
    """Pages of the library at a glance, of each article, of checks, languages and trends."""
    library = the_library(arguments)
    words = Words(arguments.interface)
    folder = ReportFolder(_folder(arguments.output, library))
    started = time.monotonic()
    errors: list[PlainleafError] = []
    with changing(library, is_dry_run=False):
        release = last_release(library, arguments.release, words, errors)
        with report.Progress("articles") as progress:
            made = make_report(
                library,
                folder,
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
