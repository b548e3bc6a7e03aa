"""What the formulas count in a text: sentences, words, letters, syllables."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from itertools import chain
from operator import add
from typing import Any, NamedTuple

from pipeline.language import known_languages, load_language
from pipeline.prose import Sentence
from pipeline.readability import english

_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]|[^\\W_\u3400-\u9fff\U00020000-\U0003ffff]+")
_SHORT_VOWELS = re.compile("[\u064e-\u0650]")
_TASHKEEL = re.compile("[\u064b-\u0653\u0657\u0658\u0670]")
_LONG_WORD = 6
"""A long word has more letters: LIX (Björnsson, 1968), Wiener Sachtextformel (Bamberger and Vanecek, 1984)."""


class Counts(NamedTuple):
    """What stands in some sentences. Every field can be added and taken away."""

    sentences: int = 0
    words: int = 0
    letters: int = 0
    long_words: int = 0
    syllables: int = 0
    words_of_1_syllable: int = 0
    words_of_3_syllables: int = 0
    """Of three or more."""
    words_of_4_syllables: int = 0
    """Of four or more."""
    osman: int = 0
    """Arabic: long words, complex words and faseeh words together."""

    def plus(self, other: Counts) -> Counts:
        """These counts and those of other sentences."""
        return Counts(*map(add, self, other))

    def without(self, part: Counts, times: int = 1) -> Counts:
        """These counts when a part is taken away, as often as it stands there."""
        return Counts(*(whole - times * less for whole, less in zip(self, part, strict=True)))


def reading_data(language: str) -> Mapping[str, Any]:
    """The [reading] table of a language: its own file's, else that of the language without its region."""
    for code in (language, language.partition("_")[0]):
        if code in known_languages():
            found: Mapping[str, Any] = load_language(code).data.get("reading", {})
            return found
    return {}


def count(sentences: Iterable[Sentence], language: str) -> Counts:
    """The counts of some sentences. A word is looked at once, however often it stands there."""
    known = tuple(sentences)
    pattern = _own_words(language)
    found = (s.words for s in known) if pattern is None else (pattern.findall(s.text) for s in known)
    vocabulary = Counter(chain.from_iterable(found))
    number = letters = long = syllables = one = three = four = osman = 0
    for word, times in vocabulary.items():
        part = count_word(word, language)
        number += times
        letters += times * part[2]
        long += times * part[3]
        syllables += times * part[4]
        one += times * part[5]
        three += times * part[6]
        four += times * part[7]
        osman += times * part[8]
    return Counts(len(known), number, letters, long, syllables, one, three, four, osman)


@cache
def _own_words(language: str) -> re.Pattern[str] | None:
    """What a word is where prose.words does not know: None for the languages where it does."""
    if reading_data(language).get("unit") == "characters":
        return _HAN
    return None


def words(sentence: Sentence, language: str) -> tuple[str, ...]:
    """The words of a sentence; characters where a language writes no space between words."""
    pattern = _own_words(language)
    return sentence.words if pattern is None else tuple(pattern.findall(sentence.text))


@lru_cache(maxsize=200_000)
def count_word(word: str, language: str) -> Counts:
    """The counts of one word."""
    bare = _TASHKEEL.sub("", word)
    letters = sum(map(str.isalnum, bare))
    number = syllables(word, language)
    osman = _osman(word, bare, number) if "osman" in reading_data(language).get("syllables", {}) else 0
    by_syllables = (int(number == 1), int(number >= 3), int(number >= 4))
    return Counts(0, 1, letters, int(letters > _LONG_WORD), number, *by_syllables, osman)


def syllables(word: str, language: str) -> int:
    """Syllables of a word in a language, by the method that its TOML file names; 0 where it names none.

    A figure is one syllable in every language, as in English (see english.py).
    """
    method = reading_data(language).get("syllables", {})
    if not method:
        return 0
    if "dictionary" in method:
        return english.syllables(word)
    if "osman" in method:
        return _arabic_syllables(word)
    if any(c.isdigit() for c in word):
        return 1
    silent, nuclei = _patterns(language)
    return max(1, sum(len(nuclei.findall(silent.sub("", part))) for part in re.findall(r"[^\W_]+", _plain(word))))


def _plain(word: str) -> str:
    return unicodedata.normalize("NFC", word).lower()


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    method = reading_data(language)["syllables"]
    return re.compile(method.get("silent", "(?!)")), re.compile(method["nuclei"])


def _arabic_syllables(word: str) -> int:
    """Syllables as OSMAN counts them (El-Haj and Rayson, 2016): a long or stressed one is two.

    Where the short vowels are not written, as in most texts, each letter but alif is taken for one: so does textstat.
    """
    stressed = len(re.findall("[\u064b-\u064d\u0651]", word))
    short = _SHORT_VOWELS.findall(word)
    if not short:
        return max(1, len(re.sub("[\u0627\u0649]", "", _TASHKEEL.sub("", word))) + 2 * stressed)
    long = len(re.findall("[\u064e-\u0650][\u0627\u0648\u064a]", word))
    return max(1, len(short) + long + 2 * stressed)


def _osman(word: str, bare: str, number: int) -> int:
    """How often a word counts in OSMAN beside its syllables: as long, as complex, as faseeh."""
    complex_word = len(re.findall("[\u064b-\u0651]", word)) > 5
    # textstat, after the authors' own code, takes two off where no short vowels are written.
    faseeh = number - 2 * (not _SHORT_VOWELS.search(word)) > 5 and bool(
        re.search("[\u0626\u0621\u0624\u0630\u0638]|\u0648[\u0627\u0646]", bare)
    )
    return (len(bare) > 5) + complex_word + faseeh
