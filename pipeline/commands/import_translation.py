"""Files that translators sent back."""

from __future__ import annotations

import argparse

from pipeline import report
from pipeline.commands._shared import FINDINGS, GOOD, changing, is_coloured, the_library
from pipeline.exchange.judging import Options
from pipeline.exchange.model import REFUSED
from pipeline.exchange.returning import take_back


def run(arguments: argparse.Namespace) -> int:
    """Take what fits into the catalogues and tell the rest."""
    library = the_library(arguments)
    options = Options(is_forced=arguments.force, is_finished=arguments.finished)
    with changing(library, arguments.dry_run):
        results = take_back(library, arguments.files, options, arguments.dry_run)
    findings = [finding for taken in results for finding in taken.findings]
    if arguments.format == "json":
        print(report.json_returned(results))
    else:
        print(report.returned(results))
        if findings:
            print("\nThe checks say of what was taken:\n")
            print(report.findings_text(findings, colour=is_coloured(), explain=True))
        if arguments.dry_run:
            print("\nDry run: nothing was written.")
    misfits = any(item.outcome in REFUSED for taken in results for item in taken.judged)
    return FINDINGS if misfits or findings else GOOD
