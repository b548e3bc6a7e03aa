"""Words that say no, in each language; for the check negation-lost.

``[negation]`` of a language: ``words`` are negations as they stand (``*``: however they end); ``echoes`` repeat a
negation ("no ... ninguno") and count alone only where a clause begins; ``stems`` begin words that say no in their own
way ("inútil"); ``harmless`` are phrases that only look like a negation ("sin embargo"); ``prefixes`` may be written
together with a word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from pipeline.language import load_language
from pipeline.phrases import has_any, keys

_MARKS = "\u0300-\u036f\u0900-\u0903\u093a-\u094f\u0962\u0963\u0981-\u0983\u09bc-\u09cd\u200c\u200d"
FEW_WORDS = 5
"""A sentence of so many words may have no verb: "Aucun symptôme"."""

_SENTENCE = re.compile(r"[^.!?;:]+")
_BEGINNING = re.compile(r"(?:^|[,(«“\"–—])\W*(?:y|et|и|pero|mais|но)?\W*$")
_VOWELS = re.compile("[\u064b-\u0652\u0640\u0670]")
_BEGINS = rf"[^\W\d_](?:[^\W\d_]|[{_MARKS}])*"


class Count(NamedTuple):
    """How often a text says no."""

    plain: int
    """In words that only negate."""
    other: int
    """In words of another kind: "impossible", "avoid"."""


@dataclass(frozen=True, slots=True)
class Half:
    """Words that deny only beside a partner."""

    words: re.Pattern[str]
    partners: re.Pattern[str]
    alone: re.Pattern[str] | None
    may_begin: bool


@dataclass(frozen=True, slots=True)
class Negation:
    """How a language says no."""

    keys: tuple[str, ...]
    """Every plain negation has one of these: quick to look for."""
    plain: re.Pattern[str]
    echoes: re.Pattern[str] | None
    other: re.Pattern[str] | None
    harmless: re.Pattern[str] | None
    halves: tuple[Half, ...]


@cache
def negation(language: str) -> Negation | None:
    """How a language says no; None when its TOML does not say."""
    own = load_language(language).data.get("negation")
    if not own:
        return None
    is_cjk = language.startswith(("zh", "ja"))
    prefixes = sorted(own.get("prefixes", ()), key=len, reverse=True)
    prefix = f"(?:{'|'.join(prefixes)})?" if prefixes else ""
    stems = [f"{stem}*" for stem in own.get("stems", ())]
    echoes = own.get("echoes")
    return Negation(
        keys(_folded(word).rstrip("*") for word in own["words"]),
        _pattern(own["words"], prefix, is_cjk),
        re.compile(rf"(?:^|[.,;:?!¿¡«“\"(—–])\s*(?:{_BEGINS}\s+)?{_pattern(echoes, prefix, is_cjk).pattern}")
        if echoes
        else None,
        _pattern(stems, prefix, is_cjk) if stems else None,
        _pattern(own["harmless"], prefix, is_cjk) if own.get("harmless") else None,
        tuple(
            Half(
                _pattern(half["words"], "", is_cjk),
                _pattern(half["partners"], "", is_cjk),
                _pattern(half["alone"], "", is_cjk) if "alone" in half else None,
                half.get("may_begin", False),
            )
            for half in own.get("halves", ())
        ),
    )


def _pattern(words: Sequence[str], prefix: str, is_cjk: bool) -> re.Pattern[str]:
    ordered = sorted((_folded(word) for word in words), key=len, reverse=True)
    if is_cjk:
        return re.compile("|".join(re.escape(word.rstrip("*")) for word in ordered))
    whole = "|".join(re.escape(word) for word in ordered if word[-1] != "*")
    begun = "|".join(re.escape(word[:-1]) for word in ordered if word[-1] == "*")
    end = rf"(?![^\W\d_]|[{_MARKS}])"
    inner = "|".join(part for part in (whole and f"(?:{whole}){end}", begun) if part)
    return re.compile(rf"(?<![^\W\d_])(?<![{_MARKS}]){prefix}(?:{inner})")


def _folded(text: str) -> str:
    return text.lower() if text.isascii() else _VOWELS.sub("", text.lower())


def denies(text: str, how: Negation) -> bool:
    """Whether it is worth while to count: False only where a text has no plain negation."""
    return has_any(_folded(text), how.keys)


def count(text: str, how: Negation) -> Count:
    """How often a text says no."""
    folded = _folded(text)
    if how.harmless:
        folded = how.harmless.sub("-", folded)
    plain = len(how.plain.findall(folded))
    if how.echoes and not plain:
        plain = len(how.echoes.findall(folded))
    return Count(plain, len(how.other.findall(folded)) if how.other else 0)


def lone_half(text: str, how: Negation) -> str:
    """A word that denies only with a partner, and has none in its sentence; "" when there is none."""
    if not how.halves:
        return ""
    folded = _folded(text)
    if how.harmless:
        folded = how.harmless.sub("-", folded)
    for sentence in _SENTENCE.findall(folded):
        for half in how.halves:
            bare = half.alone.sub("-", sentence) if half.alone else sentence
            is_short = len(bare.split()) <= FEW_WORDS
            for match in half.words.finditer(bare):
                before = bare[: match.start()]
                is_free = (half.may_begin or is_short) and _BEGINNING.search(before)
                if not is_free and not half.partners.search(f"{before}-{bare[match.end() :]}"):
                    return match[0]
    return ""


def denials(text: str, how: Negation) -> list[tuple[int, int]]:
    """The span of every word that says no, of either kind, in phrases that only look like a negation too.

    Between two texts of one language "only" that becomes "not only" counts.
    """
    folded = text.lower()
    if len(folded) != len(text):
        return []
    patterns = (how.plain, how.other) if how.other else (how.plain,)
    return sorted(match.span() for pattern in patterns for match in pattern.finditer(folded))
