"""Options of plainleaf build."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipeline.cli._shared import add_dry_run, add_languages, jobs

SUMMARY = "make leaflets in dist/ from source/ and translations/"
EXAMPLES = (
    "  plainleaf build                              everything\n"
    "  plainleaf build --language ar --to pdf       the Arabic PDF leaflets\n"
    "  plainleaf build --to pdf,pdf-large           also in large print\n"
    "  plainleaf build source/heart/heart-murmur.md one article in every language\n"
    "  plainleaf build --to md --language es        the translated Markdown, to look at\n"
    "  plainleaf build --release                    only what is signed, reviewed and up to date\n"
    "  plainleaf build --release --dry-run          why an article would be left out, and what to do\n"
    "  plainleaf build --language en_XA             a pseudo-language, to see what a translation does to the pages;\n"
    "                                               ar_XB is one from right to left\n"
    "  plainleaf build --cluster tcp://10.0.0.5:8786   on the machines of a Dask cluster\n"
    "  plainleaf build --watch                      keep dist/ as the texts are while you write\n"
    "  plainleaf build --dry-run                    only list the files\n"
    "exit status: 0 good, 1 built but findings of severity error or an article refused by --release,\n"
    "2 something could not be built"
)


def options(parser: argparse.ArgumentParser) -> None:
    """Add them to a parser."""
    parser.add_argument("paths", metavar="PATH", nargs="*", type=Path, help="articles or topics (default: all)")
    add_languages(parser)
    parser.add_argument(
        "--to",
        metavar="FORMATS",
        help="html, epub, pdf, pdf-large, pdf-bilingual, pdf-trifold, pdf-letter, pdf-a5, pdf-booklet, docx, txt, "
        "ssml, brf, md, with commas between (default: as in library.toml)",
    )
    parser.add_argument("--release", action="store_true", help="leave out, and say why, what must not go to patients")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="of the report (default: text)")
    parser.add_argument("--jobs", metavar="N", type=jobs, help="processes (default: one for each core)")
    parser.add_argument(
        "--cluster",
        metavar="ADDRESS",
        help="lay the leaflets out on the workers of a Dask cluster, whose scheduler is at this address, such as "
        "tcp://scheduler:8786 or tls://scheduler:8786; see docs/scaling.md",
    )
    for name, what in (("ca", "certificates of its authority"), ("cert", "certificate"), ("key", "private key")):
        parser.add_argument(f"--cluster-{name}", metavar="FILE", default="", help=f"for tls://: the {what}, PEM")
    parser.add_argument(
        "--watch", action="store_true", help="go on: build each change as it is saved, until Ctrl-C; the leaflet first"
    )
    add_dry_run(parser)
