"""Options of plainleaf lsp."""

from __future__ import annotations

import argparse

SUMMARY = "answer to an editor: findings, corrections and terms while people write"
EXAMPLES = (
    "  plainleaf lsp                                an editor runs this, and talks to it over standard input\n"
    "  plainleaf --library leaflets lsp             one library for every file\n"
    "  plainleaf lsp --docs https://docs.example.org/checks.html\n"
    "docs/editors.md in the project tells how to set an editor up. Needs pygls: pip install 'plainleaf[lsp]'"
)


def options(parser: argparse.ArgumentParser) -> None:
    """Add them to a parser."""
    parser.add_argument("--stdio", action="store_true", help="the only way there is; some editors add it")
    parser.add_argument(
        "--docs", metavar="URL", default="", help="page that explains the checks (default: one that the server writes)"
    )
