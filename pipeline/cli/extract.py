"""Options of plainleaf extract."""

from __future__ import annotations

import argparse

from pipeline.cli._shared import add_dry_run, add_languages

SUMMARY = "create and update the catalogues that translators work on"
EXAMPLES = (
    "  plainleaf extract                            every language of the library\n"
    "  plainleaf extract --language ar              one language, new or not\n"
    "  plainleaf extract --dry-run                  only say what would change\n"
    "  plainleaf extract --keep heart/murmur:12     the text on line 12 was only corrected: its translations stand\n"
    "  plainleaf extract --keep 'heart/*'           so were all that changed in this topic\n"
    "A corrected spelling keeps its translations without --keep; a changed number, unit or negation never does.\n"
    "More: docs/catalogues.md"
)


def options(parser: argparse.ArgumentParser) -> None:
    """Add them to a parser."""
    add_languages(parser)
    parser.add_argument(
        "--keep",
        metavar="ARTICLE[:LINE]",
        action="append",
        help="texts that changed here mean what they meant: their translations stand, and are not fuzzy; "
        "may be given more than once",
    )
    parser.add_argument(
        "--no-memory", action="store_true", help="do not fill empty messages with suggestions from other articles"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text, for people")
    add_dry_run(parser)
