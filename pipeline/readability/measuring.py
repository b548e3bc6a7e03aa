"""The reading level of an article, in any language."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from math import log10

from pipeline.model import Article
from pipeline.prose import Sentence, sentences, units
from pipeline.readability.counting import Counts, count, reading_data, words
from pipeline.readability.formulas import Formula, formulas

_CAPITALS = "A-ZÀ-ÖØ-ÞĄĆĘŁŃŚŹŻĞİŞЁІЇЄҐА-Я"
"""An initial is one of these: "J. Kowalski"."""


NO_FORMULA = "Plainleaf has no formula for this language."


@dataclass(frozen=True, slots=True)
class Score:
    """What one formula says."""

    formula: Formula
    value: float
    band: str
    """What the figure means, in words; "" where the formula has no bands."""
    meets: bool | None
    """Whether the formula's own target is reached; None where it has none."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of some sentences of one article."""

    counts: Counts
    unit: str
    """What is counted in a sentence: words, or characters (zh), or syllables (vi)."""
    scores: tuple[Score, ...]
    """One for each formula of the language, the accepted one first; empty where there is none."""
    rare_words: float | None
    """Share of the words that are rare, 0 to 1; None where no list of word frequencies is at hand."""

    @property
    def sentence_length(self) -> float:
        """Mean length of a sentence in ``unit``."""
        return self.counts.words / self.counts.sentences


@dataclass(frozen=True, slots=True)
class Reading:
    """The reading level of one article."""

    language: str
    prose: Figures | None
    """Prose only: full sentences, which end with a full stop or the like. None when there are none."""
    all_units: Figures | None
    """All units: a heading, a list item, a table cell each end a sentence. None when there are no words."""
    no_grade: str
    """Why there is no grade, for languages without an accepted formula; else ""."""

    @property
    def judged(self) -> Figures | None:
        """The figures that a target holds for: prose only, else all units."""
        return self.prose or self.all_units


def measure(article: Article) -> Reading:
    """The reading level of an article in its own language; a translated article is one too."""
    found = article_sentences(article)
    data = reading_data(article.language)
    full = [s for s in found if s.is_full]
    prose = count(full, article.language)
    every = prose.plus(count((s for s in found if not s.is_full), article.language))
    return Reading(
        language=article.language,
        prose=_figures(full, prose, article.language),
        all_units=_figures(found, every, article.language),
        no_grade="" if data.get("formulas") else data.get("no_grade", NO_FORMULA),
    )


def judged(article: Article) -> Figures | None:
    """The figures that a target holds for, as in ``measure(article).judged``, without the share of rare words."""
    found = article_sentences(article)
    full = [s for s in found if s.is_full]
    return figures(full, article.language, with_rare=False) or figures(found, article.language, with_rare=False)


@lru_cache(maxsize=24)
def article_sentences(article: Article) -> tuple[Sentence, ...]:
    """Every sentence of an article, split by the abbreviations of its language."""
    own = _abbreviations(article.language)
    return tuple(s for unit in units(article) for s in (sentences(unit, own) if own else sentences(unit)))


def figures(found: Sequence[Sentence], language: str, *, with_rare: bool = True) -> Figures | None:
    """The figures of some sentences; None when there are no words in them. with_rare: look for rare words too."""
    return _figures(found, count(found, language), language, with_rare=with_rare)


def _figures(found: Sequence[Sentence], counts: Counts, language: str, *, with_rare: bool = True) -> Figures | None:
    if not counts.words:
        return None
    scores = []
    for formula in formulas(language):
        value = formula.value(counts)
        if value is not None:
            scores.append(Score(formula, value, formula.band(value), formula.meets(value)))
    rare = _rare(found, language) if with_rare else None
    return Figures(counts, reading_data(language).get("unit", "words"), tuple(scores), rare)


@cache
def _abbreviations(language: str) -> re.Pattern[str] | None:
    data = reading_data(language)
    if "abbreviations" not in data:
        return None
    escaped = "|".join(map(re.escape, data["abbreviations"]))
    # "3. Mai": where an ordinal number has a full stop, one or two digits before one end no sentence.
    number = r"|(?<!\d)\d{1,2}" if data.get("ordinal_stop") else ""
    return re.compile(rf"(?:(?<!\w)(?:(?i:{escaped})|[{_CAPITALS}]){number})\.$")


def _rare(found: Iterable[Sentence], language: str) -> float | None:
    """Share of words, or of characters in Chinese, below a frequency, by wordfreq (Speer, 2022) where it is installed.

    It is 57 MB and so no dependency of ours. Below Zipf 3 a word stands less than once in a million words.
    """
    data = reading_data(language).get("rare_words")
    if not data or find_spec("wordfreq") is None:
        return None
    every = [word.lower() for s in found for word in words(s, language) if not any(c.isdigit() for c in word)]
    if data.get("characters"):
        common = _characters(data["list"])
        return sum(common.get(one, 0) < data["below"] for one in every) / len(every) if every else None
    return sum(_zipf(word, data["list"]) < data["below"] for word in every) / len(every) if every else None


@cache
def _characters(language: str) -> Mapping[str, float]:
    """Zipf frequency (log10 of the times in a thousand million) of each character, from the words that hold it."""
    from wordfreq import get_frequency_dict  # noqa: PLC0415 - optional, and slow to import

    found: dict[str, float] = defaultdict(float)
    for word, frequency in get_frequency_dict(language).items():
        for one in word:
            found[one] += frequency
    every = sum(found.values())
    return {one: log10(frequency / every) + 9 for one, frequency in found.items()}


@lru_cache(maxsize=100_000)
def _zipf(word: str, language: str) -> float:
    from wordfreq import zipf_frequency  # noqa: PLC0415 - optional, and slow to import

    return float(zipf_frequency(word, language))
