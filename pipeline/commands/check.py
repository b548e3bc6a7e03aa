"""Findings on articles and translations, and their sure corrections."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

from pipeline import report
from pipeline.checking import Checked, check_paths
from pipeline.checks import refuse_unknown
from pipeline.commands._shared import changing, cores, count, exit_status, find, is_coloured, the_library
from pipeline.fixing import plan_fixes, write_fixes
from pipeline.language import PSEUDO
from pipeline.library import Library, stray_files, text_files
from pipeline.model import PlainleafError

_MANY = 200
"""Articles and translations from which a check in several processes ends sooner than one in this."""


def run(arguments: argparse.Namespace) -> int:
    """Findings on articles and translations."""
    library = find(arguments) if arguments.paths else the_library(arguments)
    if arguments.dry_run and not arguments.fix:
        raise PlainleafError("--dry-run goes with --fix: a check changes nothing")
    refuse_unknown(arguments.without, "--without")
    paths = arguments.paths or [library.source] if library else arguments.paths
    if arguments.fix:
        with changing(library, arguments.dry_run) if library else nullcontext():
            return _fix(_check(paths, library, arguments), arguments.dry_run)
    checked = _check(paths, library, arguments)
    if arguments.format == "text":
        text = report.findings_text(checked.findings, colour=is_coloured(), explain=True)
        what = f"{count(checked.articles, 'article')}, {count(checked.translations, 'translation')}"
        print("\n\n".join(part for part in (text, report.summary(checked.findings, what)) if part))
    elif arguments.format == "json":
        print(report.findings_json(checked.findings))
    elif arguments.format == "gitlab":
        print(report.findings_gitlab(checked.findings))
    elif arguments.format == "sarif":
        print(report.findings_sarif(checked.findings))
    elif checked.findings:
        print(report.findings_github(checked.findings))
    if arguments.format == "text" and library:
        _tell_what_is_not_checked(library, checked.translations > 0)
    return exit_status(checked.findings, checked.errors)


def _check(paths: Sequence[Path], library: Library | None, arguments: argparse.Namespace) -> Checked:
    """In several processes where that is worth their start."""
    texts = len(list(text_files(paths))) * (1 + len(library.settings.languages) if library else 1)
    processes = arguments.jobs or (cores() if texts >= _MANY else 1)
    with_translations = not arguments.sources_only
    if library and not arguments.paths and with_translations:
        checked = _of_library(library, processes)
    elif processes > 1:
        from pipeline.executors import local_executor  # noqa: PLC0415 - the check of one file is there sooner

        with local_executor(processes) as executor:
            checked = check_paths(paths, library, executor, with_translations=with_translations)
    else:
        checked = check_paths(paths, library, with_translations=with_translations)
    return replace(checked, findings=tuple(f for f in checked.findings if f.check not in arguments.without))


def _of_library(library: Library, processes: int) -> Checked:
    """What is remembered of the last time, where nothing else can have come of it."""
    from pipeline.executors import local_executor  # noqa: PLC0415 - the check of one file is there sooner
    from pipeline.rechecking import check_again  # noqa: PLC0415

    with local_executor(processes) as executor:
        return check_again(library, executor) or check_paths(
            [library.source], library, executor if processes > 1 else None
        )


def _tell_what_is_not_checked(library: Library, has_translations: bool) -> None:
    for path in stray_files(library):
        print(f"plainleaf: {path} is no article: articles stand in source/<topic>/ and end in .md", file=sys.stderr)
    if not has_translations:
        return
    from pipeline import dictionaries  # noqa: PLC0415 - the check of one file is there sooner

    for language in library.settings.languages:
        reason = "" if language in PSEUDO else dictionaries.missing(language)
        if reason:
            print(f"plainleaf: {reason}", file=sys.stderr)


def _fix(checked: Checked, is_dry_run: bool) -> int:
    """Apply the sure corrections, or show them; then tell what is left."""
    fixes = list(plan_fixes(checked.findings))
    for fixed in fixes:
        print(fixed.diff() if is_dry_run else f"{fixed.path}: {count(len(fixed.findings), 'correction')}")
    if not is_dry_run:
        write_fixes(fixes)
    done = {finding for fixed in fixes for finding in fixed.findings}
    left = [finding for finding in checked.findings if finding not in done]
    print(report.summary(left, f"{count(len(done), 'sure correction')} {'found' if is_dry_run else 'made'}; left"))
    if is_dry_run:
        print("Dry run: nothing was written.")
        return exit_status(checked.findings, checked.errors)
    return exit_status(left, checked.errors)
