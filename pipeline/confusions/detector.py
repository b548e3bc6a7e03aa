"""Finds words that are right in themselves and wrong where they stand.

In: blocks of text. Out: findings with offsets. A rule of our own names the wrong word and its neighbours; one that
only grammar words speak for is not trusted. Where no rule does, counts of neighbouring words may (``chances``). Fast
because what two neighbours say of a word is looked up once: of most, nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from pipeline.confusions.chances import Chances, Page
from pipeline.confusions.model import BREAK, Rule, likely, rules, wrong_words
from pipeline.spelling import tokens
from pipeline.spelling.lexicon import VARIANTS
from pipeline.spelling.wordclasses import FUNCTION_WORDS

PIECE = re.compile(r"[^\W_]+(?:'[^\W\d_]+)*|[^\w\s'‘\"“”*‐‑-]")
"""A word, a number, or a mark that parts phrases. Quotation marks, emphasis and hyphens part nothing."""
UNCOUNTED = FUNCTION_WORDS | frozenset(
    """
    off our hour two too four being here why am let says say said did does although while well never those these nor
    many move more
    """.split()
)
"""Grammar words: their neighbours say little."""


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


class _Hint(NamedTuple):
    """What may be said of a word between two others, on some page."""

    is_ruled: bool
    """A rule may have something to say."""
    likelier: frozenset[str]
    """The words that the counts may speak for, on a page that has them."""
    is_clear: bool
    """The counts speak for one of them on any page."""


_NOTHING = _Hint(False, frozenset(), False)


class Detector:
    """A checker for one variant of English. Errors: ValueError for another than "en_GB" and "en_US"."""

    def __init__(self, variant: str = "en_GB") -> None:
        if variant not in VARIANTS:
            raise ValueError(f"no rules for {variant!r}; there are {' and '.join(VARIANTS)}")
        self._variant = variant
        self._wrong = frozenset(wrong_words()) | likely().keys()
        self._chances = Chances(variant)
        self._hints: dict[tuple[str, str, str], _Hint] = {}

    def check(self, blocks: Sequence[tuple[int, str]]) -> list[Confusion]:
        """In: (offset, text) of each heading, paragraph, item or cell of one page. Out: findings in order of place."""
        lowered = _lowered("\n|\n".join(text for _, text in blocks))
        words = PIECE.findall(lowered)
        if self._wrong.isdisjoint(words):
            return []
        wrong, hints, hinted, present = self._wrong, self._hints, dict[int, _Hint](), frozenset(words)
        padded = [*words, ""]  # the word after the last; and before the first, at -1
        for index in [index for index, word in enumerate(words) if word in wrong]:
            three = (padded[index - 1], padded[index], padded[index + 1])
            hint = hints.get(three) or self._hint(three)
            if hint is _NOTHING:
                continue
            if hint.is_ruled or hint.is_clear or not hint.likelier.isdisjoint(present):
                hinted[index] = hint
        if not hinted:
            return []
        page = Page(Counter(words), frozenset(pairwise(words)), len(words))
        found = {}
        for index, hint in hinted.items():
            right = self._by_rule(words, index) if hint.is_ruled else ""
            right = right or (self._by_chance(words, index, page) if hint.likelier else "")
            if right:
                found[index] = right
        return list(_placed(blocks, words, found)) if found else []

    def _hint(self, three: tuple[str, str, str]) -> _Hint:
        """What a rule, and the counts, may have to say of a word between two others."""
        before, word, after = three
        named = not rules(word).keys().isdisjoint(((before, word), (word, after)))
        likelier = frozenset(chance.right for chance in self._chances.beside(before, word, after))
        alone = Page(Counter((word,)), frozenset(), 0)
        is_clear = bool(likelier) and bool(self._chances.meant(before, word, after, alone))
        self._hints[three] = hint = _Hint(named, likelier, is_clear) if named or likelier else _NOTHING
        return hint

    def _by_chance(self, words: Sequence[str], index: int, page: Page) -> str:
        """The word that is far likelier here by its neighbours and the page, or nothing."""
        before = words[index - 1] if index else ""
        return self._chances.meant(before, words[index], words[index + 1] if words[index + 1 :] else "", page)

    def _by_rule(self, words: Sequence[str], index: int) -> str:
        """The right word by a rule for which more than grammar words speak, or nothing."""
        word = words[index]
        for pair in ((words[index - 1] if index else "", word), (word, words[index + 1] if words[index + 1 :] else "")):
            for rule in rules(word).get(pair, ()):
                if self._variant == "en_US" and rule.right == "practise":
                    continue
                before, after = _side(words, index, -1), _side(words, index, 1)
                named = _company(rule, before, after)
                if named is not None:
                    has_evidence = any(near.isalpha() and near not in UNCOUNTED for near in named)
                    if has_evidence and (word not in UNCOUNTED or "'" in word + rule.right):
                        return rule.right
        return ""


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


def _company(rule: Rule, before: tuple[str, ...], after: tuple[str, ...]) -> tuple[str, ...] | None:
    """The neighbours that a rule names and that stand here; None when it does not fit."""
    left = _row(rule.before, before) if rule.before else ()
    right = _row(rule.after, after) if rule.after else ()
    if left is None or right is None or _row(rule.forbidden, after):
        return None
    return (*left, *right)


def _row(rows: frozenset[tuple[str, ...]], side: tuple[str, ...]) -> tuple[str, ...] | None:
    """The longest of the rows that stands on this side; None for none."""
    return next((side[:length] for length in range(len(side), 0, -1) if side[:length] in rows), None)


def _placed(blocks: Sequence[tuple[int, str]], words: Sequence[str], found: Mapping[int, str]) -> Iterator[Confusion]:
    """The findings with their places, without names, acronyms, addresses and parts of hyphenated words."""
    number, past = 0, -1
    for offset, text in blocks:
        skipped = [match.span() for match in tokens.skipping(text).finditer(text) if not match[0].isdigit()]
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
                suggestions = (tokens.in_case_of(form, found[index]),)
                yield Confusion(offset + start, offset + end, form, suggestions, company)
        number += 1  # the mark between two blocks


_HYPHENS = ("-", "‐", "‑")


def _is_name(text: str, start: int) -> bool:
    """Whether a word with a capital stands within a sentence of small letters."""
    return not tokens.starts_sentence(text, start) and not tokens.is_title(text)
