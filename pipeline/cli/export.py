"""Options of plainleaf export."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipeline.cli._shared import add_dry_run, add_languages

SUMMARY = "write files for translators: XLIFF 2.1 or PO, one for each language and article"
EXAMPLES = (
    "  plainleaf export                             XLIFF of everything, in outgoing/\n"
    "  plainleaf export --language ar source/heart  one topic into Arabic\n"
    "  plainleaf export --to po -o for-agency       PO files, in for-agency/\n"
    "  plainleaf export --dry-run                   only say what would be written\n"
    "Take the files back with plainleaf import-translation."
)


def options(parser: argparse.ArgumentParser) -> None:
    """Add them to a parser."""
    parser.add_argument("paths", metavar="PATH", nargs="*", type=Path, help="articles or topics (default: all)")
    parser.add_argument("--to", choices=("xliff", "po"), default="xliff", help="default: xliff")
    add_languages(parser)
    parser.add_argument(
        "-o", "--output", metavar="DIR", type=Path, default=Path("outgoing"), help="where to (default: outgoing)"
    )
    add_dry_run(parser)
