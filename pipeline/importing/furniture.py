"""Which blocks are furniture by themselves: each feature has a weight, and a block that reaches 2 is dropped.

The table below is the whole of the rule. Zones (readers' comments, links to other pages) and runs of menu entries
are told by their neighbours: pipeline/importing/zones.py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.importing.blocks import ends_sentence
from pipeline.importing.nouns import Block, Line
from pipeline.importing.shapes import PAGE, has_date, shape
from pipeline.importing.vocabulary import Match, Words, furniture, terms

ENOUGH = 2.0
LONGEST_STAMP = 16
"""Words of a line that says who looked at the page, and when."""
LONGEST_PAGE = 60
"""Characters of a page number with its words."""

WEIGHTS = {
    "exact phrase": 3.0,
    "opening phrase": 2.5,
    "phrase inside": 2.5,
    "breadcrumb": 2.5,
    "menu in one line": 2.5,
    "address alone": 3.0,
    "figures alone": 3.0,
    "date alone": 3.0,
    "page number": 3.0,
    "counter": 3.0,
    "file of a picture": 3.0,
    "offers of the site": 3.0,
    "names a post or a clinic": 2.5,
    "begins with the time of day": 2.0,
    "marks alone": 3.0,
    "tags alone": 3.0,
    "rating": 2.5,
    "size of a file": 2.5,
    "name of a file": 2.5,
    "date and little else": 2.5,
    "names a person with a title": 2.5,
    "names several people": 2.5,
    "telephone number": 2.5,
    "address of a house": 2.5,
    "ends like a teaser": 2.5,
    "reads as a sentence": -1.0,
    "names a part of an article": -1.5,
    "marked as a list item": -0.4,
}
"""What speaks for furniture (above 0) and for the article (below 0)."""


@dataclass(frozen=True, slots=True)
class Score:
    """How much speaks for furniture, and why."""

    points: float
    kind: str
    reason: str
    features: tuple[str, ...]


def topic(blocks: Iterable[Block], words: Words) -> dict[str, int]:
    """How often the page's prose uses each word that carries meaning."""
    found: Counter[str] = Counter()
    for block in blocks:
        if block.words >= 14 or (block.words >= 8 and ends_sentence(block.text)):
            found.update(terms(block.text))
    for word in words.common & found.keys():
        del found[word]
    return dict(found)


def _is_prose(block: Block) -> bool:
    return block.words >= 8 and ends_sentence(block.text) and not block.text.endswith(("...", "…"))


def _is_notice(match: Match | None) -> bool:
    """Whether a sentence is the site's own, such as a notice on cookies: no prose of the article."""
    return match is not None and match.how == "contains"


def _is_of_the_site(match: Match | None) -> bool:
    """Whether a line names the site rather than what the article is about."""
    return match is not None and (match.how == "contains" or match.kind in ("legal", "cookies"))


class Page:
    """What a block's score needs to know of the whole page."""

    def __init__(self, blocks: Sequence[Block], words: Words) -> None:
        self.words = words
        self.matches = [furniture().look_up(block.plain, block.words) for block in blocks]
        own = (block for block, match in zip(blocks, self.matches, strict=True) if not _is_of_the_site(match))
        self.topic = topic(own, words)
        prose = [n for n, block in enumerate(blocks) if _is_prose(block) and not _is_notice(self.matches[n])]
        self.first_prose, self.last_prose = (prose[0], prose[-1]) if prose else (len(blocks), -1)
        self._match = {block.line.number: match for block, match in zip(blocks, self.matches, strict=True)}
        self._points: dict[int, float] = {}
        self._counts: dict[str, tuple[float, int]] = {}

    def match_of(self, block: Block) -> Match | None:
        """The phrase of furniture in a block, wherever it stands."""
        return self._match.get(block.line.number)

    def is_notice(self, block: Block) -> bool:
        """Whether a sentence is the site's own."""
        return _is_notice(self.match_of(block))

    def weigh(self, block: Block, points: float) -> None:
        """Keep how much speaks for furniture."""
        self._points[block.line.number] = points

    def points_of(self, block: Block) -> float:
        """How much speaks for furniture, as it was weighed."""
        return self._points.get(block.line.number, 0.0)

    def is_grave(self, block: Block) -> bool:
        """Whether a line speaks of an emergency: its place alone is no reason to drop it."""
        return self.words.is_grave(block.text)

    def about(self, block: Block) -> float:
        """Which share of a line's own words the prose uses more than once."""
        return self._shared(block)[0]

    def touches(self, block: Block) -> int:
        """How many of a line's own words the prose uses."""
        return self._shared(block)[1]

    def _shared(self, block: Block) -> tuple[float, int]:
        found = self._counts.get(block.text)
        if found is None:
            said, common = self.topic.get, self.words.common
            own = [word for word in terms(block.text) if word not in common]
            counts = [said(word, 0) for word in own]
            share = sum([count >= 2 for count in counts]) / len(own) if own else 0.0
            found = self._counts[block.text] = (share, len({word for word in own if word in self.topic}))
        return found


def score(block: Block, page: Page, number: int) -> Score:
    """The features of the block with this number on the page, and what they weigh."""
    features: list[str] = []
    match = page.matches[number]
    if match and not _is_in_place(match, block, page.first_prose < number < page.last_prose):
        match = None
    if match:
        features.append({"exact": "exact phrase", "starts": "opening phrase"}.get(match.how, "phrase inside"))
    features += shape(block, is_before=number < page.first_prose, is_last=number >= page.last_prose)
    if not features:
        return Score(0.0, "", "", ())
    is_plain = match is None or (
        match.how == "starts" and match.kind not in ("cookies", "comments", "login", "legal", "related")
    )
    is_dated = match is not None and match.kind in ("byline", "date") and has_date(block.text)
    is_stamp = is_dated and block.words <= LONGEST_STAMP
    if is_plain and not is_stamp and ends_sentence(block.text) and block.words >= 8:
        features += ["reads as a sentence"] if "ends like a teaser" not in features else []
    is_open = match is None or (match.kind in ("byline", "date", "media") and not is_dated)
    is_path = "breadcrumb" in features
    is_path = is_path or "name of a file" in features
    if is_plain and is_open and not is_path and block.words <= 14 and page.words.section(block.text):
        features.append("names a part of an article")
    if block.marker:
        features.append("marked as a list item")
    kind, reason = _named(match, features)
    return Score(sum(WEIGHTS[name] for name in features), kind, reason, tuple(features))


def _named(match: Match | None, features: Sequence[str]) -> tuple[str, str]:
    if match:
        return match.kind, furniture().reasons[match.kind]
    name = features[0]
    kind = _KINDS.get(name, "navigation")
    return kind, furniture().reasons[kind] if kind in ("byline", "date", "media") else name


_KINDS = {
    "names a post or a clinic": "byline",
    "names a person with a title": "byline",
    "names several people": "byline",
    "date alone": "date",
    "date and little else": "date",
    "ends like a teaser": "advertising",
    "offers of the site": "advertising",
    "rating": "advertising",
    "file of a picture": "media",
    "name of a file": "media",
}
"""The kind of furniture that a feature speaks for, where it is not navigation."""


_WAYS_BACK = frozenset(
    "back to |volver a |volver al |retour à |retour au |retour aux |voltar para |zurück zu|torna a|terug naar |"
    "العودة إلى|quay lại |вернуться к|назад к|返回".split("|")
)
"""Phrases of a menu that are words of an article too, and so count only outside its text."""


def _is_in_place(match: Match, block: Block, is_inside: bool) -> bool:
    """Whether a phrase means here what it means around an article: "By the evening" names no author."""
    if match.how != "starts":
        return True
    rest = block.text[len(match.phrase) :].lstrip(" :：")
    if match.kind == "date":
        return bool(re.search(r"\d", block.text)) or len(rest.strip(" -–—")) <= 3
    if match.kind == "navigation" and match.phrase in _WAYS_BACK:
        return not is_inside  # "Back to work" is a heading of the article.
    return match.kind != "byline" or _names_somebody(match, block, rest, is_inside)


def _names_somebody(match: Match, block: Block, rest: str, is_inside: bool) -> bool:
    """Whether a line that begins like a byline is one."""
    has_colon = ":" in block.text[:40] or "：" in block.text[:20]
    if is_inside and not has_colon:
        return False
    if has_colon or not match.phrase.endswith(" ") or (has_date(block.text) and not ends_sentence(block.text)):
        return True
    return block.words <= 9 and not rest[:1].islower()


def running_heads(lines: Sequence[Line]) -> set[int]:
    """Numbers of the lines that are heads and feet of printed pages.

    They stand beside a page break or a page number, and on more than one page.
    """
    near = [bool(line.page or (len(line.text) <= LONGEST_PAGE and PAGE.fullmatch(line.text))) for line in lines]
    if not any(near):
        return set()
    places: dict[str, list[int]] = {}
    for place, line in enumerate(lines):
        is_short = len(line.text) <= 90 and not line.marker and not ends_sentence(line.text)
        if (is_short or near[place]) and any(near[max(place - 3, 0) : place + 4]):
            places.setdefault(re.sub(r"\d+", "#", line.text), []).append(place)
    found = set()
    for name, at in places.items():
        pages = sum(b - a > 3 for a, b in pairwise(at)) + 1
        if PAGE.fullmatch(lines[at[0]].text) or (pages >= 2 and name.strip("# ")):
            found |= {lines[place].number for place in at}
    return found
