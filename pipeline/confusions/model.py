"""Rules for words that stand where another was meant.

The list is made by ``tools/make_confusions.py``; ``data/README.md`` says what it holds and its licence.
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


@cache
def load() -> dict[Pair, tuple[Rule, ...]]:
    """Neighbours, one of them the wrong word -> the rules to try there. Read once a process."""
    data = files("pipeline.confusions").joinpath("data", "rules.txt.gz").read_bytes()
    found: dict[Pair, list[Rule]] = {}
    for line in gzip.decompress(data).decode().splitlines():
        wrong, right, *fields = line.split("\t")
        before, after, forbidden = (_rows(field) for field in fields)
        rule = Rule(wrong, right, before, after, forbidden)
        nearest = {row[0] for row in before or after} - {BREAK}
        for word in nearest:
            found.setdefault((word, wrong) if before else (wrong, word), []).append(rule)
    return {pair: tuple(rules) for pair, rules in found.items()}


def _rows(field: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(row.split("+")) for row in field.split(" ") if row)
