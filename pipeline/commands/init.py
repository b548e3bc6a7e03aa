"""A new library with one example article."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipeline import scaffold
from pipeline.commands._shared import GOOD


def run(arguments: argparse.Namespace) -> int:
    """A new library with one example article."""
    for path in scaffold.create(arguments.folder):
        print(f"wrote {path}")
    print(
        "Build it with: plainleaf " + (f"--library {arguments.folder} " if arguments.folder != Path() else "") + "build"
    )
    return GOOD
