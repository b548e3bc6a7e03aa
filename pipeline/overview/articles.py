"""The pages of one article: its text with the findings in it, and each translation beside its source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import quote

from jinja2 import Environment
from markupsafe import Markup

from pipeline.checks import TranslatedArticle
from pipeline.clock import today
from pipeline.desk import Words, environment
from pipeline.language import load_language
from pipeline.library import Library
from pipeline.messages import named
from pipeline.model import Finding, State
from pipeline.overview.gathering import Entry, address
from pipeline.overview.model import Level, Row
from pipeline.overview.pairs import PairRow, changed_words, pair_rows, worst
from pipeline.overview.texts import KINDS, Shown, blocks, gravest, numbered
from pipeline.readability import SentenceCost, sentence_costs
from pipeline.standing import Review

PAGE_BYTES = 330_000
"""Of the blocks or rows on one page, so that the page with all around them stays under 500 kB."""
MOST_FINDINGS = 100
"""In the list before a text; every finding is marked in the text."""
HARDEST = 8
LABELLED = ("field", "outside", "table-header", "table-cell", "footnote", "definition", "link-title")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Page:
    """One file of the report."""

    path: str
    html: str


@dataclass(frozen=True, slots=True)
class ArticlePages:
    """The pages of one article in one language, and where each of its findings stands on them."""

    pages: Sequence[Page]
    places: Mapping[Finding, str]


@dataclass(frozen=True, slots=True)
class Frame:
    """What the pages of every article have in common."""

    jinja: Environment
    words: Words
    release: str
    """The revision that changes are told since; "" where there is none."""
    release_note: str
    """Why there is none."""


def frame_of(library: Library, words: Words, release: str, release_note: str) -> Frame:
    """What all pages have in common."""
    jinja = environment("pipeline.overview", words)
    jinja.globals |= {
        "library": library.settings.name,
        "made": words.date(today()),
        "style": "desk.css",
        "address": address,
        "changed_words": changed_words,
        "source_language": library.settings.language,
    }
    return Frame(jinja, words, release, release_note)


def article_pages(entry: Entry, row: Row, frame: Frame) -> ArticlePages:
    """The pages of an article in one language; none where it has no catalogue that can be read."""
    if not entry.cell.page:
        return ArticlePages((), {})
    return _translation(entry, entry.item, row, frame) if entry.item else _source(entry, row, frame)


def _source(entry: Entry, row: Row, frame: Frame) -> ArticlePages:
    article, words = entry.source, frame.words
    shown = numbered(entry.findings)
    hard = sentence_costs(article, HARDEST)
    found = list(blocks(article, shown, [cost.sentence for cost in hard], words))
    parts = split(found, lambda block: len(block.html.encode()) + sum(_size(s) for s in block.shown) + 120)
    names = part_names(entry.cell.page, len(parts))
    where = {n: name for name, part in zip(names, parts, strict=True) for block in part for n in block.hard}
    hard_places = [_to(where.get(n, ""), f"s{n}", entry.cell.page) for n in range(1, len(hard) + 1)]
    pages, places = [], {}
    for number, (name, part) in enumerate(zip(names, parts, strict=True), 1):
        own = [one for block in part for one in block.shown]
        places.update({one.finding: f"{name}#f{one.number}" for one in own})
        data = _common(entry, row, frame, names, number)
        data |= {"path": article.path.as_posix(), "suggestions_tag": load_language(article.language).tag}
        data |= {"blocks": part, "shown": sorted(own, key=gravest), "hard": hard, "hard_places": hard_places}
        pages.append(Page(name, frame.jinja.get_template("source.j2").render(data)))
    return ArticlePages(pages, places)


def _translation(entry: Entry, item: TranslatedArticle, row: Row, frame: Frame) -> ArticlePages:
    words = frame.words
    shown = numbered(entry.findings)
    whole, rows = pair_rows(item, shown, words)
    parts = split(rows, _row_size)
    names = part_names(entry.cell.page, len(parts))
    hard: Sequence[SentenceCost] = sentence_costs(item.translated.article, HARDEST) if entry.cell.level else ()
    row_page = {one.number: name for name, part in zip(names, parts, strict=True) for one in part}
    places = {one.finding: f"{name}#f{one.number}" for name, part in zip(names, parts, strict=True)
              for pair in part for one in pair.notes}  # fmt: skip
    places.update({one.finding: f"{names[0]}#f{one.number}" for one in whole})
    # What holds of most segments is said once.
    usual = Counter(pair.state for pair in rows).most_common(1)[0][0] if rows else State.MISSING
    pages = []
    for number, (name, part) in enumerate(zip(names, parts, strict=True), 1):
        data = _common(entry, row, frame, names, number)
        data |= {"path": item.catalogue.as_posix(), "source": load_language(item.source.language)}
        data |= {"rows": part, "whole": sorted(whole, key=gravest), "first": worst(rows), "hard": hard}
        data |= {"row_places": {n: _to(page, f"r{n}", name) for n, page in row_page.items()}}
        data |= {"usual_state": usual, "suggestions_tag": load_language(entry.cell.language).tag}
        pages.append(Page(name, frame.jinja.get_template("translation.j2").render(data)))
    return ArticlePages(pages, places)


def _common(entry: Entry, row: Row, frame: Frame, names: Sequence[str], number: int) -> dict[str, object]:
    words = frame.words
    return {
        "row": row,
        "cell": entry.cell,
        "language": load_language(entry.cell.language),
        "here": names[number - 1],
        "root": "../" * names[number - 1].count("/"),
        "names": names,
        "part": number,
        "change": entry.change,
        "edit": edit_address(entry.cell.article, entry.cell.language if entry.item else ""),
        "release": frame.release,
        "release_note": frame.release_note,
        "level_text": level_text(entry.cell.level, words) if entry.cell.level else "",
        "target_text": target_text(entry.cell.level, words) if entry.cell.level else "",
        "review_text": lambda review: review_text(review, words),
        "most": MOST_FINDINGS,
        "KINDS": KINDS,
        "labelled": LABELLED,
    }


def edit_address(article: str, language: str = "") -> str:
    """Where plainleaf serve has the page that changes an article, or its translation into a language."""
    return quote(f"/translate/{language}/{article}" if language else f"/article/{article}")


def level_text(level: Level, words: Words) -> str:
    """A reading level as people read it: the figure with its formula, or the length of sentences."""
    units = {
        "words": words.say("{number} words a sentence", number=words.number(level.sentence_length, 1)),
        "characters": words.say("{number} characters a sentence", number=words.number(level.sentence_length, 1)),
        "syllables": words.say("{number} syllables a sentence", number=words.number(level.sentence_length, 1)),
    }
    length = units.get(level.unit, units["words"])
    if level.value is None:
        return length
    return f"{words.number(level.value, 1)}, {words.tell(named(level.formula))}; {length}"


def target_text(level: Level, words: Words) -> str:
    """The target of a reading level, and whether it is reached; "" where there is none."""
    if level.value is None or level.target is None:
        return ""
    target = words.number(level.target, 1)
    if level.meets:
        if level.higher_is_easier:
            return words.say("target met: {target} or more", target=target)
        return words.say("target met: {target} or less", target=target)
    if level.higher_is_easier:
        return words.say("target missed: {target} or more", target=target)
    return words.say("target missed: {target} or less", target=target)


def review_text(review: Review, words: Words) -> str:
    """When an article must be reviewed, as people read it."""
    day = words.date(review.next_review) or words.say("no date")
    return {
        "never": words.say("no clinician has reviewed it"),
        "none": words.say("no date for the next review"),
        "past": words.say("was due on {date}", date=day),
        "near": words.say("due soon: {date}", date=day),
        "later": words.say("next on {date}", date=day),
    }[review.state]


def split(items: Sequence[_T], size: Callable[[_T], int], most: int = PAGE_BYTES) -> list[list[_T]]:
    """Items in parts of so many bytes at most; one part at least, and one item in each at least."""
    parts: list[list[_T]] = [[]]
    filled = 0
    for item in items:
        weight = size(item)
        if parts[-1] and filled + weight > most:
            parts.append([])
            filled = 0
        parts[-1].append(item)
        filled += weight
    return parts


def part_names(page: str, number: int) -> list[str]:
    """The paths of the parts of a page: the first has its own, the others a number."""
    stem = page.removesuffix(".html")
    return [page, *(f"{stem}.{n}.html" for n in range(2, number + 1))]


def _to(page: str, mark: str, here: str) -> str:
    """A link from one part of an article to a mark in another; both stand in one folder."""
    return f"#{mark}" if page in ("", here) else f"{quote(page.rpartition('/')[2])}#{mark}"


def _size(one: Shown) -> int:
    found = one.finding
    return 700 + 2 * len(found.message.encode()) + sum(len(s.encode()) for s in found.suggestions)


def _row_size(row: PairRow) -> int:
    texts: list[Markup] = [row.source, row.text, *([row.was] if row.was is not None else [])]
    return 600 + sum(len(text.encode()) for text in texts) + sum(_size(one) for one in row.notes)
