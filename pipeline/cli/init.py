"""Options of plainleaf init."""

from __future__ import annotations

import argparse
from pathlib import Path

SUMMARY = "make a new library with one example article, ready to build"
EXAMPLES = "  plainleaf init my-library\n  cd my-library && plainleaf build"


def options(parser: argparse.ArgumentParser) -> None:
    """Add them to a parser."""
    parser.add_argument("folder", metavar="DIR", nargs="?", type=Path, default=Path(), help="default: here")
