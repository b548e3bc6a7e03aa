"""The title of a page. Furniture above it, and bylines under it, are dropped."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.importing.blocks import bare, ends_sentence
from pipeline.importing.layout import Structure, asks, echoes, leads
from pipeline.importing.lines import is_number
from pipeline.importing.nouns import Block, Label
from pipeline.importing.vocabulary import CJK, furniture, words_in
from pipeline.importing.zones import is_prose, is_short

LONGEST_NAME = 42
"""Characters of a line above the title that names the site or one of its parts."""
FARTHEST = 9
"""Lines under a title that a byline may stand in."""


def find_title(structure: Structure) -> Block | None:
    """The title; furniture before it, and bylines under it, are dropped."""
    blocks = structure.blocks
    for block in blocks:
        if block.hint == "h1":
            return block
    first = next((n for n, b in enumerate(blocks) if is_prose(b) or b.hint == "raw" or leads(b)), len(blocks))
    if structure.is_marked_up:
        return next((b for b in blocks[: first + 1] if b.label is Label.HEADING), None)
    candidates = [n for n, block in enumerate(blocks[:first]) if _may_be_title(blocks, n)]
    if not candidates:
        return None
    chosen = max(candidates, key=lambda n: (_title_points(structure, n), -n))
    if first == len(blocks) and chosen != candidates[0]:
        chosen = candidates[0]
    chosen = next(n for n in candidates if bare(blocks[n].text) == bare(blocks[chosen].text))
    title = blocks[chosen]
    is_part = title.words <= 3 and structure.words.section(title.text) and structure.about(title) < 0.5
    if chosen + 1 == first and chosen == 0 and is_part:
        return None
    _above_title(structure, chosen)
    _under_title(structure, chosen, first)
    return title


def _may_be_title(blocks: Sequence[Block], number: int) -> bool:
    block = blocks[number]
    if not is_short(block) or block.text.rstrip()[-1:] in ":：,;" or block.text[:1].islower():
        return False
    if ends_sentence(block.text) and not asks(block) and block.text[-1:] not in "!！":
        return False
    return not block.marker or (not is_number(block.marker) and number == 0 and not _in_list(blocks, number))


def _above_title(structure: Structure, chosen: int) -> None:
    """Short lines above the title are the site's, where they share no word with the article."""
    title = structure.blocks[chosen]
    above = [other for other in structure.everything if other.line.number < title.line.number]
    is_known = any(other.label is Label.BOILERPLATE for other in above)
    is_telling = structure.touches(title) >= 2 and structure.words.section(title.text) in ("", "overview")
    if not is_known and not is_telling:
        return
    for n, block in enumerate(structure.blocks[:chosen]):
        if block.words > 8 or ends_sentence(block.text) or leads(block) or structure.is_grave(block):
            continue
        if block.label is Label.HEADING or structure.words.section(block.text) or asks(block):
            continue
        if not is_known and not _may_name_site(block, structure):
            continue
        if n + 1 == chosen and block.gap and not title.gap:
            continue  # The title and the line under it.
        is_topical = structure.touches(block) and (block.words >= 2 or not is_known)
        if is_topical or structure.about(block) >= 0.5:
            continue
        block.drop("navigation", "above the title", is_sure=is_known and n + 1 < chosen and block.words <= 3)


def _may_name_site(block: Block, structure: Structure) -> bool:
    """Whether a line may name the site or one of its parts: short, and no words that hold a sentence together."""
    found = words_in(block.text)
    is_short_name = len(block.text) <= (6 if CJK.search(block.text) else LONGEST_NAME)
    little = sum(word in structure.words.common or word in structure.words.first for word in found)
    return is_short_name and not block.text[:1].islower() and little * 3 <= len(found)


def _title_points(structure: Structure, number: int) -> float:
    block = structure.blocks[number]
    points = min(structure.about(block), 0.67) * 3 + min(structure.touches(block), 4) * 0.3
    points += 0.6 if 2 <= block.words <= 14 else 0
    following = structure.after(number)
    if following is not None and following.words >= 8 and echoes(block, following):
        points += 1.5
    return points


def _in_list(blocks: Sequence[Block], number: int) -> bool:
    """Whether an item with a marker has another one beside it."""
    if not blocks[number].marker:
        return False
    around = [blocks[n] for n in (number - 1, number + 1) if 0 <= n < len(blocks)]
    return any(b.marker for b in around)


def _under_title(structure: Structure, title: int, first: int) -> None:
    """Names and the like between the title and the first prose are bylines."""
    blocks = structure.blocks
    for n in range(title + 1, min(first, title + FARTHEST)):
        block = blocks[n]
        if block.marker or block.hint or not is_short(block) or ends_sentence(block.text):
            continue
        if structure.is_grave(block) or block.text[:1].islower():
            continue
        if n + 1 < len(blocks) and blocks[n + 1].marker:
            return  # What heads a list is no name.
        if structure.words.section(block.text) or block.text.rstrip()[-1:] in ":：?？؟":
            return
        if bare(block.text) == bare(blocks[title].text):
            block.drop("navigation", "the title once more")
        elif (
            structure.about(block) < 0.34 and _is_name(block) and n - title <= 4 and _beside_furniture(block, structure)
        ):
            block.drop("byline", furniture().reasons["byline"], is_sure=False)
        elif structure.about(block) < 0.34 and block.words <= 6 and _after_byline(block, structure.everything):
            block.drop("navigation", "between the byline and the text", is_sure=False)


def _beside_furniture(block: Block, structure: Structure) -> bool:
    """Whether the line above or below is furniture that is known by itself."""
    everything = structure.everything
    number = next(n for n, other in enumerate(everything) if other is block)
    around = [everything[n] for n in (number - 1, number + 1) if 0 <= n < len(everything)]
    return any(other.label is Label.BOILERPLATE for other in around)


def _after_byline(block: Block, everything: Sequence[Block]) -> bool:
    """Whether the line above a short line is a byline, a date or a button."""
    above = [other for other in everything if other.line.number < block.line.number]
    return bool(above) and above[-1].label is Label.BOILERPLATE and above[-1].kind in ("byline", "date", "sharing")


def _is_name(block: Block) -> bool:
    """Whether a line may be a person's name, a post or a place."""
    if CJK.search(block.text):
        return len(block.text) <= 16
    names = [word for word in block.text.split() if word[:1].isalpha()]
    capitals = sum(word[:1].isupper() for word in names)
    cased = any(word[:1].lower() != word[:1].upper() for word in names)
    return len(names) <= 7 and (capitals >= len(names) * 0.6 if cased else len(names) <= 4) and len(names) >= 2
