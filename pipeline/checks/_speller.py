"""The spelling engine as two checks use it: one run for each article."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from pipeline.checks import Context
from pipeline.model import Article
from pipeline.prose import units
from pipeline.spelling import Misspelling, Speller


def misspellings(article: Article, context: Context) -> list[Misspelling]:
    """What the speller finds in an English article; nothing in another language."""
    if article.language.partition("_")[0] != "en":
        return []
    blocks = tuple((unit.start, unit.text) for unit in units(article))
    found = _found(_speller(_Key(context)), blocks)
    return [
        replace(f, sure=f.sure and raw == f.word) for f in found if not _apart(raw := article.text[f.start : f.end], f)
    ]


def may_be_misspelt(article: Article, context: Context) -> bool:
    """Whether ``misspellings`` may find something, whatever words the library turns out to use."""
    if article.language.partition("_")[0] != "en":
        return False
    alone = replace(context, library_words={}) if context.library_words else context
    return _speller(_Key(alone)).may_find([(unit.start, unit.text) for unit in units(article)])


def _apart(raw: str, found: Misspelling) -> bool:
    """Whether something that readers see (a number filled in, code) stands between two words."""
    return found.kind in ("doubled", "split") and len(re.findall(r"\w+", raw)) > len(re.findall(r"\w+", found.word))


class _Key:
    """A context by what the speller takes from it, so that one speller serves a whole library."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def __hash__(self) -> int:
        return hash((self.context.settings.spelling, self.context.own_words, id(self.context.library_words)))

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, _Key)
            and self.context.settings.spelling == other.context.settings.spelling
            and self.context.own_words == other.context.own_words
            and self.context.library_words is other.context.library_words
        )


@lru_cache(maxsize=4)
def _speller(key: _Key) -> Speller:
    context = key.context
    return Speller(context.settings.spelling, context.own_words, context.library_words)


@lru_cache(maxsize=8)
def _found(speller: Speller, blocks: tuple[tuple[int, str], ...]) -> list[Misspelling]:
    return speller.check(blocks)
