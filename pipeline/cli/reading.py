"""Options of plainleaf reading."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipeline.cli._shared import add_languages

SUMMARY = "show how hard every article is to read, in every language"
EXAMPLES = "  plainleaf reading\n  plainleaf reading leaflet.md\n  plainleaf reading --language es --format json"


def options(parser: argparse.ArgumentParser) -> None:
    """Add them to a parser."""
    parser.add_argument(
        "paths",
        nargs="*",
        type=Path,
        metavar="PATH",
        help="Markdown files or folders (default: the library's articles)",
    )
    add_languages(parser)
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
