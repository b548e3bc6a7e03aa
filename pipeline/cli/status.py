"""Options of plainleaf status."""

from __future__ import annotations

import argparse

from pipeline.cli._shared import add_languages

SUMMARY = "show where every translation stands"
EXAMPLES = "  plainleaf status\n  plainleaf status --language es --format json"


def options(parser: argparse.ArgumentParser) -> None:
    """Add them to a parser."""
    add_languages(parser)
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
