"""Signatures, the gates of a release, and what changed since: as an editor meets them."""

from __future__ import annotations

import datetime
import json
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import po
from pipeline.checking import translated_article
from pipeline.cli import main
from pipeline.library import open_library
from pipeline.model import PlainleafError, Role, Segment, Signature, State, Translation
from pipeline.signatures import read_signatures, render, segment_digest, sign_off, text_digest
from pipeline.signing import plan_signing, signable_article, write_signing

ARTICLE = """\
---
title: Cough
lang: en
summary: A cough clears your throat.
reviewers: [{name: Example Reviewer, role: example nurse}]
published: 2026-01-05
last_reviewed: 2026-01-05
next_review: 2028-01-05
version: "1.0"
---

::: {.emergency}
## Call {{emergency_number}} now if:

- you cannot breathe
:::

## What helps

- Take 5 ml of the syrup, 2 times a day.
- Do not give the syrup to a child.
- Drink plenty of water and rest.
"""
SPANISH = {
    "Cough": "Tos",
    "A cough clears your throat.": "La tos despeja la garganta.",
    "Call {{emergency_number}} now if:": "Llame ahora al {{emergency_number}} si:",
    "you cannot breathe": "no puede respirar",
    "What helps": "Qué ayuda",
    "Take 5 ml of the syrup, 2 times a day.": "Tome 5 ml del jarabe, 2 veces al día.",
    "Do not give the syrup to a child.": "No dé el jarabe a un niño.",
    "Drink plenty of water and rest.": "Beba mucha agua y descanse.",
}
SETTINGS = 'languages = ["es"]\nformats = ["html"]\n'
PEOPLE = {"translator": "Example Translator", "checker": "Example Checker"}


class Desk:
    """A library with one article in Spanish, and what people do with it."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root, self.capsys = root, capsys
        self.article = root / "source/care/cough.md"
        self.catalogue = root / "translations/es/care/cough.po"
        self.record = root / "translations/es/care/cough.signatures.toml"
        self.settings = root / "source/library.toml"
        self.article.parent.mkdir(parents=True)
        self.article.write_text(ARTICLE, "utf-8")
        self.settings.write_text(SETTINGS, "utf-8")
        self.run("extract")
        self.fill(SPANISH)

    def run(self, *arguments: object) -> tuple[int, str, str]:
        status = main(["--library", str(self.root), *map(str, arguments)])
        printed = self.capsys.readouterr()
        return status, printed.out, printed.err

    def fill(self, texts: dict[str, str]) -> None:
        file = po.parse(self.catalogue.read_text("utf-8"))
        for entry in file.entries:
            if entry.msgid in texts:
                entry.set_value("msgstr", texts[entry.msgid])
                entry.set_flags([])
                entry.set_previous("")
        self.catalogue.write_text(file.render(), "utf-8")

    def edit(self, path: Path, old: str, new: str) -> None:
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    def sign(self, role: str, *arguments: str, name: str = "", article: str = "care/cough") -> tuple[int, str, str]:
        person = ("--name", name or PEOPLE[role], "--credential", "example credential")
        return self.run("sign", "--language", "es", article, "--as", role, *person, *arguments)

    def sign_all(self) -> None:
        for role in PEOPLE:
            for article in ("care/cough", "interface"):
                assert self.sign(role, article=article)[0] == 0

    def objections(self) -> list[tuple[str, str, str]]:
        """(language, severity, gate) of what a release of Spanish says."""
        status, out, _ = self.run("build", "--release", "--dry-run", "--format", "json")
        found = json.loads(out)["objections"]
        assert status == any(o["severity"] == "error" for o in found)
        return [(o["language"], o["severity"], o["gate"]) for o in found if o["article"] == "care/cough"]

    def messages(self) -> str:
        """All that a release says, in one text."""
        out = self.run("build", "--release", "--dry-run", "--format", "json")[1]
        return "\n".join(o["message"] for o in json.loads(out)["objections"])

    def status(self) -> dict[str, Any]:
        (row,) = json.loads(self.run("status", "--format", "json")[1])["translations"]
        return dict(row)

    def page(self) -> str:
        return (self.root / "dist/es/care/cough.html").read_text("utf-8")


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1769904000")  # 2026-02-01
    return Desk(tmp_path / "library", capsys)


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


def test_one_person_is_not_both(desk: Desk) -> None:
    assert desk.sign("translator", name="Example Person")[0] == 0
    status, _, err = desk.sign("checker", name="example  person")
    assert status == 2
    assert "must be another person" in err


def test_a_signature_says_who_signs(desk: Desk) -> None:
    status, _, err = desk.run("sign", "--language", "es", "care/cough", "--as", "checker", "--name", "Example")
    assert status == 2
    assert "--credential" in err
    assert not desk.record.exists()


def test_a_change_of_the_translation_voids_that_segment_alone(desk: Desk) -> None:
    desk.sign_all()
    desk.edit(desk.catalogue, "Beba mucha agua", "Beba agua")
    assert desk.objections() == [("es", "error", "unsigned")]
    row = desk.status()
    assert (row["state"], row["unsigned"]) == ("out of date", 1)
    assert desk.sign("translator", "--changed-only")[0] == 0
    assert desk.sign("checker", "--changed-only", name="Third Example")[0] == 0
    assert desk.objections() == []
    assert [len(s.segments) for s in read_signatures(desk.record)] == [8, 8, 1, 1]


@pytest.mark.parametrize(
    ("old", "new", "verdict"),
    [
        ("Take 5 ml", "Take 10 ml", ("es", "error", "stale")),
        ("5 ml", "5 mg", ("es", "error", "stale")),
        ("Do not give", "Give", ("es", "error", "stale")),
        ("you cannot breathe", "you cannot breathe well", ("es", "error", "stale")),
        ("water and rest", "water, and rest", ("es", "warning", "stale")),
    ],
)
def test_staleness_is_weighed(desk: Desk, old: str, new: str, verdict: tuple[str, str, str]) -> None:
    desk.sign_all()
    desk.edit(desk.article, old, new)
    desk.run("extract")
    assert desk.objections() == [verdict]


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


def test_a_translator_signs_a_machine_draft_and_then_it_is_none(desk: Desk) -> None:
    mark = "# machine-draft: made by a machine; no qualified translator has checked it\n"
    desk.edit(desk.catalogue, "#. What helps > list item", mark + "#. What helps > list item")
    before = desk.catalogue.read_text("utf-8")
    assert desk.sign("checker")[0] == 0
    assert desk.catalogue.read_text("utf-8") == before
    assert ("es", "error", "draft") in desk.objections()
    assert desk.sign("translator")[0] == 0
    assert desk.catalogue.read_text("utf-8") == before.replace(mark, "")
    desk.sign_all()
    assert desk.objections() == []


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


def test_a_record_that_was_changed_by_hand_does_not_hold(desk: Desk) -> None:
    desk.sign_all()
    desk.edit(desk.record, "Example Checker", "Famous Checker")
    status, _, err = desk.run("build", "--jobs", "1")
    assert status == 2
    assert "what Famous Checker signed was changed afterwards" in err
    assert "Borrador" in desk.page()
    assert ("es", "error", "unsigned") in [
        (o["language"], o["severity"], o["gate"])
        for o in json.loads(desk.run("build", "--release", "--dry-run", "--format", "json")[1])["objections"]
    ]


@pytest.mark.skipif(shutil.which("msgcat") is None, reason="msgcat (gettext) is not here")
def test_a_signature_survives_other_programs(desk: Desk) -> None:
    desk.sign_all()
    subprocess.run(["msgcat", "--width=40", "--sort-output", "-o", desk.catalogue, desk.catalogue], check=True)
    assert desk.objections() == []


def test_moving_re_wrapping_and_new_dates_keep_the_signatures(desk: Desk) -> None:
    desk.sign_all()
    desk.edit(desk.article, "of water and rest", "of\n  water and rest")
    desk.edit(desk.article, "published: 2026-01-05", "published: 2026-01-06")
    desk.run("extract")
    assert desk.objections() == []
    last = "- Drink plenty of\n  water and rest.\n"
    desk.edit(desk.article, last, "")
    desk.edit(desk.article, "- Take 5 ml", last + "- Take 5 ml")
    desk.run("extract")
    assert desk.objections() == [("es", "warning", "rearranged")]


def test_dry_run_shows_what_would_be_signed_and_writes_nothing(desk: Desk) -> None:
    status, out, _ = desk.sign("checker", "--dry-run")
    assert status == 0
    assert "Tome 5 ml del jarabe" in out
    assert not desk.record.exists()


def test_a_signature_can_be_withdrawn(desk: Desk) -> None:
    desk.sign_all()
    status, out, _ = desk.run("sign", "--language", "es", "care/cough", "--as", "checker", "--withdraw")
    assert (status, "Example Checker" in out) == (0, True)
    assert desk.objections() == [("es", "error", "unsigned")]


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


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("last_reviewed: 2026-01-05", "last_reviewed: 2027-01-05"),
        ("next_review: 2028-01-05", 'next_review: "2025-01-05"'),
        ("next_review: 2028-01-05", "next_review: 2025-01-05T10:00:00"),
        ("reviewers: [{name: Example Reviewer, role: example nurse}]", "reviewers: [{name: '', role: example nurse}]"),
    ],
)
def test_a_review_that_is_none_releases_nothing(desk: Desk, old: str, new: str) -> None:
    desk.sign_all()
    desk.settings.write_text(SETTINGS + 'checks_off = ["front-matter"]\n', "utf-8")
    assert desk.objections() == []
    desk.edit(desk.article, old, new)
    assert desk.objections() == [("en", "error", "review"), ("es", "error", "source")]


def test_a_clock_that_was_set_back_releases_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.sign_all()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "315532800")  # 1980-01-01
    assert ("en", "error", "review") in desk.objections()
    assert ("es", "error", "unsigned") in desk.objections()


def test_two_branches_cannot_make_one_person_both(desk: Desk) -> None:
    desk.sign_all()
    first = desk.record.read_text("utf-8")
    desk.run("sign", "--language", "es", "care/cough", "--as", "translator", "--withdraw")
    desk.run("sign", "--language", "es", "care/cough", "--as", "checker", "--withdraw")
    assert desk.sign("checker", name="Example\u200d  TRANSLATOR")[0] == 0
    second = desk.record.read_text("utf-8")
    tables = [text.partition("[[signature]]")[2] for text in (first.partition('role = "checker"')[0], second)]
    tables[0] = tables[0].removesuffix("[[signature]]\n")
    desk.record.write_text("".join(f"[[signature]]{table}\n" for table in tables), "utf-8")
    assert desk.objections() == [("es", "error", "unsigned")]
    assert "must be different people" in desk.messages()
    desk.run("build", "--jobs", "1")
    assert "Borrador" in desk.page()


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


@pytest.mark.parametrize("name", ["Exam\udce9ple", "Exam\x00ple", "Exam\u202eple", "\u200b"])
def test_a_name_can_be_read(desk: Desk, name: str) -> None:
    status, _, err = desk.sign("checker", name=name)
    assert (status, "--name" in err) == (2, True)
    assert not desk.record.exists()


def test_a_catalogue_with_crlf_stays_one(desk: Desk) -> None:
    mark = "# machine-draft: made by a machine; no qualified translator has checked it\n"
    desk.edit(desk.catalogue, "#. What helps > list item", mark + "#. What helps > list item")
    before = desk.catalogue.read_bytes().replace(b"\n", b"\r\n")
    desk.catalogue.write_bytes(before)
    desk.sign_all()
    assert desk.catalogue.read_bytes() == before.replace(mark.replace("\n", "\r\n").encode(), b"")
    assert desk.objections() == []


def test_a_record_in_conflict_does_not_hold(desk: Desk) -> None:
    desk.sign_all()
    desk.record.write_text("<<<<<<< HEAD\n" + desk.record.read_text("utf-8"), "utf-8")
    status, _, err = desk.run("build", "--release", "--jobs", "1")
    assert (status, "not a valid record of signatures" in err) == (2, True)
    assert not (desk.root / "dist/es/care/cough.html").exists()
    assert desk.sign("checker")[0] == 2


def test_a_catalogue_that_changes_while_somebody_signs_is_not_signed(desk: Desk) -> None:
    library = open_library(desk.root)
    item = translated_article(library, library.read(desk.article), "es")
    assert item
    signer = Signature(Role.TRANSLATOR, "Example", "example", datetime.date(2026, 2, 1), "", "", ())
    mark = "# machine-draft: made by a machine; no qualified translator has checked it\n"
    desk.edit(desk.catalogue, "#. What helps > list item", mark + "#. What helps > list item")
    signing = plan_signing(signable_article(library, item), signer, changed_only=False)
    desk.edit(desk.catalogue, "Beba mucha agua", "Beba agua")
    with pytest.raises(PlainleafError, match="changed it meanwhile"):
        write_signing(signing)
    assert "Beba agua" in desk.catalogue.read_text("utf-8")
    assert not desk.record.exists()


def translations_of(texts: Sequence[tuple[str, str]]) -> list[Translation]:
    return [
        Translation(Segment("paragraph", source, 0, 0, 1, 1), text, State.TRANSLATED if text else State.MISSING)
        for source, text in texts
    ]


PAIRS = st.lists(st.tuples(st.text(min_size=1), st.text()), min_size=1, unique_by=lambda pair: pair[0])


@given(PAIRS, st.data())
def test_exactly_what_changes_is_unsigned(pairs: list[tuple[str, str]], data: st.DataObject) -> None:
    signed = translations_of(pairs)
    signature = Signature(
        Role.CHECKER, "Example", "example", datetime.date(2026, 1, 1), "", text_digest("es", signed),
        tuple(segment_digest("es", t) for t in signed if t.printable),
    )  # fmt: skip
    index = data.draw(st.integers(0, len(pairs) - 1))
    source, text = pairs[index]
    changed = data.draw(st.sampled_from([(source + data.draw(st.text(min_size=1)), text), (source, text + "x")]))
    now = translations_of([*pairs[:index], changed, *pairs[index + 1 :]])
    ((_, left),) = sign_off([signature], "es", now, [Role.CHECKER]).unsigned
    assert list(left) == [t for t in (now[index],) if t.printable]
    assert sign_off([signature], "es", signed, [Role.CHECKER]).is_complete


@given(st.text(), st.text(), st.text(), st.lists(st.text()))
def test_a_record_is_read_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, name: str, credential: str, method: str, segments: list[str]
) -> None:
    path = tmp_path_factory.mktemp("record") / "record.toml"
    signature = Signature(Role.TRANSLATOR, name, credential, datetime.date(2026, 1, 1), method, "text", tuple(segments))
    path.write_text(render([signature]), "utf-8", newline="")
    assert read_signatures(path) == (signature,)


def git(desk: Desk, *arguments: str) -> None:
    person = ["-c", "user.name=Example", "-c", "user.email=example@example.org"]
    subprocess.run(["git", "-C", desk.root, *person, *arguments], check=True, capture_output=True)


@pytest.fixture
def released(desk: Desk) -> Desk:
    if shutil.which("git") is None:
        pytest.skip("git is not here")
    desk.sign_all()
    git(desk, "init", "-q")
    git(desk, "add", ".")
    git(desk, "commit", "-q", "-m", "release")
    git(desk, "tag", "v1")
    return desk


def changes(desk: Desk) -> list[tuple[str, str, str]]:
    status, out, _ = desk.run("changes", "--since", "v1", "--format", "json")
    assert status == 0
    return [(leaflet["language"], leaflet["advice"], leaflet["reason"]) for leaflet in json.loads(out)]


def test_nothing_has_changed(released: Desk) -> None:
    assert changes(released) == []
    assert "No leaflet has changed since v1." in released.run("changes", "--since", "v1")[1]


def test_a_wrong_dose_in_one_language_recalls_its_leaflet(released: Desk) -> None:
    released.edit(released.catalogue, "Tome 5 ml", "Tome 7 ml")
    assert changes(released) == [("es", "recall", "a number or its unit has changed")]


def test_another_wording_replaces(released: Desk) -> None:
    released.edit(released.article, "Drink plenty of water", "Drink a lot of water")
    released.run("extract")
    assert changes(released) == [
        ("en", "replace", "its wording has changed"),
        ("es", "replace", "its wording has changed"),
    ]


def test_another_emergency_number_recalls_all(released: Desk) -> None:
    released.settings.write_text(SETTINGS + 'emergency_number = "999"\n', "utf-8")
    reason = "the emergency number was 112 and is 999"
    assert changes(released) == [("en", "recall", reason), ("es", "recall", reason)]


def test_what_is_gone_is_recalled(released: Desk) -> None:
    released.article.unlink()
    assert [advice for _, advice, _ in changes(released)] == ["recall", "recall"]


def test_a_sentence_taken_out_is_weighed(released: Desk) -> None:
    released.edit(released.article, "- Do not give the syrup to a child.\n", "")
    released.run("extract")
    assert {advice for _, advice, _ in changes(released)} == {"recall"}


def test_no_such_revision(released: Desk) -> None:
    for revision in ("v2", "--output=x", ""):
        status, _, err = released.run("changes", f"--since={revision}")
        assert status == 2
        assert "revision" in err


@pytest.mark.parametrize(
    ("old", "new", "advice"),
    [
        ("## What helps", "```\n5 ml a day\n```\n\n## What helps", "replace"),
        ('version: "1.0"', 'version: "1.1"', "replace"),
        ("name: Example Reviewer", "name: Other Example", "replace"),
    ],
)
def test_what_stands_beside_the_segments_is_watched(released: Desk, old: str, new: str, advice: str) -> None:
    released.edit(released.article, old, new)
    assert [found[:2] for found in changes(released)] == [("en", advice), ("es", advice)]


def test_a_number_beside_the_segments_recalls(released: Desk) -> None:
    released.edit(released.article, "## What helps", "```\n5 ml a day\n```\n\n## What helps")
    git(released, "commit", "-q", "-a", "-m", "code")
    git(released, "tag", "-f", "v1")
    assert changes(released) == []
    released.edit(released.article, "5 ml a day", "6 ml a day")
    assert {advice for _, advice, _ in changes(released)} == {"recall"}


def test_a_picture_is_watched(released: Desk) -> None:
    picture = released.root / "source/images/cup.svg"
    picture.parent.mkdir()
    picture.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", "utf-8")
    released.edit(released.article, "## What helps", "![A cup](../images/cup.svg)\n\n## What helps")
    git(released, "add", ".")
    git(released, "commit", "-q", "-a", "-m", "picture")
    git(released, "tag", "-f", "v1")
    assert changes(released) == []
    picture.write_text("<svg xmlns='http://www.w3.org/2000/svg' width='9'/>", "utf-8")
    assert changes(released) == [
        ("en", "replace", "its wording has changed"),
        ("es", "replace", "its wording has changed"),
    ]


def test_a_dose_put_right_on_the_way_recalls(released: Desk) -> None:
    released.edit(released.article, "Take 5 ml of the syrup", "Take 5 ml of this syrup")
    released.run("extract")
    released.fill({"Take 5 ml of this syrup, 2 times a day.": "Tome 6 ml de este jarabe, 2 veces al día."})
    assert changes(released) == [
        ("en", "replace", "its wording has changed"),
        ("es", "recall", "a number or its unit has changed"),
    ]


def test_a_warning_in_the_place_of_a_permission_recalls(released: Desk) -> None:
    released.edit(released.article, "- Drink plenty of water and rest.", "- Never let a baby have honey.")
    assert changes(released)[0][:2] == ("en", "recall")


def test_blanks_in_the_placeholder_of_the_emergency_number_change_nothing(released: Desk) -> None:
    released.edit(released.article, "{{emergency_number}}", "{{ emergency_number }}")
    released.edit(released.catalogue, "{{emergency_number}}", "{{ emergency_number }}")
    released.sign_all()
    git(released, "commit", "-q", "-a", "-m", "blanks")
    git(released, "tag", "-f", "v1")
    released.settings.write_text(SETTINGS + 'emergency_number = "999"\n', "utf-8")
    assert {advice for _, advice, _ in changes(released)} == {"recall"}
    released.fill({"you cannot breathe": ""})
    released.settings.write_text(SETTINGS + "coverage = 50\n", "utf-8")
    assert ("es", "error", "coverage") in released.objections()


def test_a_signature_that_was_taken_back_is_told(released: Desk) -> None:
    released.run("sign", "--language", "es", "care/cough", "--as", "checker", "--withdraw")
    assert changes(released) == [("es", "replace", "a signature was taken back")]
