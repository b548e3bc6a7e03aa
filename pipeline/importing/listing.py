"""Lists that lost their markers are found again by what leads them in, and by how alike their items are."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from pipeline.importing.blocks import ends_sentence, ends_with_a_verb, ends_with_colon
from pipeline.importing.layout import Structure, asks, begins_sentence, echoes, has_capitals, is_in_capitals
from pipeline.importing.nouns import Block, Label
from pipeline.importing.vocabulary import Words
from pipeline.importing.zones import is_prose

MOST_ITEMS = 120
"""Of one list; what goes on longer is looked at again from there."""


def find_lists(structure: Structure) -> None:
    """Find the items of lists that lost their markers."""
    blocks = structure.blocks
    number = 0
    while number < len(blocks):
        block = blocks[number]
        if _is_lead(structure, number):
            stop = _end_of_list(structure, number + 1)
            if stop - number - 1 >= 2:
                for item in blocks[number + 1 : stop]:
                    item.label = Label.LIST
                    item.is_sure = False
                number = stop
                continue
        elif block.label is Label.BODY and (number == 0 or not _is_lead(structure, number - 1)):
            stop = max(_end_of_run(structure, number), _end_of_clauses(structure, number))
            if stop - number >= 3:
                for item in blocks[number:stop]:
                    item.label = Label.LIST
                    item.is_sure = False
                number = stop
                continue
        number += 1


def _is_lead(structure: Structure, number: int) -> bool:
    """Whether a block leads in the list below it."""
    block = structure.blocks[number]
    following = structure.after(number)
    if following is None or following.marker or following.label is not Label.BODY or block.hint == "raw":
        return False
    if is_in_capitals(block) and block.words <= 6 and not is_in_capitals(following):
        return not is_prose(following)
    if ends_with_colon(block.text):
        is_title = block.words <= 8 and structure.words.section(block.text) and not structure.words.leads_in(block.text)
        is_heading = bool(is_title) and is_prose(following)
        return not is_heading and (block.words >= 2 or bool(structure.words.section(block.text)))
    if ends_sentence(block.text) or block.words < 4 or block.label is not Label.BODY:
        return False
    items = structure.blocks[number + 1 : number + 3]
    return structure.words.leads_in(block.text) and len(items) == 2 and not any(map(is_prose, items))


def _end_of_list(structure: Structure, start: int) -> int:
    """One past the last item of an unmarked list that begins at ``start``."""
    blocks, words = structure.blocks, structure.words
    first = blocks[start]
    if ends_with_colon(first.text):
        return start
    is_lower = first.text[:1].islower()
    stop = start
    lengths: list[int] = []
    while stop < min(len(blocks), start + MOST_ITEMS):
        block = blocks[stop]
        if block.marker or block.hint or block.label is not Label.BODY or block.words > 45:
            break
        if stop > start:
            if is_lower and block.text[:1].isupper():
                break
            if asks(block) != asks(first):
                break
            if block.gap and not blocks[start + 1].gap and stop > start + 1:
                break
            if ends_with_colon(block.text) and (block.words >= 3 or _is_lead(structure, stop)):
                break
            if (_is_titled(block) and not _is_titled(first)) or _is_part(structure, stop, first):
                break
            if is_in_capitals(block) and not is_in_capitals(first):
                break
            if not (_has_label(block) and _has_label(first)) and not _fits(block, blocks[start:stop], lengths, words):
                break
        elif is_prose(block) and begins_sentence(block, words) and not ends_sentence(first.text):
            break
        lengths.append(block.words)
        stop += 1
    return _without_heading(structure, start, stop)


def _is_part(structure: Structure, number: int, first: Block) -> bool:
    """Whether a line names the next part of the article: a sentence is below it, and the items are none."""
    block, following = structure.blocks[number], structure.after(number)
    if following is None or block.words > 6 or ends_sentence(block.text) or ends_sentence(first.text):
        return False
    if _goes_on(block):
        return False
    return ends_sentence(following.text) and bool(structure.words.section(block.text))


def _goes_on(block: Block) -> bool:
    """Whether a line is one of several clauses: it begins in lower case, or ends with a comma."""
    return block.text[:1].islower() or block.text[-1:] in ",;،؛，；、"


def _is_titled(block: Block) -> bool:
    """Whether a line is written as a title: three long words or more, all with capital initials, and no stop."""
    return has_capitals(block.text) and sum(len(word) > 3 for word in block.text.split()) >= 3 and not _has_label(block)


def _has_label(block: Block) -> bool:
    """Whether a line names a thing, and says more of it behind a colon."""
    label, colon, rest = block.text.partition(":")
    return bool(colon) and bool(rest.strip()) and len(label.split()) <= 6


def _end_of_clauses(structure: Structure, start: int) -> int:
    """One past the last of some lines of which all but the last end with a semicolon, or that are short sentences."""
    blocks = structure.blocks
    if blocks[start].words > 9 and blocks[start].text[-1:] not in ";；؛":
        return start
    stop = start
    while stop < len(blocks) and _may_be_item(blocks[stop]) and blocks[stop].text[-1:] in ";；؛":
        stop += 1
    if stop - start >= 2:
        is_last = stop < len(blocks) and _may_be_item(blocks[stop]) and not ends_with_colon(blocks[stop].text)
        return stop + (is_last and not blocks[stop].gap and blocks[stop].words <= 20)
    while stop < len(blocks) and _may_be_item(blocks[stop]) and _is_short_sentence(blocks[stop], structure.words):
        stop += 1
    above = blocks[start - 1] if start else None
    has_title = above is not None and not ends_sentence(above.text) and above.words <= 8
    is_close = not any(block.gap for block in blocks[start + 1 : stop])
    is_part = above is not None and bool(structure.words.section(above.text))
    return stop if stop - start >= 4 and has_title and (is_close or is_part) else start


def _may_be_item(block: Block) -> bool:
    return block.label is Label.BODY and not block.marker and not block.hint and block.words <= 45


def _is_short_sentence(block: Block, words: Words) -> bool:
    return block.words <= 9 and ends_sentence(block.text) and not asks(block) and not begins_sentence(block, words)


def _fits(block: Block, items: Sequence[Block], lengths: Sequence[int], words: Words) -> bool:
    """Whether a block is of a kind with the items above it."""
    ended = sum(ends_sentence(item.text) for item in items)
    is_ended = ends_sentence(block.text)
    if block.words > max(22, 3.5 * median(lengths)):
        return False
    if is_ended and not ended and block.words >= 9 and not (block.text[:1].islower() and block.words <= 22):
        return False
    if not is_ended and ended == len(items) >= 2:
        return False
    opened = sum(begins_sentence(item, words) for item in items)
    return not (begins_sentence(block, words) and opened * 2 < len(items) and is_ended and block.words >= 6)


def _without_heading(structure: Structure, start: int, stop: int) -> int:
    """The same end, less a last line that is the heading of what follows."""
    if stop - start < 2 or stop >= len(structure.blocks):
        return stop
    last, following = structure.blocks[stop - 1], structure.blocks[stop]
    if _goes_on(last):
        return stop
    if ends_sentence(last.text) and last.text.rstrip()[-1:] not in "?？؟":
        return stop
    is_heading = (
        bool(structure.words.section(last.text))
        or last.text.rstrip()[-1:] in "?？؟"
        or (is_prose(following) and (echoes(last, following) or (last.gap and not structure.blocks[stop - 2].gap)))
    )
    return stop - 1 if is_heading and last.words <= 14 else stop


def _end_of_run(structure: Structure, start: int) -> int:
    """One past the last of three or more short lines of one kind in a row, without a lead-in."""
    blocks = structure.blocks
    if start < structure.first_prose or (start > structure.last_prose and structure.is_broken_by_furniture(start)):
        return start
    stop = start
    while stop < min(len(blocks), start + MOST_ITEMS):
        block = blocks[stop]
        if block.marker or block.hint or block.label is not Label.BODY or block.words > 20:
            break
        if asks(block) != asks(blocks[start]) or ends_with_colon(block.text):
            break
        if not asks(block) and structure.words.section(block.text):
            break
        if ends_sentence(block.text) and not asks(block):
            ended = sum(ends_sentence(other.text) for other in blocks[start:stop])
            if stop == start or ended * 3 > stop - start or block.words > 14 or begins_sentence(block, structure.words):
                break
        if ends_with_a_verb(block.text, block.words):
            break
        if stop > start and block.gap != blocks[start + 1].gap:
            break
        if stop > start and is_in_capitals(block) != is_in_capitals(blocks[start]):
            break
        stop += 1
    if asks(blocks[start]):
        is_answered = stop < len(blocks) and is_prose(blocks[stop])
        return stop - 1 if is_answered else stop
    return _without_heading(structure, start, stop)
