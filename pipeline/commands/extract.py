"""The catalogues that translators work on."""

from __future__ import annotations

import argparse
import sys

from pipeline import extracting, report
from pipeline.commands._shared import GOOD, changing, the_library, to_translate, width
from pipeline.model import PlainleafError


def run(arguments: argparse.Namespace) -> int:
    """Create and update the catalogues."""
    library = the_library(arguments)
    found = [library.read(path) for path in library.article_paths()]
    articles = [article for article in found if article.is_publishable]
    for article in found:
        if not article.is_publishable:
            print(f"plainleaf: {article.path} is a draft that is not cleared: no text for translators", file=sys.stderr)
    languages = to_translate(arguments, library)
    source = library.settings.language
    if source in languages:
        raise PlainleafError(f"{source} is the language of the articles: there is nothing to translate into it")
    if not languages:
        raise PlainleafError("no languages: name one with --language, or list them in source/library.toml")
    options = extracting.Options(arguments.dry_run, tuple(arguments.keep or ()), not arguments.no_memory)
    with changing(library, arguments.dry_run):
        done = extracting.extract(library, articles, languages, options)
    if arguments.format == "json":
        print(report.json_extractions(done, arguments.dry_run))
        return GOOD
    kept = report.corrections(done.catalogues)
    print("\n\n".join(part for part in (report.extractions(done.catalogues, width()), kept) if part))
    for article, segment, reason in done.refused:
        where = f"{article.path}:{segment.line}:{segment.column}"
        print(f"plainleaf: {where}: not kept, its translations are fuzzy: {reason}", file=sys.stderr)
    if arguments.keep and not kept and not done.refused:
        print("Nothing was kept: no text that --keep names has changed since the last extract.")
    for language in languages:
        if language not in library.settings.languages:
            print(f'Add "{language}" to languages in {library.source / "library.toml"} to build it.')
    if arguments.dry_run:
        print("Dry run: nothing was written.")
    return GOOD
