"""Which blocks are headings: each feature has a weight, and a block that reaches 1.5 is one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.importing.blocks import ends_sentence, ends_with_a_verb, ends_with_colon, without_references
from pipeline.importing.layout import Structure, asks, begins_sentence, echoes, is_in_capitals
from pipeline.importing.lines import is_number
from pipeline.importing.nouns import Block, Label
from pipeline.importing.vocabulary import Words
from pipeline.importing.zones import INNER_END, is_prose, is_short

HEADING_ENOUGH = 1.5

HEADING_WEIGHTS = {
    "a question": 2.0,
    "no full stop": 1.0,
    "names a part of an article": 1.5,
    "few words": 0.5,
    "speaks of the page's topic": 0.5,
    "capitals": 1.0,
    "prose follows": 1.0,
    "prose repeats it": 1.0,
    "a list follows": 0.75,
    "a lead-in follows": 0.75,
    "stands alone": 0.5,
    "numbered, prose follows": 0.75,
    "nothing follows": -1.5,
    "ends with a full stop": -3.0,
    "ends within a sentence": -3.0,
    "leads in a list": -4.5,
    "ends with a colon": -0.5,
    "begins in lower case": -2.0,
    "begins like a sentence": -0.5,
    "many words": -1.5,
    "as long as a sentence": -1.5,
    "underlined": 3.0,
    "two sentences": -3.0,
    "marked as a list item": -2.0,
    "among items": -2.5,
    "a row of a table": -3.0,
    "several phrases": -1.5,
}
"""What speaks for a heading (above 0) and against it (below 0)."""


def mark_headings(structure: Structure) -> None:
    for number, block in enumerate(structure.blocks):
        if block.label is Label.LIST and not block.marker:
            continue
        if block.label is Label.LIST and is_number(block.marker):
            continue
        if (
            block.hint != "raw"
            and any(map(str.isalpha, block.text))
            and heading_points(structure, number) >= HEADING_ENOUGH
        ):
            block.label = Label.HEADING


def heading_points(structure: Structure, number: int) -> float:
    """How much speaks for a heading."""
    return sum(HEADING_WEIGHTS[name] for name in heading_features(structure, number))


def heading_features(structure: Structure, number: int) -> list[str]:
    """The features of a block that speak for or against a heading."""
    block, words = structure.blocks[number], structure.words
    if block.words > 22:
        return ["many words"]
    features = _end_features(block, structure.after(number), words)
    if block.words > 13:
        features += ["many words"] if "a question" in features else ["many words", "as long as a sentence"]
    elif block.words <= 8:
        features.append("few words")
    if words.section(block.text):
        features.append("names a part of an article")
    if structure.about(block) >= 0.5:
        features.append("speaks of the page's topic")
    if is_in_capitals(block):
        features.append("capitals")
    if block.text[:1].islower() and not block.marker:
        features.append("begins in lower case")
    elif begins_sentence(block, words) and not words.section(block.text) and "a question" not in features:
        features.append("begins like a sentence")
    inner = INNER_END.search(block.text)
    if inner and (inner[0][0] not in "?？؟" or "ends with a full stop" in features):
        features.append("two sentences")
    if structure.is_underlined(block):
        features.append("underlined")
    if "|" in block.text.rstrip("| "):
        features.append("a row of a table")
    if ";" in block.text or "；" in block.text:
        features.append("several phrases")
    return features + _place_features(structure, number)


def _end_features(block: Block, following: Block | None, words: Words) -> list[str]:
    end = without_references(block.text).rstrip("\"'”’»)）」 -–—")[-1:]
    if end in ("?", "？", "؟"):
        return ["a question"]
    if end in ":：":
        return ["ends with a colon", "no full stop"] if _is_label(block, following, words) else ["leads in a list"]
    if end in "!！" and block.words <= 3:
        return ["no full stop"]
    if end in ",;،؛，；、":
        return ["ends within a sentence"]
    if ends_sentence(block.text) or ends_with_a_verb(block.text, block.words):
        return ["ends with a full stop"]
    return ["leads in a list"] if block.words >= 5 and words.leads_in(block.text) else ["no full stop"]


def _is_label(block: Block, following: Block | None, words: Words) -> bool:
    """Whether a line that ends with a colon is a heading, such as "Symptoms:", and no sentence that leads in a list."""
    if words.leads_in(block.text):
        return False
    if following is not None and (is_prose(following) or ends_with_colon(following.text)) and not following.marker:
        return block.words <= 8 and bool(words.section(block.text) or block.words <= 3)
    if begins_sentence(block, words):
        return False
    return block.words <= 3 or (block.words <= 6 and words.begins_section(block.text))


def _place_features(structure: Structure, number: int) -> list[str]:
    block, before, following = structure.blocks[number], structure.before(number), structure.after(number)
    features = []
    if block.marker:
        features.append("marked as a list item")
        if any(other is not None and other.marker[:1] == block.marker[:1] for other in (before, following)):
            features.append("among items")
    if block.gap and (following is None or following.gap):
        features.append("stands alone")
    if following is None:
        is_cut = begins_sentence(block, structure.words) and not structure.words.section(block.text)
        return [*features, "nothing follows", *(["ends within a sentence"] if is_cut and not asks(block) else [])]
    if is_prose(following) and not following.marker:
        features.append("prose follows")
        if echoes(block, following):
            features.append("prose repeats it")
    elif following.label is Label.LIST:
        is_sentence = begins_sentence(block, structure.words) and structure.words.leads_in(block.text)
        features.append("leads in a list" if is_sentence and block.words >= 3 else "a list follows")
    elif ends_with_colon(following.text) or structure.words.leads_in(following.text):
        features.append("a lead-in follows")
    return features


def mark_numbered(structure: Structure) -> None:
    """A short numbered line that has no number beside it is a heading; items stand one below the other."""
    blocks = structure.blocks
    for number, block in enumerate(blocks):
        if not is_number(block.marker) or block.label is not Label.LIST or not is_short(block):
            continue
        before, following = structure.before(number), structure.after(number)
        if ends_sentence(block.text) and not asks(block):
            continue
        if following is None or _same_count(block, following) or (before is not None and _same_count(block, before)):
            continue
        if (
            ends_with_colon(following.text)
            or is_prose(following)
            or following.marker
            or following.words > 12
            or structure.words.section(block.text)
            or _goes_on_counting(blocks, number)
        ):
            block.label = Label.HEADING


def _goes_on_counting(blocks: Sequence[Block], number: int) -> bool:
    """Whether the numbered line before this one is a heading, with text of its own below it."""
    above = (block for block in reversed(blocks[:number]) if _same_count(blocks[number], block))
    last = next(above, None)
    return last is not None and last.label is Label.HEADING


def _same_count(block: Block, other: Block) -> bool:
    """Whether two markers count in the same way: "1." and "2.", "一、" and "二、"."""
    return re.sub(r"[^\W_]", "", block.marker) == re.sub(r"[^\W_]", "", other.marker) and (
        block.marker[:1].isascii() == other.marker[:1].isascii() and is_number(other.marker)
    )
