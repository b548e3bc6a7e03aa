"""What changed since a release, and which leaflets to recall."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest
from desk import SETTINGS, Desk


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
