"""Numbers by value, in every script."""

from __future__ import annotations

import pytest

from pipeline.language import load_language
from pipeline.numerals import digits, missing_numbers, numbers, value, word_values


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


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "1.5 million of 300 thousand, .08% and 1/2 or 2½", ["1500000", "300000", "0.08", "0.5", "2.5"]),
        ("es", "1700 millones y 100 000", ["1700000000", "100000"]),
        ("zh_Hans", "30 万和 1.2 亿", ["300000", "120000000"]),
        ("hi", "2 लाख 44 हज़ार, 1,00,000", ["244000", "100000"]),
        ("ar", "١٫٥ مليون", ["1500000"]),
        ("fr", "8 h 00", ["8"]),
    ],
)
def test_digits_have_their_scale(language: str, text: str, expected: list[str]) -> None:
    assert [n.value for n in digits(text, language)] == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "thirty-five in March, twice, half a million", {"35", "3", "2", "500000"}),
        ("es", "treinta y cinco, siglo XX", {"35", "20"}),
        ("ar", "يومين وأسبوعين", {"2"}),
        ("zh_Hans", "二十五天", {"25"}),
        ("ru", "дважды, две трети", {"2"}),
        ("fr", "une moitié", {"1", "0.5"}),
    ],
)
def test_words_have_values(language: str, text: str, expected: set[str]) -> None:
    assert expected <= word_values(text, language)
