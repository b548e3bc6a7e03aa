"""What a whole page says: several texts, the same twice, another reader in mind, parts that are missing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rapidfuzz import fuzz

from pipeline.importing.classify import Classified
from pipeline.importing.nouns import Block, Label, Unsettled, unsettled_at
from pipeline.importing.vocabulary import Words, terms
from pipeline.importing.zones import is_prose

ALIKE = 85
"""Per cent of likeness from which two paragraphs say the same."""
FARTHEST = 40
"""Paragraphs between two that are compared."""
MOST_SECTIONS = 60
"""A page of more sections is a book, and speaks of many things."""
OWN_PARTS = ("treatment", "diagnosis", "prevention", "complications")
EXPECTED = ("symptoms", "causes", "diagnosis", "treatment", "help")
_PROFESSIONAL = re.compile(
    r"\b(?:aetiolog|etiolog|pathophysiolog|haemodynamic|hemodynamic|contraindicat|indicated in|differential diagnos|"
    r"prophyla|idiopathic|sequelae|holosystolic|dyspnoea|dyspnea|oedema|morbidity|mortality|comorbid|cohort|"
    r"randomi[sz]ed|meta-analys|mg/kg|intravenous|p\s?[<=]\s?0?\.\d|auscultation|ejection fraction|nyha|patients with|"
    r"étiologi|physiopatholog|contre-indiqu|hémodynamiqu|morbidité|fisiopatolog|etiolog|hemodinámic|morbilidad|"
    r"патогенез|этиолог|гемодинами|патофизиолог|bệnh sinh|huyết động)\w*|"
    r"病理生理|血流动力学|发病机制|射血分数|الفيزيولوجيا المرضية"
)
"""In small letters: quicker than a pattern for both."""
_PROFESSIONAL_AS_WRITTEN = re.compile(_PROFESSIONAL.pattern, re.IGNORECASE)


def find_articles(result: Classified, kept: Sequence[Block]) -> Iterator[Unsettled]:
    """Several articles on one page: a second title, or bylines far apart."""
    tops = [block for block in kept if block.hint == "h1"]
    for block in tops[1:]:
        yield unsettled_at("several-articles", block, "a second title: this may be another article")
    if tops or result.title is None:
        return
    bylines = [b for b in result.blocks if b.label is Label.BOILERPLATE and b.kind == "byline"]
    for before, block in pairwise(bylines):
        between = [b for b in kept if before.line.number < b.line.number < block.line.number]
        if sum(b.words for b in between) >= 80 and any(b.line.number > block.line.number and is_prose(b) for b in kept):
            yield unsettled_at(
                "several-articles", block, "a second author's line with text under it: this may be another article"
            )
    seen: list[set[str]] = []
    for section in list(_sections(kept))[:MOST_SECTIONS]:
        own = {word for word in terms(" ".join(b.text for b in section)) if len(word) >= 5}
        if len(own) >= 60 and seen and all(len(own & other) / len(own) < 0.04 for other in seen):
            yield unsettled_at(
                "several-articles",
                section[0],
                "from here on the page speaks of something else: perhaps another article",
            )
        if len(own) >= 60:
            seen.append(own)


def _sections(kept: Sequence[Block]) -> Iterator[list[Block]]:
    section: list[Block] = []
    for block in kept:
        if block.label is Label.HEADING and section:
            yield section
            section = []
        section.append(block)
    if section:
        yield section


def find_fused(result: Classified, kept: Sequence[Block], words: Words) -> Iterator[Unsettled]:
    """Two introductions: a heading such as "Overview" deep in the text, or paragraphs that say the same."""
    prose = [block for block in kept if is_prose(block)]
    for block in kept:
        is_overview = block.label is Label.HEADING and words.section(block.text) == "overview" and block.words <= 3
        if is_overview and block is not result.title:
            before = [b for b in prose if b.line.number < block.line.number]
            if len(before) >= 3:
                yield unsettled_at(
                    "fused-introductions",
                    block,
                    f"{len(before)} paragraphs introduce the topic above this heading: two introductions may be fused",
                )
    own = [frozenset(terms(block.text)) for block in prose]
    for number, block in enumerate(prose):
        for further in range(number + 1, min(number + FARTHEST, len(prose))):
            other = prose[further]
            if len(own[number] & own[further]) * 3 < 2 * max(len(own[number]), len(own[further]), 1):
                continue
            if fuzz.token_sort_ratio(block.text, other.text) >= ALIKE:
                yield unsettled_at("said-twice", other, f"nearly the same as line {block.line.number}: keep one")


def find_level(kept: Sequence[Block]) -> Iterator[Unsettled]:
    prose = [block for block in kept if is_prose(block)]
    total = sum(block.words for block in prose)
    counts = [len(_PROFESSIONAL.findall(block.text.casefold())) for block in prose]
    number = sum(counts)
    if number >= 4 and number * 1000 >= total * 8:
        hits = [block for block, count in zip(prose, counts, strict=True) if count]
        first = hits[0]
        said = (match[0] for block in hits for match in _PROFESSIONAL_AS_WRITTEN.finditer(block.text))
        examples = list(dict.fromkeys(said))[:4]
        yield unsettled_at(
            "professional-text",
            first,
            f"this reads as written for professionals ({', '.join(examples)}): write it anew for patients",
        )


def find_coverage(result: Classified, kept: Sequence[Block], words: Words) -> Iterator[Unsettled]:
    """Parts that a health article should have, and text under a heading that speaks of something else."""
    if not kept or not words.sections:
        return
    headings = {words.section(block.text) for block in kept if block.label is Label.HEADING}
    missing = [name for name in EXPECTED if name in words.sections and name not in headings]
    if missing:
        shown = ", ".join("when to get help" if name == "help" else name for name in missing)
        yield unsettled_at(
            "parts-missing", kept[-1], f"no heading speaks of: {shown}. The page may be a part of another, or cut off"
        )
    body = [block for block in kept if is_prose(block)]
    if len(body) >= 4 and not any(b.label is Label.HEADING and b is not result.title for b in kept):
        yield unsettled_at("no-headings", body[0], f"{len(body)} paragraphs and no heading: give each topic one")
    current, since, has_heading = "", 0, False
    for block in kept:
        if block.label is Label.HEADING:
            current, since, has_heading = words.section(block.text), 0, block is not result.title
        elif is_prose(block) and block.label is Label.BODY:
            since += 1
            topic = words.section(block.text[:60])
            if topic in OWN_PARTS and topic != current and topic not in headings and since >= 2 and has_heading:
                message = f"this speaks of {topic}, under a heading about something else: give it its own"
                yield unsettled_at("heading-missing", block, message)
