"""Options of plainleaf sign."""

from __future__ import annotations

import argparse
import datetime

from pipeline.cli._shared import add_dry_run

SUMMARY = "sign a translation, or show what is signed and what is not"
EXAMPLES = (
    "  plainleaf sign --language ar heart/heart-murmur\n"
    "                                               who has signed it, and what waits for a signature\n"
    "  plainleaf sign --language ar heart/heart-murmur --as translator --name 'Example Name' \\\n"
    "      --credential 'example credential' --method 'machine draft, revised word by word'\n"
    "  plainleaf sign --language ar heart/heart-murmur --as checker --name 'Another Name' \\\n"
    "      --credential 'example credential' --changed-only\n"
    "                                               sign only what has changed since somebody signed\n"
    "  plainleaf sign --language ar interface --as checker --name 'Another Name' --credential '...'\n"
    "                                               the words that every leaflet adds, once a language\n"
    "  plainleaf sign --language ar heart/heart-murmur --as checker --withdraw\n"
    "A signature is yours for good only with your commit: it stands in translations/, beside the catalogue."
)


def options(parser: argparse.ArgumentParser) -> None:
    """Add them to a parser."""
    parser.add_argument("article", metavar="ARTICLE", help="such as heart/heart-murmur, or interface")
    parser.add_argument("--language", metavar="L", required=True, help="the language of the translation, such as ar")
    parser.add_argument("--as", dest="role", choices=("translator", "checker"), help="what you answer for")
    parser.add_argument("--name", help="your name, as it will stand on the leaflet")
    parser.add_argument("--credential", help="what qualifies you, such as 'certified translator, English to Arabic'")
    parser.add_argument("--method", default="", help="how you worked, such as 'read against the source, twice'")
    parser.add_argument("--date", type=_date, metavar="YYYY-MM-DD", help="default: today")
    parser.add_argument("--changed-only", action="store_true", help="sign only what nobody in your role has signed")
    parser.add_argument("--withdraw", action="store_true", help="take the signatures of this role back")
    add_dry_run(parser)


def _date(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date such as 2026-03-01") from None
