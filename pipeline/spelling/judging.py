"""Decides about one word that the vocabulary does not hold: right after all, an error, or a question for a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.spelling import tokens
from pipeline.spelling.lexicon import Lexicon
from pipeline.spelling.ranking import Candidate, Ranker

PREFIXES = (
    "anti auto bio broncho cardio co counter de dis electro extra fore gastro haemato hemato haemo hemo hepato hyper hypo"
    " immuno inter intra macro mega meta micro mid mini mis mono multi musculo myo nephro neuro non omni ortho osteo out over"
    " para peri pharmaco photo physio pneumo poly post pre proto pseudo psycho pyo quasi radio re retro semi sub super supra"
    " tele thermo thrombo trans tri ultra un under uni uro vaso bi"
).split()
SUFFIXES = ("like", "less", "free", "fold", "wide", "ness", "s")
OPEN_DOUBLE = frozenset("the a an you your it they we he she this these those there their i my our its his her".split())
REVIEW = "unknown"


@dataclass(frozen=True, slots=True)
class Context:
    """What the place of a word says about it."""

    page: Mapping[str, int]
    """Words of the page in lower case -> their number."""
    extra: tuple[str, ...]
    """Words that are in no list but that the page or the library uses again and again."""
    name: bool
    """A capital where none is needed: probably a name."""
    species: bool
    """The word before has a capital of its own, as in the Latin name of a species."""
    group: int
    """How many parts the hyphenated word has that this word belongs to; 1 for a word on its own."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The decision: a kind of ``Misspelling``, its suggestions in lower case, and whether the first is certain."""

    kind: str
    suggestions: tuple[str, ...]
    sure: bool = False


class Judge:
    """Knows the vocabulary, the library's words, and the rules."""

    def __init__(self, lexicon: Lexicon, own_words: Iterable[str], library: Mapping[str, int]) -> None:
        self.lexicon = lexicon
        self.library = {word.lower().replace("’", "'"): count for word, count in library.items()}
        self.own = {word.lower().replace("’", "'") for word in own_words}
        self.ranker = Ranker(lexicon, self.library)
        self.familiar = tuple(sorted(self.own | {w for w, n in self.library.items() if n > 1 and w not in lexicon.words}))
        self._accepted: dict[str, bool] = {}
        self._splits: dict[tuple[str, str], bool] = {}

    def accepts(self, word: str) -> bool:
        """Whether a word in lower case is right wherever it stands, though the vocabulary may not list it."""
        if word not in self._accepted:
            self._accepted[word] = self._is_right(word.replace("’", "'"))
        return self._accepted[word]

    def _is_right(self, word: str) -> bool:
        if word in self.own or word in self.lexicon.words:
            return True
        base, possessive = split_possessive(word)
        if possessive:
            return self._is_right(base)
        if word in self.lexicon.typos:
            return False
        return self.library.get(word, 0) > 1 or self._is_derived(word)

    def _is_derived(self, word: str) -> bool:
        """A common word with a prefix or a suffix that any word may take."""
        zipf, words = self.ranker.zipf, self.lexicon.words
        for prefix in PREFIXES:
            stem = word[len(prefix) :]
            if word.startswith(prefix) and len(stem) > 4 and stem in words and zipf(stem) >= 2.5:
                return True
        for suffix in SUFFIXES:
            stem = word[: -len(suffix)]
            if word.endswith(suffix) and len(stem) > 4 and stem in words and zipf(stem) >= 2.8 and stem[-1] != "s":
                return True
        return False

    def is_name(self, word: str) -> bool:
        """Whether a word in lower case is right with a capital."""
        return split_possessive(word.replace("’", "'"))[0] in self.lexicon.names

    def splits(self, first: str, second: str) -> bool:
        """Whether two known words that stand side by side are one common word broken in two ("hyper tension")."""
        key = (first, second)
        if key not in self._splits:
            self._splits[key] = self._is_split(first, second)
        return self._splits[key]

    def _is_split(self, first: str, second: str) -> bool:
        zipf = self.ranker.zipf
        rarer, whole = min(zipf(first), zipf(second)), zipf(first + second)
        return min(len(first), len(second)) > 1 and whole >= 2.5 and rarer < 3.9 and whole > rarer - 0.2

    def joined(self, first: str, second: str) -> float:
        """The score of two neighbours, one of them unknown, read as one word; -99 if they make none."""
        whole = first + second
        if self.lexicon.words.get(whole, 0) < 15 and self.library.get(whole, 0) < 2:
            return -99.0
        return self.ranker.zipf(whole)

    def decide(self, word: str, context: Context) -> Verdict:
        """In: an unknown word in lower case and its place. Out: what to say of it."""
        base, possessive = split_possessive(word)
        found = self.ranker.candidates(base, context.page, (*self.familiar, *context.extra))
        if not found:
            return Verdict(REVIEW, ())
        texts = tuple(candidate.text + possessive for candidate in found[:3])
        best, margin = found[0], found[0].score - found[1].score if len(found) > 1 else 9.0
        kind = "run-together" if " " in best.text else "misspelling"
        if not self._trustworthy(base, best, margin, context):
            return Verdict(REVIEW, texts)
        return Verdict(kind, texts, sure=margin > 1.6 and best.cost <= 1.2 and not context.name)

    def _trustworthy(self, word: str, best: Candidate, margin: float, context: Context) -> bool:
        """Whether the best candidate is so close and so common that the word must be an error."""
        listed = best.text in self.lexicon.typos.get(word, ())
        if listed:
            return True
        if context.group > 1 and len(word) < 5:
            return False
        repeated = context.page.get(word, 0) + context.page.get(word + "'s", 0)
        if " " in best.text:
            return best.score > 0.0 and repeated < 2 and not context.name
        reach = 0.9 if len(word) < 4 else 1.2 if len(word) < 6 else 1.7 if len(word) < 9 else 2.2
        if best.cost > reach or best.zipf < 1.5 and not best.local:
            return False
        if context.name or context.species:
            return best.local and best.cost <= 1.5 or (best.zipf > 4.2 and best.cost < 0.7)
        if repeated > 1:
            return best.cost <= 0.8 and best.score > 0.5 and repeated < 4
        return best.score > -3.5


def split_possessive(word: str) -> tuple[str, str]:
    """A word without its possessive ending, and that ending."""
    for ending in ("'s", "’s"):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word[:-2], ending
    return word, ""
