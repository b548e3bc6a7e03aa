"""Finds misspelt, run-together, split and doubled words on one page, and says what was meant.

In: blocks of text. Out: findings with offsets. Fast because each distinct word is looked up once; the slow rules run
only on blocks that hold an unknown, doubled or joinable word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import add, eq

from pipeline.spelling import tokens
from pipeline.spelling.judging import Context, Judge, Verdict
from pipeline.spelling.lexicon import load

EXEMPT_DOUBLES = frozenset({"had", "that"})


@dataclass(frozen=True, slots=True)
class Misspelling:
    """One finding."""

    start: int
    """Offset of the first character in the text that the blocks come from."""
    end: int
    """Offset one past the last."""
    word: str
    """The text found there."""
    kind: str
    """misspelling, run-together, split, doubled, or unknown: no close common candidate, so for a person to judge."""
    suggestions: tuple[str, ...]
    """Best first, at most three, in the case of the word."""
    sure: bool
    """One candidate is far ahead: safe to apply without asking."""


class Speller:
    """A checker for one variant of English and one library.

    ``own_words`` are always right. ``library_words`` are the words of the library with the number of its articles
    that use each: what two articles use is taken for right unless it is a known misspelling.
    Errors: ValueError for a variant other than "en_GB" and "en_US".
    """

    def __init__(
        self, variant: str = "en_GB", own_words: Iterable[str] = (), library_words: Mapping[str, int] | None = None
    ) -> None:
        self._lexicon = load(variant)
        self._judge = Judge(self._lexicon, own_words, library_words or {})

    def check(self, blocks: Sequence[tuple[int, str]]) -> list[Misspelling]:
        """In: (offset, text) of each heading, paragraph, item or cell of one page. Out: findings in order of place."""
        joined = "\n\x1f\n".join(text for _, text in blocks).lower()
        words = tokens.WORD.findall(joined)
        following = words[1:]
        unknown = set(words).difference(self._lexicon.words)
        unknown = {word for word in unknown if not self._judge.accepts(word)}
        doubled = any(map(eq, words, following))
        joins = self._lexicon.words.keys() & set(map(add, words, following))
        split = {pair for pair in zip(words, following, strict=False) if pair[0] + pair[1] in joins and self._judge.splits(*pair)} if joins else set()
        if not (unknown or doubled or split):
            return []
        page = Counter(words)
        found: list[Misspelling] = []
        for offset, text in blocks:
            found += self._check_block(offset, text, unknown, split, page, doubled)
        return found

    def _check_block(
        self, offset: int, text: str, unknown: set[str], split: set[tuple[str, str]], page: Mapping[str, int], doubled: bool
    ) -> list[Misspelling]:
        """The findings of one block."""
        return []
