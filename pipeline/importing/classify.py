"""From the text of a page to labelled blocks: the whole way, to be read from top to bottom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.importing.blocks import IsWord, count_words, ends_sentence, join_blocks, make_blocks
from pipeline.importing.furniture import Page, running_heads
from pipeline.importing.nouns import Block, Dropped, Label, Line, Mended
from pipeline.importing.structure import mark_structure
from pipeline.importing.vocabulary import words_of
from pipeline.importing.zones import is_prose, mark_furniture


@dataclass(slots=True)
class Classified:
    """A page whose every line has a label."""

    language: str
    blocks: list[Block]
    title: Block | None
    mended: Mended

    def kept(self) -> list[Block]:
        """The blocks of the article, in order."""
        return [block for block in self.blocks if block.label is not Label.BOILERPLATE]

    def labels(self) -> Iterator[tuple[int, Label]]:
        """(line, label) of each non-empty line of the input, in order."""
        pairs = [(line.number, block.label) for block in self.blocks for line in block.lines]
        return iter(sorted(pairs))

    def dropped(self) -> Iterator[Dropped]:
        """Every line that is not in the article, with the reason, in order."""
        for block in self.blocks:
            if block.label is Label.BOILERPLATE:
                for line in block.lines:
                    text = line.raw.strip() or line.text
                    yield Dropped(line.number, text, block.kind, block.reason, is_prose(block))


def classify(lines: Sequence[Line], mended: Mended, language: str, is_word: IsWord, *, marked_up: bool) -> Classified:
    """Label every line.

    language: a code of data/words.toml. marked_up: whether headings and lists come from the file's
    own markup, so that none need be guessed.
    """
    blocks, page = furnished(lines, mended, language, is_word)
    title = mark_structure(blocks, page, is_marked_up=marked_up)
    known = {line.number for block in blocks for line in block.lines}
    blocks += (_running_head(line) for line in lines if line.number not in known)
    blocks.sort(key=lambda block: block.line.number)
    return Classified(language, blocks, title, mended)


def furnished(lines: Sequence[Line], mended: Mended, language: str, is_word: IsWord) -> tuple[list[Block], Page]:
    """The first half of the way: blocks without heads and feet of printed pages, furniture among them dropped."""
    words = words_of(language)
    heads = running_heads(lines)
    blocks = make_blocks([line for line in lines if line.number not in heads], mended, is_word, words)
    page = Page(blocks, words)
    mark_furniture(blocks, page)
    return _over_page_breaks(blocks, mended, is_word), page


def _running_head(line: Line) -> Block:
    block = Block([line], line.text, count_words(line.text))
    block.drop("navigation", "head or foot of a printed page")
    return block


def _over_page_breaks(blocks: list[Block], mended: Mended, is_word: IsWord) -> list[Block]:
    """Join a sentence that goes on behind running heads and a page break."""
    kept: list[Block] = []
    last: Block | None = None
    for block in blocks:
        if block.label is Label.BOILERPLATE:
            kept.append(block)
            continue
        if last is not None and _goes_on(last, block, kept[-1] is not last):
            join_blocks(last, block, mended, is_word)
            mended.add("paragraph cut by a page break")
            continue
        kept.append(block)
        last = block
    return kept


def _goes_on(block: Block, following: Block, is_apart: bool) -> bool:
    is_cut = not ends_sentence(block.text) and block.text[-1:] not in ":：;；"
    has_break = any(line.page for line in following.lines) or is_apart
    return (
        is_cut
        and has_break
        and following.text[:1].islower()
        and not following.marker
        and not (following.hint or block.hint)
        and block.words >= 6
    )
