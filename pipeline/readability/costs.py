"""Which sentences and words of an article cost most, and what its figure would be without each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.model import Article
from pipeline.prose import Sentence
from pipeline.readability.counting import Counts, count, count_word, words
from pipeline.readability.formulas import Formula, formulas
from pipeline.readability.measuring import article_sentences

_LONG = 3
"""A word of this many syllables or more is worth naming: SMOG's limit (McLaughlin, 1969)."""


@dataclass(frozen=True, slots=True)
class SentenceCost:
    """A sentence, and the figure of the article without it."""

    sentence: Sentence
    without: float


@dataclass(frozen=True, slots=True)
class WordCost:
    """A word in small letters, how often it stands there, and the figure of the article without it."""

    word: str
    times: int
    without: float


@dataclass(frozen=True, slots=True)
class Costs:
    """What makes an article hard to read, the worst first."""

    sentences: tuple[SentenceCost, ...]
    words: tuple[WordCost, ...]


def costs(article: Article, most: int = 5) -> Costs:
    """The sentences and words without which the article would be the easiest, by its language's first formula.

    Over full sentences, or over all units where there are none. Only what makes the text harder is named: taking
    the last sentence away leaves nothing to measure.
    """
    whole = _whole(article)
    if whole is None:
        return Costs((), ())
    sign, value = whole.sign, whole.value
    by_word = _words(whole.sentences, article.language, whole.formula, whole.total)
    by_word = sorted((c for c in by_word if sign * (value - c.without) > 0), key=lambda c: (sign * c.without, c.word))
    return Costs(_sentences(whole, article.language)[:most], tuple(by_word[:most]))


def sentence_costs(article: Article, most: int = 5) -> tuple[SentenceCost, ...]:
    """The sentences of ``costs`` alone."""
    whole = _whole(article)
    return _sentences(whole, article.language)[:most] if whole else ()


class _Whole(NamedTuple):
    """An article as its formula sees it."""

    sentences: tuple[Sentence, ...]
    total: Counts
    formula: Formula
    value: float
    sign: int
    """-1 where a higher figure is easier."""


def _whole(article: Article) -> _Whole | None:
    """None where the language has no formula, or the article too little text for it."""
    found = article_sentences(article)
    found = tuple(s for s in found if s.is_full) or found
    total = count(found, article.language)
    formula = next(iter(formulas(article.language)), None)
    value = formula.value(total) if formula else None
    if formula is None or value is None:
        return None
    return _Whole(found, total, formula, value, -1 if formula.higher_is_easier else 1)


def _sentences(whole: _Whole, language: str) -> tuple[SentenceCost, ...]:
    """Each sentence that makes the article harder, the worst first."""
    costs = []
    for sentence in whole.sentences:
        without = whole.formula.value(whole.total.without(count([sentence], language)))
        if without is not None and whole.sign * (whole.value - without) > 0:
            costs.append(SentenceCost(sentence, without))
    return tuple(sorted(costs, key=lambda c: whole.sign * c.without))


def _words(found: Iterable[Sentence], language: str, formula: Formula, total: Counts) -> list[WordCost]:
    """Each long word with the figure without it, in all of its places."""
    times: Counter[str] = Counter()
    written: dict[str, str] = {}
    for sentence in found:
        for word in words(sentence, language):
            times[word.lower()] += 1
            written.setdefault(word.lower(), word)
    costs = []
    for word, number in times.items():
        part = count_word(written[word], language)
        value = formula.value(total.without(part, number)) if part.syllables >= _LONG else None
        if value is not None:
            costs.append(WordCost(word, number, value))
    return costs
