"""The words one slip away from a word, with what the slip costs."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice

ACCENT, DOUBLED, SWAPPED, VOWEL, OTHER, FIRST = 0.2, 0.55, 0.6, 0.65, 1.1, 0.35
"""What each kind of slip costs, in steps of ten in frequency. FIRST is added at the first letter."""
_VOWELS = frozenset("aeiouyæøıаеиоуыэюяієاويىءािीुूृेोািীুূৃেো")


def alphabet(words: Iterable[str]) -> str:
    """The letters and vowel signs of a language's script, by its commonest words, the commonest first."""
    seen = Counter(letter for word in islice(words, 5000) for letter in word)
    script = _script(seen.most_common(1)[0][0])
    return "".join(sorted(letter for letter, count in seen.items() if count > 4 and _script(letter) == script))


def _script(letter: str) -> str:
    """LATIN, ARABIC, DEVANAGARI...: the first word of a letter's name in Unicode; "" for what is no letter."""
    return unicodedata.name(letter, "").split(" ")[0] if unicodedata.category(letter)[0] in "LM" else ""


def one_slip(word: str, letters: str) -> Iterator[tuple[str, float]]:
    """Every string that one letter more, less, other or swapped makes of a word, with the cost."""
    for i in range(len(word) + 1):
        left, right = word[:i], word[i:]
        extra = 0.0 if i else FIRST
        beside = word[max(i - 1, 0) : i + 1]
        for letter in letters:
            yield left + letter + right, (DOUBLED if letter in beside else OTHER) + extra
        if not right:
            return
        rest = right[1:]
        yield left + rest, (DOUBLED if right[0] in (left[-1:], rest[:1]) else OTHER) + extra
        for letter in letters:
            yield left + letter + rest, _exchange(right[0], letter) + extra
        if rest:
            yield left + rest[0] + right[0] + rest[1:], SWAPPED + extra


@lru_cache(maxsize=20_000)
def _exchange(one: str, other: str) -> float:
    a, b = (unicodedata.normalize("NFD", letter)[0] for letter in (one, other))
    if a == b:
        return ACCENT
    return VOWEL if a in _VOWELS and b in _VOWELS else OTHER
