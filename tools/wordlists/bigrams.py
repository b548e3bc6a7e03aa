"""Pairs of words that stand side by side far more often than chance has it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from importlib import import_module
from math import log10
from pathlib import Path

CORPUS = 1024908267229
"""Words in the part of Google Books that the counts come from, as symspellpy has it."""
LEAST = 0.4
"""Below this excess over chance, in powers of ten, a pair says too little to be kept."""
STEP = 0.25
LEVELS = "abcdefghijklmnopqrst"


def word_pairs(zipf: Callable[[str], float]) -> dict[str, dict[str, list[str]]]:
    """First word -> level of excess over chance -> second words. A level is ``STEP`` above the one before."""
    folder = Path(str(import_module("symspellpy").__file__)).parent
    lines = (folder / "frequency_bigramdictionary_en_243_342.txt").read_text(encoding="utf-8-sig").splitlines()
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for first, second, count in map(str.split, lines):
        a, b = zipf(first), zipf(second)
        if min(a, b) < 2.0:
            continue
        excess = log10(int(count) / CORPUS) + 18 - a - b
        if excess >= LEAST:
            found[first][LEVELS[min(int((excess - LEAST) / STEP), len(LEVELS) - 1)]].append(second)
    return found
