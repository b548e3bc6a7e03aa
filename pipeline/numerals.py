"""Numbers in running text, by value: digits of any script, grouped thousands, decimal marks, words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

_NUMBER = re.compile(r"\d+(?:[.,٫٬'’\u00a0\u202f](?=\d)\d+)*")
_UNIT = re.compile(
    r"\s*(?:%|°|mg|mcg|µg|μg|g|kg|ml|mL|l|litres?|liters?|mmol|units?|cm|mm|m|"
    r"(?:times?|hours?|minutes?|seconds?|days?|weeks?|months?|years?|tablets?|capsules?|drops?|puffs?|doses?|"
    r"spoonfuls?|beats?|glasses|cups)\b)(?![A-Za-z])"
)


class Number(NamedTuple):
    """One number in a text."""

    value: str
    """Western digits, no grouping, "." as the decimal mark: 1000 or 2.5."""
    start: int
    end: int
    unit: str
    """The unit that follows it, as written; "" when none does."""


def numbers(text: str) -> list[Number]:
    """The numbers written in digits."""
    found = []
    for match in _NUMBER.finditer(text):
        unit = _UNIT.match(text, match.end())
        found.append(Number(value(match[0]), match.start(), match.end(), unit[0].strip() if unit else ""))
    return found


def value(written: str) -> str:
    """The value of a number as written: "1,000", "1 000" and "١٠٠٠" are all 1000."""
    digits = "".join(str(unicodedata.digit(c)) if c.isdigit() else {"٫": ".", "٬": ","}.get(c, c) for c in written)
    whole, *groups = re.split(r"[.,'’\u00a0\u202f]", digits)
    if groups and all(len(group) == 3 for group in groups) and 0 < len(whole) <= 3 and whole != "0":
        return (whole + "".join(groups)).lstrip("0") or "0"
    decimal = "." + groups[-1].rstrip("0") if groups else ""
    return ((whole + "".join(groups[:-1])).lstrip("0") or "0") + (decimal if decimal != "." else "")


def missing_numbers(
    source: str, translation: str, number_words: Sequence[Sequence[str]] | Mapping[int, Sequence[str]]
) -> list[Number]:
    """The numbers of ``source`` that have no counterpart in ``translation``.

    number_words: for each whole number from 0 the words of the translation's language for it; a word stands
    in for a number that is not there in digits.
    """
    have = Counter(n.value for n in numbers(translation))
    lower = translation.casefold()
    missing = []
    for number in numbers(source):
        if have[number.value] > 0:
            have[number.value] -= 1
        elif not _has_word(number.value, lower, number_words):
            missing.append(number)
    return missing


def _has_word(number: str, text: str, number_words: Sequence[Sequence[str]] | Mapping[int, Sequence[str]]) -> bool:
    if not number.isdigit() or int(number) >= len(number_words):
        return False
    return any(_contains(text, word.casefold()) for word in number_words[int(number)])


def _contains(text: str, word: str) -> bool:
    if unicodedata.name(word[0], "").startswith("CJK"):
        return word in text
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None
