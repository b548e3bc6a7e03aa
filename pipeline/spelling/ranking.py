"""What an unknown word was meant to be: candidates from the vocabulary and the page, best first.

A noisy channel in powers of ten: how common the word is, less what its edits cost, more if this page or this
library uses it. A split into words competes on the same scale.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise
from math import log10
from typing import NamedTuple

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from pipeline.spelling.distance import cost
from pipeline.spelling.lexicon import Lexicon, excess
from pipeline.spelling.wordclasses import SHORT_WORDS

EDIT = 3.3
"""How many powers of ten in frequency one edit weighs."""
SPACE = 0.45
"""The cost of a missing space, in edits."""
FLOOR = 0.6
"""The Zipf frequency of a word that no frequency list has."""
KNOWN_TYPO = 0.9
"""What a published list of misspellings adds to its own correction."""
PAGE, LIBRARY = 0.1, 0.15
"""How much the page, and the library, say of which words to expect next, beside the language at large."""
SHORT_PAGE, KIN = 150, 0.3
"""Words that a page is taken to have at least; and what the singular says of the plural."""
PLATEAU, SLOPE = 6.9, 0.4
"""Above this Zipf frequency a word gains less by being common: "the" is not what every short word was meant to be."""
BEYOND = 0.65
"""What a candidate loses that lies further off than an error of that length is likely to."""
NAME = 1.5
"""What a name loses as the meaning of a word without a capital."""
PAIR, MOST_PAIR = 0.7, 3.0
"""How much of what the neighbouring words say counts, and the most they say."""
BOTH_ON_PAGE = 0.8
"""What a split gains if the page uses each of its words elsewhere."""
LETTER = (0.5, 0.15)
"""What a split costs more, in edits, for a single letter at its start and at its end."""


class Candidate(NamedTuple):
    """One possible meaning of an unknown word."""

    text: str
    score: float
    cost: float
    """Weighted edits; a split counts its missing spaces."""
    zipf: float
    local: bool = False
    """This page or this library uses it."""
    pair: float = 0.0
    """By how much, in powers of ten, its neighbours make it likelier."""


class Ranker:
    """Finds candidates. What does not depend on the page is remembered for the life of the ranker."""

    def __init__(self, lexicon: Lexicon, library: Mapping[str, int]) -> None:
        self.lexicon = lexicon
        self.library = library
        self._library_size = max(sum(library.values()), 1)
        self._pools: dict[int, list[str]] = {}
        self._near: dict[str, list[tuple[str, float]]] = {}
        self._splits: dict[str, list[Candidate]] = {}
        self._costs: dict[tuple[str, str], float] = {}

    def zipf(self, word: str) -> float:
        """log10 of the uses of a word in a thousand million words; FLOOR at least."""
        rank = self.lexicon.rank(word) or self.lexicon.name_rank(word)
        if not rank and word[-2:] in {"'s", "’s"}:
            return self.zipf(word[:-2]) - 1
        return max(rank / 10, FLOOR)

    def candidates(
        self,
        word: str,
        page: Mapping[str, int],
        extra: Iterable[str] = (),
        capital: bool = False,
        around: tuple[str, str] = ("", ""),
    ) -> list[Candidate]:
        """In: an unknown word in lower case, the words of its page with their counts, further words that are right.

        Out: what it may have been meant to be, best first, at most eight.
        """
        near = self.nearest(word)
        known = {other for other, _ in near}
        near = near + [
            (other, self._cost(word, other)) for other in extra if other not in known and _close(word, other)
        ]
        fixes = self.lexicon.typos.get(word, ())
        far, total = reach(len(word)), max(sum(page.values()), SHORT_PAGE)
        names = frozenset[str]() if capital else self.lexicon.names.keys()

        def handicap(other: str, edits: float) -> float:
            return (NAME if other in names else 0.0) + (BEYOND if edits > far else 0.0) - KNOWN_TYPO * (other in fixes)

        found = [
            self._candidate(other, edits, _use(other, word, page) / total, handicap(other, edits))
            for other, edits in near
            if other != word
        ]
        splits = [self._in_place(self._on_page(split, page), around) for split in self.splits(word)]
        found = [self._in_place(candidate, around) for candidate in found]
        found = _below_article(found, splits) + splits
        found.sort(key=lambda c: (-c.score, c.text))
        return self._one_variant(found)[:8]

    def _in_place(self, candidate: Candidate, around: tuple[str, str]) -> Candidate:
        """The candidate with what its neighbours say for it."""
        parts = candidate.text.split(" ")
        gain = excess(around[0], parts[0]) + excess(parts[-1], around[1])
        if len(parts) > 1:
            gain += sum(excess(a, b) for a, b in pairwise(parts))
        if not gain:
            return candidate
        return candidate._replace(score=candidate.score + PAIR * min(gain, MOST_PAIR), pair=gain)

    def _on_page(self, split: Candidate, page: Mapping[str, int]) -> Candidate:
        """The split, likelier if the page has its words apart."""
        if all(part in page for part in split.text.split(" ")):
            return split._replace(score=split.score + BOTH_ON_PAGE, local=True)
        return split

    def _one_variant(self, found: list[Candidate]) -> list[Candidate]:
        """Leave out the other variant's spelling of a word whose own spelling is there as well."""
        texts = {candidate.text for candidate in found[:12]}
        other = self.lexicon.other_variant
        return [c for c in found if c.local or other.get(c.text) not in texts]

    def _candidate(self, text: str, edits: float, use: float, handicap: float) -> Candidate:
        """One word with its score; ``use`` is its share of the words of the page."""
        articles, zipf = self.library.get(text, 0), self.zipf(text)
        share = 10 ** (zipf - 9) + PAGE * use + LIBRARY * articles / self._library_size
        prior = log10(share) + 9
        score = min(prior, PLATEAU + (prior - PLATEAU) * SLOPE) - EDIT * edits - handicap
        return Candidate(text, score, edits, zipf, use > 0 or articles > 1)

    def _cost(self, word: str, other: str) -> float:
        """The cost of a word that only the page or the library has, remembered."""
        key = (word, other)
        if key not in self._costs:
            self._costs[key] = cost(word, other)
        return self._costs[key]

    def nearest(self, word: str) -> list[tuple[str, float]]:
        """The closest words of the vocabulary with their costs."""
        if word not in self._near:
            reach = 2 if len(word) < 8 else 3
            found: set[str] = {fix for fix in self.lexicon.typos.get(word, ()) if " " not in fix}
            for length in range(max(2, len(word) - reach), len(word) + reach + 1):
                hits = extract(word, self._pool(length), scorer=OSA.distance, score_cutoff=reach, limit=None)
                found.update(hit[0] for hit in hits)
            # Of equals the first in the alphabet: a set has another order in each process.
            promising = sorted(found, key=lambda other: (OSA.distance(word, other) * 2.2 - self.zipf(other), other))
            costed = [(other, cost(word, other)) for other in promising[:60]]
            costed.sort(key=lambda pair: (EDIT * pair[1] - self.zipf(pair[0]), pair[0]))
            self._near[word] = costed[:20]
        return self._near[word]

    def _pool(self, length: int) -> list[str]:
        """The words and names of one length that may be offered."""
        if not self._pools:
            pools: dict[int, list[str]] = defaultdict(list)
            for word in sorted(self.lexicon.words.keys() | self.lexicon.names.keys()):
                pools[len(word)].append(word)
            self._pools = dict(pools)
        return self._pools.get(length, [])

    def splits(self, word: str) -> list[Candidate]:
        """The ways to read a word as two to four common words, best first, at most three."""
        if word not in self._splits:
            found = []
            for parts in self._partitions(word, 4):
                if len(parts) > 1:
                    zipfs = [self.zipf(part) for part in parts]
                    edits = SPACE * (len(parts) - 1) + sum(LETTER[i] for i in (0, -1) if len(parts[i]) == 1)
                    score = sum(zipfs) - 9 * (len(parts) - 1) - EDIT * edits
                    found.append(Candidate(" ".join(parts), score, edits, min(zipfs)))
            found.sort(key=lambda c: -c.score)
            self._splits[word] = found[:3]
        return self._splits[word]

    def _partitions(self, word: str, most: int) -> list[tuple[str, ...]]:
        """Every division of a word into at most ``most`` words that may stand in a split."""
        found: list[tuple[str, ...]] = [(word,)] if self._may_stand(word) else []
        if most > 1:
            for cut in range(1, len(word)):
                if self._may_stand(word[:cut]):
                    found += [(word[:cut], *rest) for rest in self._partitions(word[cut:], most - 1)]
        return found

    def _may_stand(self, part: str) -> bool:
        """Common enough to be one of the words of a run-together word."""
        rank = self.lexicon.rank(part)
        if len(part) < 4:
            return part in SHORT_WORDS or (len(part) == 3 and rank >= 43)
        if part[-2:] in {"'s", "’s"} and rank == 0:
            return self._may_stand(part[:-2])
        if len(part) > 6 and rank >= 5:
            return not self.lexicon.only_heard(part)
        return rank >= (28 if len(part) == 4 else 22 if len(part) == 5 else 15) or self.library.get(part, 0) > 1


def _below_article(found: list[Candidate], splits: list[Candidate]) -> list[Candidate]:
    """The candidates, each ranked below its reading with an "a" run into it, if the word has one."""
    limits = {split.text.removeprefix("a ").removesuffix(" a"): split.score - 0.1 for split in splits}
    return [
        candidate._replace(score=limits[candidate.text])
        if candidate.score > limits.get(candidate.text, candidate.score)
        else candidate
        for candidate in found
    ]


def _use(word: str, typed: str, page: Mapping[str, int]) -> float:
    """How often a page uses a word; its singular or plural, if it is not what was typed, counts for something."""
    kin = word[:-1] if word[-1] == "s" else word + "s"
    return page.get(word, 0) + (KIN * page.get(kin, 0) if kin != typed else 0.0)


def _close(word: str, other: str) -> bool:
    return OSA.distance(word, other, score_cutoff=3) <= (2 if len(word) < 8 else 3)


def reach(length: int) -> float:
    """How many weighted edits away from what was meant an error of this length is likely to lie."""
    return 0.0 if length < 3 else 1.0 if length < 4 else 1.5 if length < 6 else 1.8 if length < 9 else 2.3
