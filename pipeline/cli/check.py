"""Options of plainleaf check."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipeline.cli._shared import add_dry_run, jobs

SUMMARY = "look for mistakes in articles and translations"
EXAMPLES = (
    "  plainleaf check                              the whole library\n"
    "  plainleaf check source/heart                 one topic, with its translations\n"
    "  plainleaf check translations/es              the catalogues of one language, or one catalogue\n"
    "  plainleaf check leaflet.md notes/            any Markdown, in a library or not\n"
    "  plainleaf check --sources-only --without reading-grade\n"
    "  plainleaf check --fix --dry-run              show the sure corrections as a diff\n"
    "  plainleaf check --fix                        make them\n"
    "  plainleaf check --format json > findings.json\n"
    "  plainleaf check --format gitlab > gl-code-quality-report.json\n"
    "exit status: 0 no errors, 1 findings of severity error, 2 a file cannot be read"
)


def options(parser: argparse.ArgumentParser) -> None:
    """Add them to a parser."""
    parser.add_argument("paths", metavar="PATH", nargs="*", type=Path, help="default: the library's articles")
    parser.add_argument(
        "--format",
        choices=("text", "json", "github", "gitlab", "sarif"),
        default="text",
        help="default: text, for people",
    )
    parser.add_argument("--sources-only", action="store_true", help="leave the translations of the articles out")
    parser.add_argument(
        "--without", metavar="CHECK", action="append", default=[], help="leave a check out; may be given more than once"
    )
    parser.add_argument("--fix", action="store_true", help="correct what has one sure correction, and nothing else")
    add_dry_run(parser)
    parser.add_argument(
        "--jobs", metavar="N", type=jobs, help="processes (default: one for each core where there is much to check)"
    )
