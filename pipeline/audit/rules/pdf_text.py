"""The words of a PDF: whether they can be read aloud, in which order, and against what they stand."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

from rapidfuzz.fuzz import ratio

from pipeline.audit.contrast import contrast, hex_of, wanted
from pipeline.audit.glyphs import Glyph, PageContent, joined
from pipeline.audit.model import Fault
from pipeline.audit.paper import HEADINGS, Node, Paper
from pipeline.audit.registry import rule
from pipeline.model import Severity

_BLOCKS = ("P", "LI", "Caption", "Figure", "Table", "TOCI", "BlockQuote", *HEADINGS)
_BOLD = re.compile(r"bold|black|heavy|semibold", re.IGNORECASE)


@rule("pdf", Severity.ERROR, "1.3.1", "4.1.2", pdfua="7.21.7", matterhorn=("10-001",))
def pdf_unicode(paper: Paper) -> Iterator[Fault]:
    """Every glyph says which characters it stands for.

    Why: what does not cannot be read aloud, copied or searched: the page looks right and is silent.
    """
    for page in paper.pages:
        silent = [g for g in page.glyphs if _is_silent(g) and g.actual is None and not g.is_artifact]
        fonts = Counter(glyph.font for glyph in silent)
        for font, count in fonts.items():
            yield paper.fault(None, f"{count} glyphs of {font} stand for no characters", page.number)


def _is_silent(glyph: Glyph) -> bool:
    if not glyph.text:
        return glyph.box[0] != glyph.box[2]
    return all(c in "\ufffd\0" or unicodedata.category(c) in ("Co", "Cn") for c in glyph.text)


@rule("pdf", Severity.ERROR, "1.3.1", "1.3.2", pdfua="7.2", other=("ISO 32000-1 14.8.2.4",))
def pdf_text_layer(paper: Paper) -> Iterator[Fault]:
    """The words that are heard are those that are seen: each letter once, in the order in which it is read.

    Why: programs that set Arabic often put each letter twice, or the last letter first, into what is read aloud. No
    validator notices.
    """
    for page in paper.pages:
        read = "".join(page.text(mcid) for mcid in page.pieces)
        letters = [(one, two) for one, two in pairwise(read) if _is_right_to_left(one) and _is_right_to_left(two)]
        twice = sum(1 for one, two in letters if one == two)
        if len(letters) >= 20 and twice > 0.08 * len(letters):
            message = f"{round(100 * twice / len(letters))} % of the letters are there twice in what is read aloud"
            yield paper.fault(None, message, page.number)
        pairs = list(_neighbours(page))
        backwards = sum(1 for one, two in pairs if two.box[0] > one.box[0] + 0.5 and not two.is_reversed)
        if len(pairs) >= 20 and backwards > 0.5 * len(pairs):
            message = "the letters of right-to-left words are read from the last to the first"
            yield paper.fault(None, message, page.number)


def _neighbours(page: PageContent) -> Iterator[tuple[Glyph, Glyph]]:
    """Letters of right-to-left words that follow each other and that no ActualText stands for."""
    for one, two in pairwise(page.glyphs):
        # Letters of one word stand on one line, near each other.
        near = abs(one.box[1] - two.box[1]) < one.size and abs(one.box[0] - two.box[0]) < 3 * one.size
        if near and all(g.actual is None and not g.is_artifact and _is_right_to_left(g.text) for g in (one, two)):
            yield one, two


def _is_right_to_left(text: str) -> bool:
    return bool(text) and unicodedata.bidirectional(text[0]) in ("R", "AL") and text[0].isalpha()


@rule("pdf", Severity.ERROR, "1.3.1", pdfua="7.2", other=("ISO 32000-1 14.9.4",))
def pdf_actual_text(paper: Paper) -> Iterator[Fault]:
    """ActualText, which is read in the place of glyphs, says what the glyphs show.

    Why: who hears it is told something else than who sees it.
    """
    for node in paper.nodes:
        actual = node.string("/ActualText")
        if actual is not None and node.tag not in ("Figure", "Formula"):
            seen = "".join(_seen(paper, node))
            if _differ(actual, seen):
                yield paper.fault(node, f'it shows "{_short(seen)}" and is read as "{_short(actual)}"')
    for page in paper.pages:
        shown: dict[int, str] = defaultdict(str)
        for glyph in page.glyphs:
            if glyph.actual is not None:
                shown[glyph.actual] += glyph.text
        for number, actual in enumerate(page.actual):
            if number in shown and _differ(actual, shown[number]):
                message = f'it shows "{_short(shown[number])}" and is read as "{_short(actual)}"'
                yield paper.fault(None, message, page.number)


def _seen(paper: Paper, node: Node) -> Iterator[str]:
    for part in node.content:
        if isinstance(part, Node):
            yield from _seen(paper, part)
        else:
            yield paper.mark_text(part)


def _differ(actual: str, seen: str) -> bool:
    """Whether two texts share too few letters to be the same: order and joined letters do not matter.

    Of a few letters nothing can be told: fonts share one glyph, such as two dots, between several.
    """
    one, two = _letters(actual), _letters(seen)
    return len(two) >= 6 and ratio(one, two) < 50


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sorted({c for c in plain if c.isalnum()}))


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


@rule("pdf", Severity.REVIEW, "1.3.2", pdfua="7.2", matterhorn=("09-001",))
def pdf_reading_order(paper: Paper) -> Iterator[Fault]:
    """What is read later stands below, or in another column.

    Why: a reader who hears the page must get the sentences in the order in which they were meant. Only a person can
    tell; this shows where to look.
    """
    before: tuple[int, tuple[float, float, float, float]] | None = None
    for node in paper.nodes:
        if node.tag not in _BLOCKS or any(parent.tag in (*_BLOCKS, "Note") for parent in _parents(node)):
            continue
        places = _places(paper, node)
        if not places:
            continue
        page, box = next(iter(places.items()))
        if before and page < before[0]:
            yield paper.fault(node, f"it stands on page {page}, but is read after page {before[0]}")
        elif before and page == before[0] and _is_above(box, before[1]):
            yield paper.fault(node, "it stands above what is read before it")
        last = list(places)[-1]
        before = (last, places[last])


def _parents(node: Node) -> Iterator[Node]:
    while node.parent is not None:
        node = node.parent
        yield node


def _places(paper: Paper, node: Node) -> dict[int, tuple[float, float, float, float]]:
    found: dict[int, tuple[float, float, float, float]] = {}
    for inner in node.walk():
        if any(parent.tag == "Note" for parent in (inner, *_parents(inner))):
            continue  # A note stands at the foot of the page and is read where it is referred to.
        for page, mcid in inner.marks:
            box = paper.pages[page - 1].places.get(mcid) if 0 < page <= len(paper.pages) else None
            if box:
                found[page] = joined(found.get(page), box)
    return dict(sorted(found.items()))


def _is_above(box: tuple[float, float, float, float], before: tuple[float, float, float, float]) -> bool:
    wide = min(box[2], before[2]) - max(box[0], before[0])
    narrower = max(1.0, min(box[2] - box[0], before[2] - before[0]))
    return wide > 0.5 * narrower and box[1] >= before[3] - 2


@rule("pdf", Severity.ERROR, "1.4.3", matterhorn=("04-001",))
def pdf_contrast(paper: Paper) -> Iterator[Fault]:
    """Text stands out from what it is printed on: 4.5 to 1, or 3 to 1 for large letters.

    Why: pale grey on white is not there for readers with low vision. Over pictures it cannot be told, and is left to a
    person.
    """
    for page in paper.pages:
        weak: dict[tuple[str, str, float], list[str]] = defaultdict(list)
        for glyph in page.glyphs:
            if glyph.is_invisible or not glyph.text.strip() or glyph.colour is None or glyph.ground is None:
                continue
            found = contrast(glyph.colour, glyph.ground)
            if found + 0.005 < wanted(glyph.size, bool(_BOLD.search(glyph.font))):
                weak[hex_of(glyph.colour), hex_of(glyph.ground), round(found, 2)].append(glyph.text)
        for (colour, ground, found), texts in weak.items():
            sample = _short("".join(texts))
            message = f'contrast {found} to 1: {colour} on {ground}, "{sample}"'
            yield paper.fault(None, message, page.number, text="".join(texts))
