"""The gates of a release, as an editor meets them."""

from __future__ import annotations

import json
import re

import pytest
from desk import PEOPLE, SETTINGS, Desk

from pipeline.signatures import read_signatures


def test_nothing_unsigned_is_released(desk: Desk) -> None:
    assert desk.objections() == [("es", "error", "unsigned"), ("es", "error", "unsigned")]
    assert desk.run("build", "--release", "--jobs", "1")[0] == 1
    assert (desk.root / "dist/en/care/cough.html").is_file()
    assert not (desk.root / "dist/es/care/cough.html").exists()
    assert "es/care/cough" not in (desk.root / "dist/en/care/cough.html").read_text("utf-8"), (
        "no link to what is not there"
    )


def test_what_is_signed_is_released_and_is_no_draft(desk: Desk) -> None:
    desk.run("build", "--jobs", "1")
    assert "Borrador" in desk.page()
    desk.sign_all()
    assert desk.objections() == []
    assert desk.run("build", "--release", "--jobs", "1")[0] == 0
    assert "Borrador" not in desk.page()
    assert desk.status()["state"] == "signed"


def test_the_words_that_leaflets_add_are_signed_too(desk: Desk) -> None:
    for role in PEOPLE:
        desk.sign(role)
    assert desk.objections() == [("es", "error", "unsigned")]
    desk.run("build", "--jobs", "1")
    assert "Borrador" in desk.page()


def test_in_the_place_of_a_stale_sentence_stands_the_source(desk: Desk) -> None:
    desk.sign_all()
    desk.edit(desk.article, "water and rest", "water, and rest")
    desk.run("extract")
    assert desk.run("build", "--release", "--jobs", "1")[0] == 0
    assert "Beba mucha agua" not in desk.page()
    assert re.search(r'<[^>]*lang="en"[^>]*>\s*Drink plenty of water, and rest', desk.page())
    desk.settings.write_text(SETTINGS + "source_in_place = false\n", "utf-8")
    assert desk.objections() == [("es", "error", "stale")]


def test_the_emergency_card_must_be_whole(desk: Desk) -> None:
    desk.settings.write_text(SETTINGS + "coverage = 50\n", "utf-8")
    desk.fill({"you cannot breathe": ""})
    desk.sign_all()
    assert desk.objections() == [("es", "error", "coverage")]


def test_a_missing_sentence_is_weighed_against_the_coverage(desk: Desk) -> None:
    desk.fill({"Drink plenty of water and rest.": ""})
    desk.sign_all()
    assert desk.objections() == [("es", "error", "coverage")]
    desk.settings.write_text(SETTINGS + "coverage = 80\n", "utf-8")
    assert desk.objections() == [("es", "warning", "coverage")]


def test_an_error_in_the_translation_cannot_be_signed_nor_released(desk: Desk) -> None:
    desk.sign_all()
    desk.fill({"Take 5 ml of the syrup, 2 times a day.": "Tome 50 ml del jarabe, 2 veces al día."})
    status, out, _ = desk.sign("checker")
    assert status == 1
    assert "50 ml" in out
    assert ("es", "error", "errors") in desk.objections()
    assert [len(s.segments) for s in read_signatures(desk.record)] == [8, 8]


def test_reviews_of_the_article(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.sign_all()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1893456000")  # 2030-01-01
    assert desk.objections() == [("en", "error", "review"), ("es", "error", "source")]
    (review,) = json.loads(desk.run("status", "--format", "json")[1])["reviews"]
    assert review["state"] == "past"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1825804800")  # 2027-11-10
    assert "review comes near" in desk.run("status")[1]
    assert desk.objections() == []
    desk.edit(desk.article, "last_reviewed: 2026-01-05", "last_reviewed: null")
    assert desk.objections() == [("en", "error", "review"), ("es", "error", "source")]
    desk.settings.write_text(SETTINGS + "review_needed = false\n", "utf-8")
    assert desk.objections() == []


def paths(desk: Desk) -> set[str]:
    dist = desk.root / "dist"
    return {p.relative_to(dist).as_posix() for p in dist.rglob("*") if p.is_file()}


def test_a_release_of_a_part_keeps_nothing_of_a_build_of_drafts(desk: Desk) -> None:
    desk.settings.write_text(SETTINGS.replace('"html"', '"html", "txt"'), "utf-8")
    desk.sign_all()
    desk.edit(desk.catalogue, "Beba mucha agua", "Beba agua")
    desk.run("build", "--jobs", "1")
    text = desk.root / "dist/es/care/cough.txt"
    assert "Beba agua" in text.read_text("utf-8")
    desk.edit(desk.catalogue, "Beba agua", "Beba mucha agua")
    assert desk.run("build", "--release", "--to", "html", "--jobs", "1")[0] == 0
    assert "Beba mucha agua" in desk.page()
    assert not text.exists(), "it says what nobody has signed"
    assert (desk.root / "dist/en/care/cough.txt").is_file(), "it is what a release would make"
    desk.run("build", "--release", "--jobs", "1")
    assert desk.run("build", "--release", "--language", "en", "--jobs", "1")[0] == 0
    assert text.is_file()


def test_what_is_refused_and_cannot_be_removed_is_told(desk: Desk) -> None:
    desk.run("build", "--jobs", "1")
    page = desk.root / "dist/es/care/cough.html"
    page.unlink()
    page.mkdir()
    for _ in range(2):
        status, _, err = desk.run("build", "--release", "--jobs", "1")
        assert (status, "cough.html: must not stand there any more" in err) == (2, True)
    page.rmdir()
    assert desk.run("build", "--release", "--jobs", "1")[0] == 1


@pytest.mark.parametrize("content", ["", "{", "[]", '{"outputs": 7}'])
def test_without_its_manifest_nothing_is_built_over_an_unknown_dist(desk: Desk, content: str) -> None:
    desk.run("build", "--jobs", "1")
    (desk.root / "dist/manifest.json").write_text(content, "utf-8")
    status, _, err = desk.run("build", "--release", "--jobs", "1")
    assert (status, "delete the folder" in err) == (2, True)


def test_signed_leaflets_are_no_drafts_in_the_index(desk: Desk) -> None:
    desk.sign_all()
    desk.run("build", "--release", "--jobs", "1")
    for page in ("index", "search"):
        assert "Borrador" not in (desk.root / f"dist/es/{page}.html").read_text("utf-8"), page


def test_many_stale_sentences_are_weighed_against_the_coverage(desk: Desk) -> None:
    desk.sign_all()
    desk.edit(desk.article, "water and rest", "water, and rest")
    desk.edit(desk.article, "A cough clears", "A cough, too, clears")
    desk.run("extract")
    assert desk.objections() == [("es", "error", "coverage"), ("es", "warning", "stale")]
    desk.settings.write_text(SETTINGS + "coverage = 80\n", "utf-8")
    assert desk.objections() == [("es", "warning", "stale")]


@pytest.mark.parametrize("value", ["101", "-1", "nan", "inf"])
def test_a_coverage_that_closes_no_gate_is_refused(desk: Desk, value: str) -> None:
    desk.settings.write_text(SETTINGS + f"coverage = {value}\n", "utf-8")
    status, _, err = desk.run("status")
    assert (status, "library.toml:3: coverage" in err) == (2, True)


def test_a_clock_that_was_set_back_releases_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.sign_all()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "315532800")  # 1980-01-01
    assert ("en", "error", "review") in desk.objections()
    assert ("es", "error", "unsigned") in desk.objections()


def test_an_error_that_a_comment_switches_off_is_told(desk: Desk) -> None:
    desk.sign_all()
    wrong = "Tome 50 ml del jarabe, 2 veces al día."
    desk.fill({"Take 5 ml of the syrup, 2 times a day.": wrong})
    why = "# plainleaf: ignore dose-changed, number-missing, number-added -- an example\n"
    desk.edit(desk.catalogue, 'msgid "Take 5 ml', f'{why}msgid "Take 5 ml')
    assert desk.objections() == [("es", "error", "unsigned"), ("es", "warning", "ignored")]
    desk.sign_all()
    assert desk.objections() == [("es", "warning", "ignored")]
    assert re.search(r"switched off by a comment: [\w-]+ at line \d+ \(an example\)", desk.messages())


def test_a_checker_alone_does_not_pass_machine_made_words(desk: Desk) -> None:
    desk.settings.write_text(SETTINGS + 'signatures = ["checker"]\n', "utf-8")
    for article in ("care/cough", "interface"):
        assert desk.sign("checker", article=article)[0] == 0
    messages = (desk.root / "translations/es/library.po").read_text("utf-8")
    draft = "# machine-draft: made by a machine\n"
    desk.objections()
    (desk.root / "translations/es/library.po").write_text(
        messages.replace('msgid "Care"\nmsgstr ""', f'{draft}msgid "Care"\nmsgstr "Cuidados"'), "utf-8"
    )
    desk.sign("checker", article="interface")
    assert desk.objections() == [("es", "error", "unsigned")]
    desk.sign("translator", article="interface")
    assert desk.objections() == []
