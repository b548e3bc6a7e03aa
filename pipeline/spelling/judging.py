"""Decides about one word that the vocabulary does not hold: right after all, an error, or a question for a person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.spelling import tiers, tokens
from pipeline.spelling.lexicon import Lexicon, people
from pipeline.spelling.ranking import Candidate, Ranker
from pipeline.spelling.tiers import Context
from pipeline.spelling.wordclasses import (
    FUNCTION_WORDS,
    LOOSE_ENDS,
    NEVER_ALONE,
    NO_PLURAL,
    PREFIXES,
    SUFFIXES,
)

REVIEW = "unknown"
RIVAL = 1.0
"""How near a common word makes a regular derivation likelier a slip: "remining" is "remaining"."""
CAPITAL = 1.0
"""What a word loses, in powers of ten, when it is known only as a name and stands without a capital."""


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
        self.familiar = tuple(sorted(self.own | {w for w, n in self.library.items() if n > 1 and not lexicon.holds(w)}))
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
            return bool(self.acronym_apart(form))
        return not (form[0].isupper() and self.is_name(word) and not self.lexicon.only_heard(word))

    def acronym_apart(self, form: str) -> str:
        """An acronym, or a word with a capital, set apart from the common word that ran into it; "" if none did."""
        for first, second in tokens.capitals_apart(form):
            plain = (second if second.islower() else first).replace("’", "'")
            other = (first if second.islower() else second).lower()
            rank = self.lexicon.rank(plain)
            common = plain in FUNCTION_WORDS or "'" in plain or (len(plain) > 4 and rank >= 40)
            if common and rank and (self.lexicon.holds(other) or self.lexicon.is_name(other) or len(other) < 6):
                return f"{first} {second}"
        return ""

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
        if word in self.own or self.lexicon.holds(word):
            return True
        base, possessive = split_possessive(word)
        if possessive:
            return self._is_right(base)
        if word in self.lexicon.typos:
            return False
        return self.library.get(word, 0) > 1 or self._is_derived(word)

    def _is_derived(self, word: str) -> bool:
        """A common word with a prefix or a suffix that any word may take, and no slip of a far commoner one."""
        return self._is_built(word) and not any(
            cost <= RIVAL and self.ranker.zipf(other) >= 4.0 for other, cost in self.ranker.nearest(word)
        )

    def _is_built(self, word: str) -> bool:
        """A known word with a prefix or a suffix, without its plural s, or in the spelling of the other variant."""
        zipf, holds, rank = self.ranker.zipf, self.lexicon.holds, self.lexicon.rank
        for prefix in PREFIXES:
            stem = word[len(prefix) :]
            if word.startswith(prefix) and len(stem) > 4 and holds(stem) and zipf(stem) >= 2.0:
                return True
        ending = word[-1] in "isu" or (word[-1] == "e" and holds(word[:-1]))
        plural = word + "s"
        if not ending and len(word) > 5 and plural in self.lexicon.words and rank(plural) < 25:
            return True
        if word.endswith("ies") and holds(word[:-3] + "y") and rank(word[:-3] + "y") < 38:
            return True
        if len(word) > 5 and any(holds(other) for other in _respelt(word)):
            return True
        return any(word.endswith(suffix) and self._takes(word[: -len(suffix)], suffix) for suffix in SUFFIXES)

    def _takes(self, stem: str, suffix: str) -> bool:
        """Whether a known word may have this ending."""
        zipf = self.ranker.zipf(stem)
        if len(stem) < 5 or not self.lexicon.holds(stem):
            return False
        if zipf < 2.0 and (suffix != "s" or len(stem) < 7 or self.lexicon.only_heard(stem)):
            return False
        if suffix == "s":
            return zipf < 3.8 and stem[-1] != "s" and not stem.endswith(NO_PLURAL)
        return suffix != "ness" or stem[-1] != "y"

    def is_name(self, word: str) -> bool:
        """Whether a word in lower case is right with a capital."""
        return self.lexicon.is_name(split_possessive(word.replace("’", "'"))[0])

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
        if max(self.lexicon.name_rank(part) for part in (first, second)) > self.lexicon.rank(whole):
            return -99.0
        if self.lexicon.rank(whole) < 15 and self.library.get(whole, 0) < 2:
            return -99.0
        return self.ranker.zipf(whole)

    def of_the_page(self, page: Mapping[str, int], unknown: Iterable[str]) -> tuple[str, ...]:
        """Words of a page that are in no dictionary and may yet be what a further word of it was meant to be.

        Those that are only let pass, and those in none that stand twice and look like no other word misspelt.
        """
        rare = set(page).difference(self.lexicon.words)
        own = {word for word in rare if len(word) > 3 and self.lexicon.only_heard(word)}
        repeated = {word for word in unknown if len(word) > 3 and page[word] > 1 and not self._is_slip(word, page)}
        return tuple(sorted(own | repeated))

    def _is_slip(self, word: str, page: Mapping[str, int]) -> bool:
        """Whether a common word, or one of the page, lies so near that this is likely its misspelling."""
        found = self.ranker.candidates(split_possessive(word)[0], page)
        return any(other.cost <= 1.2 and (other.local or other.zipf >= 3.0) for other in found)

    def decide(self, word: str, context: Context) -> Verdict | None:
        """In: an unknown word in lower case and its place. Out: what to say of it; None for a name of a person."""
        base, possessive = split_possessive(word)
        extra = [other for other in (*self.familiar, *context.extra) if split_possessive(other)[0] != base]
        found = self.ranker.candidates(base, context.page, extra, context.capital, context.around)
        called = context.capital and self.lexicon.is_name(base)
        if (context.name and called) or (context.capital and base in people()):
            return None
        if not found:
            return Verdict(REVIEW, ())
        texts = tuple(candidate.text + possessive for candidate in found[:3])
        if called and not self._outdone(base, found[0]):
            return None
        best, margin = found[0], found[0].score - found[1].score if len(found) > 1 else 9.0
        kind = "run-together" if " " in best.text else "misspelling"
        known = best.text in self.lexicon.typos.get(base, ())
        if not (known or called) and (
            self._may_be_foreign(base, best) or not tiers.is_error(base, best, margin, context)
        ):
            return Verdict(REVIEW, texts)
        return Verdict(kind, texts, tiers.is_sure(base, best, margin, context))

    def _outdone(self, word: str, best: Candidate) -> bool:
        """Whether a word is so much commoner than a rare name that its capital is no excuse."""
        return best.cost <= 0.62 and best.zipf - self.ranker.zipf(word) > 2.2 and best.score > 2.0

    def _may_be_foreign(self, word: str, best: Candidate) -> bool:
        """Whether a word known only with a capital is commoner so than what it may be a slip of is likely."""
        return self.lexicon.is_name(word) and self.ranker.zipf(word) - CAPITAL > best.score


def split_possessive(word: str) -> tuple[str, str]:
    """A word without its possessive ending, and that ending."""
    for ending in ("'s", "’s"):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word[:-2], ending
    return word, ""


def _respelt(word: str) -> list[str]:
    """The word in the other variant's spelling, by the rules that have no exceptions among longer words."""
    found = [word.replace(british, "e", 1) for british in ("ae", "oe") if british in word[1:]]
    return found + [pattern.sub(new, word) for pattern, new in _OTHER_SPELLINGS if pattern.search(word)]


_OTHER_SPELLINGS = tuple(
    (re.compile(pattern), new)
    for pattern, new in (
        (r"is(e|ed|es|er|ers|ing|ation|ations|able)$", r"iz\1"),
        (r"iz(e|ed|es|er|ers|ing|ation|ations|able)$", r"is\1"),
        (r"(?<!a)emi(a|as|c)$", r"aemi\1"),
        (r"(?<!a)hem(at|o)", r"haem\1"),
        (r"(?<!o)edem(a|atous)$", r"oedem\1"),
        (r"(?<!a)etiolog", r"aetiolog"),
    )
)
