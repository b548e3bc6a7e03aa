"""What is known of confusable words: which stand for one another, in which company, and rules that are certain.

The lists are made by ``tools/make_confusions.py``; ``data/README.md`` says what they hold and their licences.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

Pair = tuple[str, str]
BREAK = "$"
"""Stands in a rule for the edge of a phrase: punctuation, or the end of the block."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Where one word is certainly another. Each alternative is a row of words, the nearest to the wrong word first."""

    wrong: str
    right: str
    before: frozenset[tuple[str, ...]]
    """Empty: anything may stand before."""
    after: frozenset[tuple[str, ...]]
    forbidden: frozenset[tuple[str, ...]]
    """What must not follow."""


@dataclass(frozen=True, slots=True)
class Model:
    """Every word is in lower case, with straight apostrophes."""

    pairs: dict[Pair, int]
    """Neighbours that are common together -> ten times their Zipf frequency."""
    listed: dict[str, tuple[str, ...]]
    """A word -> the words that people write it for, by our own list."""
    near: dict[str, tuple[str, ...]]
    """A word -> the common words that it is one slip away from."""
    health: frozenset[str]
    """Words of health writing, which counts of general English hold for too rare."""
    rules: dict[Pair, tuple[Rule, ...]]
    """Neighbours, one of them the wrong word -> the rules to try there."""


@cache
def load() -> Model:
    """Read once a process."""
    pairs: dict[Pair, int] = {}
    for line in _text("pairs").splitlines():
        first, *groups = line.split("\t")
        for group in groups:
            rank, *seconds = group.split(" ")
            pairs.update(dict.fromkeys([(first, second) for second in seconds], int(rank)))
    return Model(pairs, _alternatives("listed"), _alternatives("near"), frozenset(_text("health").split()), _rules())


def _text(name: str) -> str:
    """The content of one list of the package."""
    path = files("pipeline.confusions").joinpath("data", f"{name}.txt.gz")
    return gzip.decompress(path.read_bytes()).decode()


def _alternatives(name: str) -> dict[str, tuple[str, ...]]:
    """A list whose lines are a word and what it may stand for."""
    return {word: tuple(others) for word, *others in map(str.split, _text(name).splitlines())}


def _rules() -> dict[Pair, tuple[Rule, ...]]:
    """The rules by the neighbours that call for a look."""
    found: dict[Pair, list[Rule]] = {}
    for line in _text("rules").splitlines():
        wrong, right, *fields = line.split("\t")
        before, after, forbidden = (_rows(field) for field in fields)
        rule = Rule(wrong, right, before, after, forbidden)
        nearest = {row[0] for row in before or after} - {BREAK}
        for word in nearest:
            found.setdefault((word, wrong) if before else (wrong, word), []).append(rule)
    return {pair: tuple(rules) for pair, rules in found.items()}


def _rows(field: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(row.split("+")) for row in field.split(" ") if row)
