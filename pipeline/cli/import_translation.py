"""Options of plainleaf import-translation."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipeline.cli._shared import add_dry_run

SUMMARY = "take back the files that translators sent, and tell what changed and what does not fit"
EXAMPLES = (
    "  plainleaf import-translation heart-murmur.xlf --dry-run   look first\n"
    "  plainleaf import-translation back/*.xlf                   take what fits\n"
    "  plainleaf import-translation back/es.po --format json     for another program\n"
    "A text lands as translated and unsigned. What does not fit stays as it was: a source text that has changed,\n"
    "lost or added codes, a translation that was changed here since it was sent.\n"
    "exit status: 0 good, 1 something did not fit or a check found an error, 2 a file cannot be read"
)


def options(parser: argparse.ArgumentParser) -> None:
    """Add them to a parser."""
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help="XLIFF 2 or PO")
    parser.add_argument(
        "--force", action="store_true", help="take the file's text where the translation changed here, or is signed"
    )
    parser.add_argument(
        "--finished", action="store_true", help="take texts that the file does not mark as translated, too"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text, for people")
    add_dry_run(parser)
