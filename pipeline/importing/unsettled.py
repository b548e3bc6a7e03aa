"""What an import could not settle: each is a finding of severity review, at a line of the input."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.importing.blocks import ends_sentence
from pipeline.importing.claims import find_claims, find_items, find_places
from pipeline.importing.classify import Classified
from pipeline.importing.coherence import find_articles, find_coverage, find_fused, find_level
from pipeline.importing.metadata import Metadata
from pipeline.importing.nouns import Block, Label, Unsettled, unsettled_at
from pipeline.importing.readers import Page
from pipeline.importing.vocabulary import terms, words_of
from pipeline.importing.zones import is_prose

MOST_YEARS = 3
"""After so many years without a review a health text is taken for out of date."""
_LOST_START = re.compile(r"^\s+\S")


def unsettled(page: Page, result: Classified, metadata: Metadata, year: int) -> list[Unsettled]:
    """All findings on one import, in the order of the lines."""
    words = words_of(result.language)
    kept = result.kept()
    found = [
        *_ends(page, result, kept),
        *_title(result, kept),
        *_part_of_a_page(result, kept),
        *find_articles(result, kept),
        *find_fused(result, kept, words),
        *find_level(kept),
        *find_coverage(result, kept, words),
        *find_places(kept, words),
        *find_items(kept),
        *find_claims(result, kept),
        *_metadata(metadata, result, year),
        *_doubts(result),
    ]
    return sorted(found, key=lambda item: (item.line, item.name, item.message))


def _ends(page: Page, result: Classified, kept: Sequence[Block]) -> Iterator[Unsettled]:
    """Lost beginnings and cut-off ends."""
    if not kept:
        return
    first, last = kept[0], kept[-1]
    if first.text[:1].islower() or first.text[:1] in ",;)" or (_LOST_START.match(first.line.raw) and not first.marker and first.label is Label.HEADING):  # fmt: skip  # noqa: E501
        yield unsettled_at(
            "lost-beginning", first, "the page seems to begin within a sentence or a title: look for what is lost"
        )
    ending = page.text.rstrip(" \t")
    cut = next((b for b in reversed(result.blocks) if b.text.endswith(("...", "…"))), None)
    if cut is not None and cut is result.blocks[-1]:
        yield unsettled_at("cut-off-end", cut, "the page ends with dots: what follows is lost")
    elif last.label is Label.HEADING:
        yield unsettled_at("cut-off-end", last, "the page ends with a heading and nothing under it")
    elif last.label is Label.BODY and not ends_sentence(last.text) and last.text[:1] != "|":
        yield unsettled_at("cut-off-end", last, "the page ends within a sentence: look for what is lost")
    elif page.kind == "plain text" and not ending.endswith(("\n", "\r")):
        yield unsettled_at(
            "cut-off-end", result.blocks[-1], "the file ends without a line end: it may have been cut off"
        )


def _title(result: Classified, kept: Sequence[Block]) -> Iterator[Unsettled]:
    prose = " ".join(block.text for block in kept if is_prose(block))
    if result.title is None:
        if kept:
            yield unsettled_at("no-title", kept[0], "the page has no title: give it one")
        return
    own = [word for word in terms(result.title.text) if word not in words_of(result.language).common]
    used = set(terms(prose))
    if own and len(used) >= 20 and not any(_known(word, used) for word in own):
        yield unsettled_at(
            "title-does-not-fit", result.title, "no word of the title comes in the text: it may belong to another page"
        )


def _part_of_a_page(result: Classified, kept: Sequence[Block]) -> Iterator[Unsettled]:
    """A title that is like another heading of the page: both may be parts of a page whose title is lost."""
    if result.title is None or result.title.hint:
        return
    own, words = set(terms(result.title.text)), words_of(result.language)
    for block in kept:
        if block.label is not Label.HEADING or block is result.title or words.section(block.text):
            continue
        other = set(terms(block.text))
        if own and other and own != other and len(own & other) * 3 >= 2 * max(len(own), len(other)):
            message = f"the title is like the heading of line {block.line.number}: the title of the page may be lost"
            yield unsettled_at("title-of-a-part", result.title, message)
            return


def _known(word: str, used: set[str]) -> bool:
    return word in used or any(other[:5] == word[:5] for other in used if len(word) >= 6)


def _metadata(metadata: Metadata, result: Classified, year: int) -> Iterator[Unsettled]:
    line = result.blocks[0].line.number if result.blocks else 1
    if not metadata.authors and not metadata.dates:
        yield Unsettled("no-source", line, "the page names no author and no date: find out where it comes from")
    if metadata.latest_year and year - metadata.latest_year >= MOST_YEARS:
        at = next(b for b in result.blocks if b.kind in ("date", "byline") and str(metadata.latest_year) in b.text)
        yield unsettled_at(
            "out-of-date", at, f"last dated {metadata.latest_year}: have a clinician look whether it is still right"
        )


def _doubts(result: Classified) -> Iterator[Unsettled]:
    """Lines that were dropped or kept without being sure."""
    doubtful = [
        b for b in result.blocks if b.label is Label.BOILERPLATE and not b.is_sure and not is_prose(b) and b.words >= 3
    ]
    if doubtful:
        lines = ", ".join(str(block.line.number) for block in doubtful[:40])
        yield unsettled_at(
            "dropped-lines",
            doubtful[0],
            f"left out, and it is not sure that they are no part of the article: lines {lines}",
        )
    for block in result.blocks:
        if block.label is Label.BOILERPLATE and not block.is_sure and is_prose(block):
            yield unsettled_at(
                "dropped-text", block, f"taken for {block.reason} and left out: look whether it belongs to the article"
            )
        elif block.label is Label.BODY and not block.is_sure:
            yield unsettled_at(
                "kept-text",
                block,
                "stands among readers' comments and was kept: look whether it belongs to the article",
            )
