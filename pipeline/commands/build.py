"""Everything in dist/."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter

from pipeline import report
from pipeline.commands._shared import (
    GOOD,
    article_ids,
    cores,
    count,
    exit_status,
    formats_of,
    is_coloured,
    known_languages,
    the_library,
    width,
)
from pipeline.executors import local_executor
from pipeline.library import stray_files
from pipeline.model import Severity, State
from pipeline.run import Selection, build, plan


def run(arguments: argparse.Namespace) -> int:
    """Everything in dist/."""
    library = the_library(arguments)
    selection = Selection(
        article_ids(arguments.paths, library) if arguments.paths else None,
        known_languages(arguments, library),
        formats_of(arguments, library),
    )
    if arguments.dry_run:
        for path in plan(library, selection):
            print(path)
        print("Dry run: nothing was written.")
        return GOOD
    started = time.monotonic()
    with report.Progress("leaflets") as progress, local_executor(arguments.jobs or cores()) as executor:
        made = build(library, selection, executor, progress.step)
    errors = [f for f in made.findings if f.severity is Severity.ERROR]
    if errors:
        print(report.text(errors, colour=is_coloured()) + "\n", file=sys.stderr)
    drafts = Counter(
        e.language
        for e in made.editions
        if e.translated
        and e.translated.count(State.DRAFT)
        and any(o.article == e.source.id and o.language == e.language for o in made.outputs)
    )
    print(report.outputs(made.outputs, drafts, library.languages, width()))
    print()
    print(report.summary(made.findings, f"{count(len(made.outputs), 'file')} in {time.monotonic() - started:.1f} s"))
    for path in stray_files(library):
        print(f"plainleaf: {path} is not built: articles stand in source/<topic>/ and end in .md", file=sys.stderr)
    if len(errors) < len(made.findings):
        print("For all findings: plainleaf check")
    print(f"Open {library.root / 'dist' / 'index.html'}")
    return exit_status(made.findings, made.errors)
