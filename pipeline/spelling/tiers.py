"""Whether an unknown word is an error or a question for a person, and whether its first suggestion is certain.

The limits were set on 3,200 seeded errors in health text and on 850 right words of it that were taken out of the
vocabulary for the purpose (one in six of these was then called an error; the others were left for review).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import OSA, Prefix

from pipeline.spelling.lexicon import excess
from pipeline.spelling.ranking import Candidate, reach
from pipeline.spelling.wordclasses import COMPOUND_ENDS, FUNCTION_WORDS, NEVER_ALONE, PREFIXES

DOUBTFUL = -0.5
"""The score below which the best candidate is too rare or too far off to call the word an error."""
LONGER = 0.25
"""How much lower it may be for each letter beyond eight: a long word is seldom near another by chance."""
LOWEST = -1.8
GARBLED = 1.65
"""The cost up to which a long word with more than one slip is called an error, if it is near one word alone."""
ENDINGS = frozenset({"y", "al", "ic", "ed", "ly", "er", "ing", "ist", "ity", "like"})
FREE = frozenset({"out", "over", "under", "two", "too", "para", "counter", "mini", "non"})
"""Prefixes, or words that end like one, that are words of their own as often."""
CLOSE_PAIR = 1.0
"""The excess over chance from which two nouns are likelier to be a compound than to have lost their space."""
PLAIN_PAIR = 1.45
"""The score above which two words are so common that a dictionary would have their compound."""


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
    around: tuple[str, str] = ("", "")
    """The words before and after in lower case, "" where there is none."""


def is_error(word: str, best: Candidate, margin: float, context: Context) -> bool:
    """Whether the best candidate is so close and so common that the word must be an error."""
    repeated = sum(context.page.get(word + ending, 0) for ending in ("", "'s", "’s"))
    if " " in best.text:
        return (context.group == 1 or len(word) > 4) and _is_run_together(best, repeated, context)
    if repeated < 2 and not (context.name or context.species):
        slip = _is_one_slip(word, best) and (context.group == 1 or best.zipf >= 4.5)
        if slip or (context.group == 1 and (_stands_out(word, best, margin) or _is_garbled(word, best, margin))):
            return True
    if context.group > 1 and len(word) < 5:
        return False
    return _is_close(word, best) and _fits(word, best, margin, repeated, context)


def _is_one_slip(word: str, best: Candidate) -> bool:
    """Whether one letter parts a longer word from one of the dictionary: of right words that no list has, few are so.

    A letter put on at the end is left out, since the word may be another form, unless no ending begins with it.
    """
    short = len(word) < 4 or (len(word) < 6 and best.zipf < 3.5)
    other_form = word.startswith(best.text) and word[-1] not in "bcfghjkpquvwxz"
    return not short and not other_form and OSA.distance(word, best.text, score_cutoff=1) == 1


def _is_garbled(word: str, best: Candidate, margin: float) -> bool:
    """Whether a long word with two slips is near one word alone, and no other ending of it ("sobsydized")."""
    near = len(word) > 7 and best.cost <= GARBLED and margin >= 2.5
    return near and Prefix.similarity(word, best.text) < len(word) - 3


def _stands_out(word: str, best: Candidate, margin: float) -> bool:
    """Whether a far misspelling of a longer word has but one sensible meaning ("pneemonea")."""
    return (
        margin > 1.6
        and len(word) > 6
        and best.zipf > 3.6
        and best.score > -2.8
        and best.cost <= 2.35
        and word[0] == best.text[0]
    )


def _is_run_together(best: Candidate, repeated: int, context: Context) -> bool:
    """Whether a split is more than a compound that no list has ("lungworm")."""
    parts = best.text.split(" ")
    letters, plain = sum(map(len, parts)), any(part in FUNCTION_WORDS or "'" in part or "’" in part for part in parts)
    if repeated > (3 if plain and best.score > 0 else 1) or (context.name and letters < (7 if plain else 9)):
        return False
    if len(parts) > 2:
        spelt_out = letters >= 4 * len(parts) - 3 or (plain and best.score > -3.5)
        return spelt_out and best.score > (-6.0 if letters < 12 else -4.5 * len(parts))
    if context.capital and parts[-1] == "a" and not (len(parts[0]) > 6 and best.score > 2):
        return False
    if plain:
        return best.score > (-2.5 if letters < 10 else -3.9 if letters < 15 else -4.9)
    compound = best.score < PLAIN_PAIR and _may_be_compound(parts[0], parts[1], letters, best)
    return not compound and best.score > _least_of_split(parts, letters)


def _may_be_compound(first: str, second: str, letters: int, split: Candidate) -> bool:
    """Whether English may well write two words as one: "tea towel", "hand washing", "multi" and anything."""
    if first in NEVER_ALONE or (first in PREFIXES and first not in FREE):
        return True
    if first[-1] == "o" and first not in FREE and split.zipf < 3.5 and excess(first, second) < CLOSE_PAIR:
        return True
    if len(first) < 6 and second in COMPOUND_ENDS:
        return excess(first, second) == 0 or letters < 12
    if excess(first, second) > CLOSE_PAIR:
        return len(first) < 5 and letters < 12
    return len(first) < 5 and letters < 10 and not split.local


def _least_of_split(parts: list[str], letters: int) -> float:
    """The score that two words need to be read as run together."""
    shortest = min(map(len, parts))
    if shortest < 3:
        return 99.0
    if letters > 11 and shortest > 4:
        return -6.5 if letters < 15 else -7.5
    return -3.3 if shortest > 3 else -2.4


def _is_close(word: str, best: Candidate) -> bool:
    """Whether the candidate is near enough and common enough: the closer and longer the word, the rarer it may be.

    A rare word with a further ending is more likely another rare word ("vasodilatory").
    """
    length = len(word)
    if best.zipf < 3.5 and word.startswith(best.text) and word[len(best.text) :] in ENDINGS:
        return False
    further = 0.4 if length > 3 and (best.zipf >= 6.0 or best.score > 1.2) else 0.0
    if best.cost > reach(length) + further:
        return False
    if best.local:
        return True
    if length < 6:
        return best.zipf >= (5.0 if length < 4 else 2.5)
    return best.zipf >= 1.5 or best.cost <= (1.0 if length > 7 else 0.7)


def _fits(word: str, best: Candidate, margin: float, repeated: int, context: Context) -> bool:
    """Whether the place of the word allows an error: names, species and what a page repeats are seldom slips."""
    if context.species:
        return best.cost <= (1.4 if best.local else 0.75)
    if context.name:
        common = best.score > (1.4 if len(word) > 6 and best.zipf > 4.2 else 2.4)
        common = common and (len(word) > 5 or best.pair > 1.5 or best.local)
        rarest = 3.5 if len(word) < 9 else 2.5
        if len(word) > 6 and margin > 2 and best.score > 0 and best.zipf > 3.2 and _is_one_slip(word, best):
            return True
        return best.cost <= 1.0 and (best.local or common or (best.zipf > rarest and len(word) > 7))
    if repeated > 1:
        return repeated < 4 and best.cost <= 1.0 and best.score > 1.5
    least = max(LOWEST, DOUBTFUL - LONGER * max(0, len(word) - 8))
    if best.zipf > 3.8 and len(word) > 8 and word[:6] == best.text[:6] and word[-2:] == best.text[-2:]:
        least = -3.2
    return best.score > least or best.cost <= 0.62


def is_sure(word: str, best: Candidate, margin: float, context: Context) -> bool:
    """Whether the first suggestion may be applied without asking: close, common, and far ahead of the second."""
    if context.name or context.group > 1 or len(word) < 5:
        return False
    parts = best.text.split(" ")
    if len(parts) > 1:
        linked = any(excess(a, b) > CLOSE_PAIR for a, b in pairwise(parts))
        return len(parts) == 2 and (linked or not FUNCTION_WORDS.isdisjoint(parts)) and margin > 3.0 and len(word) > 6
    return margin > 2.0 and best.cost <= 0.85 and best.score > 2.0
