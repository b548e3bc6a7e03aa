"""The catalogues that translators work on."""

from __future__ import annotations

import argparse

from pipeline import extracting, report
from pipeline.commands._shared import GOOD, languages_of, the_library, width
from pipeline.model import PlainleafError


def run(arguments: argparse.Namespace) -> int:
    """Create and update the catalogues."""
    library = the_library(arguments)
    articles = [library.read(path) for path in library.article_paths()]
    languages = languages_of(arguments, library.settings.languages)
    source = library.settings.language
    if source in languages:
        raise PlainleafError(f"{source} is the language of the articles: there is nothing to translate into it")
    if not languages:
        raise PlainleafError("no languages: name one with --language, or list them in source/library.toml")
    done = extracting.extract(library, articles, languages, arguments.dry_run)
    print(report.extractions(done, width()))
    for language in languages:
        if language not in library.settings.languages:
            print(f'Add "{language}" to languages in {library.source / "library.toml"} to build it.')
    if arguments.dry_run:
        print("Dry run: nothing was written.")
    return GOOD
