"""Options of plainleaf audit."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipeline.cli._shared import jobs

SUMMARY = "prove that HTML, EPUB and PDF files can be read by everyone"
EXAMPLES = (
    "  plainleaf audit                              everything in dist/\n"
    "  plainleaf audit dist/ar                      one language\n"
    "  plainleaf audit leaflet.pdf book.epub x.html any files, ours or not\n"
    "  plainleaf audit --deep                       with Ace and the Nu HTML checker, where they are found\n"
    "  plainleaf audit --no-browser                 only what needs no browser\n"
    "  plainleaf audit --report acr -o reports      a conformance report, as OpenACR and as a web page\n"
    "  plainleaf audit --format sarif > audit.sarif\n"
    "exit status: 0 no errors, 1 findings of severity error, 2 a file cannot be read"
)


def options(parser: argparse.ArgumentParser) -> None:
    """Add them to a parser."""
    parser.add_argument(
        "paths", metavar="PATH", nargs="*", type=Path, help="HTML, EPUB and PDF files, and folders (default: dist/)"
    )
    parser.add_argument(
        "--format", choices=("text", "json", "github", "sarif"), default="text", help="default: text, for people"
    )
    parser.add_argument("--deep", action="store_true", help="also Ace and the Nu HTML checker; some seconds a file")
    parser.add_argument("--no-browser", action="store_true", help="leave out what needs Chromium, such as axe-core")
    parser.add_argument(
        "--report", choices=("acr",), help="write an accessibility conformance report of what was audited"
    )
    parser.add_argument(
        "-o", "--output", metavar="DIR", type=Path, help="where the report goes (default: the current folder)"
    )
    parser.add_argument("--jobs", metavar="N", type=jobs, help="processes (default: one for each core)")
