"""Options of plainleaf changes."""

from __future__ import annotations

import argparse

SUMMARY = "tell what changed since a release, and which printed leaflets to recall"
EXAMPLES = (
    "  plainleaf changes --since v1.0               what readers see otherwise, by article and language\n"
    "  plainleaf changes --since v1.0 --recall      only the leaflets to recall\n"
    "  plainleaf changes --since v1.0 --format json\n"
    "The older state is read from Git; files need not be committed to be compared with it."
)


def options(parser: argparse.ArgumentParser) -> None:
    """Add them to a parser."""
    parser.add_argument("--since", metavar="REVISION", required=True, help="a tag, branch or commit, such as v1.0")
    parser.add_argument(
        "--recall", action="store_true", help="only leaflets that say something that is dangerously wrong now"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
