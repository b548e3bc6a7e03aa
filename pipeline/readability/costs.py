"""Which sentences and words of an article cost most, and what its figure would be without each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

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
    found = article_sentences(article)
    found = tuple(s for s in found if s.is_full) or found
    language, total = article.language, count(found, article.language)
    formula = next(iter(formulas(language)), None)
    value = formula.value(total) if formula else None
    if formula is None or value is None:
        return Costs((), ())
    sign = -1 if formula.higher_is_easier else 1
    by_sentence = [
        SentenceCost(s, w) for s in found if (w := formula.value(total.without(count([s], language)))) is not None
    ]
    by_word = _words(found, language, formula, total)
    by_sentence = sorted((c for c in by_sentence if sign * (value - c.without) > 0), key=lambda c: sign * c.without)
    by_word = sorted((c for c in by_word if sign * (value - c.without) > 0), key=lambda c: (sign * c.without, c.word))
    return Costs(tuple(by_sentence[:most]), tuple(by_word[:most]))


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
