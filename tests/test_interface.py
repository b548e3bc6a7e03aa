"""The outputs' own words: complete in every language, with the same placeholders."""

from __future__ import annotations

import re

import pytest

from pipeline.interface import interface_strings
from tools import make_interface

LANGUAGES = make_interface.catalogue_languages()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_string_is_translated(language: str) -> None:
    strings = interface_strings(language)
    assert [text for text in make_interface.interface_texts() if text not in strings] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_are_kept(language: str) -> None:
    for english, text in interface_strings(language).items():
        assert set(re.findall(r"\{\w+\}", english)) == set(re.findall(r"\{\w+\}", text)), english


def test_the_catalogues_are_up_to_date() -> None:
    assert make_interface.main(["--check"]) == 0
