"""How hard every article is to read, in every language that it stands in."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from pipeline import report
from pipeline.checking import read_articles, translated
from pipeline.commands._shared import exit_status, find, known_languages, the_library, width
from pipeline.library import Library
from pipeline.model import Article, PlainleafError
from pipeline.readability import Reading, measure


def run(arguments: argparse.Namespace) -> int:
    """A table: the figures of each article by its language's formula."""
    library = find(arguments) if arguments.paths else the_library(arguments)
    if library:
        languages = known_languages(arguments, library)
    elif arguments.language:
        raise PlainleafError("--language goes with a library: a file outside of one has no translations")
    else:
        languages = ()
    paths = arguments.paths or ([library.source] if library else [])
    articles, errors = read_articles(paths, library)
    rows = list(_readings(articles, library, languages, errors))
    target = library.settings.grade if library else None
    print(
        report.readings_json(rows, target)
        if arguments.format == "json"
        else report.readings_text(rows, target, width())
    )
    return exit_status((), errors)


def _readings(
    articles: list[Article], library: Library | None, languages: tuple[str, ...], errors: list[PlainleafError]
) -> Iterator[tuple[str, Reading]]:
    """(article, its figures), the source language first. A translation of which nothing can be printed is left out."""
    for language in dict.fromkeys((library.settings.language if library else "en", *languages)):
        for article in articles:
            if language == article.language:
                if not languages or language in languages:
                    yield article.id, measure(article)
                continue
            try:
                found = translated(library, article, language) if library and library.holds(article.path) else None
            except PlainleafError as error:
                errors.append(error)
                continue
            if found and found.printable:
                yield article.id, measure(found.article)
