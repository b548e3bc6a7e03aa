"""Numbers in running text, by value: digits of any script, grouped thousands, decimal marks, scales, words.

What a language calls its numbers stands in its TOML: ``number_words`` (a row for each whole number from 0 to 20)
and ``[numbers]`` (``words``: other values; ``times``: "twice"; ``scales``: words that multiply; ``prefixes``: what is
written together with the next word; ``dual``: endings that mean two). CLDR adds the names of the months.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, NamedTuple

from babel import Locale

from pipeline.language import load_language

# The first look spares most letters the rest.
_NUMBER = re.compile(
    r"(?=[\d.¼½¾⅓⅔⅛])(?:(?P<fraction>(?<![\d/])\d/[2-9](?![\d/]))|(?P<half>(?:\d{1,15} ?)?[¼½¾⅓⅔⅛])|"
    r"\d{1,2}(?:,\d\d)+,\d{3}(?!\d)|(?<![\dA-Za-z.)])\.\d+|"
    r"\d+(?:[.,٫٬'’\u00a0\u202f\u2009](?=\d)\d+)*)"
)
_ANY_DIGIT = re.compile(r"[\d¼½¾⅓⅔⅛]")
_SPACE_BETWEEN = re.compile(r"\d \d{3}")
_SPACED = re.compile(r"(?<![\d.,:-])\d{1,3}(?: \d{3})+(?![\d:/-])")
_UNIT = re.compile(
    r"\s*(?:%|°|mg|mcg|µg|μg|g|kg|ml|mL|l|litres?|liters?|mmol|units?|cm|mm|m|"
    r"(?:times?|hours?|minutes?|seconds?|days?|weeks?|months?|years?|tablets?|capsules?|drops?|puffs?|doses?|"
    r"spoonfuls?|beats?|glasses|cups)\b)(?![A-Za-z])"
)
_GROUPS = re.compile(r"[.,'’\u00a0\u202f\u2009 ]")
_MARKS = "\u0300-\u036f\u064b-\u0652\u0670\u0900-\u0903\u093a-\u094f\u0962\u0963\u0981-\u0983\u09bc-\u09cd\u200c\u200d"
_WORD = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{_MARKS}'’])*")
_ARABIC_VOWELS = re.compile("[\u064b-\u0652\u0670\u0640]")
_ROMAN = re.compile(r"(?<!\w)[IVX]{1,6}(?:e|er|ème)?(?!\w)")
_CJK = re.compile("[〇零一二两三四五六七八九十百千万亿]{1,24}")  # Of thousands Python makes no number.
_CJK_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_CJK_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}


class Number(NamedTuple):
    """One number in a text."""

    value: str
    """Western digits, no grouping, "." as the decimal mark: 1000 or 2.5."""
    start: int
    end: int
    unit: str
    """The English unit that follows it, as written; "" when none does."""
    scale: int = 1
    """What words after it multiply it with: 1000000 in "3 million"; ``value`` has it already."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a language calls its numbers."""

    words: Mapping[str, tuple[str, ...]]
    """A word, or words with one space between them, in lower case -> the values that it may have."""
    longest: int
    """How many words the longest entry has."""
    scales: Mapping[str, int]
    prefixes: tuple[str, ...]
    dual: tuple[str, ...]
    is_cjk: bool


def numbers(text: str) -> list[Number]:
    """The numbers written in digits, each with the English unit after it."""
    found = []
    for match in _NUMBER.finditer(text):
        unit = _UNIT.match(text, match.end())
        found.append(Number(_value(match), match.start(), match.end(), unit[0].strip() if unit else ""))
    return found


def value(written: str) -> str:
    """The value of a number as written: "1,000", "1 000" and "١٠٠٠" are all 1000."""
    if not written.isascii():
        written = "".join(str(unicodedata.digit(c)) if c.isdigit() else {"٫": ".", "٬": ","}.get(c, c) for c in written)
    if written.isdigit():
        return written.lstrip("0") or "0"
    whole, *groups = _GROUPS.split(written)
    if not whole:
        return value("0" + written)
    grouped = all(len(group) == 3 for group in groups) or (written.count(",") > 1 and len(groups[-1]) == 3)
    if groups and grouped and 0 < len(whole) <= 3 and whole != "0":
        return (whole + "".join(groups)).lstrip("0") or "0"
    decimal = "." + groups[-1].rstrip("0") if groups else ""
    return ((whole + "".join(groups[:-1])).lstrip("0") or "0") + (decimal if decimal != "." else "")


def _value(match: re.Match[str]) -> str:
    kind = match.lastgroup
    if kind is None:
        return value(match[0])
    if kind == "fraction":
        over, _, under = match[0].partition("/")
        return _quotient(int(over), int(under))
    sign = unicodedata.numeric(match[0][-1])
    whole = int(match[0][:-1].strip() or "0")
    third = round(sign * 3)
    return plain(Decimal(whole) + Decimal(str(sign))) if sign * 8 % 1 == 0 else _quotient(whole * 3 + third, 3)


def _quotient(over: int, under: int) -> str:
    return plain(Decimal(over) / under) if under in (2, 4, 5, 8) else f"{over}/{under}"


def plain(number: Decimal) -> str:
    """A decimal as a value: no exponent, no zeros at its end."""
    written = format(number, "f")
    return written.rstrip("0").rstrip(".") if "." in written else written


@lru_cache(maxsize=4096)
def digits(text: str, language: str) -> tuple[Number, ...]:
    """The numbers written in digits, with the scale that follows: "3 million" is 3000000."""
    if not _ANY_DIGIT.search(text):
        return ()
    found: list[Number] = []
    for number in _digits(text, vocabulary(language)):
        last = found[-1] if found else number
        if last.scale > number.scale > 1 and not text[last.end : number.start].strip():
            total = plain(Decimal(last.value) + Decimal(number.value))
            found[-1] = last._replace(value=total, end=number.end)
        else:
            found.append(number)
    return tuple(found)


def _digits(text: str, words: Vocabulary) -> Iterator[Number]:
    spaced = {m.start(): m for m in _SPACED.finditer(text)} if _SPACE_BETWEEN.search(text) else {}
    end = 0
    for match in _NUMBER.finditer(text):
        is_full_hour = match[0] == "00" and text[: match.start()].rstrip()[-1:] in (":", ".", "h", "٫")
        if match.start() < end or is_full_hour:
            continue
        wide = spaced.get(match.start())
        found, end = (value(wide[0]), wide.end()) if wide and wide.end() > match.end() else (_value(match), match.end())
        scale, stop = _scale(text, end, words)
        if scale > 1 and "/" not in found:
            found, end = plain(Decimal(found) * scale), stop
        yield Number(found, match.start(), end, "", scale)


def _scale(text: str, end: int, words: Vocabulary) -> tuple[int, int]:
    """What the words after a number multiply it with, and where they end."""
    total = 1
    while text[end : end + 1]:
        begin = end + (text[end] in " \u00a0\u202f-")
        if words.is_cjk:
            factor, stop = _CJK_SCALES.get(text[begin : begin + 1], 0), begin + 1
        else:
            match = _WORD.match(text, begin)
            factor, stop = (words.scales.get(_folded(match[0]), 0), match.end()) if match else (0, 0)
        if not factor:
            break
        total, end = total * factor, stop
    return total, end


def missing_numbers(
    source: str, translation: str, number_words: Sequence[Sequence[str]] | Mapping[int, Sequence[str]]
) -> list[Number]:
    """The numbers of ``source`` that have no counterpart in ``translation``.

    number_words: for each whole number from 0 the words of the translation's language for it; a word stands
    in for a number that is not there in digits.
    """
    rows = number_words.items() if isinstance(number_words, Mapping) else enumerate(number_words)
    table = _table([(str(number), words) for number, words in rows])
    is_cjk = any("CJK" in unicodedata.name(word[0], "") for word in table)
    longest = max((word.count(" ") + 1 for word in table), default=1)
    words = word_values_in(translation, Vocabulary(table, longest, {}, (), (), is_cjk))
    have = Counter(n.value for n in numbers(translation))
    missing = []
    for number in numbers(source):
        if have[number.value] > 0:
            have[number.value] -= 1
        elif number.value not in words:
            missing.append(number)
    return missing


@lru_cache(maxsize=4096)
def word_values(text: str, language: str) -> set[str]:
    """The values that words of a text may have: "two", "once", "half", "March", "III"."""
    found = word_values_in(text, vocabulary(language))
    found.update(str(_roman(m[0].rstrip("erèm"))) for m in _ROMAN.finditer(text))
    return found


def word_values_in(text: str, words: Vocabulary) -> set[str]:
    """The values that words of a text may have, by a vocabulary."""
    found: set[str] = set()
    if words.is_cjk:
        for match in _CJK.finditer(text):
            found |= {str(cjk_value(match[0])), *(str(cjk_value(c)) for c in match[0])}
        found.update(v for word, values in words.words.items() if word in text for v in values)
        return found
    tokens = [_folded(token) for token in _WORD.findall(text)]
    for index, token in enumerate(tokens):
        for form in _forms(token, words.prefixes):
            found.update(words.words.get(form, ()))
            if words.dual and len(form) > 4 and form.endswith(words.dual):
                found.add("2")
        for count in range(2, words.longest + 1):
            found.update(words.words.get(" ".join(tokens[index : index + count]), ()))
    return found | _sums(tokens, words)


def _sums(tokens: Sequence[str], words: Vocabulary) -> set[str]:
    """Tens and ones, "thirty five", "treinta y cinco"; and words that multiply: "half a million", "two dozen"."""
    found = set()
    for index, token in enumerate(tokens):
        if token in words.scales:
            for before in tokens[max(index - 2, 0) : index]:
                values = (v for v in words.words.get(before, ()) if "/" not in v)
                found |= {plain(Decimal(v) * words.scales[token]) for v in values}
        for ten in words.words.get(token, ()):
            if len(ten) == 2 and ten[1] == "0" and ten != "10":
                for other in tokens[index + 1 : index + 3]:
                    found |= {ten[0] + one for one in words.words.get(other, ()) if len(one) == 1}
    return found


def _forms(token: str, prefixes: tuple[str, ...]) -> Iterator[str]:
    yield token
    for prefix in prefixes:
        if token.startswith(prefix) and len(token) > len(prefix) + 1:
            yield token[len(prefix) :]


def _folded(word: str) -> str:
    return _ARABIC_VOWELS.sub("", word.casefold()) if not word.isascii() else word.lower()


def _roman(written: str) -> int:
    worth = [{"I": 1, "V": 5, "X": 10}[c] for c in written]
    return sum(-a if a < b else a for a, b in zip(worth, [*worth[1:], 0], strict=True))


def cjk_value(written: str) -> int:
    """The value of a number in Chinese characters: 二十五 is 25."""
    if not any(c in _CJK_SCALES for c in written):
        return int("".join(str(_CJK_DIGITS[c]) for c in written))
    total = section = digit = 0
    for character in written:
        if character in _CJK_DIGITS:
            digit = _CJK_DIGITS[character]
            continue
        scale = _CJK_SCALES[character]
        if scale >= 10_000:
            total, section = (total + section + digit or 1) * scale, 0
        else:
            section += (digit or 1) * scale
        digit = 0
    return total + section + digit


@cache
def vocabulary(language: str) -> Vocabulary:
    """What a language calls its numbers: its TOML, and the months from CLDR."""
    data: Mapping[str, Any] = load_language(language).data
    own: Mapping[str, Any] = data.get("numbers", {})
    rows = [(str(number), words) for number, words in enumerate(data.get("number_words", ()))]
    rows += [*own.get("words", {}).items(), *own.get("times", {}).items()]
    if not language.startswith(("zh", "vi")):
        rows += [(str(month), [name]) for month, name in _months(language)]
    scales = {_folded(word): int(scale) for scale, words in own.get("scales", {}).items() for word in words}
    rows += [(scale, words) for scale, words in own.get("scales", {}).items()]
    table = _table(rows)
    longest = max((word.count(" ") + 1 for word in table), default=1)
    prefixes, dual = tuple(own.get("prefixes", ())), tuple(own.get("dual", ()))
    return Vocabulary(table, longest, scales, prefixes, dual, language.startswith(("zh", "ja")))


def _table(rows: Sequence[tuple[str, Sequence[str]]]) -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for number, words in rows:
        for word in words:
            key = " ".join(_WORD.findall(_folded(word))) or word
            table[key] = (*table.get(key, ()), number)
    return table


def _months(language: str) -> Iterator[tuple[int, str]]:
    locale = Locale.parse(load_language(language).locale)
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            yield from ((n, name.rstrip(".")) for n, name in locale.months[context][width].items())
