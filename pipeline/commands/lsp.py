"""The language server."""

from __future__ import annotations

import argparse
import sys

from pipeline.commands._shared import GOOD
from pipeline.library import open_library
from pipeline.model import PlainleafError


def run(arguments: argparse.Namespace) -> int:
    """Answer to an editor until it says exit."""
    try:
        from pipeline.lsp.server import serve  # noqa: PLC0415 - pygls is not everywhere
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        if missing not in ("pygls", "lsprotocol", "cattrs"):
            raise
        raise PlainleafError(f"lsp needs {missing}: install it with: pip install 'plainleaf[lsp]'") from None
    if sys.stdin.isatty():
        print("plainleaf: lsp waits for an editor on standard input; stop it with Ctrl+C", file=sys.stderr)
    root = arguments.library.resolve() if arguments.library else None
    if root:
        open_library(root)
    serve(root, arguments.docs)
    return GOOD
