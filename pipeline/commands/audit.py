"""An audit of HTML, EPUB and PDF files, and the report of it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import util
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import report
from pipeline.building.dist import EDITORS
from pipeline.commands._shared import FINDINGS, GOOD, WRONG, cores, find, is_coloured, the_library
from pipeline.executors import local_executor
from pipeline.files import write_whole
from pipeline.library import Library
from pipeline.model import PlainleafError, Severity

if TYPE_CHECKING:
    from pipeline.audit.model import Audit

NEEDED = {"lxml": "lxml", "pikepdf": "pikepdf", "pdfminer": "pdfminer.six"}
"""Modules without which nothing can be audited, and their packages."""
FEW = 3
"""Files up to which another process would take longer to start than to help."""


def run(arguments: argparse.Namespace) -> int:
    """Findings on outputs."""
    absent = [package for module, package in NEEDED.items() if util.find_spec(module) is None]
    if absent:
        raise PlainleafError(f"an audit needs {', '.join(absent)}: pip install 'plainleaf[audit]'")
    if arguments.output and not arguments.report:
        raise PlainleafError("--output goes with --report acr: findings are printed")
    from pipeline.audit.auditing import Options, audit_files, files_of  # noqa: PLC0415 - needs the extra
    from pipeline.report import audit_data, audit_text  # noqa: PLC0415

    library = find(arguments)
    paths = arguments.paths
    if not paths:
        dist = _dist(the_library(arguments))
        # The report there is for editors, and no output.
        paths = [file for file in files_of([dist]) if file.relative_to(dist).parts[0] != EDITORS]
    number = len(list(files_of(paths)))
    jobs = arguments.jobs or (1 if number <= FEW else cores())
    options = Options(browser=not arguments.no_browser, deep=arguments.deep)
    with report.Progress("audit") as progress, local_executor(jobs) as executor:
        audit = audit_files(paths, options, executor, progress.step)
    if arguments.report:
        _write_report(audit, library, arguments.output or Path())
    if arguments.format == "json":
        print(audit_data.render_json(audit))
    elif arguments.format == "sarif":
        print(audit_data.render_sarif(audit))
    elif arguments.format == "github":
        print(audit_data.render_github(audit))
    else:
        parts = (audit_text.render(audit, colour=is_coloured()), audit_text.summary(audit))
        print("\n\n".join(part for part in parts if part))
    _tell("skipped: ", audit.skipped)
    _tell("", audit.errors)
    if audit.errors:
        return WRONG
    return FINDINGS if any(f.severity is Severity.ERROR for f in audit.findings) else GOOD


def _dist(library: Library) -> Path:
    folder = library.root / "dist"
    if not folder.is_dir():
        raise PlainleafError(f"{folder}: nothing is built yet; name files, or run: plainleaf build")
    return folder


def _write_report(audit: Audit, library: Library | None, folder: Path) -> None:
    from pipeline.audit.acr import conformance, openacr, page  # noqa: PLC0415

    found = conformance(audit, library)
    for name, content in (("acr.yaml", openacr(found)), ("acr.html", page(found))):
        write_whole(folder / name, content.encode())
        print(f"wrote {folder / name}", file=sys.stderr)


def _tell(what: str, lines: Sequence[str]) -> None:
    for line in dict.fromkeys(lines):
        print(f"plainleaf: {what}{line}", file=sys.stderr)
