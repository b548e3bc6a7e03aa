"""Options of plainleaf serve."""

from __future__ import annotations

import argparse
from pathlib import Path

SUMMARY = "write, translate and sign in a browser, with the leaflet and the findings beside the text"
EXAMPLES = (
    "  plainleaf serve                              opens a browser; Ctrl-C ends it\n"
    "  plainleaf serve source/heart/murmur.md       begins with this article\n"
    "  plainleaf serve translations/es/heart/murmur.po\n"
    "                                               begins with its Spanish translation\n"
    "  plainleaf serve --no-open --port 9000        prints the address only\n"
    "  plainleaf serve --editor vscode              a click on a finding opens its line in VS Code\n"
    "  plainleaf serve --editor 'gedit +{line}:{column} {path}'\n"
    "Only this machine can reach the pages, and nothing that you type leaves it."
)
PORT = 8321


def options(parser: argparse.ArgumentParser) -> None:
    """Add them to a parser."""
    parser.add_argument(
        "path",
        metavar="PATH",
        nargs="?",
        type=Path,
        help="the article or catalogue to begin with (default: the list of all)",
    )
    parser.add_argument("--port", type=_port, default=PORT, help=f"0 for any that is free (default: {PORT})")
    parser.add_argument("--host", default="127.0.0.1", help="127.0.0.1 or ::1; no other is taken (default: 127.0.0.1)")
    parser.add_argument("--no-open", action="store_true", help="do not open a browser, only print the address")
    parser.add_argument(
        "--editor",
        metavar="E",
        help="opens the line of a finding: vscode, vscodium, cursor, zed, sublime, kate, gedit, emacs, an address with "
        "{path}, {line} and {column}, or a command with them (default: $PLAINLEAF_EDITOR, else the place is shown)",
    )


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: a number from 0 to 65535")
    return int(text)
