"""How the numbers of a translation differ from those of its source; for the checks of numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from pipeline.numerals import Number, digits, plain, word_values

_SHORT_YEAR = re.compile(r"\b(1[5-9]|20)\d\d[-–/](\d\d)\b")
_DECADE = re.compile(r"\b(1[5-9]|20)(\d0)['’]?s\b")


_NAME = re.compile(r"[A-Za-z-]+(\d*)", re.ASCII)


class Comparison(NamedTuple):
    """How the numbers of a translation differ from those of its source."""

    missing: list[Number]
    """Numbers of the source without a counterpart."""
    added: list[Number]
    """Numbers in digits of the translation that nothing in the source explains."""
    exchanged: bool
    """Whether what was added may stand for another number of the source."""


_FEW_DIGITS = 9
"""Python reads no number of thousands of digits, and no time of day has them."""


@lru_cache(maxsize=1024)
def compare(source: str, translation: str, source_language: str, language: str) -> Comparison:
    """The numbers that are missing in a translation, and those that have been added.

    A number that stands twice in the source may stand once in the translation, unless another number has come in
    its stead. A word may stand for a number in digits on either side.
    """
    ours, theirs = digits(source, source_language), digits(translation, language)
    want, have = Counter(n.value for n in ours), Counter(n.value for n in theirs)
    if want == have:
        return Comparison([], [], False)
    other = _other_ways(source, ours)
    missing = [v for v in want if v not in have and not have.keys() & other.get(v, ())]
    if missing:
        words = word_values(translation, language)
        missing = [v for v in missing if v not in words and not _in_two_parts(v, words, have)]
        missing = [v for v in missing if not words & set(other.get(v, ()))]
        missing = [v for v in missing if not any(_time_of_day(w, v, source) for w in have)]
    added = [v for v in have if v not in want]
    if added:
        ways = {way for v in other for way in other[v]}
        explained = word_values(source, source_language) | ways
        added = [v for v in added if v not in explained and not any(_time_of_day(v, w, source) for w in want)]
    fewer = [v for v in want if v not in missing and have[v] < want[v] and not have.keys() & other.get(v, ())]
    fewer = [v for v in fewer if not any(_time_of_day(w, v, source) for w in have)]
    more = added or [v for v in have if have[v] > want[v]]
    if fewer and more:
        words = word_values(translation, language)
        # Where both texts hold as many numbers, a word that could stand for one of them is no excuse.
        missing += fewer if len(ours) == len(theirs) else [v for v in fewer if v not in words]
    missing += [v for v in _renamed(source, translation) if v in want and v not in missing]
    return Comparison(_first(ours, missing), _first(theirs, added), bool(added and want))


def _renamed(source: str, translation: str) -> list[str]:
    """The numbers of names that have another one in the translation: HKU1 that has become HKU4."""
    ours, theirs = set(_names(source)), set(_names(translation))
    new = {name for name, _ in theirs - ours}
    return sorted({number.lstrip("0") or "0" for name, number in ours if name in new})


def _names(text: str) -> Iterator[tuple[str, str]]:
    """Names that end in a number, and the number. Each run of letters is looked at once."""
    for match in _NAME.finditer(text):
        name, number = match[0].removesuffix(match[1]).lstrip("-"), match[1]
        if name and number:
            yield name, number


def _other_ways(source: str, ours: Sequence[Number]) -> dict[str, tuple[str, ...]]:
    """Values that may stand for one of the source: 2020 for the end of "2019-20", 30 for "the 1930s".

    In "14 and 22 million" the scale belongs to both.
    """
    ways: dict[str, tuple[str, ...]] = {}
    for match in _SHORT_YEAR.finditer(source):
        ways[str(int(match[2]))] = (match[1] + match[2],)
    for match in _DECADE.finditer(source):
        ways[match[1] + match[2]] = (match[2], str(int(match[1]) + 1))
    for first, second in pairwise(ours):
        if second.scale > first.scale and second.start - first.end < 6 and "/" not in first.value:
            ways[first.value] = (*ways.get(first.value, ()), plain(Decimal(first.value) * second.scale))
    return ways


def _first(found: Sequence[Number], values: Sequence[str]) -> list[Number]:
    first = {n.value: n for n in reversed(found)}
    return [first[v] for v in values]


def _in_two_parts(number: str, words: set[str], have: Mapping[str, int]) -> bool:
    """Whether 2.5 is written as "two and a half"."""
    whole, _, rest = number.partition(".")
    return rest == "5" and "0.5" in words and (whole in words or whole in have)


def _time_of_day(number: str, hour: str, source: str) -> bool:
    """Whether 20 stands for "8 pm"."""
    if max(len(number), len(hour)) > _FEW_DIGITS or not number.isdigit() or not hour.isdigit():
        return False
    if int(number) != int(hour) + 12:
        return False
    return int(number) < 24 and re.search(r"\d\s?p\.?m\b", source, re.IGNORECASE) is not None
