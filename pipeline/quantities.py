"""Quantities in running text, "2 tablets", "٣ أيام", "14 天": what each language calls its units.

CLDR knows the names of measures and times; ``[numbers.units]`` of the language adds what it does not: tablets, drops,
and forms that stand only in sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from babel.units import UnknownUnitError, format_unit

from pipeline.language import load_language
from pipeline.numerals import Number, cjk_value, digits, vocabulary

_CLDR = {
    "second": "duration-second", "minute": "duration-minute", "hour": "duration-hour", "day": "duration-day",
    "week": "duration-week", "month": "duration-month", "year": "duration-year",
    "microgram": "mass-microgram", "milligram": "mass-milligram", "gram": "mass-gram", "kilogram": "mass-kilogram",
    "millilitre": "volume-milliliter", "litre": "volume-liter", "teaspoon": "volume-teaspoon",
    "tablespoon": "volume-tablespoon", "drop": "volume-drop",
    "nanometre": "length-nanometer", "micrometre": "length-micrometer", "millimetre": "length-millimeter",
    "centimetre": "length-centimeter", "metre": "length-meter", "kilometre": "length-kilometer",
    "foot": "length-foot", "inch": "length-inch", "mile": "length-mile",
    "celsius": "temperature-celsius", "fahrenheit": "temperature-fahrenheit", "percent": "concentr-percent",
}  # fmt: skip
_BASE = {
    "second": ("s", 1), "minute": ("s", 60), "hour": ("s", 3600), "day": ("s", 86400), "week": ("s", 604800),
    "month": ("month", 1), "year": ("month", 12),
    "microgram": ("g", 1), "milligram": ("g", 1000), "gram": ("g", 10**6), "kilogram": ("g", 10**9),
    "millilitre": ("l", 1), "litre": ("l", 1000),
    "nanometre": ("m", 1), "micrometre": ("m", 1000), "millimetre": ("m", 10**6), "centimetre": ("m", 10**7),
    "metre": ("m", 10**9), "kilometre": ("m", 10**12),
}  # fmt: skip
_ONE_NUMBER = re.compile(r"[\d\s\u00a0\u202f\u200f\u200e{}.,]+")
_MARKS = "\u0300-\u036f\u0900-\u0903\u093a-\u094f\u0962\u0963\u0981-\u0983\u09bc-\u09cd\u200c\u200d"
_TOKEN = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{_MARKS}])*|[%٪％℃℉]|[°º]\s?[A-Za-zСсС]?(?![A-Za-z])")
_GAP = re.compile(r"(?:[\s\u00a0\u202f\u2009]|[-–‑](?=[^\d\s]))?[\s\u00a0\u202f]?(?:\(|de |d['’]|[多余几来]|-)?")
_VOWELS = re.compile("[\u064b-\u0652\u0640\u0670]")


class Quantity(NamedTuple):
    """A number with its unit."""

    value: str
    unit: str
    """Its English name, such as "day"."""
    start: int
    end: int
    in_words: bool = False


@dataclass(frozen=True, slots=True)
class Units:
    """What a language calls its units."""

    names: Mapping[str, str]
    """A name in lower case -> the unit."""
    longest: int
    """Of the names: words, or characters where a language writes no spaces."""
    is_cjk: bool


@cache
def units(language: str) -> Units:
    """The units of a language, from CLDR and its TOML."""
    is_cjk = language.startswith(("zh", "ja"))
    names: dict[str, str] = {}
    for unit, cldr in _CLDR.items():
        for name in _cldr_names(cldr, language):
            if len(name) > 1 and name not in _NO_UNIT:
                names.setdefault(name, unit)
    own = load_language(language).data.get("numbers", {}).get("units", {})
    names |= {_key(name): unit for unit, words in own.items() for name in words}
    names |= {"%": "percent", "٪": "percent", "％": "percent", "℃": "celsius", "℉": "fahrenheit", "°c": "celsius",
              "°f": "fahrenheit", "°с": "celsius", "º": "degree", "°": "degree"}  # fmt: skip
    names |= {sign: unit for sign, unit in _SIGNS.items() if sign not in names}
    names.pop("", None)
    if is_cjk:
        names = {name: unit for name, unit in names.items() if len(name) <= 5}
    longest = max(len(name) if is_cjk else name.count(" ") + 1 for name in names)
    return Units(names, longest, is_cjk)


_NO_UNIT = frozenset(("in", "de", "da", "to", "से"))
"""Short names of CLDR that are words of the language."""
_SIGNS = {"mg": "milligram", "mcg": "microgram", "µg": "microgram", "μg": "microgram", "g": "gram", "kg": "kilogram",
          "ml": "millilitre", "l": "litre", "nm": "nanometre", "µm": "micrometre", "μm": "micrometre",
          "mm": "millimetre", "cm": "centimetre", "m": "metre", "km": "kilometre"}  # fmt: skip


def _cldr_names(unit: str, language: str) -> Iterator[str]:
    """Every form of a unit's name, long and short, without the number."""
    for length in ("long", "short"):
        for amount in (0, 1, 2, 3, 5, 11, 21, 100, 1.5):
            try:
                written = format_unit(amount, unit, length, locale=load_language(language).locale)
            except (UnknownUnitError, ValueError):
                return
            yield _key(_ONE_NUMBER.sub(" ", written).rstrip("."))


def _key(name: str) -> str:
    return " ".join(_folded(token) for token in _TOKEN.findall(name)) or name.strip().casefold()


def _folded(token: str) -> str:
    return token.lower() if token.isascii() else _VOWELS.sub("", token.casefold()).replace(" ", "")


def unit_at(text: str, place: int, known: Units) -> tuple[str, int]:
    """The unit that stands at a place, blanks and a hyphen aside, and where it ends; "" when none does."""
    match = _GAP.match(text, place)
    begin = match.end() if match else place
    if known.is_cjk:
        for length in range(known.longest, 0, -1):
            piece = text[begin : begin + length]
            if len(piece) == length and piece.lower() in known.names:
                return known.names[piece.lower()], begin + length
    found, end, name = "", place, ""
    for _ in range(known.longest):
        token = _TOKEN.match(text, begin)
        if not token:
            break
        name = f"{name} {_folded(token[0])}".strip()
        if name in known.names:
            found, end = known.names[name], token.end()
        begin = token.end() + (text[token.end() : token.end() + 1] in (" ", "\u00a0"))
    return found, end


@lru_cache(maxsize=4096)
def quantities(text: str, language: str) -> tuple[Quantity, ...]:
    """The numbers in digits that have a unit. In "5 to 7 days" both have it."""
    return tuple(_quantities(text, digits(text, language), units(language)))


def _quantities(text: str, found: Sequence[Number], known: Units) -> Iterator[Quantity]:
    shared = ""
    after: Number | None = None
    results = []
    for number in reversed(found):
        unit, end = unit_at(text, number.end, known)
        if unit == "percent" and text[end : end + 1].isdigit():
            unit = ""
        if not unit and text[number.start - 1 : number.start] in ("%", "٪"):
            # So in Turkish, and where a text runs from right to left.
            unit, end = "percent", number.end
        if _is_in_a_name(text, number.start):
            unit = shared = ""
            continue
        if not unit and after and shared and after.start - number.end <= 8 and _joins(text[number.end : after.start]):
            unit, end = shared, number.end
        if unit:
            results.append(Quantity(number.value, unit, number.start, end))
        shared, after = unit, number
    yield from reversed(results)


@lru_cache(maxsize=4096)
def worded(text: str, language: str) -> tuple[Quantity, ...]:
    """The quantities whose number is written as a word: "two tablets", "twice"."""
    known = units(language)
    cardinals = _cardinals(language)
    if not known.is_cjk and text.isascii() and cardinals.keys().isdisjoint(_rough(text)):
        return ()
    words = tokens(text)
    if known.is_cjk:
        return tuple(_worded_cjk(text, known))
    if cardinals.keys().isdisjoint(words):
        return ()
    found = []
    for index, word in enumerate(words):
        number = cardinals.get(word)
        if not number:
            continue
        if number[1]:
            rest = words[index + 1 : index + 3]
            if rest and (rest[0] in _OFTEN or (rest[0] in _PER and known.names.get(rest[-1], "") in _TIMES)):
                found.append(Quantity(number[0], "times", index, index, True))
            continue
        for count in range(known.longest, 0, -1):
            unit = known.names.get(" ".join(words[index + 1 : index + 1 + count]))
            if unit:
                found.append(Quantity(number[0], unit, index, index, True))
                break
    return tuple(found)


_PER = frozenset(("a", "an", "per", "every", "each"))
_OFTEN = frozenset(("daily", "weekly", "monthly", "yearly"))
_TIMES = frozenset(("hour", "day", "week", "month", "year"))
_WORDED_CJK = re.compile("(?<![第〇零一二两三四五六七八九十百千万亿])[二两三四五六七八九十]{1,24}")


def _worded_cjk(text: str, known: Units) -> Iterator[Quantity]:
    for match in _WORDED_CJK.finditer(text):
        unit, end = unit_at(text, match.end(), known)
        if unit:
            yield Quantity(str(cjk_value(match[0])), unit, match.start(), end, True)


@cache
def _cardinals(language: str) -> Mapping[str, tuple[str, bool]]:
    """Words for 1 to 20 -> the value, and whether the word says "times" too."""
    data = load_language(language).data
    own = data.get("numbers", {})
    rows = own.get("cardinals") or data.get("number_words", ())
    found = {_folded(w): (str(n), False) for n, words in enumerate(rows) for w in words if n and " " not in w}
    return found | {w: (n, True) for n, words in own.get("times", {}).items() for w in words}


def _rough(text: str) -> list[str]:
    """The words of a text, some with a mark at their end: quick to have. A mark would part a number from its unit."""
    return text.lower().replace("-", " ").replace("(", " ").replace('"', " ").split()


def _is_in_a_name(text: str, place: int) -> bool:
    """Whether a number belongs to a name: "S1", "CoV-2"."""
    before = text[max(place - 2, 0) : place]
    return (before[-1:].isalpha() and before[-1:].isascii()) or (before[-1:] == "-" and before[:1].isalpha())


_JOINS = frozenset(
    """
    - – — ‑ ~ to or and a o y à ou et bis oder und bis до или и і або чи إلى أو و الى से या और 至 到 或 和 —
    đến hoặc e tot en of do lub i ile veya ilaa ama থেকে বা سے یا تا till til eller och
    """.split()
)
"""What stands between the two numbers of a range or a pair: "5 to 7", "5–7", "5 or 7"."""


def _joins(between: str) -> bool:
    return between.strip() in _JOINS


def tokens(text: str) -> list[str]:
    """The words and signs of a text, as the names of units are compared."""
    return [_folded(token) for token in _TOKEN.findall(text)]


@lru_cache(maxsize=4096)
def named(text: str, language: str) -> frozenset[str]:
    """Every unit that a text names, with a number or without."""
    known, prefixes = units(language), vocabulary(language).prefixes
    if known.is_cjk:
        lower = text.lower()
        return frozenset(unit for name, unit in known.names.items() if name in lower)
    words = tokens(text)
    cardinals = _cardinals(language)
    found = {"times" for word in words if word in cardinals and cardinals[word][1]}
    for index, word in enumerate(words):
        for form in (word, *(word[len(p) :] for p in prefixes if word.startswith(p))):
            name = form
            for count in range(known.longest):
                if count:
                    name = " ".join((form, *words[index + 1 : index + 1 + count]))
                if name in known.names:
                    found.add(known.names[name])
        found |= {known.names[stem] for stem in _dual_stems(word, prefixes) if stem in known.names}
    return frozenset(found)


def _dual_stems(word: str, prefixes: Sequence[str]) -> Iterator[str]:
    """The singular of an Arabic dual: يومين -> يوم, ساعتين -> ساعة."""
    for form in (word, *(word[len(p) :] for p in prefixes if word.startswith(p))):
        if form.endswith(("تين", "تان")):
            yield form[:-3] + "ة"
        elif form.endswith(("ين", "ان")):
            yield form[:-2]


def in_base(value: str, unit: str) -> tuple[float, str]:
    """A quantity in the smallest unit of its kind, so that 48 hours are 2 days."""
    kind, factor = _BASE.get(unit, (unit, 1))
    try:
        return float(value) * factor, kind
    except ValueError:
        return hash(value), kind
