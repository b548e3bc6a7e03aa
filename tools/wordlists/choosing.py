"""Decides which words of the packages the vocabulary takes, and as what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib import import_module

from tools.wordlists.affixes import hunspell_words
from tools.wordlists.neighbours import Neighbours
from tools.wordlists.packages import (
    DISEASES,
    WORD,
    known_typos,
    medical_words,
    own_words,
    people,
    specialist_words,
)
from tools.wordlists.variants import british, british_only, variant_pairs


@dataclass
class Vocabulary:
    """The lists. A frequency is a Zipf frequency: log10 of the uses in a thousand million words."""

    words: dict[str, float] = field(default_factory=dict)
    """Words that may be offered as corrections."""
    heard: dict[str, float] = field(default_factory=dict)
    """Words that are let pass and never offered: no dictionary has them, or only an old one."""
    names: dict[str, float] = field(default_factory=dict)
    """Words that are right only with a capital."""
    called: dict[str, float] = field(default_factory=dict)
    """Names that are let pass and never offered."""
    typos: dict[str, list[str]] = field(default_factory=dict)
    pairs: list[tuple[str, str]] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    """Family and given names that are let pass where only a name has a capital."""


@dataclass(frozen=True)
class Sources:
    """What the packages say of a word."""

    frequency: dict[str, float]
    scowl: dict[str, set[str]]
    """Locale -> words, case kept."""
    medical: dict[str, set[str]]
    specialist: set[str]
    webster: set[str]
    webster_names: set[str]
    people: set[str]
    near: Neighbours

    def judge(self, word: str) -> str:
        """Whether a word that SCOWL does not have is a "word", "heard", a "name", "called" or "" (left out).

        A rare entry one edit away from a much commoner word is more likely that word misspelt: the published
        medical lists and the frequency list both hold such.
        """
        zipf, neighbour = self.frequency.get(word, 0.0), self.near.best(word)[0]
        if len(word) < 3 or not word.isascii():
            return ""
        if self.is_person(word):
            return "called"
        if self.is_word(word, zipf, neighbour):
            listed = self.medical.get(word) or word in self.specialist or (word in self.webster and zipf >= 1.0)
            return "word" if listed else "heard"
        if word in self.webster_names:
            return "name" if zipf >= 3.0 else "called"
        named = zipf >= 2.2 and (neighbour - zipf < 2.2 or word in self.webster)
        return "called" if named and not is_two_words(word, zipf, self.frequency) else ""

    def is_person(self, word: str) -> bool:
        """Whether only a name of a disease or a drug speaks for it: "Klein", "Gordon"."""
        return word in self.people and word not in self.webster and word not in self.specialist

    def is_word(self, word: str, zipf: float, neighbour: float) -> bool:
        """Whether the lists that hold the word, and how common it is, outweigh its commonest neighbour."""
        sources, special = self.medical.get(word, set()), word in self.specialist
        listed = word in self.webster or special
        support = 2.0 if sources & DISEASES else 0.4 if sources - {"diseases"} else 0.2 if sources else 0.0
        support += 0.8 if word in self.webster else 0.3 if special else 0.0
        support += 0.6 if len(word) > 8 else 0.0
        rival = neighbour - max(zipf, 1.0) > 1.0 + support
        if listed and zipf >= 2.3 and (len(word) > 5 or neighbour - zipf < 2.0):
            return True
        if rival:
            return False
        if sources or (listed and (zipf >= 1.0 or len(word) > 7)):
            return True
        return zipf >= 1.3 and len(word) > 5 and not is_two_words(word, zipf - 1.0, self.frequency)


def is_two_words(word: str, zipf: float, frequency: dict[str, float]) -> bool:
    """Whether two common words side by side, less a space, explain an entry better than a word of its own would."""
    splits = ((word[:i], word[i:]) for i in range(1, len(word)) if i > 1 or word[0] in "ai")
    return any(frequency.get(a, 0) + frequency.get(b, 0) - 9.5 > zipf and min(len(a), len(b)) > 1 for a, b in splits)


def collect() -> Vocabulary:
    """Every list but the word pairs."""
    wordfreq = import_module("wordfreq")
    frequency = {
        word: round(wordfreq.freq_to_zipf(value), 2)
        for word, value in wordfreq.get_frequency_dict("en", "large").items()
        if WORD.fullmatch(word)
    }
    scowl = {code: {w for w in hunspell_words(code) if WORD.fullmatch(w)} for code in ("US", "AU", "CA")}
    every = set().union(*scowl.values())
    lower = {w for w in every if w.islower()}
    proper = {w.lower() for w in every if not w.islower()} - lower
    webster = import_module("english_words").get_english_words_set(["web2"], alpha=False, lower=False)
    medical, specialist, persons = medical_words(), specialist_words(), people()
    listed = {w for w in webster if WORD.fullmatch(w) and w.islower()}
    candidates = set(frequency) | set(medical) | listed | specialist
    sound = lower | proper | {w for w in medical if medical[w] & DISEASES}
    typos = {w: fix for w, fix in known_typos(sorted(candidates)).items() if w not in sound}
    trusted = lower | {w for w in medical if len(medical[w] - {"diseases"}) > 1 and w not in typos}
    near = Neighbours({w: frequency[w] for w in trusted if frequency.get(w, 0) >= 2.5})
    titled = {w.lower() for w in webster if WORD.fullmatch(w) and w.istitle()}
    sources = Sources(frequency, scowl, medical, specialist, listed, titled, set(persons), near)
    found = Vocabulary(words={w: frequency.get(w, 0.0) for w in trusted}, typos=typos)
    found.names = {w: frequency.get(w, 0.0) for w in proper - set(found.words)}
    place = {"word": found.words, "heard": found.heard, "name": found.names, "called": found.called}
    for word in sorted((candidates | titled) - set(found.words) - set(found.names) - set(typos)):
        verdict = sources.judge(word)
        if verdict:
            place[verdict][word] = frequency.get(word, 0.0)
    add_own(found, frequency, lower)
    add_british(found, sources, set(medical))
    known = set(found.words) | set(found.heard)
    found.typos = {k: v for k, v in typos.items() if k not in known}
    found.people = [name for name in persons if name not in known and name not in found.names]
    return found


def add_own(found: Vocabulary, frequency: dict[str, float], lower: Iterable[str]) -> None:
    """The words of ``health_words.txt``, and without those that it leaves out."""
    added, left_out, mute = own_words()
    found.heard.update({word: found.words.pop(word) for word in sorted(mute & found.words.keys())})
    for word in left_out - set(lower):
        found.words.pop(word, None)
        found.heard.pop(word, None)
    for entry in added:
        word = entry.lower()
        zipf = max(found.heard.pop(word, 0.0), frequency.get(word, 0.0), 1.0)
        if word not in found.words:
            (found.names if entry[0].isupper() else found.words).setdefault(word, zipf)
            found.called.pop(word, None)
            found.typos.pop(word, None)


def add_british(found: Vocabulary, sources: Sources, medical: set[str]) -> None:
    """British forms of American medical words, and the pairs."""
    for word in sorted(found.words):
        for other in british(word):
            if word in medical and other not in found.words and other not in found.typos and british_only(other):
                found.words[other] = max(sources.frequency.get(other, 0.0), 0.5)
                found.heard.pop(other, None)
    found.pairs = variant_pairs(found.words, sources.scowl)
