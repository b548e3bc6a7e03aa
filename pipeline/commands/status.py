"""Where every translation stands."""

from __future__ import annotations

import argparse
import dataclasses
import json

from pipeline import extracting, report
from pipeline.commands._shared import GOOD, known_languages, the_library, width


def run(arguments: argparse.Namespace) -> int:
    """A table: language by article."""
    library = the_library(arguments)
    articles = [library.read(path) for path in library.article_paths()]
    languages = known_languages(arguments, library)
    rows = [row for row in extracting.standings(library, articles) if row.language in languages]
    if arguments.format == "json":
        print(json.dumps([dataclasses.asdict(row) for row in rows], indent=1, ensure_ascii=False))
    elif rows:
        print(report.standings(rows, width()))
    else:
        print("No translations: this library names no target languages in source/library.toml.")
    return GOOD
