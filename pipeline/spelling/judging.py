"""Decides about one word that the vocabulary does not hold: right after all, an error, or a question for a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.spelling import tokens
from pipeline.spelling.lexicon import Lexicon
from pipeline.spelling.ranking import Candidate, Ranker, reach
from pipeline.spelling.wordclasses import (
    COMPOUND_ENDS,
    FUNCTION_WORDS,
    LOOSE_ENDS,
    NEVER_ALONE,
    NO_PLURAL,
    PREFIXES,
    SUFFIXES,
)

DOUBTFUL = -2.4
"""The score below which the best candidate is too rare or too far off to call the word an error."""
REVIEW = "unknown"
CAPITAL = 1.0
"""What a word loses, in powers of ten, when it is known only as a name and stands without a capital."""


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
    capital: bool
    """Written with a capital, for whatever reason."""
    group: int
    """How many parts the hyphenated word has that this word belongs to; 1 for a word on its own or by a common one."""


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
        self.familiar = tuple(
            sorted(self.own | {w for w, n in self.library.items() if n > 1 and w not in lexicon.words})
        )
        self._accepted: dict[str, bool] = {}
        self._questioned: dict[str, bool] = {}
        self._breakable: dict[str, bool] = {}
        self._splits: dict[tuple[str, str], bool] = {}

    def questions(self, form: str) -> bool:
        """Whether a word, written as it is, deserves a closer look."""
        if form not in self._questioned:
            self._questioned[form] = self._is_questionable(form)
        return self._questioned[form]

    def _is_questionable(self, form: str) -> bool:
        word = form.lower()
        if len(form) < 2 or self.accepts(word):
            return False
        if tokens.is_acronym(form) and not (len(form) > 6 and form.isupper()):
            return False
        return not (form[0].isupper() and self.is_name(word))

    def is_breakable(self, whole: str) -> bool:
        """Whether there is any way to break a word in two that would be taken for a slip."""
        if whole not in self._breakable:
            self._breakable[whole] = any(self.splits(whole[:cut], whole[cut:]) for cut in range(2, len(whole) - 1))
        return self._breakable[whole]

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
        ending = word[-1] in "su" or (word[-1] == "e" and word[:-1] in words)
        if not ending and len(word) > 5 and 0 <= words.get(word + "s", 99) < 25:
            return True
        if word.endswith("ies") and 0 <= words.get(word[:-3] + "y", 99) < 38:
            return True
        for suffix in SUFFIXES:
            stem = word[: -len(suffix)]
            if word.endswith(suffix) and len(stem) > 4 and stem in words and zipf(stem) >= 2.0 and stem[-1] != "s":
                return (
                    (suffix != "ness" or stem[-1] != "y")
                    if suffix != "s"
                    else zipf(stem) < 3.8 and not stem.endswith(NO_PLURAL)
                )
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
        if (first in NEVER_ALONE and len(second) > 3) or (second in LOOSE_ENDS and len(first) > 2):
            return whole >= 2.5
        return min(len(first), len(second)) > 1 and whole >= 2.5 and rarer < 3.9 and whole > rarer - 0.2

    def joined(self, first: str, second: str) -> float:
        """The score of two neighbours, one of them unknown, read as one word; -99 if they make none."""
        whole = first + second
        if max(self.lexicon.names.get(part, 0) for part in (first, second)) > self.lexicon.words.get(whole, 0):
            return -99.0
        if self.lexicon.words.get(whole, 0) < 15 and self.library.get(whole, 0) < 2:
            return -99.0
        return self.ranker.zipf(whole)

    def decide(self, word: str, context: Context) -> Verdict:
        """In: an unknown word in lower case and its place. Out: what to say of it."""
        base, possessive = split_possessive(word)
        extra = [other for other in (*self.familiar, *context.extra) if split_possessive(other)[0] != base]
        found = self.ranker.candidates(base, context.page, extra, context.capital)
        if not found:
            return Verdict(REVIEW, ())
        texts = tuple(candidate.text + possessive for candidate in found[:3])
        best, margin = found[0], found[0].score - found[1].score if len(found) > 1 else 9.0
        kind = "run-together" if " " in best.text else "misspelling"
        if not self._trustworthy(base, best, context):
            return Verdict(REVIEW, texts)
        return Verdict(kind, texts, sure=margin > 1.6 and best.cost <= 1.2 and not context.name)

    def _trustworthy(self, word: str, best: Candidate, context: Context) -> bool:
        """Whether the best candidate is so close and so common that the word must be an error."""
        if best.text in self.lexicon.typos.get(word, ()):
            return True
        odd_part = context.group > 1 and len(word) < 5
        foreign = word in self.lexicon.names and self.ranker.zipf(word) - CAPITAL > best.score
        if odd_part or foreign:
            return False
        repeated = sum(context.page.get(word + ending, 0) for ending in ("", "'s", "’s"))
        if " " in best.text:
            return self._is_run_together(best, repeated, context)
        return _is_close(word, best) and _fits(word, best, repeated, context)

    def _is_run_together(self, best: Candidate, repeated: int, context: Context) -> bool:
        """Whether a split is more than a compound that no list has ("lungworm")."""
        parts = best.text.split(" ")
        letters, plain = sum(map(len, parts)), any(part in FUNCTION_WORDS for part in parts)
        if repeated > 1 or context.group > 1 or (context.name and letters < (7 if plain else 9)):
            return False
        if len(parts) > 2:
            spelt_out = letters >= 4 * len(parts) - 3 or (plain and best.score > -3.5)
            return spelt_out and best.score > (-6.0 if letters < 12 else -4.5 * len(parts))
        if plain:
            return best.score > (-2.5 if letters < 10 else -3.9)
        first, second = parts
        shortest = min(len(first), len(second))
        least = DOUBTFUL - (1.5 if letters > 11 and shortest > 3 else 0.9 if shortest > 4 else 0.0)
        compound = second in COMPOUND_ENDS and len(first) < 7
        return best.score > least and shortest > 2 and not compound


def _is_close(word: str, best: Candidate) -> bool:
    """Whether the candidate is near enough and common enough: the closer and longer the word, the rarer it may be."""
    length = len(word)
    if best.cost > reach(length) + (0.4 if best.zipf >= 6.0 and length > 3 else 0.0):
        return False
    if best.local:
        return True
    if length < 6:
        return best.zipf >= (5.0 if length < 4 else 2.5)
    return best.zipf >= 1.5 or best.cost <= (1.0 if length > 7 else 0.7)


def _fits(word: str, best: Candidate, repeated: int, context: Context) -> bool:
    """Whether the place of the word allows an error: names, species and what a page repeats are seldom slips."""
    if context.species:
        return best.cost <= (1.4 if best.local else 0.75)
    if context.name:
        return best.cost <= 1.0 and (best.local or (best.zipf > 3.5 and len(word) > 7))
    if repeated > 1:
        return best.cost <= 0.8 and best.score > 0.5 and repeated < 4
    return best.score > DOUBTFUL or best.cost <= 0.75


def split_possessive(word: str) -> tuple[str, str]:
    """A word without its possessive ending, and that ending."""
    for ending in ("'s", "’s"):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word[:-2], ending
    return word, ""
