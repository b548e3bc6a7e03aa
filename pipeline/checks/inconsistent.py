"""The same source text has the same translation throughout the library.

The catalogues of the language that stand beside this one are read too. Within one article, texts that differ only in
capitals or in their last punctuation mark are compared as well. What differs is for a person to review: one word may
need two translations.

Why: patients who read two words for one thing take them for two things, and a term that was mended in one leaflet stays
wrong in the next.

Standard: NHS service manual

Bad:
    # language: es
    msgid "Chest pain"
    msgstr "Dolor de pecho"

    msgid "chest pain"
    msgstr "angina"
Good:
    # language: es
    msgid "Chest pain"
    msgstr "Dolor de pecho"

    msgid "chest pain"
    msgstr "dolor de pecho"
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from pipeline.catalogue import read_catalogue
from pipeline.checks import Context, Problem, TranslatedArticle, translation_check
from pipeline.checks._language import OneRun, language_folder
from pipeline.checks._pairs import pairs
from pipeline.model import PRINTABLE, PlainleafError, Severity

_END = ".:;!?…。：；！？।؟۔ \t"


@translation_check(Severity.REVIEW, "NHS service manual")
def inconsistent(item: TranslatedArticle, context: Context) -> Iterator[Problem]:
    """Segments whose source is translated in another way elsewhere."""
    folder = language_folder(item)
    elsewhere = _library(OneRun(folder, context)) if folder else {}
    here: dict[str, str] = {}
    for pair in pairs(item):
        source, text = pair.raw, pair.translation.text
        for path, other in elsewhere.get(source, ()):
            if path != item.catalogue and _bare(other) != _bare(text):
                message = (
                    f'"{source}" is translated as "{other}" in {path.stem}: use one of the two, if they mean the same'
                )
                yield Problem(*item.span(pair.translation), message)
                break
        first = here.setdefault(_bare(source), text)
        if _bare(first) != _bare(text):
            message = (
                f'"{source}" is translated as "{first}" in this article too: use one of the two, if they mean the same'
            )
            yield Problem(*item.span(pair.translation), message)


def _bare(text: str) -> str:
    return text.strip(_END).casefold()


@lru_cache(maxsize=64)
def _library(run: OneRun) -> Mapping[str, tuple[tuple[Path, str], ...]]:
    """Source text -> its translations in the catalogues of a language, for those that more than one has."""
    found: dict[str, tuple[tuple[Path, str], ...]] = {}
    for path in sorted(run.folder.rglob("*.po")):
        try:
            messages = read_catalogue(path).messages
        except PlainleafError:
            # A catalogue that cannot be read is told of where it is built.
            continue
        for source, message in messages.items():
            if message.state in PRINTABLE:
                found[source] = (*found.get(source, ()), (path, message.text))
    return {source: told for source, told in found.items() if len(told) > 1}
