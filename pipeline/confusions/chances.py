"""Whether another word is far likelier beside these neighbours than the one that stands there.

A noisy channel in powers of ten, for the pairs that patterns.txt names: by how much the neighbours are commoner beside
the other word than chance has it, and beside this one; and how common both are, in the language and on this page.
The limits were set on 52,000 words of health text of three kinds, where they raise no false alarm, and on one wrong word
put into it for each pair at a time, of which 39 in 100 are found. A page that uses a word twice means it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log10

from pipeline.confusions.model import likely
from pipeline.spelling.lexicon import excess, load

CLEAR = 1.8
"""The score from which the other word was meant."""
LEAST = 0.6
"""What the neighbours must say for it at least; a page alone proves nothing."""
COMMON = 6.0
"""From this Zipf frequency a word is grammar: it stands on every page, so that using it twice says nothing."""
USE, PAGE, SHORT_PAGE = 0.5, 0.1, 150
"""How much being common counts, how much of that is the page's say, and the words that a page has at least."""
AT_HOME, IN_COMPANY, GRAMMAR = 2.0, 1.0, 1.0
"""What a word must be outdone by more: one of health writing, one that a neighbour speaks for, one of grammar."""
SPEAKS = 0.75
RAREST = 0.6
"""The Zipf frequency of a word that no frequency list has."""


@dataclass(frozen=True, slots=True)
class Chance:
    """What the neighbours of a word say for another one."""

    right: str
    gain: float


class Chances:
    """What is likely for one variant of English. Remembers what neighbours say."""

    def __init__(self, variant: str) -> None:
        self._lexicon = load(variant)
        self.beside = lru_cache(maxsize=200_000)(self._beside)

    def _beside(self, before: str, word: str, after: str) -> tuple[Chance, ...]:
        """The words that may have been meant between these neighbours, if any: most places have none."""
        at_home, rights = likely().get(word, (False, ()))
        if not rights:
            return ()
        kept = excess(before, word), excess(word, after)
        handicap = AT_HOME * at_home + IN_COMPANY * (max(kept) >= SPEAKS) + GRAMMAR * (self._zipf(word) >= COMMON)
        found = []
        for right in rights:
            gain = excess(before, right) + excess(right, after) - sum(kept)
            if gain >= LEAST and not self._is_variant(word, right):
                found.append(Chance(right, gain - handicap))
        return tuple(found)

    def meant(self, chances: Sequence[Chance], word: str, page: Mapping[str, int], size: int) -> str:
        """In: what the neighbours say, the words of the page with their counts and their number. Out: a word, or ""."""
        if page[word] > 1 and self._zipf(word) < COMMON:
            return ""
        own = self._use(word, page[word] - 1, size)
        best = max(chances, key=lambda chance: chance.gain + USE * self._use(chance.right, page[chance.right], size))
        score = best.gain + USE * (self._use(best.right, page[best.right], size) - own)
        return best.right if score >= CLEAR else ""

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
