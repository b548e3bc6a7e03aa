"""The outputs' own words: complete in every language, with the same placeholders."""

from __future__ import annotations

import re

import pytest

from pipeline.catalogue import read_catalogue
from pipeline.desk.words import desk_strings, interface_folder, page_languages
from pipeline.interface import interface_strings
from pipeline.model import State
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


@pytest.mark.parametrize("language", page_languages()[1:])
def test_pages_for_editors_are_translated_whole(language: str) -> None:
    strings = desk_strings(language)
    assert [text for text in make_interface.desk_texts() if text not in strings] == []
    for english, text in strings.items():
        assert set(re.findall(r"\{\w+\}", english)) == set(re.findall(r"\{\w+\}", text)), english


@pytest.mark.parametrize("language", page_languages()[1:])
def test_what_pages_for_editors_say_is_marked_as_a_machines_draft(language: str) -> None:
    file = interface_folder() / f"{language}.po"
    assert {m.state for m in read_catalogue(file).messages.values()} == {State.DRAFT}
