"""Findings on texts that are open in an editor."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.buffers import Buffers
from pipeline.checking import check_paths
from pipeline.library import Library, open_library
from pipeline.model import PlainleafError


@pytest.fixture
def opened(library: Path) -> Library:
    return open_library(library)


def test_a_saved_text_has_the_findings_that_check_prints(opened: Library) -> None:
    buffers = Buffers(opened)
    printed = check_paths([opened.source], opened).findings
    paths = [*opened.article_paths(), *sorted((opened.root / "translations").rglob("*.po"))]
    ours = [found for path in paths for found in buffers.check(path.read_text("utf-8"), path)]
    assert set(ours) == set(printed)
    assert ours


def test_the_text_in_hand_counts_and_not_the_one_on_disk(opened: Library) -> None:
    path = opened.source / "care" / "fever.md"
    text = path.read_text("utf-8") + "\nRest your haert.\n"
    found = [f for f in Buffers(opened).check(text, path) if f.check == "spelling"]
    assert [text[f.start : f.end] for f in found] == ["haert"]
    assert found[0].suggestions[0] == "heart"
    assert "haert" not in path.read_text("utf-8")


def test_a_word_that_is_added_to_the_word_list_is_right_at_the_next_look(opened: Library) -> None:
    buffers = Buffers(opened, fresh=0)
    path = opened.source / "care" / "fever.md"
    text = path.read_text("utf-8") + "\nAsk for Plainleafine.\n"
    assert any("Plainleafine" in f.message for f in buffers.check(text, path))
    (opened.source / "wordlist.txt").write_text("Plainleafine\n", "utf-8")
    assert not any("Plainleafine" in f.message for f in buffers.check(text, path))


def test_a_changed_dose_in_an_open_catalogue_is_told(opened: Library) -> None:
    path = opened.catalogue_path("care/fever", "es")
    text = path.read_text("utf-8")
    source = opened.source / "care" / "fever.md"
    source.write_text(source.read_text("utf-8") + "\nTake 5 ml.\n", "utf-8")
    good, wrong = (f'{text}\nmsgid "Take 5 ml."\nmsgstr "Tome {dose} ml."\n' for dose in (5, 50))
    buffers = Buffers(opened)
    before, after = buffers.check(good, path), buffers.check(wrong, path)
    assert {f.check for f in after} - {f.check for f in before} >= {"dose-changed", "number-missing"}
    assert all("50 ml" in f.excerpt for f in after if f.check == "dose-changed")


def test_the_other_catalogues_are_read_again_when_one_has_changed(opened: Library) -> None:
    buffers = Buffers(opened, fresh=0)
    path = opened.catalogue_path("care/fever", "es")
    other = opened.catalogue_path("care/cough", "es")
    text = path.read_text("utf-8") + '\nmsgid "Chest pain"\nmsgstr "Dolor de pecho"\n'
    source = opened.source / "care" / "fever.md"
    source.write_text(source.read_text("utf-8") + "\nChest pain\n", "utf-8")
    path.write_text(text, "utf-8")
    assert not any(f.check == "inconsistent" for f in buffers.check(text, path))
    other.write_text(other.read_text("utf-8") + '\nmsgid "Chest pain"\nmsgstr "Angina"\n', "utf-8")
    assert any(f.check == "inconsistent" for f in buffers.check(text, path))


def test_a_text_in_another_language_is_judged_by_its_own_dictionary(opened: Library) -> None:
    pytest.importorskip("hunspell")
    text = "Llame a un médcio."
    found = Buffers(opened).check(text, Path("text.md"), "es")
    assert [(f.check, text[f.start : f.end], f.suggestions[0]) for f in found] == [
        ("translation-spelling", "médcio", "médico")
    ]


def test_a_hard_text_in_another_language_is_told(opened: Library) -> None:
    text = (
        "Su profesional sanitario realizará periódicamente determinaciones ambulatorias de la presión arterial y de "
        "la funcionalidad cardiovascular, requiriéndose ocasionalmente procedimientos diagnósticos complementarios y "
        "tratamiento farmacológico individualizado encaminado a la prevención de complicaciones tromboembólicas."
    )
    assert any(f.check == "translation-grade" for f in Buffers(opened).check(text, Path("text.md"), "es"))


def test_without_a_library_a_text_is_checked_as_a_file_outside_of_one() -> None:
    assert [f.check for f in Buffers(None).check("Take the tablet prior to meals.", Path("text.md"))] == ["jargon"]


def test_broken_settings_are_told_and_the_next_check_works(opened: Library) -> None:
    buffers = Buffers(opened, fresh=0)
    path = opened.source / "care" / "fever.md"
    before = buffers.check(path.read_text("utf-8"), path)
    settings = opened.root / "source" / "library.toml"
    good = settings.read_text("utf-8")
    settings.write_text("grade = six\n", "utf-8")
    with pytest.raises(PlainleafError, match="not valid TOML"):
        buffers.check(path.read_text("utf-8"), path)
    settings.write_text(good, "utf-8")
    assert buffers.check(path.read_text("utf-8"), path) == before
