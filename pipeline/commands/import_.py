"""Draft articles from scraped pages and old documents."""

from __future__ import annotations

import argparse
import datetime
import sys
import textwrap
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from pipeline import report
from pipeline.clock import today
from pipeline.commands._shared import changing, count, exit_status, find, is_coloured
from pipeline.files import read_bytes, write_whole
from pipeline.importing.draft import Draft, make_draft
from pipeline.importing.readers import PAGE_SUFFIXES
from pipeline.importing.report import as_data, as_json, findings, labels
from pipeline.language import load_language
from pipeline.model import PlainleafError

DEFAULT_TOPIC = "imported"
REPORT_SUFFIX = ".import.json"


def run(arguments: argparse.Namespace) -> int:
    """Draft articles from scraped pages and old documents."""
    if arguments.language:
        load_language(arguments.language)
    date = _date(arguments.date)
    folder = _folder(arguments)
    errors: list[PlainleafError] = []
    done: list[dict[str, Any]] = []
    taken: set[Path] = set()
    library = find(arguments) if folder and not arguments.output else None
    files = [(path, error) for given in arguments.files for path, error in _pages(given)]
    with changing(library, arguments.dry_run) if library else nullcontext():
        for path, error in files:
            try:
                if error:
                    raise error
                draft = make_draft(path, date, arguments.language)
                target = _target(draft, folder, taken) if folder else None
                if target is not None and not arguments.dry_run:
                    _write(draft, target, arguments)
                data = as_data(draft, target)
            except PlainleafError as problem:
                errors.append(problem)
                continue
            done.append(data)
            _tell(draft, target, arguments, many=len(files) > 1)
    if arguments.report and not arguments.dry_run:
        write_whole(arguments.report, as_json(done).encode())
    if arguments.format == "json" and not arguments.explain:
        print(as_json(done), end="")
    if arguments.dry_run and arguments.format == "text" and not arguments.explain:
        print("Dry run: nothing was written.")
    return exit_status((), errors)


def _pages(given: Path) -> list[tuple[Path, PlainleafError | None]]:
    """A file itself; of a folder the pages in it, by name; with the error where it holds none."""
    if not given.is_dir():
        return [(given, None)]
    found = sorted(path for path in given.iterdir() if path.is_file() and path.suffix.lower() in PAGE_SUFFIXES)
    if not found:
        error = f"{given}: no page in this folder: files that end in {' '.join(PAGE_SUFFIXES)} are imported"
        return [(given, PlainleafError(error))]
    return [(path, None) for path in found]


def _date(text: str) -> str:
    """The date of the import: as given, else that of the clock. Raises PlainleafError."""
    try:
        return datetime.date.fromisoformat(text).isoformat() if text else today().isoformat()
    except ValueError:
        raise PlainleafError(f"--date: {text!r} is no date such as 2026-03-01") from None


def _folder(arguments: argparse.Namespace) -> Path | None:
    """Where the drafts go; None where --explain asks only to look. Raises PlainleafError when nothing says where."""
    if arguments.output:
        folder: Path = arguments.output
        return folder
    if arguments.explain:
        return None
    library = find(arguments)
    if library is None and not arguments.dry_run:
        raise PlainleafError(
            "no library here: say with -o DIR where the drafts go, or make a library with: plainleaf init"
        )
    return library.source / DEFAULT_TOPIC if library else Path()


def _target(draft: Draft, folder: Path, taken: set[Path]) -> Path:
    """The draft's path; a second page of the same title in one run gets a number."""
    names: Iterator[str] = iter([draft.name, *(f"{draft.name}-{n}" for n in range(2, 10_000))])
    target = next(path for name in names if (path := folder / f"{name}.md") not in taken)
    taken.add(target)
    return target


def _write(draft: Draft, target: Path, arguments: argparse.Namespace) -> None:
    content = draft.text.encode()
    if target.exists() and not arguments.force and read_bytes(target) != content:
        raise PlainleafError(f"{target} is already there: {draft.path} is not imported. Move it away, or use --force")
    write_whole(target, content)
    if not arguments.report:
        write_whole(target.with_suffix(REPORT_SUFFIX), as_json([as_data(draft, target)]).encode())


def _tell(draft: Draft, target: Path | None, arguments: argparse.Namespace, *, many: bool) -> None:
    """What was made of one file, for a person."""
    if arguments.explain:
        sys.stdout.write(labels(draft, with_path=many))
        return
    if arguments.format != "text":
        return
    found = findings(draft)
    if found:
        print(report.findings_text(found, colour=is_coloured()) + "\n")
    lines = draft.counts()
    kept = ", ".join(f"{lines[name]} {name}" for name in ("heading", "body", "list"))
    where = target if target is None or not arguments.dry_run else f"would write {target}"
    print(f"{where}: {count(sum(lines.values()), 'line')} of {draft.path}: {kept}, {lines['boilerplate']} dropped")
    for item in draft.dropped:
        where = f" line {item.line}" if item.line else ""
        print(f"    dropped{where}: {textwrap.shorten(item.text, 80, placeholder='…')} ({item.reason})")
    if draft.page.mended.counts:
        mends = ", ".join(f"{number} x {name}" for name, number in sorted(draft.page.mended.counts.items()))
        print(f"    mended: {mends}")
    print(report.summary(found, draft.path.as_posix()) + "\n")
