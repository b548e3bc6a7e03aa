"""The blocks of a page that were not dropped, and what a block says of the one beside it."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from functools import lru_cache

from pipeline.importing.blocks import ends_with_colon, without_references
from pipeline.importing.furniture import Page
from pipeline.importing.nouns import Block, Label
from pipeline.importing.vocabulary import CJK, Words, terms, tokens, words_of
from pipeline.importing.zones import is_prose


class Structure:
    """The blocks of one page that were not dropped, and what is known of the page."""

    def __init__(self, blocks: Sequence[Block], page: Page, *, is_marked_up: bool = False) -> None:
        self.everything = blocks
        self.blocks = [block for block in blocks if block.label is not Label.BOILERPLATE]
        self.words = page.words
        self.is_marked_up = is_marked_up
        self.about = page.about
        self.touches = page.touches
        self.is_grave = page.is_grave
        self._rules = {b.line.number for b in blocks if not b.gap and _is_rule(b.line.raw.strip())}
        self._dropped = [block.line.number for block in blocks if block.label is Label.BOILERPLATE]
        self.last_furniture = self._dropped[-1] if self._dropped else 0
        self.last_prose = max((n for n, block in enumerate(self.blocks) if is_prose(block)), default=-1)
        self.first_prose = next((n for n, block in enumerate(self.blocks) if is_prose(block)), len(self.blocks))

    def is_broken_by_furniture(self, number: int) -> bool:
        """Whether furniture stands between a block and the second one below it."""
        first, last = self.blocks[number].line.number, self.blocks[min(number + 2, len(self.blocks) - 1)].line.number
        at = bisect(self._dropped, first)
        return at < len(self._dropped) and self._dropped[at] < last

    def is_underlined(self, block: Block) -> bool:
        """Whether a line of = or - stands directly below."""
        return block.lines[-1].number + 1 in self._rules

    def has_furniture_after(self, block: Block) -> bool:
        """Whether furniture stands below a block, or the block itself is the title of another page."""
        if self.last_furniture > block.line.number:
            return True
        return is_link_title(block) and len([word for word in block.text.split() if len(word) > 3]) >= 2

    def after(self, number: int) -> Block | None:
        return self.blocks[number + 1] if number + 1 < len(self.blocks) else None

    def before(self, number: int) -> Block | None:
        return self.blocks[number - 1] if number else None


def _is_rule(text: str) -> bool:
    """Whether a line consists of one of the marks that underline a heading."""
    return text[:1] in ("=", "-", "~") and text == text[0] * len(text)


def leads(block: Block) -> bool:
    """Whether a line leads in a list or a paragraph: no title stands below it."""
    return ends_with_colon(block.text) and block.words >= 3


def asks(block: Block) -> bool:
    text = block.text
    return ("?" in text or "？" in text or "؟" in text) and last_mark(text) in ("?", "？", "؟")


def last_mark(text: str) -> str:
    """The last sign of a text, brackets, quotation marks and the numbers of its sources aside."""
    return without_references(text).rstrip("\"'”’»)）」 -–—")[-1:]


def begins_sentence(block: Block, words: Words) -> bool:
    """Whether a text begins with a word that begins sentences and hardly ever items."""
    return _begins_sentence(block.text[:40], words.code)


@lru_cache(maxsize=16384)
def _begins_sentence(begin: str, code: str) -> bool:
    openers = words_of(code).openers
    text = begin.casefold().replace("’", "'")
    if CJK.match(text):
        return any(text.startswith(opener) for opener in openers)
    first = tokens(text)[:1]
    return bool(first) and (first[0] in openers or first[0].partition("'")[0] + "'" in openers)


def echoes(block: Block, following: Block) -> bool:
    """Whether the prose begins with the words of the line above it."""
    own = set(terms(block.text))
    begin = following.text[:90] if not CJK.search(following.text) else following.text[:24]
    return bool(own) and len(own & set(terms(begin))) * 2 >= len(own)


def is_link_title(block: Block) -> bool:
    """Whether a line is the title of another page: cut with dots, or in capital initials."""
    return block.text.endswith(("...", "…")) or has_capitals(block.text)


def is_in_capitals(block: Block) -> bool:
    """Whether a line is written in capitals, as some titles are."""
    return block.text.isupper() and sum(map(str.isalpha, block.text)) >= 4


def has_capitals(text: str) -> bool:
    """Whether nearly every long word of a text has a capital initial."""
    names = [word for word in text.split() if len(word) > 3 and word[0].isalpha()]
    return bool(names) and sum([word[0].isupper() for word in names]) >= len(names) * 0.7
