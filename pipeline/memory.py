"""The translation memory: what a library has translated before, in one language.

It holds every translation that readers may see, and those of texts that no article has any more. It is made anew from
the catalogues on each run, so that there is no second store that could say something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

CUTOFF = 70
"""Similarity in per cent (normalised indel) from which the translation of another text is offered."""
_POSTINGS = 400
"""How many texts with a rare word in common are compared with a new one, as a rule."""
_RAREST = 8
"""Of the words of a new text, how many of the rarest are looked up at most."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Unit:
    """One text with its translation, from one article."""

    msgid: str
    msgstr: str
    article: str
    """Such as heart/murmur."""
    comment: str = ""
    """What must go with the translation, such as that a machine made it."""
    is_draft: bool = False
    is_live: bool = True
    """Whether the article still has the text."""
    is_signed: bool = False
    """Whether somebody has signed it in each role that the library wants."""


@dataclass(frozen=True, slots=True)
class Match:
    """What the memory has for a text."""

    unit: Unit
    score: float
    """Similarity of the two source texts in per cent."""


@dataclass(slots=True)
class Memory:
    """The units of one language, found by the whole text or by likeness. Add all of them before the first question."""

    _units: dict[str, list[Unit]] = field(default_factory=dict)
    _texts: list[str] = field(default_factory=list)
    _places: dict[str, list[int]] = field(default_factory=dict)
    """Word -> the texts that hold it."""

    def add(self, units: Iterable[Unit]) -> None:
        """Take units in; those that come first are preferred among equals."""
        for unit in units:
            self._units.setdefault(unit.msgid, []).append(unit)

    def exact(self, msgid: str) -> Sequence[Unit]:
        """The units of this very text: signed ones first, a person's before a machine's, live ones before others."""
        return sorted(self._units.get(msgid, ()), key=lambda u: (not u.is_signed, u.is_draft, not u.is_live))

    def nearest(self, msgid: str) -> Match | None:
        """The unit of the text that is most like this one, if one is alike enough.

        Only texts are compared that share one of the rarest words with it: of two texts so alike, nearly all do.
        """
        if not self._texts:
            self._index()
        candidates = self._candidates(msgid)
        found = process.extractOne(msgid, candidates, scorer=fuzz.ratio, score_cutoff=CUTOFF) if candidates else None
        return Match(self.exact(found[0])[0], found[1]) if found else None

    def _index(self) -> None:
        self._texts = list(self._units)
        for number, text in enumerate(self._texts):
            for word in set(_WORD.findall(text.lower())):
                self._places.setdefault(word, []).append(number)

    def _candidates(self, msgid: str) -> list[str]:
        """Other texts that hold one of the rarest words of this one, and are not too long or short to be like it."""
        words = {word for word in _WORD.findall(msgid.lower()) if word in self._places}
        by_rarity = sorted(words, key=lambda word: (len(self._places[word]), word))
        chosen: set[int] = set()
        for word in by_rarity[:_RAREST]:
            if chosen and len(chosen) + len(self._places[word]) > _POSTINGS:
                break
            chosen.update(self._places[word])
        # Two texts cannot be more alike than their lengths are.
        longest = len(msgid) * (200 - CUTOFF) / CUTOFF
        shortest = len(msgid) * CUTOFF / (200 - CUTOFF)
        texts = (self._texts[number] for number in sorted(chosen))
        return [text for text in texts if shortest <= len(text) <= longest and text != msgid]
