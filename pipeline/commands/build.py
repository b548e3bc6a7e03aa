"""Everything in dist/."""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import Executor
from contextlib import AbstractContextManager
from importlib.util import find_spec

from pipeline import report
from pipeline.building.dist import EDITORS
from pipeline.building.selection import Selection
from pipeline.building.state import Build, BuildState
from pipeline.commands._shared import (
    FINDINGS,
    GOOD,
    article_ids,
    changing,
    cores,
    count,
    exit_status,
    formats_of,
    is_coloured,
    known_languages,
    the_library,
    width,
    with_pseudo,
)
from pipeline.library import Library, stray_files
from pipeline.model import PlainleafError
from pipeline.objection import Objection, refused
from pipeline.signatures import INTERFACE

_RARELY = 200_000, 20, 20
"""Most of what a build reads stays to its end: the collector need not look through it again and again."""


def run(arguments: argparse.Namespace) -> int:
    """Everything in dist/."""
    if arguments.watch:
        return _watch(arguments)
    library, selection = _chosen(arguments)
    if arguments.dry_run:
        return _dry_run(library, selection, arguments)
    started = time.monotonic()
    with changing(library, is_dry_run=False):
        made = _made(library, selection, arguments)
    raised = _chosen_of(made.objections, selection)
    if arguments.format == "json":
        print(report.build_json(made.outputs, raised, made.findings))
    else:
        _tell(made, raised, library, selection, time.monotonic() - started)
    return exit_status(made.findings.errors, made.errors) or (FINDINGS if refused(raised) else GOOD)


def _chosen(arguments: argparse.Namespace) -> tuple[Library, Selection]:
    library = with_pseudo(the_library(arguments), arguments.language, arguments.release)
    articles = article_ids(arguments.paths, library) if arguments.paths else None
    languages, formats = known_languages(arguments, library), formats_of(arguments, library)
    return library, Selection(articles, languages, formats, arguments.release)


def _watch(arguments: argparse.Namespace) -> int:
    alone = {"--dry-run": arguments.dry_run, "--release": arguments.release, "--cluster": arguments.cluster}
    for name in (name for name, given in alone.items() if given):
        raise PlainleafError(f"--watch is for writing, and does not go with {name}; build so when you are done")
    if arguments.format != "text":
        raise PlainleafError(f"--watch tells people what is built, and does not go with --format {arguments.format}")
    if find_spec("watchfiles") is None:
        raise PlainleafError("--watch needs watchfiles, which is not installed; pip install 'plainleaf[desk]'")
    from pipeline.commands._following import follow  # noqa: PLC0415 - only here, and slow to import

    library, selection = _chosen(arguments)

    def tell(made: Build, seconds: float) -> None:
        _tell(made, (), library, selection, seconds)
        exit_status((), made.errors)

    gc.set_threshold(*_RARELY)
    return follow(lambda: _chosen(arguments), _executor(arguments, selection), tell)


def _made(library: Library, selection: Selection, arguments: argparse.Namespace) -> Build:
    state = BuildState(library, selection)
    if before := state.unchanged():
        return before
    gc.set_threshold(*_RARELY)
    # Imported here: a build that has nothing to do is to say so at once.
    from pipeline.run import build  # noqa: PLC0415

    with report.Progress("leaflets") as progress, _executor(arguments, selection) as executor:
        return build(library, selection, executor, progress.step, state)


def _dry_run(library: Library, selection: Selection, arguments: argparse.Namespace) -> int:
    from pipeline.run import gate, plan  # noqa: PLC0415

    if arguments.release:
        found, errors = gate(library)
        return _tell_release(_chosen_of(found, selection), arguments.format) or exit_status((), errors)
    for path in plan(library, selection):
        print(path)
    print("Dry run: nothing was written.")
    return GOOD


def _executor(arguments: argparse.Namespace, selection: Selection) -> AbstractContextManager[Executor]:
    if not arguments.cluster:
        from pipeline.executors import local_executor  # noqa: PLC0415

        return local_executor(arguments.jobs or cores())
    if arguments.jobs:
        raise PlainleafError("--jobs is for this machine alone: with --cluster, the workers say how many they are")
    from pipeline.clusters import Encryption, cluster_executor  # noqa: PLC0415

    encryption = Encryption(arguments.cluster_ca, arguments.cluster_cert, arguments.cluster_key)
    return cluster_executor(arguments.cluster, encryption, has_braille="brf" in selection.formats)


def _tell(made: Build, raised: Sequence[Objection], library: Library, selection: Selection, seconds: float) -> None:
    errors = made.findings.errors
    if errors:
        print(report.findings_text(errors, colour=is_coloured()) + "\n", file=sys.stderr)
    print(report.outputs(made.outputs, Counter(made.drafts), library.languages, width()))
    print()
    done = "nothing has changed" if made.is_unchanged else f"{seconds:.1f} s"
    print(report.summary(made.findings.tally, f"{count(len(made.outputs), 'file')}, {done}"))
    for path in stray_files(library):
        print(f"plainleaf: {path} is not built: articles stand in source/<topic>/ and end in .md", file=sys.stderr)
    for reason in made.skipped:
        print(f"plainleaf: {reason}", file=sys.stderr)
    if len(errors) < len(made.findings):
        print("For all findings: plainleaf check")
    if selection.is_release:
        _tell_release(raised, "text")
        if (library.root / "dist" / EDITORS).exists():
            print(f"plainleaf: dist/{EDITORS}/ is for editors: leave it out when you publish dist/", file=sys.stderr)
    print(f"Open {library.root / 'dist' / 'index.html'}")


def _tell_release(raised: Sequence[Objection], form: str) -> int:
    """Print what the gates say, without having built; the exit status."""
    left_out = sum(article != INTERFACE for article, _ in refused(raised))
    if form == "json":
        print(report.build_json((), raised, ()))
    else:
        if raised:
            print(report.objections(raised, width()))
        print(f"{count(left_out, 'leaflet')} refused." if left_out else "Nothing is refused.")
    return FINDINGS if left_out else GOOD


def _chosen_of(found: Sequence[Objection], selection: Selection) -> list[Objection]:
    """Those of the chosen articles and languages, the words that every leaflet adds among them."""
    articles = None if selection.articles is None else {INTERFACE, *selection.articles}
    return [o for o in found if o.language in selection.languages and (articles is None or o.article in articles)]
