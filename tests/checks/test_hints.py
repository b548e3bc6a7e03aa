"""What a check looks for first, because it is quick, stands in whatever its slow pattern finds."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.checks import (
    OF_TRANSLATIONS,
    acronym,
    all_checks,
    negative_contraction,
    number_style,
    passive_voice,
    redundant_words,
    sums,
)
from pipeline.checks._plain import fold, has_any, phrases, searched
from pipeline.library import parse_article
from pipeline.model import Article

PAIRS = {
    "ranges": (number_style._RANGE, number_style._DASH),
    "two numbers": (number_style._TWO, number_style._SIDE_BY_SIDE),
    "measures": (number_style._SPELT, number_style._MEASURE),
    "ratios": (number_style._RATIO, number_style._OUT_OF),
    "passives": (passive_voice._PASSIVE, passive_voice._HINT),
    "contractions": (negative_contraction._CONTRACTION, negative_contraction._NOT),
}


@pytest.mark.parametrize("name", PAIRS)
@settings(max_examples=300, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_hint_stands_in_every_match(name: str, data: st.DataObject) -> None:
    pattern, hint = PAIRS[name]
    text = data.draw(st.from_regex(pattern))
    for match in pattern.finditer(text):
        assert hint.search(fold(match[0])) or hint.search(fold(text)), match[0]


@settings(max_examples=300, suppress_health_check=list(HealthCheck))
@given(text=st.from_regex(sums._SUM))
def test_a_sum_has_the_words_that_it_needs(text: str) -> None:
    for match in sums._SUM.finditer(text):
        known = frozenset(re.findall(r"[^\W\d_]+", fold(match[0])))
        assert sums._PER_WEIGHT.search(fold(match[0])) or any(phrase <= known for phrase in sums._NEEDED), match[0]


@settings(max_examples=300, suppress_health_check=list(HealthCheck))
@given(text=st.one_of(st.from_regex(redundant_words._REDUNDANT), st.from_regex(redundant_words._HYPHEN)))
def test_redundant_words_have_a_phrase_that_they_need(text: str) -> None:
    assert any(phrase in fold(text) for phrase in redundant_words._NEEDED), text


@settings(max_examples=200, suppress_health_check=list(HealthCheck))
@given(text=st.from_regex(acronym._ACRONYM))
def test_an_acronym_has_two_signs_of_one(text: str) -> None:
    assert acronym._CAPITAL.search(text)


def article(text: str) -> Article:
    return parse_article(text, Path("text.md"), "a/b", "en")


def test_units_without_a_hint_are_not_searched() -> None:
    found = searched(article("# One\n\nno b here\n\na b, a b\n"), re.compile(r"\ba b\b"), re.compile("a b"))
    assert [match.start() for match in found] == [18, 23]


def test_letters_that_count_as_english_ones_without_regard_to_case_are_folded() -> None:
    assert fold("\u017f\u0130\u0131\u212a") == "siik"
    assert has_any(article("\u017fUM up\n"), phrases("sum up,other"))


def test_modules_that_articles_do_without_have_only_checks_of_translations() -> None:
    of_translations = {check.name.replace("-", "_") for check in all_checks() if check.scope == "translation"}
    assert of_translations == OF_TRANSLATIONS
    assert all(import_module(f"pipeline.checks.{name}") for name in OF_TRANSLATIONS)
