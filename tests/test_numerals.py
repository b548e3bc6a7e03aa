"""Numbers by value, in every script."""

from __future__ import annotations

import pytest

from pipeline.language import load_language
from pipeline.numerals import missing_numbers, numbers, value


@pytest.mark.parametrize(
    ("written", "expected"),
    [("1,000", "1000"), ("1.000", "1000"), ("1\u202f000", "1000"), ("2.5", "2.5"), ("2,5", "2.5"), ("٢٫٥", "2.5"),
     ("١٥", "15"), ("१५", "15"), ("１５", "15"), ("0.50", "0.5"), ("007", "7"), ("0.125", "0.125")],
)  # fmt: skip
def test_values(written: str, expected: str) -> None:
    assert value(written) == expected


def test_units_are_seen() -> None:
    assert [(n.value, n.unit) for n in numbers("5 ml 2 times a day for 3 weeks, 20% of 4 valves")] == [
        ("5", "ml"), ("2", "times"), ("3", "weeks"), ("20", "%"), ("4", "")]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "source", "translation", "missing"),
    [
        ("es", "2 times", "dos veces", []),
        ("es", "2 times", "doscientas veces", ["2"]),
        ("es", "15 mg", "50 mg", ["15"]),
        ("es", "1 to 2 tablets, then 2", "1 a 2 comprimidos, luego 2", []),
        ("es", "2 and 2", "2", ["2"]),
        ("ar", "2 times", "مرتين", []),
        ("ar", "4 valves", "٤ صمامات", []),
        ("zh_Hans", "3 flaps", "三片", []),
        ("hi", "7 days", "सात दिन", []),
        ("hi", "7 days", "साथ दिन", ["7"]),
    ],
)
def test_missing_numbers(language: str, source: str, translation: str, missing: list[str]) -> None:
    words = load_language(language).data["number_words"]
    assert [n.value for n in missing_numbers(source, translation, words)] == missing


@pytest.mark.parametrize("language", ["es", "fr", "ar", "zh_Hans", "vi", "hi"])
def test_every_language_has_words_for_0_to_20(language: str) -> None:
    rows = load_language(language).data["number_words"]
    assert len(rows) == 21
    assert all(row and all(word.strip() == word and word for word in row) for row in rows)
