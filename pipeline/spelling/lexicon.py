"""The vocabulary: general English, medical words, names, known misspellings, and pairs of UK and US spellings.

The lists are made by ``tools/make_wordlists.py``; ``data/README.md`` says what they hold and their licences.
"""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

VARIANTS = ("en_GB", "en_US")
SHORT_FORMS = """
aren't can't couldn't daren't didn't doesn't don't hadn't hasn't haven't isn't mightn't mustn't needn't oughtn't
shan't shouldn't wasn't weren't won't wouldn't ain't i'm i've i'd i'll you're you've you'd you'll he'd he'll she'd
she'll it'd it'll we're we've we'd we'll they're they've they'd they'll that'll that'd there'd there'll who'd who'll
who've who're what're what'll what've how'd how'll let's o'clock ma'am y'all could've should've would've might've
must've here's there's that's it's he's she's what's who's where's how's when's why's
"""
LEAST_EXCESS, EXCESS_STEP = 0.525, 0.25
"""The middle of the lowest level of the word pairs, and the distance between levels."""
FEW = 8
"""Questions about a first word that are answered from its text, before its partners are laid out."""
LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Shelf:
    """A long list of rare words, of which few are ever asked for: read two letters at a time."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._lines: dict[str, str] = {}
        self._read: dict[str, dict[str, int]] = {}

    def get(self, word: str) -> int:
        """Ten times the Zipf frequency of a word; 0 for one that is not there, or too rare to have one."""
        return self._beginning(word[:2]).get(word, 0)

    def __contains__(self, word: str) -> bool:
        return word in self._beginning(word[:2])

    def _beginning(self, letters: str) -> dict[str, int]:
        """The words that begin with these two letters."""
        found = self._read.get(letters)
        if found is None:
            if not self._lines:
                self._lines = {line[:2]: line[3:] for line in _text(self._name).splitlines()}
            found = self._read[letters] = _unpacked(self._lines.get(letters, "").split(" "))
        return found


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What is known of the words of one variant. Every word is in lower case."""

    words: dict[str, int]
    """A word that may be suggested -> ten times its Zipf frequency (log10 of its uses in a thousand million words)."""
    names: dict[str, int]
    """Words that are right only with a capital -> the same."""
    heard: Shelf
    """Words that are let pass but that only a frequency list has: never a suggestion."""
    called: Shelf
    """Names of the same kind."""
    typos: dict[str, tuple[str, ...]]
    """A known misspelling -> its corrections."""
    other_variant: dict[str, str]
    """A spelling of the other variant -> the spelling of this one; for ranking only, both are accepted."""

    def holds(self, word: str) -> bool:
        """Whether a word in lower case is let pass wherever it stands."""
        return word in self.words or word in self.heard

    def rank(self, word: str) -> int:
        """Ten times the Zipf frequency of a word; 0 for one that is not known, or too rare to have one."""
        return self.words.get(word) or self.heard.get(word)

    def is_name(self, word: str) -> bool:
        """Whether a word in lower case is right with a capital."""
        return word in self.names or word in self.called

    def name_rank(self, word: str) -> int:
        """Ten times the Zipf frequency of a name; 0 for none."""
        return self.names.get(word) or self.called.get(word)

    def only_heard(self, word: str) -> bool:
        """Whether a word or name is let pass but never suggested."""
        return word in self.heard or word in self.called


@cache
def load(variant: str) -> Lexicon:
    """In: "en_GB" or "en_US". Out: the vocabulary, read once a process. Errors: ValueError for another variant."""
    if variant not in VARIANTS:
        raise ValueError(f"no English vocabulary for {variant!r}; there is {' and '.join(VARIANTS)}")
    words, names = (_unpacked(_text(name).splitlines()) for name in ("words", "names"))
    for form in SHORT_FORMS.split():
        words[form] = words[form.replace("'", "’")] = 50
    words.update(dict.fromkeys(LETTERS, 40))
    words.update({"a": 73, "i": 70})
    pairs = [(us, uk) for us, uk in map(str.split, _text("variants").splitlines())]
    other = dict(pairs) if variant == "en_GB" else {uk: us for us, uk in pairs}
    typos = {typo: tuple(fixes) for typo, *fixes in map(str.split, _text("typos").splitlines())}
    return Lexicon(words, names, Shelf("heard"), Shelf("called"), typos, other)


@cache
def people() -> frozenset[str]:
    """Given and family names, in lower case; read when first asked for."""
    return frozenset(_text("people").split())


@cache
def _pairs() -> dict[str, str]:
    """First word -> its partners as the file has them; read when first asked for."""
    rows = (line.partition(" ") for line in _text("pairs").splitlines())
    return {first: partners for first, _, partners in rows}


@cache
def _partners(first: str) -> dict[str, float]:
    """Second word -> by how much, in powers of ten, the pair is commoner than chance."""
    return {second: _level(group[0]) for group in _pairs().get(first, "").split() for second in group[1:].split(",")}


def _level(letter: str) -> float:
    return LEAST_EXCESS + EXCESS_STEP * (ord(letter) - ord("a"))


_asked: Counter[str] = Counter()


def excess(first: str, second: str) -> float:
    """By how much, in powers of ten, two words stand side by side more often than chance has it; 0 if they do not."""
    if _asked[first] < FEW:
        # One page asks for most words only once or twice.
        _asked[first] += 1
        return _looked_up(_pairs().get(first, ""), second)
    return _partners(first).get(second, 0.0)


def _looked_up(groups: str, second: str) -> float:
    """The same as of all partners of the first word, found in their text: "aback,best bbay,buy"."""
    start = groups.find(second) if second and "," not in second and " " not in second else -1
    while start >= 0:
        end = start + len(second)
        begins = groups[start - 1 : start] == "," or (start > 0 and groups[start - 2 : start - 1] in ("", " "))
        if begins and groups[end : end + 1] in ("", ",", " "):
            return _level(groups[groups.rfind(" ", 0, start) + 1])
        start = groups.find(second, start + 1)
    return 0.0


def _text(name: str) -> str:
    """The content of one list of the package."""
    path = files("pipeline.spelling").joinpath("data", f"{name}.txt.gz")
    return gzip.decompress(path.read_bytes()).decode()


def _unpacked(groups: Iterable[str]) -> dict[str, int]:
    """In: groups of words, each led by their frequency ("12:alpha,beta"). Out: a word -> its frequency."""
    found: dict[str, int] = {}
    for group in groups:
        rank, _, words = group.partition(":")
        if words:
            found.update(dict.fromkeys(words.split(","), int(rank)))
    return found
