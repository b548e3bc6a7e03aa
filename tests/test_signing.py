"""Signatures, as a translator and a checker meet them."""

from __future__ import annotations

import datetime
import json
import shutil
import subprocess
from collections.abc import Sequence

import pytest
from desk import SETTINGS, Desk
from hypothesis import given
from hypothesis import strategies as st

from pipeline.checking import translated_article
from pipeline.library import open_library
from pipeline.model import PlainleafError, Role, Segment, Signature, State, Translation
from pipeline.signatures import read_signatures, render, segment_digest, sign_off, text_digest
from pipeline.signing import plan_signing, signable_article, write_signing


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
