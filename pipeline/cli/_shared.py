"""Options that several commands have."""

from __future__ import annotations

import argparse


def add_languages(parser: argparse.ArgumentParser) -> None:
    """--language, as often as one likes."""
    parser.add_argument(
        "--language",
        metavar="L",
        action="append",
        help="a language such as es or zh_Hans; may be given more than once (default: all of the library)",
    )


def add_dry_run(parser: argparse.ArgumentParser) -> None:
    """--dry-run."""
    parser.add_argument("--dry-run", action="store_true", help="change nothing, only say what would be done")


def jobs(text: str) -> int:
    """A number of processes, from what was typed."""
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of processes, such as 2")
    return int(text)
