"""Options of plainleaf words."""

from __future__ import annotations

import argparse

SUMMARY = "add words to the library's own vocabulary, source/wordlist.txt"
EXAMPLES = "  plainleaf words add Exampletown\n  plainleaf words add Examplol --comment 'a brand name'"


def options(parser: argparse.ArgumentParser) -> None:
    """Add them to a parser."""
    parser.add_argument("action", choices=("add",))
    parser.add_argument("words", metavar="WORD", nargs="+")
    parser.add_argument("--comment", default="", help="stands behind the words in the list")
    parser.add_argument("--force", action="store_true", help="add a word even if it looks like a misspelling")
