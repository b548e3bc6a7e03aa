"""A second opinion on each label, learned from pages that were labelled by hand.

A linear-chain conditional random field (Lafferty, McCallum and Pereira 2001): what the features of a block weigh for
each label, and what each label weighs behind another. The weights are in data/labels.json, made by
tools/make_import_labels.py; what they weigh is in features.py, and no word of a page is among it.

The rules have a vote of their own. Text of the article is never dropped on the weights alone: no sentence, nothing
that leads in a list, nothing of an emergency, and not the title.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from math import exp

from pipeline.importing.blocks import bare, ends_sentence
from pipeline.importing.features import OUTSIDE, OWN, Group, Row, brief, describe, names
from pipeline.importing.furniture import Page
from pipeline.importing.layout import is_in_capitals, leads
from pipeline.importing.nouns import Block, Label
from pipeline.importing.zones import CONTENTS, is_prose, tells_of_herself

LABELS = (Label.HEADING, Label.BODY, Label.LIST, Label.BOILERPLATE)
"""In the order of the weights."""
RULES = {Label.HEADING: exp(0.5), Label.BODY: exp(0.5), Label.LIST: exp(2.0)}
"""How many times likelier the label of the rules becomes. What they dropped stays dropped."""
LIKELY = 0.6
"""Probability from which a block is dropped above or below the text."""
LIKELY_WITHIN = 0.9
"""Probability from which a block is dropped that has text above it and below it."""
LEAST_PROSE = 0.4
"""Share of a page's words in sentences from which the weights may drop anything: they know no other pages."""
LONGEST_LINE = 12
"""Words of a line that may be dropped on the weights alone."""
ON_TOPIC = 0.67
"""Share of a line's words that the prose uses, from which the line may be a title or a heading."""
LEAST_TOLD = 3
"""Words of a line that may tell of a symptom; what is shorter may name it in a menu."""
SURE = 0.9
"""Probability from which nobody need look."""
_DOSE = re.compile(
    r"\d\s?(?:mg|mcg|µg|μg|ml|kg|g|mmol|mmhg|°|iu|мг|мкг|мл|кг|ملغ|مجم|ملل|मिग्रा|मिलीग्राम|毫克|毫升|公斤)(?!\w)",
    re.IGNORECASE,
)
"""A number with the unit of a dose or of a measurement."""
_SYMPTOM = re.compile(
    r"(?<!\w)(?:fever|pain|bleed|breath|vomit|swell|dizz|cough|tablet|dose|fiebre|dolor|sangr|respir|vómito|mareo|tos |"
    r"pastilla|fièvre|douleur|saign|vomi|toux|comprimé|febre|dor |sangue|tosse|comprimido|лихорад|температур|боль|"
    r"болит|кров|дыха|рвот|отёк|отек|кашел|таблет|sốt|đau|chảy máu|khó thở|nôn|ho |viên thuốc)|"
    r"حمى|حرارة|ألم|آلام|نزيف|تنفس|صدر|قيء|سعال|دوار|جرعة|बुखार|दर्द|खून|सांस|उल्टी|सूजन|चक्कर|खांसी|गोली|खुराक|"
    r"发烧|发热|疼|痛|出血|呼吸|呕吐|肿|头晕|咳嗽|剂量",
)
"""How the words for what patients feel and take begin."""
_PLACE = OWN.index("place")
Vector = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learned."""

    features: dict[str, Vector]
    moves: tuple[Vector, ...]
    """How many times likelier each label (column) is behind each label (row)."""


def second_opinion(blocks: Sequence[Block], page: Page, title: Block | None) -> None:
    """Change the labels of blocks where what was learned speaks against the rules."""
    kept = _belongs(blocks, page, title)
    votes = [_vote(block, may_go=not is_kept) for block, is_kept in zip(blocks, kept, strict=True)]
    rows = describe(blocks, page)
    for block, likely, row in zip(blocks, probabilities(rows, votes), rows, strict=True):
        if block is title or block.hint == "raw" or block.label is Label.BOILERPLATE:
            continue
        least = LIKELY_WITHIN if row[_PLACE][0] == "among" else LIKELY
        most = max(likely if likely[-1] >= least else likely[:-1])
        best = LABELS[likely.index(most)]
        is_capital = best is Label.LIST and block.label is Label.HEADING and not block.marker and is_in_capitals(block)
        if best is not block.label and not is_capital:
            _change(block, best, is_sure=most >= SURE)


def _change(block: Block, best: Label, *, is_sure: bool) -> None:
    if best is Label.BOILERPLATE:
        block.drop("navigation", "like furniture in form and place", is_sure=is_sure and block.words <= 3)
    else:
        block.label, block.is_sure = best, best is not Label.LIST


def _vote(block: Block, *, may_go: bool) -> Vector:
    """What the rules say, as factors; 0 for what may not be."""
    if block.label is Label.BOILERPLATE:
        return 0.0, 0.0, 0.0, 1.0
    h, b, t = (RULES[other] if other is block.label else 1.0 for other in LABELS[:-1])
    return h, b, t, float(may_go)


def _belongs(blocks: Sequence[Block], page: Page, title: Block | None) -> list[bool]:
    """Which blocks are text of the article as far as anybody can tell without reading them."""
    prose = [n for n, block in enumerate(blocks) if is_prose(block) and block.label is not Label.BOILERPLATE]
    first, last = (prose[0], prose[-1]) if prose else (len(blocks), -1)
    is_text = sum(blocks[n].words for n in prose) >= LEAST_PROSE * sum(block.words for block in blocks)
    if not prose or not is_text:
        return [True] * len(blocks)
    contents = {bare(b.text) for b in blocks if b.reason == CONTENTS}
    kept = []
    is_above_prose = _above_prose(blocks)
    for n, block in enumerate(blocks):
        heads_prose = first < n < last and is_above_prose[n]
        may_be_menu = n < first and not (n and leads(blocks[n - 1])) and block.marker and block.text[-1:] not in ";；؛"
        is_item = block.label is Label.LIST and not may_be_menu
        is_heading = bare(block.text) in contents or (heads_prose and not page.points_of(block))
        is_heading = is_heading or _heads_list(block, blocks[n + 1 : n + 2])
        is_on_topic = page.about(block) >= ON_TOPIC and (n < first or page.touches(block) >= 2)
        is_kept = block is title or is_item or is_heading or is_on_topic
        kept.append(is_kept or _is_text(block, page))
    return kept


def _heads_list(block: Block, below: Sequence[Block]) -> bool:
    """Whether an item that is a sentence stands right below a line: a menu has none."""
    return not block.marker and any(b.marker and b.words >= 5 and ends_sentence(b.text) for b in below)


def _above_prose(blocks: Sequence[Block]) -> list[bool]:
    """Whether the next block of the article below each one is prose."""
    found, is_above = [], False
    for block in reversed(blocks):
        found.append(is_above)
        if block.label is not Label.BOILERPLATE:
            is_above = is_prose(block)
    return found[::-1]


def _is_text(block: Block, page: Page) -> bool:
    if block.hint or block.text[:1].islower():
        return True
    if is_prose(block) or block.words > LONGEST_LINE:
        return True
    if page.words.section(block.text) not in ("", "overview") or _DOSE.search(block.text):
        return True
    if block.words >= LEAST_TOLD and _SYMPTOM.search(block.text.casefold()):
        return True
    is_sentence = ends_sentence(block.text) and block.words >= 4
    is_speech = block.words >= 4 and tells_of_herself(block, page.words)
    return is_sentence or is_speech or leads(block) or page.is_grave(block)


def probabilities(rows: Sequence[Row], votes: Sequence[Vector]) -> list[Vector]:
    """How likely each label is for each row: the forward and backward pass over the page."""
    if not rows:
        return []
    (a0, a1, a2, a3), (b0, b1, b2, b3), (c0, c1, c2, c3), (d0, d1, d2, d3) = weights().moves
    own = [_times_each(factors, vote) for factors, vote in zip(_factors(rows), votes, strict=True)]
    ahead = [_scaled(own[0])]
    for mine in own[1:]:
        w, x, y, z = ahead[-1]
        ahead.append(
            _scaled(
                (
                    mine[0] * (w * a0 + x * b0 + y * c0 + z * d0),
                    mine[1] * (w * a1 + x * b1 + y * c1 + z * d1),
                    mine[2] * (w * a2 + x * b2 + y * c2 + z * d2),
                    mine[3] * (w * a3 + x * b3 + y * c3 + z * d3),
                )
            )
        )
    back: Vector = (1.0, 1.0, 1.0, 1.0)
    found = [_scaled(ahead[-1])]
    for n in range(len(rows) - 1, 0, -1):
        mine = own[n]
        w, x, y, z = mine[0] * back[0], mine[1] * back[1], mine[2] * back[2], mine[3] * back[3]
        back = _scaled(
            (
                a0 * w + a1 * x + a2 * y + a3 * z,
                b0 * w + b1 * x + b2 * y + b3 * z,
                c0 * w + c1 * x + c2 * y + c3 * z,
                d0 * w + d1 * x + d2 * y + d3 * z,
            )
        )
        here = ahead[n - 1]
        found.append(_scaled((here[0] * back[0], here[1] * back[1], here[2] * back[2], here[3] * back[3])))
    return found[::-1]


def _times_each(a: Vector, b: Vector) -> Vector:
    return a[0] * b[0], a[1] * b[1], a[2] * b[2], a[3] * b[3]


def _scaled(v: Vector) -> Vector:
    total = v[0] + v[1] + v[2] + v[3]
    return v[0] / total, v[1] / total, v[2] / total, v[3] / total


def _factors(rows: Sequence[Row]) -> list[Vector]:
    """What the features of each row, and of the rows beside it, weigh for each label, as factors."""
    outside = _weigh_seen(OUTSIDE)
    seen = [outside, outside, *[_weigh_seen(row[-1]) for row in rows], outside, outside]
    found = []
    for n, row in enumerate(rows):
        total = sum(map(_weigh, OWN, row), seen[n + 1][0] + seen[n + 3][1] + seen[n][2] + seen[n + 4][3])
        h, b, t, x = _unpacked(total)
        most = max(h, b, t, x)
        found.append((exp((h - most) / UNIT), exp((b - most) / UNIT), exp((t - most) / UNIT), exp((x - most) / UNIT)))
    return found


UNIT = 1000
"""The weights have three places behind the point."""
_WIDTH = 32
_MIDDLE = 1 << (_WIDTH - 1)
_MASK = (1 << _WIDTH) - 1
_ALL_MIDDLE = sum(_MIDDLE << (_WIDTH * place) for place in range(4))


def _packed(vector: Vector) -> int:
    """Four weights in one number: many such numbers are added as quickly as one weight of each."""
    return sum(round(weight * UNIT) << (_WIDTH * place) for place, weight in enumerate(vector))


def _unpacked(total: int) -> tuple[int, int, int, int]:
    """The sums of the four weights, in thousandths."""
    total += _ALL_MIDDLE
    h, b, t = total & _MASK, (total >> _WIDTH) & _MASK, (total >> 2 * _WIDTH) & _MASK
    return h - _MIDDLE, b - _MIDDLE, t - _MIDDLE, (total >> 3 * _WIDTH) - _MIDDLE


@lru_cache(maxsize=65536)
def _weigh(group: str, values: Group) -> int:
    table = weights().features
    return sum(_packed(table[name]) for name in names(group, values) if name in table)


@lru_cache(maxsize=65536)
def _weigh_seen(values: Group) -> tuple[int, int, int, int]:
    """What a row weighs for the one below it, the one above it, and those one farther."""
    less = brief(values)
    return _weigh("last", values), _weigh("next", values), _weigh("last but one", less), _weigh("next but one", less)


@cache
def weights() -> Weights:
    """The table, read once."""
    text = resources.files("pipeline.importing").joinpath("data", "labels.json").read_text(encoding="utf-8")
    table = json.loads(text)
    features = {name: (row[0], row[1], row[2], row[3]) for name, row in table["features"].items()}
    moves = tuple((exp(row[0]), exp(row[1]), exp(row[2]), exp(row[3])) for row in table["moves"])
    return Weights(features, moves)
