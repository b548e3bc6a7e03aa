"""Title, headings, lists, and where the article ends: the second half of the way from lines to labels."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.importing.blocks import bare, ends_sentence
from pipeline.importing.furniture import Page
from pipeline.importing.headings import mark_headings, mark_numbered
from pipeline.importing.layout import Structure, has_capitals, is_link_title, leads
from pipeline.importing.learned import second_opinion
from pipeline.importing.lines import is_number
from pipeline.importing.listing import find_lists
from pipeline.importing.nouns import Block, Label
from pipeline.importing.title import find_title
from pipeline.importing.zones import is_prose


def mark_structure(blocks: Sequence[Block], page: Page, *, is_marked_up: bool = False) -> Block | None:
    """Label headings, lists and body; drop what stands before the title and after the end. Returns the title."""
    structure = Structure(blocks, page, is_marked_up=is_marked_up)
    for block in structure.blocks:
        if block.hint[:1] == "h" and block.hint[1:].isdigit():
            block.label = Label.HEADING
        elif block.hint == "li" or block.marker:
            block.label = Label.LIST
    title = find_title(structure)
    structure = Structure(blocks, page, is_marked_up=is_marked_up)
    if not is_marked_up:
        find_lists(structure)
        mark_headings(structure)
        mark_numbered(structure)
    if title is not None:
        title.label = Label.HEADING
        _repeats(structure, title)
    _tail(structure, title)
    if not is_marked_up:
        second_opinion(blocks, page, title)
    structure = Structure(blocks, page, is_marked_up=is_marked_up)
    _levels(structure, title)
    return title


def _repeats(structure: Structure, title: Block) -> None:
    """The title twice more and oftener, or a long one once more: what pictures say of themselves."""
    own = bare(title.text)
    said = [n for n, b in enumerate(structure.blocks) if b is not title and bare(b.text) == own and not b.hint]
    again = [structure.blocks[n] for n in said if not _heads_text(structure, n)]
    for block in again if len(said) >= 2 or title.words >= 5 else ():
        block.drop("media", "the title once more", is_sure=len(again) >= 2)
    for block in structure.blocks:
        if block is not title and own and bare(block.text) == f"{own} {own}" and not block.hint:
            block.drop("media", "the title once more, twice")
    last = structure.blocks[-1]
    is_begin = last.words >= 4 and len(bare(last.text)) < len(own) and own.startswith(bare(last.text))
    if is_begin and last is not title and not last.hint and not ends_sentence(last.text):
        last.drop("media", "the title once more, cut off")
    for block in structure.blocks:
        if block is not title and block.hint == title.hint == "h1" and bare(block.text) == bare(title.text):
            block.drop("navigation", "the title once more")


def _heads_text(structure: Structure, number: int) -> bool:
    """Whether a line stands between two paragraphs, as the heading of the lower one does."""
    before, after = structure.before(number), structure.after(number)
    if before is None or after is None or not is_prose(before) or not is_prose(after):
        return False
    return bare(after.text) != bare(structure.blocks[number].text)


def _tail(structure: Structure, title: Block | None) -> None:
    """Short lines after the end of the article, and headings with nothing of the article under them, are dropped."""
    for number in range(len(structure.blocks) - 1, -1, -1):
        block, before = structure.blocks[number], structure.before(number)
        if block is title or _is_text(block) or structure.is_grave(block) or not structure.has_furniture_after(block):
            return
        is_last_part = before is None or is_prose(before) or before.label is Label.LIST
        if block.label is Label.HEADING and (block.hint or (is_last_part and structure.words.section(block.text))):
            return
        block.drop("navigation", "after the end of the article", is_sure=block.words <= 3)


def _is_text(block: Block) -> bool:
    """Whether a block belongs to the article by what it is: a list, prose, a lead-in, a cut sentence."""
    if block.label is Label.LIST or block.hint == "raw" or leads(block) or block.text[:1].islower():
        return True
    has_dots = block.text.endswith(("...", "…"))
    if is_prose(block) and not (has_dots and block.words <= 14 and has_capitals(block.text)):
        return True
    is_cut = block.words >= 8 and not is_link_title(block)
    return block.label is not Label.HEADING and (is_cut or (ends_sentence(block.text) and not has_dots))


def _levels(structure: Structure, title: Block | None) -> None:
    """Levels of headings: 2, and 3 under a heading that has nothing but headings of its own below it."""
    hints = sorted({int(b.hint[1:]) for b in structure.blocks if b.label is Label.HEADING and b.hint[1:].isdigit()})
    ranks = {hint: rank for rank, hint in enumerate((h for h in hints if h > 1), 2)}
    under = False
    for number, block in enumerate(structure.blocks):
        if block.label is not Label.HEADING or block is title:
            continue
        before = structure.before(number)
        if block.hint[1:].isdigit() and block.hint[:1] == "h":
            block.level = min(ranks.get(int(block.hint[1:]), 2), 6)
            continue
        dots = len(re.findall(r"\d+", block.marker)) if is_number(block.marker) else 0
        if dots >= 2:
            block.level = min(dots + 1, 6)
        elif before is not None and before.label is Label.HEADING and before is not title and not dots:
            under = True
            block.level = before.level + 1 if before.level < 3 else before.level
        else:
            under = under and not structure.words.section(block.text)
            block.level = 3 if under else 2
