"""Whether another word is far likelier beside these neighbours than the one that stands there.

A noisy channel in powers of ten, for the pairs that patterns.txt names: by how much the neighbours are commoner beside
the other word than chance has it, and beside this one; and how common both are, in the language and on this page.
The limits were set on 52,000 words of health text of three kinds, where they raise no false alarm, and on wrong words
put into it one at a time. A page that uses a word twice means it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from math import log10

from pipeline.confusions.model import likely
from pipeline.spelling.lexicon import excess, load
from pipeline.spelling.wordclasses import FUNCTION_WORDS

CLEAR = 1.8
"""The score from which the other word was meant."""
LEAST = 0.6
"""What the neighbours and the page must say for it at least, before how common the words are counts."""
COMMON = 6.0
"""From this Zipf frequency a word is grammar: it stands on every page, so that using it twice says nothing."""
USE, PAGE, SHORT_PAGE = 0.5, 0.1, 150
"""How much being common counts, how much of that is the page's say, and the words that a page has at least."""
AT_HOME, IN_COMPANY, GRAMMAR = 3.0, 1.0, 2.0
"""What a word must be outdone by more: one of health writing, one that a neighbour speaks for, one of grammar."""
SPEAKS = 0.75
SAID, SAID_BY_GRAMMAR = 1.2, 0.4
"""What it counts that the page has the other word beside the same neighbour elsewhere."""
TOPIC, TOPICAL = 1.5, 5.5
"""What it counts that the page has the other word four times or more, if that is rarer than this."""
RAREST = 0.6
"""The Zipf frequency of a word that no frequency list has."""


Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Page:
    """The words of one page, in lower case."""

    words: Counter[str]
    pairs: frozenset[Pair]
    """Those that stand side by side."""
    size: int


@dataclass(frozen=True, slots=True)
class Chance:
    """What the neighbours of a word say for another one."""

    right: str
    gain: float
    handicap: float
    is_kept: bool
    """A neighbour speaks for the word that stands there."""


class Chances:
    """What is likely for one variant of English. Remembers what neighbours say."""

    def __init__(self, variant: str) -> None:
        self._lexicon = load(variant)
        self.beside = lru_cache(maxsize=200_000)(self._beside)

    def _beside(self, before: str, word: str, after: str) -> tuple[Chance, ...]:
        """The words that the neighbours may speak for, or, beside a word that is no grammar, the page."""
        at_home, rights = likely().get(word, (False, ()))
        grammar = self._zipf(word) >= COMMON
        kept = excess(before, word), excess(word, after)
        handicap = AT_HOME * at_home + IN_COMPANY * (max(kept) >= SPEAKS) + GRAMMAR * grammar
        found = []
        for right in rights:
            gain = excess(before, right) + excess(right, after) - sum(kept)
            if (gain >= LEAST or (not grammar and gain >= -LEAST)) and not self._is_variant(word, right):
                found.append(Chance(right, gain, handicap, any(kept)))
        return tuple(found)

    def meant(self, before: str, word: str, after: str, page: Page) -> str:
        """In: a word between its neighbours, and the page. Out: the word that is far likelier there, or ""."""
        if page.words[word] > 1 and self._zipf(word) < COMMON:
            return ""
        scored = [(self._score(before, word, after, c, page), c.right) for c in self.beside(before, word, after)]
        best, right = max(scored, default=(0.0, ""))
        return right if best >= CLEAR else ""

    def _score(self, before: str, word: str, after: str, chance: Chance, page: Page) -> float:
        right, gain = chance.right, chance.gain
        if self._zipf(word) < COMMON:
            said = {before: (before, right), after: (right, after)}
            gain += sum(_weight(near) for near, pair in said.items() if pair in page.pairs)
            rules_the_page = page.words[right] > 3 and self._zipf(right) < TOPICAL
            gain += TOPIC * (rules_the_page and not chance.is_kept)
        if gain < LEAST:
            return -9.0
        own = self._use(word, page.words[word] - 1, page.size)
        return gain - chance.handicap + USE * (self._use(right, page.words[right], page.size) - own)

    def _use(self, word: str, times: int, size: int) -> float:
        """log10 of how often a word is to be expected on a page that has it so many times already."""
        return log10(10 ** (self._zipf(word) - 9) + PAGE * times / max(size, SHORT_PAGE))

    def _zipf(self, word: str) -> float:
        return max(self._lexicon.rank(word) / 10, RAREST)

    def _is_variant(self, word: str, right: str) -> bool:
        """Whether the two are one word in the spellings of two countries."""
        if right.startswith("practi") and word.startswith("practi"):
            return True
        return self._lexicon.other_variant.get(word) == right or self._lexicon.other_variant.get(right) == word


def _weight(near: str) -> float:
    """What it says that the page has the other word beside this neighbour elsewhere."""
    return SAID if near.isalpha() and len(near) > 2 and near not in FUNCTION_WORDS else SAID_BY_GRAMMAR
