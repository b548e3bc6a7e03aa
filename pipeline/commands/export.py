"""Files for translators."""

from __future__ import annotations

import argparse

from pipeline import report
from pipeline.commands._shared import GOOD, article_ids, the_library, to_translate, width
from pipeline.exchange import sending
from pipeline.files import write_whole
from pipeline.model import PlainleafError


def run(arguments: argparse.Namespace) -> int:
    """Write one file for each language and article."""
    library = the_library(arguments)
    languages = to_translate(arguments, library)
    if library.settings.language in languages:
        raise PlainleafError(f"{library.settings.language} is the language of the articles: nothing to translate")
    if not languages:
        raise PlainleafError("no languages: name one with --language, or list them in source/library.toml")
    chosen = article_ids(arguments.paths, library) if arguments.paths else None
    suffix = sending.SUFFIXES[arguments.to]
    # Every file is made before the first is written: a broken catalogue stops nothing half-way.
    made = [
        (arguments.output / out.language / f"{out.original.article}.{suffix}", out, sending.content(out, arguments.to))
        for out in sending.outgoing(library, chosen, languages)
    ]
    print(report.exports([(path, out) for path, out, _ in made], width()))
    if arguments.dry_run:
        print("Dry run: nothing was written.")
        return GOOD
    for path, _, content in made:
        write_whole(path, content.encode("utf-8"))
    return GOOD
