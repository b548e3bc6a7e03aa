"""Reading grade of an article, from its sentences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pipeline.model import Article
from pipeline.prose import Sentence, sentences, units


@dataclass(frozen=True, slots=True)
class Grades:
    """Flesch-Kincaid grades of one article; None where there is nothing to measure."""

    prose: float | None
    """Over full sentences only."""
    all_units: float | None
    """Over all units: a heading, a list item, a table cell each end a sentence."""


def grades(article: Article) -> Grades:
    """The two grades of an English article."""
    found = [sentence for unit in units(article) for sentence in sentences(unit)]
    return Grades(flesch_kincaid(s for s in found if s.is_full), flesch_kincaid(found))


def flesch_kincaid(found: Iterable[Sentence]) -> float | None:
    """Flesch-Kincaid grade level (Kincaid, Fishburne, Rogers, Chissom, 1975) of some sentences.

    Returns None when there are no words.
    """
    counts = [(len(s.words), sum(map(syllables, s.words))) for s in found]
    words = sum(count for count, _ in counts)
    if not words:
        return None
    return 0.39 * words / len(counts) + 11.8 * sum(count for _, count in counts) / words - 15.59


@lru_cache(maxsize=50_000)
def syllables(word: str) -> int:
    """Syllables of an English word, by textstat: the CMU dictionary, else hyphenation patterns."""
    return max(1, int(_counter().syllable_count(word.replace("’", "'"))))


@lru_cache(maxsize=1)
def _counter() -> Any:
    from textstat.textstat import textstatistics  # noqa: PLC0415 - 60 ms that few commands need

    # An own instance: the module's shared one can be switched to another language by anyone.
    return textstatistics()
