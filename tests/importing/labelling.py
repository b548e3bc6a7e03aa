"""The labels of a page, as the importer gives them and as a person did."""

from __future__ import annotations

from pipeline.importing.classify import classify
from pipeline.importing.lines import read_lines
from pipeline.importing.nouns import Mended
from pipeline.importing.vocabulary import detect

NAMES = {"H": "heading", "B": "body", "L": "list", "X": "boilerplate"}


def labels(text: str, language: str = "") -> dict[int, str]:
    mended = Mended()
    lines = read_lines(text, mended)
    code = language or detect(" ".join(line.text for line in lines))
    result = classify(lines, mended, code, set().__contains__, marked_up=False)
    return {line: label.value for line, label in result.labels()}


def labelled(text: str) -> tuple[str, dict[int, str]]:
    rows = [line.partition("|") for line in text.split("\n")]
    wanted = {number: NAMES[mark] for number, (mark, _, _) in enumerate(rows, 1) if mark in NAMES}
    return "\n".join(rest for _, _, rest in rows), wanted
