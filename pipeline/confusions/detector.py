"""Finds words that are right in themselves and wrong where they stand.

In: blocks of text. Out: findings with offsets. Two ways: a rule of our own that names the neighbours, and counts of
neighbours, where another word one slip away fits far better on both sides. Fast because a page's distinct pairs of
neighbours are looked at once; the slow part runs only on blocks that hold a doubtful pair.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.confusions.model import BREAK, Pair, Rule, load
from pipeline.spelling import tokens
from pipeline.spelling.lexicon import load as load_lexicon
from pipeline.spelling.wordclasses import FUNCTION_WORDS

PIECE = re.compile(r"[^\W_]+(?:'[^\W\d_]+)*|[^\w\s'‘\"“”*‐‑-]")
"""A word, a number, or a mark that parts phrases. Quotation marks, emphasis and hyphens part nothing."""
UNSEEN = 17
"""The rank of two neighbours that the counts do not hold, at most: they leave out what is rarer than 20."""
LISTED, NEAR = 14, 32
"""By how many tenths of a power of ten another word must fit better: one of our sets, or any one slip away."""
ON_PAGE = 5
"""What each doubling of the other word's uses on the page is worth."""
TOO_COMMON = 62
"""The rank of a word that is too common for counts to judge."""
AT_HOME = 22
"""What is asked beyond that of another word where this one is a word of health writing."""
UNCOUNTED = FUNCTION_WORDS | frozenset(
    """
    off our hour two too four being here why am let says say said did does although while well never those these nor
    many move more
    """.split()
)
"""Grammar words: their neighbours say little."""
MEMORY = 200_000


@dataclass(frozen=True, slots=True)
class Confusion:
    """One finding."""

    start: int
    """Offset of the first character in the text that the blocks come from."""
    end: int
    """Offset one past the last."""
    word: str
    """The text found there."""
    suggestions: tuple[str, ...]
    """Best first, in the case of the word."""
    company: str
    """The word between its direct neighbours, in lower case."""
    is_certain: bool
    """Whether a rule of ours says so, and not only the counts."""


class Detector:
    """A checker for one variant of English. Errors: ValueError for another than "en_GB" and "en_US"."""

    def __init__(self, variant: str = "en_GB") -> None:
        self._variant = variant
        self._words = load_lexicon(variant).words
        self._model = load()
        self._judged: set[Pair] = set()
        self._doubted: set[Pair] = set()
        self._fitting: dict[tuple[str, str, str], tuple[tuple[int, str], ...]] = {}

    def check(self, blocks: Sequence[tuple[int, str]]) -> list[Confusion]:
        """In: (offset, text) of each heading, paragraph, item or cell of one page. Out: findings in order of place."""
        text = "\n|\n".join(text for _, text in blocks)
        lowered = _lowered(text)
        words = PIECE.findall(lowered)
        neighbours = list(pairwise(words))
        doubtful = self._doubtful(set(neighbours))
        if not doubtful:
            return []
        page: Counter[str] = Counter()
        found: dict[int, tuple[str, bool]] = {}
        for index, pair in enumerate(neighbours):
            if pair in doubtful:
                page = page or Counter(words)
                for place in (index, index + 1):
                    right, is_certain = self._by_rule(words, place)
                    right = right or self._by_counts(words, place, page)
                    if right:
                        found[place] = right, is_certain
        return list(_placed(blocks, words, found)) if found else []

    def _doubtful(self, pairs: set[Pair]) -> set[Pair]:
        """The neighbours that a rule names, or that are rare and would be common with one word changed."""
        if len(self._judged) > MEMORY:
            for memory in (self._judged, self._doubted, self._fitting):
                memory.clear()
        new = pairs - self._judged
        if new:
            self._judged |= new
            self._doubted |= new & self._model.rules.keys()
            self._doubted |= {pair for pair in new.difference(self._model.pairs) if self._is_doubtful(pair)}
        return pairs & self._doubted

    def _is_doubtful(self, pair: Pair) -> bool:
        """Whether another word on one side would make common neighbours of a pair."""
        first, second = pair
        known = self._model.pairs
        return any((other, second) in known for other in self._others(first)) or any(
            (first, other) in known for other in self._others(second)
        )

    def _others(self, word: str) -> tuple[str, ...]:
        """The words that this may stand for, so far as counts may judge it: a grammar word's say little."""
        if word in UNCOUNTED or not word.isalpha() or self._words.get(word, 0) >= TOO_COMMON:
            return ()
        return self._model.listed.get(word, ()) + self._model.near.get(word, ())

    def _by_rule(self, words: Sequence[str], index: int) -> tuple[str, bool]:
        """The right word by a rule of ours, or "", and whether more than grammar words speak for it."""
        word, likely = words[index], ""
        rules = self._model.rules
        for pair in ((words[index - 1] if index else "", word), (word, words[index + 1] if words[index + 1 :] else "")):
            for rule in rules.get(pair, ()):
                if rule.wrong == word and not (self._variant == "en_US" and rule.right == "practise"):
                    before, after = _side(words, index, -1), _side(words, index, 1)
                    if _fits(rule, before, after):
                        named = (*(before[:1] if rule.before else ()), *(after[:1] if rule.after else ()))
                        has_evidence = any(near.isalpha() and near not in UNCOUNTED for near in named)
                        if has_evidence and (word not in UNCOUNTED or "'" in word + rule.right):
                            return rule.right, True
                        likely = likely or rule.right
        return likely, False

    def _by_counts(self, words: Sequence[str], index: int, page: Counter[str]) -> str:
        """The word that fits far better, or nothing."""
        word = words[index]
        before = words[index - 1] if index and words[index - 1][0].isalnum() else BREAK
        after = words[index + 1] if words[index + 1 :] and words[index + 1][0].isalnum() else BREAK
        key = (before, word, after)
        if key not in self._fitting:
            self._fitting[key] = tuple(self._better(*key))
        best, right = 0, ""
        for score, other in self._fitting[key]:
            if page[word] > max(2, page[other]):
                continue
            bonus = ON_PAGE * (page[other] // page[word]).bit_length() if page[other] > page[word] else 0
            if score + bonus > best:
                best, right = score + bonus, other
        return right

    def _better(self, before: str, word: str, after: str) -> Iterator[tuple[int, str]]:
        """The words that may fit better here, with how far they stand above what is asked of them."""
        known = self._model.pairs
        if (before, word) in known or (word, after) in known:
            return
        listed = self._model.listed.get(word, ())
        for other in dict.fromkeys(self._others(word)):
            if (before, other) in known or (other, after) in known:
                asked = (LISTED if other in listed else NEAR) + (AT_HOME if word in self._model.health else 0)
                score = self._gain(before, word, other, after) - asked
                if score > -6 * ON_PAGE:
                    yield score, other

    def _gain(self, before: str, word: str, other: str, after: str) -> int:
        """By how many tenths of a power of ten the other word is likelier here."""
        usual = self._words.get(other, 0) - self._words.get(word, 0)
        left = usual if before == BREAK else self._rank((before, other)) - self._rank((before, word))
        right = usual if after == BREAK else self._rank((other, after)) - self._rank((word, after))
        return left + right - usual

    def _rank(self, pair: Pair) -> int:
        """How common two neighbours are; for those not counted, what their own frequencies let expect."""
        expected = self._words.get(pair[0], 0) + self._words.get(pair[1], 0) - 90
        return self._model.pairs.get(pair) or min(UNSEEN, expected)


def _lowered(text: str) -> str:
    """The text in lower case with straight apostrophes, as long as before."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    return lowered.replace("’", "'")


def _side(words: Sequence[str], index: int, step: int) -> tuple[str, ...]:
    """Up to four words on one side of a word, the nearest first, and where the phrase ends."""
    found: list[str] = []
    for place in range(index + step, index + 5 * step, step):
        if not 0 <= place < len(words) or not words[place][0].isalnum():
            found.append(BREAK)
            break
        found.append(words[place])
    return tuple(found)


def _fits(rule: Rule, before: tuple[str, ...], after: tuple[str, ...]) -> bool:
    return (
        (not rule.before or _holds(rule.before, before))
        and (not rule.after or _holds(rule.after, after))
        and not _holds(rule.forbidden, after)
    )


def _holds(rows: frozenset[tuple[str, ...]], side: tuple[str, ...]) -> bool:
    return any(side[: length + 1] in rows for length in range(len(side)))


def _placed(
    blocks: Sequence[tuple[int, str]], words: Sequence[str], found: Mapping[int, tuple[str, bool]]
) -> Iterator[Confusion]:
    """The findings with their places, without names, acronyms, addresses and parts of hyphenated words."""
    number, past = 0, -1
    for offset, text in blocks:
        skipped = [match.span() for match in tokens.SKIPPED.finditer(text) if not match[0].isdigit()]
        for index, match in enumerate(PIECE.finditer(_lowered(text)), number):
            number = index + 1
            start, end = match.span()
            form = text[start:end]
            if index not in found or index <= past or (form[0].isupper() and _is_name(text, start)):
                continue
            apart = text[start - 1 : start] not in _HYPHENS and text[end : end + 1] not in _HYPHENS
            if apart and not tokens.is_acronym(form) and not any(a <= start < b for a, b in skipped):
                past = index + 1
                around = (*_side(words, index, -1)[:1], words[index], *_side(words, index, 1)[:1])
                company = " ".join(word for word in around if word != BREAK)
                right, is_certain = found[index]
                suggestions = (tokens.in_case_of(form, right),)
                yield Confusion(offset + start, offset + end, form, suggestions, company, is_certain)
        number += 1  # the mark between two blocks


_HYPHENS = ("-", "‐", "‑")


def _is_name(text: str, start: int) -> bool:
    """Whether a word with a capital stands within a sentence of small letters."""
    return not tokens.starts_sentence(text, start) and not tokens.is_title(text)
