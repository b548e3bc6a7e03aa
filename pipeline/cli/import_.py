"""Options of plainleaf import."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipeline.cli._shared import add_dry_run

SUMMARY = "make draft articles of scraped pages and old documents"
EXAMPLES = (
    "  plainleaf import page.html leaflet.docx      drafts in source/imported/\n"
    "  plainleaf import old/*.txt -o source/heart   drafts in a topic of the library\n"
    "  plainleaf import old/                        every page in a folder, by name\n"
    "  plainleaf import page.txt --dry-run          what would be kept and dropped\n"
    "  plainleaf import page.txt --explain          a JSON object for each line: heading, body, list or boilerplate\n"
    "  plainleaf import page.txt --report page.json  everything that was dropped, and why\n"
    "Reads text, HTML, Markdown, DOCX, EPUB, ODT and RTF, and PDF where pdftotext is installed. A draft is not built\n"
    "until an editor has cleared its rights and facts and taken out the line publishable: false.\n"
    "exit status: 0 all imported, 2 a file cannot be imported"
)


def options(parser: argparse.ArgumentParser) -> None:
    """Add them to a parser."""
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help="a page, or a folder of pages")
    parser.add_argument(
        "-o",
        "--output",
        metavar="DIR",
        type=Path,
        help="folder of the drafts (default: source/imported of the library)",
    )
    parser.add_argument(
        "--language", metavar="L", default="", help="language of the files, such as en or zh_Hans (default: found out)"
    )
    parser.add_argument(
        "--date", metavar="DATE", default="", help="date of the import (default: SOURCE_DATE_EPOCH, else today)"
    )
    parser.add_argument(
        "--report", metavar="FILE", type=Path, help="the import report of all files (default: one beside each draft)"
    )
    parser.add_argument(
        "--explain",
        action="store_true",
        help="print the label of every line as JSON; drafts are written only with -o",
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text, for people")
    parser.add_argument("--force", action="store_true", help="overwrite a draft that is already there")
    add_dry_run(parser)
