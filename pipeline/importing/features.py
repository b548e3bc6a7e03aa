"""What the learned labels look at: each block as a few groups of small values, none of which holds its words.

A group is a tuple of values in the order of FIELDS. Values are few on purpose: a group that was met before costs
nothing to weigh (learned.py).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from pipeline.importing.blocks import bare, ends_sentence, ends_with_a_verb
from pipeline.importing.furniture import Page
from pipeline.importing.layout import begins_sentence, echoes, has_capitals, is_in_capitals, last_mark
from pipeline.importing.lines import is_number
from pipeline.importing.nouns import Block
from pipeline.importing.shapes import OFFERS, has_date
from pipeline.importing.vocabulary import CJK, Words, furniture, words_in
from pipeline.importing.zones import INNER_END, is_prose

Value = int | str | bool
Group = tuple[Value, ...]
Row = tuple[Group, ...]

FIELDS: dict[str, tuple[str, ...]] = {
    "form": ("end", "mark", "size", "low", "gap", "under"),
    "sense": ("section", "part", "leads", "opens", "two", "echo", "capitals", "label"),
    "words": ("common", "site", "offers", "self", "about", "touches", "wide", "alien"),
    "signs": ("date", "digits", "marks", "bracket", "commas", "upper"),
    "known": ("how", "kind", "points"),
    "place": ("side", "top", "bottom", "near", "seen", "again"),
    "crowd": ("run", "above", "below", "prose", "indent", "side"),
    "beside": ("end", "last end", "last mark", "mark", "next prose", "size", "next mark", "last prose", "gap"),
    "last": ("end", "mark", "size", "prose", "gap", "section", "known", "about", "low"),
    "next": ("end", "mark", "size", "prose", "gap", "section", "known", "about", "low"),
    "last but one": ("end", "mark", "prose", "known"),
    "next but one": ("end", "mark", "prose", "known"),
}
"""The groups, and the values of each: those of a row itself, then what it sees of the rows around it."""
OWN = tuple(FIELDS)[:8]
"""The groups of a row itself. Its last group is what the rows around it see."""

TOGETHER: dict[str, tuple[tuple[int, ...], ...]] = {
    "form": ((0, 2), (0, 1), (2, 4, 5), (1, 3), (0, 2, 5)),
    "sense": ((0, 5), (6, 7)),
    "words": ((1, 4), (0, 4), (0, 1), (7, 1)),
    "known": ((0, 2),),
    "place": ((0, 3), (0, 5)),
    "crowd": ((0, 5), (1, 2), (3, 5)),
    "beside": ((0, 1), (2, 3, 6), (0, 4, 5), (5, 4, 7), (1, 3), (0, 4), (8, 5, 1)),
    "last": ((0, 3), (1, 0)),
    "next": ((0, 3), (1, 0)),
}
"""Which values of a group speak together, by their places."""

LONGEST_SHORT = 22
"""Words of a block whose words are looked at; a longer one is told by its form and its neighbours."""
_NO_SENSE = ("", False, False, False, False, False, False, False)
_NO_WORDS = (9, 9, False, False, 9, 9, False, False)
_NO_SIGNS = (False, 9, False, False, 9, False)
OUTSIDE: Group = ("out", "", 0, False, False, False, 0, 0, False)
"""What is seen above the first row and below the last."""
_LABELLED = re.compile(r"[:：]\s*\S")
OTHER_SCRIPTS = frozenset("ar ur hi bn zh ru uk".split())
"""Languages whose lines are hardly ever all in Latin letters."""
_SIZES = (1, 2, 4, 6, 9, 14, 22, 45)
"""Words."""
_DIGIT = re.compile(r"\d")
_SEPARATORS = re.compile(r"[|>›»]")


def describe(blocks: Sequence[Block], page: Page) -> list[Row]:
    """One row for each block, in order."""
    if not blocks:
        return []
    prose = [is_prose(block) and not page.is_notice(block) for block in blocks]
    forms = [_form(block) for block in blocks]
    under = [*(block.gap for block in blocks[1:]), True]
    senses = [_sense(block, page.words) for block in blocks]
    words = [_words(block, page) for block in blocks]
    known = [_known(block, page) for block in blocks]
    echo = _echoes(blocks, prose)
    places, crowds = _places(blocks, prose), _crowds(blocks, prose)
    beside = [
        (form[0], form[1], form[2], is_long, block.gap, sense[0] != "", points[2], term[4], form[3])
        for form, is_long, block, sense, points, term in zip(forms, prose, blocks, senses, known, words, strict=True)
    ]
    around = [OUTSIDE, *beside, OUTSIDE]
    rows: list[Row] = []
    for n, block in enumerate(blocks):
        form, last, following = forms[n], around[n], around[n + 2]
        short = block.words <= LONGEST_SHORT
        rows.append(
            (
                (*form, block.gap, under[n]),
                (*senses[n][:5], echo[n], *senses[n][5:]) if short else _NO_SENSE,
                words[n],
                _signs(block) if short else _NO_SIGNS,
                known[n],
                places[n],
                crowds[n],
                (form[0], last[0], last[1], form[1], following[3], form[2], following[1], last[3], block.gap),
                beside[n],
            )
        )
    return rows


def all_names(rows: Sequence[Row]) -> list[list[str]]:
    """The features of each row with those of the rows beside it, to learn from."""
    seen = [OUTSIDE, OUTSIDE, *(row[-1] for row in rows), OUTSIDE, OUTSIDE]
    found = []
    for n, row in enumerate(rows):
        groups = [*zip(OWN, row[:-1], strict=True), ("last", seen[n + 1]), ("next", seen[n + 3])]
        groups += [("last but one", brief(seen[n])), ("next but one", brief(seen[n + 4]))]
        found.append([name for group, values in groups for name in names(group, values)])
    return found


@lru_cache(maxsize=65536)
def names(group: str, values: Group) -> tuple[str, ...]:
    """The features of a group: each value, and those that speak together."""
    fields = FIELDS[group]
    single = [f"{group}:{field}={value}" for field, value in zip(fields, values, strict=True)]
    joint = ["&".join(single[place] for place in places) for places in TOGETHER.get(group, ())]
    return (*single, *joint)


def brief(values: Group) -> Group:
    """What of a row is seen from two rows away."""
    return (values[0], values[1], values[3], values[6])


def _step(share: float) -> int:
    """A share from 0 to 1 in five steps."""
    return 0 if share <= 0 else 1 if share < 0.2 else 2 if share < 0.4 else 3 if share < 0.67 else 4


def _form(block: Block) -> tuple[str, str, int, bool]:
    text = block.text
    end = last_mark(text)
    if not end:
        kind = "none"
    elif text.endswith(("...", "…")):
        kind = "dots"
    elif end in "?？؟":
        kind = "question"
    elif end in ":：":
        kind = "colon"
    elif end in ",;،؛，；、":
        kind = "clause"
    else:
        kind = "stop" if ends_sentence(text) else "verb" if ends_with_a_verb(text, block.words) else "open"
    mark = "" if not block.marker else "number" if is_number(block.marker) else "bullet"
    size = bisect_left(_SIZES, block.words)
    return kind, mark, size, text[:1].islower()


def _sense(block: Block, words: Words) -> tuple[str, bool, bool, bool, bool, bool, bool]:
    text = block.text
    if block.words > LONGEST_SHORT:
        return "", False, False, False, False, False, False
    section = words.section(text)
    return (
        "" if not section else "overview" if section == "overview" else "part",
        block.words <= 14 and words.begins_section(text),
        words.leads_in(text),
        begins_sentence(block, words),
        bool(INNER_END.search(text)),
        has_capitals(text),
        bool(_LABELLED.search(text)),
    )


def _words(block: Block, page: Page) -> Group:
    if block.words > LONGEST_SHORT:
        return _NO_WORDS
    text, words = block.text, page.words
    found = words_in(text)
    count = max(len(found), 1)
    is_wide = bool(CJK.search(text))
    site = furniture().words
    return (
        9 if is_wide else _step(sum(map(words.common.__contains__, found)) / count),
        _step(sum(map(site.__contains__, found)) / count),
        not OFFERS.isdisjoint(found),
        any(word in text for word in words.first) if is_wide else not words.first.isdisjoint(found),
        _step(page.about(block)),
        min(page.touches(block), 4),
        is_wide,
        page.words.code in OTHER_SCRIPTS and text.isascii() and any(map(str.isalpha, text)),
    )


def _signs(block: Block) -> Group:
    text = block.text
    digits = len(_DIGIT.findall(text))
    return (
        digits > 0 and has_date(text),
        _step(digits / max(len(text), 1)),
        bool(_SEPARATORS.search(text)),
        "(" in text or "（" in text,
        min(text.count(",") + text.count("،") + text.count("，"), 3),
        is_in_capitals(block),
    )


def _known(block: Block, page: Page) -> Group:
    match, points = page.match_of(block), page.points_of(block)
    return (
        match.how if match else "",
        match.kind if match else "",
        -1 if points < 0 else 0 if points == 0 else 1 if points < 2 else 2,
    )


def _echoes(blocks: Sequence[Block], prose: Sequence[bool]) -> list[bool]:
    """Whether the block below each is prose that begins with its words."""
    below = zip(blocks, blocks[1:], prose[1:], strict=False)
    found = [a.words <= LONGEST_SHORT and is_long and echoes(a, b) for a, b, is_long in below]
    return [*found, False]


def _places(blocks: Sequence[Block], prose: Sequence[bool]) -> list[Group]:
    """Where on the page: before, among or after the prose, near an end of the page, how much of the prose is above."""
    total = len(blocks)
    again = _said_again(blocks)
    long = [n for n in range(total) if prose[n]]
    first, last = (long[0], long[-1]) if long else (total, -1)
    amount = sum(block.words for block, is_long in zip(blocks, prose, strict=True) if is_long) or 1
    seen = 0
    rows: list[Group] = []
    for n, block in enumerate(blocks):
        side = "none" if not long else "before" if n < first else "after" if n > last else "among"
        away = first - n if n < first else n - last if n > last else 0
        rows.append((side, min(n, 4), min(total - 1 - n, 4), min(away, 6), _step(seen / amount), again[n]))
        seen += block.words if prose[n] else 0
    return rows


_BEGIN = 9
"""Letters that tell most paragraphs apart."""


def _said_again(blocks: Sequence[Block]) -> list[bool]:
    """Whether each block is on the page more than once, numbers and marks aside."""
    begins = [bare(block.text[:60])[:_BEGIN] for block in blocks]
    counts = Counter(begins)
    whole = [bare(b.text) if len(s) < _BEGIN or counts[s] > 1 else "" for b, s in zip(blocks, begins, strict=True)]
    said = Counter(whole)
    return [bool(text) and said[text] > 1 for text in whole]


def _crowds(blocks: Sequence[Block], prose: Sequence[bool]) -> list[Group]:
    """Among how many short lines without marks each block stands, and how much prose is near."""
    total = len(blocks)
    short = [not prose[n] and blocks[n].words <= 14 and not blocks[n].marker for n in range(total)]
    above, below = [0] * total, [0] * total
    for n in range(1, total):
        above[n] = above[n - 1] + 1 if short[n - 1] else 0
        below[total - 1 - n] = below[total - n] + 1 if short[total - n] else 0
    rows: list[Group] = []
    long = [n for n in range(total) if prose[n]]
    first, last = (long[0], long[-1]) if long else (total, -1)
    for n, block in enumerate(blocks):
        run = above[n] + below[n] + 1 if short[n] else 0
        near = sum(prose[max(n - 4, 0) : n + 5]) - prose[n]
        side = n < first or n > last
        rows.append(
            (
                run if run <= 4 else 5 if run <= 6 else 6 if run <= 9 else 7,
                min(above[n], 4),
                min(below[n], 4),
                near,
                0 if block.line.indent == 0 else 1 if block.line.indent < 4 else 2,
                side,
            )
        )
    return rows
