"""Where every translation stands."""

from __future__ import annotations

import argparse
import dataclasses
import json

from pipeline import report
from pipeline.clock import today
from pipeline.commands._shared import exit_status, known_languages, the_library, width
from pipeline.model import PlainleafError
from pipeline.standing import reviews, standings


def run(arguments: argparse.Namespace) -> int:
    """Two tables: language by article, and the review dates."""
    library = the_library(arguments)
    articles = [library.read(path) for path in library.article_paths()]
    errors: list[PlainleafError] = []
    chosen = known_languages(arguments, library)
    rows = standings(library, articles, [code for code in library.settings.languages if code in chosen], errors)
    due = list(reviews(articles, today()))
    if arguments.format == "json":
        found = {
            name: [dataclasses.asdict(row) for row in part] for name, part in (("translations", rows), ("reviews", due))
        }
        print(json.dumps(found, indent=1, ensure_ascii=False, default=str))
    else:
        if rows:
            print(report.standings(rows, width()))
        elif not library.settings.languages:
            print("No translations: this library names no target languages in source/library.toml.")
        if due:
            print()
            print(report.reviews(due, width()))
    return exit_status((), errors)
