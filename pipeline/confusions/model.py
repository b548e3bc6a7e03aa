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
def wrong_words() -> dict[str, tuple[str, ...]]:
    """Each word that may stand for another -> its rules, as the file has them. Read once a process."""
    data = files("pipeline.confusions").joinpath("data", "rules.txt.gz").read_bytes()
    found: dict[str, list[str]] = {}
    for line in gzip.decompress(data).decode().splitlines():
        found.setdefault(line.partition("\t")[0], []).append(line)
    return {word: tuple(lines) for word, lines in found.items()}


@cache
def rules(word: str) -> dict[Pair, tuple[Rule, ...]]:
    """Neighbours, one of them this wrong word -> the rules to try there. Few words of a page ask for theirs."""
    found: dict[Pair, list[Rule]] = {}
    for line in wrong_words().get(word, ()):
        wrong, right, *fields = line.split("\t")
        before, after, forbidden = (_rows(field) for field in fields)
        rule = Rule(wrong, right, before, after, forbidden)
        nearest = {row[0] for row in before or after} - {BREAK}
        for other in nearest:
            found.setdefault((other, wrong) if before else (wrong, other), []).append(rule)
    return {pair: tuple(rules) for pair, rules in found.items()}


@cache
def likely() -> dict[str, tuple[bool, tuple[str, ...]]]:
    """A word -> whether health writing uses it in its own right, and what it may have been meant to be."""
    data = files("pipeline.confusions").joinpath("data", "likely.txt.gz").read_bytes()
    rows = (line.split(" ") for line in gzip.decompress(data).decode().splitlines())
    return {word.rstrip("*"): (word[-1] == "*", tuple(rights)) for word, *rights in rows}


def _rows(field: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(row.split("+")) for row in field.split(" ") if row)
