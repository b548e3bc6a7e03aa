"""Options of plainleaf extract."""

from __future__ import annotations

import argparse

from pipeline.cli._shared import add_dry_run, add_languages

SUMMARY = "create and update the catalogues that translators work on"
EXAMPLES = (
    "  plainleaf extract                            every language of the library\n"
    "  plainleaf extract --language ar              one language, new or not\n"
    "  plainleaf extract --dry-run                  only say what would change"
)


def options(parser: argparse.ArgumentParser) -> None:
    """Add them to a parser."""
    add_languages(parser)
    add_dry_run(parser)
