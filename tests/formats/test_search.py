from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as parser
from web_samples import SETTINGS

from pipeline.formats import search
from pipeline.language import load_language
from pipeline.library import parse_article
from pipeline.translate import UNTRANSLATED_CLASS

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

TEXT = """---
title: Heart murmur
summary: An extra sound.
disclaimer: Ask your doctor.
---

## Call 112 now if:

- you faint

## Café *care*

Take **warfarin** 5 mg.
"""


def article(text: str = TEXT, language: str = "en") -> Any:
    return parse_article(text, Path("murmur.md"), "heart/murmur", language)


def entry(text: str = TEXT, language: str = "en") -> search.Entry:
    return search.entry(article(), article(text, language))


def index(*texts: str, language: str = "en") -> dict[str, str]:
    words: dict[str, str] = json.loads(
        search.search_index([search.folded([text], load_language(language)) for text in texts], load_language(language))
    )["words"]
    return words


def page(*entries: search.Entry, language: str = "en") -> str:
    frame = {
        "languages": (),
        "settings": SETTINGS,
        "say": lambda text, **values: text.format(**values),
        "source_language": load_language("en"),
        "url": "",
        "css": "",
        "search": "",
    }
    return search.search_page(entries, load_language(language), frame).decode()


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Café", "cafe"),
        ("tiếng Việt Đau", "tieng viet dau"),
        ("القَلْبُ", "القلب"),
        ("أدوية", "ادويه"),
        ("کی", "كي"),
        ("٥ ملغ", "5 ملغ"),
        ("ИЙ", "ии"),
        ("हृदय १२", "हृदय 12"),
        ("Straße", "strasse"),
    ],
)
def test_spellings_that_readers_do_not_tell_apart_are_one(written: str, typed: str) -> None:
    assert search.fold(written) == search.fold(typed)


@given(st.text())
def test_a_word_of_the_index_is_found_as_it_stands_there(text: str) -> None:
    for word in search.search_words(text):
        assert word in set(search.search_words(word))


def test_indic_vowel_signs_stay() -> None:
    assert search.fold("दिल") != search.fold("दल")


def test_words_of_a_script_without_spaces_are_pairs() -> None:
    assert list(search.search_words("心脏病 ECG")) == ["心", "脏", "病", "心脏", "脏病", "ecg"]


def test_the_article_is_not_a_part_of_the_word() -> None:
    prefixes = search.word_prefixes(load_language("ar"))
    assert list(search.search_words("والقلب", prefixes)) == list(search.search_words("قلب", prefixes))


def test_an_entry_has_every_word_below_its_heading() -> None:
    made = entry()
    assert [(s.title, s.anchor) for s in made.sections] == [
        ("Call 112 now if:", "call-112-now-if"),
        ("Café care", "café-care"),
    ]
    assert {"warfarin", "5", "mg"} < set(made.sections[1].words.split())
    assert {"extra", "sound"} < set(made.words.split())
    assert "doctor" not in made.words


def test_an_untranslated_heading_is_told() -> None:
    text = TEXT.replace("## Call 112 now if:", f"## [Call 112 now if:]{{.{UNTRANSLATED_CLASS} lang=en dir=ltr}}")
    made = entry(text, "ar")
    assert [s.is_untranslated for s in made.sections] == [True, False]
    tree = parser.document_fromstring(page(made, language="ar"))
    assert [a.text_content() for a in tree.xpath("//a[@lang='en' and @dir='ltr']")] == ["Call 112 now if:"]


def test_index_gives_the_sections_of_a_word() -> None:
    found = index("One two.", "Two three", "three")
    assert (found["one"], found["two"], found["three"]) == ("0", "0 1", "1 2")


def test_many_sections_are_numbered_in_base_36() -> None:
    assert index(*["x"] * 38)["x"].split()[-2:] == ["10", "11"]


def test_front_matter_cannot_run_in_the_search_page() -> None:
    attack = "</script><script>alert(1)</script>"
    tree = parser.document_fromstring(page(search.Entry(attack, "heart/x", attack)))
    assert len(tree.xpath("//script")) == 2
    assert attack in tree.xpath("string(//ul[@id='leaflets'])")


def test_page_is_a_table_of_contents_without_a_script() -> None:
    tree = parser.document_fromstring(page(entry()))
    assert tree.xpath("//ul[@id='leaflets']//a/@href") == [
        "heart/murmur.html",
        "heart/murmur.html#call-112-now-if",
        "heart/murmur.html#café-care",
    ]
    assert tree.xpath("//form/@hidden")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("search") / "search.html"
    other = entry(
        TEXT.replace("Heart murmur", "القلب والأدوية").replace("warfarin", "心脏病 nhịp tim दिल ЙОД здоров’я"),
        "ar",
    )
    file.write_text(page(entry(), other, language="ar"), "utf-8")
    return file


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine: the script of the search page is not tried")
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("warfarin", ["Heart murmur"]),
        ("warfarine", ["Heart murmur"]),
        ("wrafarin", ["Heart murmur"]),
        ("murm", ["Heart murmur"]),
        ("ادويه", ["القلب والأدوية"]),
        ("قَلب", ["القلب والأدوية"]),
        ("心脏", ["القلب والأدوية"]),
        ("nhip", ["القلب والأدوية"]),
        ("दिल", ["القلب والأدوية"]),
        ("йод", ["القلب والأدوية"]),
        ("здоровʼя", ["القلب والأدوية"]),
        ("cafe", ["Heart murmur", "القلب والأدوية"]),
        ("nothing-like-it", []),
    ],
)
def test_the_script_finds_what_the_index_has_from_the_file_system(library: Path, typed: str, found: list[str]) -> None:
    assert CHROMIUM
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"]
    made = subprocess.run([*command, f"{library.as_uri()}#{quote(typed)}"], capture_output=True, check=True, timeout=60)
    tree = parser.document_fromstring(made.stdout.decode())
    shown = tree.xpath("//ul[@id='leaflets']/li[not(@hidden)]/a/text()")
    assert sorted(shown) == sorted(found)
    status = tree.xpath("string(//*[@role='status'])")
    assert status == (f"Leaflets: {len(found)}" if found else "Nothing was found. Try other words.")
