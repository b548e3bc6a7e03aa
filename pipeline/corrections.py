"""Which changes of an English source text let its translations stand: a spelling that was put right, and no more.

Two texts mean the same when they are equal once white space, typographic signs, British and American spelling and
misspelt words are evened out, no digit is another, and the change is no grave one. A misspelt word is one that no
dictionary has, and what a person has made of it must be what the speller would have: two words that are both right,
such as "hypotension" and "hypertension", are never taken for a slip.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from itertools import groupby

from rapidfuzz.distance import Levenshtein

from pipeline.checks.mixed_spelling import variants
from pipeline.gravity import REASONS, grave_change
from pipeline.model import Segment
from pipeline.prose import mask
from pipeline.spelling import Speller, tokens

TYPOGRAPHY, VARIANT, SPELLING = "signs or white space", "British and American spelling", "spelling"

_LONG = 9
"""Letters from which a misspelt word may differ from the right one by three, and not only by two."""
_SIGNS = {
    **dict.fromkeys("“”„«»", '"'), **dict.fromkeys("‘’‚", "'"), **dict.fromkeys("\u00a0\u202f\u2009", " "), "…": "...",
}  # fmt: skip
_SIGN = re.compile("[" + "".join(_SIGNS) + "]")
_DASH = re.compile(r"(?<= )[–—](?= )|(?<=\d)[–‑‐](?=\d)")


class Corrections:
    """Judges changes of the source for one library.

    In: the source language; a function that gives the speller, called only where one is needed; whether a person has
    said that translations of this segment may stand.
    """

    def __init__(self, language: str, speller: Callable[[], Speller], is_named: Callable[[Segment], bool]) -> None:
        self._language = language
        self._speller = lru_cache(maxsize=1)(speller)
        self._is_named = is_named
        self._judged = lru_cache(maxsize=None)(self._judge)
        self._refused: dict[int, str] = {}

    def why(self, old: str, segment: Segment, translation: str) -> str:
        """Why a translation of ``old`` may stand for the segment as it is now; "" when it may not."""
        found = self._judged(old, segment.text)
        # A slip that a translation repeats must be put right in it too.
        if found == SPELLING and any(_has_word(translation, word) for word in _words_gone(old, segment.text)):
            found = ""
        if found and (found == TYPOGRAPHY or not grave_change(old, segment.text, self._language, segment.trail)):
            return found
        if not self._is_named(segment):
            return ""
        reason = grave_change(old, segment.text, self._language)
        if reason and reason != REASONS["emergency"]:
            self._refused[id(segment)] = reason
            return ""
        return "by --keep"

    def refusal(self, segment: Segment) -> str:
        """Why translations of a segment that a person named cannot stand all the same; "" when that was not so."""
        return self._refused.get(id(segment), "")

    def _judge(self, old: str, new: str) -> str:
        """By what two texts differ, if by nothing that matters."""
        one, other = _even(old), _even(new)
        if one == other:
            return TYPOGRAPHY
        if not self._language.startswith("en") or re.findall(r"\d+", one) != re.findall(r"\d+", other):
            return ""
        if not _may_be_slips(one, other):
            return ""
        one, other = _one_variant(one), _one_variant(other)
        if one == other:
            return VARIANT
        return SPELLING if self._corrected(one) == self._corrected(other) else ""

    def _corrected(self, text: str) -> str:
        """The text with every misspelt word as the speller would put it right."""
        for found in reversed(self._speller().check([(0, mask(text))])):
            if found.kind != "unknown" and found.suggestions and text[found.start : found.end] == found.word:
                text = text[: found.start] + found.suggestions[0] + text[found.end :]
        return _one_variant(text)


def _even(text: str) -> str:
    """The text without typographic differences."""
    text = _SIGN.sub(lambda match: _SIGNS[match[0]], text)
    return re.sub(r"[ \t]+", " ", _DASH.sub("-", text)).strip(" \t")


def _one_variant(text: str) -> str:
    """The text with every word that has two spellings in the American one; addresses and code stay."""
    masked = mask(text)
    pieces, position = [], 0
    for match in tokens.WORD.finditer(masked):
        word = _american().get(match[0].lower())
        if word and text[match.start() : match.end()] == match[0]:
            pieces += [text[position : match.start()], tokens.in_case_of(match[0], word)]
            position = match.end()
    return "".join([*pieces, text[position:]])


@cache
def _american() -> dict[str, str]:
    return {british: american for american, british in variants("en_GB").items()} | variants("en_US")


def _may_be_slips(one: str, other: str) -> bool:
    """Whether two texts differ by a few letters of a word, a blank or a doubled word: the dictionary takes its time."""
    ours, theirs = one.split(), other.split()
    if len(ours) == len(theirs):
        return all(_is_near(a, b) for a, b in zip(ours, theirs, strict=True) if a != b)
    if _is_near("".join(ours), "".join(theirs)):
        return True
    ours, theirs = ([word for word, _ in groupby(words)] for words in (ours, theirs))
    return len(ours) == len(theirs) and all(map(_is_near, ours, theirs))


def _is_near(one: str, other: str) -> bool:
    most = 2 if len(one) < _LONG else 3
    return Levenshtein.distance(one, other, score_cutoff=most) <= most


def _words_gone(old: str, new: str) -> Iterator[str]:
    """The words of a text that its correction has no more."""
    left = {word.lower() for word in tokens.WORD.findall(new)}
    return (word for word in tokens.WORD.findall(old) if word.lower() not in left)


def _has_word(text: str, word: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE) is not None
