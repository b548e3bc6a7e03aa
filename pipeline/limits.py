"""Which way a limit points: "under 5", "at least 3", "65 or older"; for the check dose-changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache

from pipeline.language import load_language
from pipeline.numerals import digits
from pipeline.phrases import has_any, keys
from pipeline.quantities import quantities

_BEFORE, _AFTER = 30, 24
_CUT = re.compile(r"[.;:!?()。；，,،、/]|\d")
_FILLERS = re.compile(r"\b(?:the age of|age|about|approximately)\b")


class Way(Enum):
    """Up from a number, or down from it."""

    OVER = "over"
    UNDER = "under"


@dataclass(frozen=True, slots=True)
class _Phrases:
    pattern: re.Pattern[str]
    keys: tuple[str, ...]
    """Every phrase has one of these: quick to look for."""
    ways: Mapping[str, Way]


@cache
def _phrases(language: str) -> _Phrases | None:
    own = load_language(language).data.get("numbers", {}).get("bounds")
    if not own:
        return None
    ways = {phrase: way for way in Way for phrase in own[way.value]}
    plain = sorted(ways, key=len, reverse=True)
    for phrase in own.get("turned", ()):
        inner = next((ways[p] for p in plain if p != phrase and p in phrase), None)
        if inner:
            ways[phrase] = Way.UNDER if inner is Way.OVER else Way.OVER
    ordered = sorted(ways, key=len, reverse=True)
    return _Phrases(re.compile("|".join(_bounded(phrase) for phrase in ordered)), keys(ordered), ways)


def limits_in(text: str, language: str) -> list[tuple[int, int, Way]]:
    """Start, end and way of every phrase that can be a limit, with a number beside it or not."""
    phrases = _phrases(language)
    lower = text.lower().replace("-", " ")
    if not phrases or len(lower) != len(text) or not has_any(lower, phrases.keys):
        return []
    return [(m.start(), m.end(), phrases.ways[m[0]]) for m in phrases.pattern.finditer(lower)]


def _bounded(phrase: str) -> str:
    """A phrase as whole words; signs and Chinese need no blanks around them."""
    if not phrase[0].isalpha() or "\u4e00" <= phrase[0] <= "\u9fff":
        return re.escape(phrase)
    return rf"(?<!\w){re.escape(phrase)}" + (r"(?!\w)" if phrase[-1].isalpha() and phrase[-1].isascii() else "")


def turned_limits(source: str, translation: str, source_language: str, language: str) -> Iterator[tuple[str, Way]]:
    """Each number whose limit points the other way in the translation, with its way in the source."""
    ours, theirs = _phrases(source_language), _phrases(language)
    if not ours or not theirs or not has_any(source.lower().replace("-", " "), ours.keys):
        return
    there = _limits(translation, language, theirs)
    for value, ways in _limits(source, source_language, ours).items():
        other = there.get(value)
        if len(ways) == 1 and other and not ways & other:
            yield value, next(iter(ways))


def _limits(text: str, language: str, phrases: _Phrases) -> dict[str, set[Way]]:
    found: dict[str, set[Way]] = {}
    lower = text.lower().replace("-", " ")
    if len(lower) != len(text):
        return found
    ends = {q.start: q.end for q in quantities(text, language)}
    for number in digits(text, language):
        before = lower[max(0, number.start - _BEFORE) : number.start]
        cuts = list(_CUT.finditer(before))
        before = before[cuts[-1].end() :] if cuts else before
        after = lower[ends.get(number.start, number.end) :][:_AFTER]
        cut = _CUT.search(after)
        after = after[: cut.start()] if cut else after
        ways = found.setdefault(number.value, set())
        if has_any(before, phrases.keys):
            ways.update(phrases.ways[m[0]] for m in phrases.pattern.finditer(before) if _is_near(before[m.end() :]))
        if has_any(after, phrases.keys):
            ways.update(phrases.ways[m[0]] for m in phrases.pattern.finditer(after) if _is_near(after[: m.start()]))
    return found


def _is_near(between: str) -> bool:
    """Whether a limit belongs to a number: "over the age of 65", but not "over the country and near 65"."""
    return len(_FILLERS.sub("", between).split()) <= 1
