"""Options of plainleaf report."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipeline.cli._shared import jobs

SUMMARY = "write pages for editors: the library at a glance, its articles with their findings, trends"
EXAMPLES = (
    "  plainleaf report                             dist/report/index.html, to open in a browser\n"
    "  plainleaf report --since 2026-01-01          with trends over the Git history since a day\n"
    "  plainleaf report --since v1.0                ... or since a tag, branch or commit\n"
    "  plainleaf report --release v1.0              what changed since v1.0, not since the last tag\n"
    "  plainleaf report --interface es              the pages themselves in Spanish\n"
    "  plainleaf report --output ~/desk             in a folder of its own\n"
    "The report needs no network and no server. It is for editors: leave dist/report/ out when you publish dist/.\n"
    "exit status: 0 the report is written, whatever it finds; 2 a file cannot be read, and the report says which"
)


def options(parser: argparse.ArgumentParser) -> None:
    """Add them to a parser."""
    parser.add_argument("--output", metavar="DIR", type=Path, help="default: dist/report in the library's folder")
    parser.add_argument(
        "--since", metavar="REVISION|DATE", help="show trends from this commit, tag or day (2026-01-31) on"
    )
    parser.add_argument(
        "--release", metavar="REVISION", help="tell what changed since this revision (default: the last tag)"
    )
    parser.add_argument("--interface", metavar="L", default="en", help="language of the pages: en or es (default: en)")
    parser.add_argument(
        "--jobs", metavar="N", type=jobs, help="processes (default: one for each core where there is much to do)"
    )
