"""plainleaf extract on a whole library: what is kept, moved and offered, and what is told."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from pipeline import cli, po

COUGH, FEVER = "source/care/cough.md", "source/care/fever.md"
SYRUP = "Take 5 ml of syrup 2 times a day. Do not take more."
JARABE = "Tome 5 ml de jarabe 2 veces al día. No tome más."


def plainleaf(*arguments: object) -> int:
    return cli.main([str(argument) for argument in arguments])


def edit(library: Path, name: str, old: str, new: str) -> None:
    path = library / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def append(library: Path, name: str, text: str) -> None:
    path = library / name
    path.write_text(path.read_text("utf-8") + text, encoding="utf-8")


def entry(library: Path, name: str, msgid: str, language: str = "es") -> po.Entry:
    text = (library / "translations" / language / f"{name}.po").read_text("utf-8")
    (found,) = (e for e in po.parse(text).entries if e.msgid == msgid and not e.is_obsolete)
    return found


def snapshot(library: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in sorted((library / "translations").rglob("*.po"))}


@pytest.fixture
def extracted(library: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert plainleaf("--library", library, "extract") == 0
    capsys.readouterr()
    return library


def test_a_corrected_spelling_keeps_its_translations_and_is_told(
    extracted: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(extracted, COUGH, "your airways", "your airwayys")
    plainleaf("--library", extracted, "extract")
    capsys.readouterr()
    edit(extracted, COUGH, "your airwayys", "your airways")
    before = snapshot(extracted)
    assert plainleaf("--library", extracted, "extract", "--language", "es", "--dry-run") == 0
    told = capsys.readouterr().out
    assert f"{COUGH}:29: spelling (es)" in told
    assert "  - A cough clears your airwayys." in told and "  + A cough clears your airways." in told
    assert snapshot(extracted) == before
    plainleaf("--library", extracted, "extract")
    text = "A cough clears your airways. It often comes with a [fever](fever.md).[^1]"
    assert entry(extracted, "care/cough", text).flags == []
    assert entry(extracted, "care/cough", text).previous_msgid == "", "it is again what was translated"


def test_a_kept_translation_remembers_the_text_that_it_was_made_from(extracted: Path) -> None:
    edit(extracted, COUGH, "high body temperature", "high body temprature")
    plainleaf("--library", extracted, "extract")
    kept = entry(extracted, "care/cough", "A fever is a high body temprature.")
    assert kept.flags == []
    assert kept.previous_msgid == "A fever is a high body temperature."
    assert kept.extracted[0] == "kept: the source was corrected since this was translated (spelling)"
    before = snapshot(extracted)
    plainleaf("--library", extracted, "extract")
    assert snapshot(extracted) == before, "until it is signed anew, it stays known"
    edit(extracted, COUGH, "high body temprature", "low body temprature")
    plainleaf("--library", extracted, "extract")
    fuzzy = entry(extracted, "care/cough", "A fever is a low body temprature.")
    assert fuzzy.flags == ["fuzzy"] and fuzzy.previous_msgid == "A fever is a high body temperature."
    assert fuzzy.extracted[0] == "caution: a word has become its opposite"


def test_keep_names_an_article_or_a_line_of_it(extracted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(extracted, COUGH, "The tubes that lead to your lungs", "The pipes which go to your lungs")
    edit(extracted, COUGH, "Take 5 ml", "Take 15 ml")
    assert plainleaf("--library", extracted, "extract", "--keep", "care/c*") == 0
    told = capsys.readouterr()
    assert "by --keep (es)" in told.out
    assert re.search(r"cough\.md:42:3: not kept, its translations are fuzzy: a number or its unit has", told.err)
    assert entry(extracted, "care/cough", "The pipes which go to your lungs.").flags == []
    assert entry(extracted, "care/cough", SYRUP.replace("5", "15")).flags == ["fuzzy"]


def test_keep_that_fits_nothing_stops_before_anything_is_written(
    extracted: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = snapshot(extracted)
    for pattern, told in (
        ("care/none", "name an article"),
        ("care/cough:x", "name an article"),
        ("care/cough:2", "no text that is translated stands on line 2 of"),
    ):
        assert plainleaf("--library", extracted, "extract", "--keep", pattern) == 2
        assert told in capsys.readouterr().err
    assert snapshot(extracted) == before
    plainleaf("--library", extracted, "extract", "--keep", "care/cough")
    assert "Nothing was kept" in capsys.readouterr().out


def test_a_text_that_moves_to_another_article_takes_its_translation_along(
    extracted: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(extracted, COUGH, "> Take 5 ml of syrup 2 times a day.\n> Do not take more.\n", "")
    append(extracted, FEVER, f"\n{SYRUP}\n")
    plainleaf("--library", extracted, "extract", "--format", "json")
    rows = json.loads(capsys.readouterr().out)["catalogues"]
    assert [r["changes"]["moved"] for r in rows if r["path"].endswith("es/care/fever.po")] == [1]
    moved = entry(extracted, "care/fever", SYRUP)
    assert (moved.msgstr, moved.flags) == (JARABE, [])
    assert moved.comment.startswith("machine-draft"), "what stood with it comes too"


def test_the_same_text_in_another_article_is_only_a_suggestion(
    extracted: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    append(extracted, FEVER, f"\n{SYRUP}\n")
    plainleaf("--library", extracted, "extract")
    offered = entry(extracted, "care/fever", SYRUP)
    assert (offered.msgstr, offered.flags) == (JARABE, ["fuzzy"])
    assert offered.extracted[0] == "offer: care/cough has this for the same text"
    assert offered.comment.startswith("machine-draft"), "taken without a look, it is still a machine's"
    capsys.readouterr()
    plainleaf("--library", extracted, "check")
    told = capsys.readouterr().out
    assert "1 of 5 segments have no translation" in told, "an offer is no translation yet"
    assert "fever.po" not in "".join(line for line in told.splitlines() if "[stale]" in line)


def test_a_like_text_is_offered_with_its_caution_and_a_second_run_changes_nothing(extracted: Path) -> None:
    text = SYRUP.replace("5 ml", "10 ml")
    append(extracted, FEVER, f"\n{text}\n")
    plainleaf("--library", extracted, "extract")
    offered = entry(extracted, "care/fever", text)
    assert offered.flags == ["fuzzy"] and offered.previous_msgid == SYRUP
    assert offered.extracted[:2] == [
        "offer: care/cough has this for a text that is 97 % the same",
        "caution: a number or its unit has changed",
    ]
    before = snapshot(extracted)
    plainleaf("--library", extracted, "extract")
    assert snapshot(extracted) == before


def test_a_suggestion_that_a_translator_takes_is_a_translation_without_our_comments(extracted: Path) -> None:
    append(extracted, FEVER, f"\n{SYRUP}\n")
    plainleaf("--library", extracted, "extract")
    edit(extracted, "translations/es/care/fever.po", "#, fuzzy\n", "")
    plainleaf("--library", extracted, "extract")
    taken = entry(extracted, "care/fever", SYRUP)
    assert taken.msgstr == JARABE and not any("offer" in text for text in taken.extracted)


def test_without_memory_nothing_is_offered(extracted: Path) -> None:
    append(extracted, FEVER, f"\n{SYRUP}\n")
    plainleaf("--library", extracted, "extract", "--no-memory")
    assert entry(extracted, "care/fever", SYRUP).msgstr == ""


def test_remarks_reach_translators_and_no_output(extracted: Path) -> None:
    edit(extracted, COUGH, "## What it is", "<!-- translators: SECRET one -->\n\n## What it is")
    edit(extracted, COUGH, "title: Cough", "# translators: SECRET two\ntitle: Cough")
    edit(extracted, COUGH, "| A cold |", "| A cold <!-- translators: SECRET three --> |")
    plainleaf("--library", extracted, "extract")
    for text, said in (("What it is", "one"), ("Cough", "two"), ("A cold", "three")):
        assert f"translators: SECRET {said}" in entry(extracted, "care/cough", text).extracted
    assert plainleaf("--library", extracted, "build", "--to", "html,md,epub") in (0, 1)
    built = [path for path in (extracted / "dist").rglob("*") if path.suffix in (".html", ".md")]
    assert len(built) > 6
    assert not [path for path in built if "SECRET" in path.read_text("utf-8")]


def test_a_text_with_little_room_says_how_much(extracted: Path) -> None:
    assert "length: at most 40 characters: it stands over a column of a table" in (
        entry(extracted, "care/cough", "Cause").extracted
    )
    plainleaf("--library", extracted, "extract", "--language", "zh_Hans")
    chinese = entry(extracted, "care/cough", "Cause", "zh_Hans")
    assert "length: at most 20 characters: it stands over a column of a table" in chinese.extracted


def test_a_signed_sentence_is_taken_over_into_another_article(
    extracted: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    signing = ("--method", "example", "--date", "2026-01-02", "care/cough")
    for role, name in (("translator", "Example One"), ("checker", "Example Two")):
        arguments = ("sign", "--language", "es", "--as", role, "--name", name, "--credential", "example", *signing)
        assert plainleaf("--library", extracted, *arguments) == 0
    append(extracted, FEVER, f"\n{SYRUP}\n\n## Smoke\n")
    capsys.readouterr()
    assert plainleaf("--library", extracted, "extract", "--format", "json") == 0
    rows = json.loads(capsys.readouterr().out)["catalogues"]
    (changes,) = (row["changes"] for row in rows if row["path"].endswith("es/care/fever.po"))
    assert (changes["reused"], changes["offered"]) == (1, 1)
    reused = entry(extracted, "care/fever", SYRUP)
    assert (reused.msgstr, reused.flags) == (JARABE, [])
    assert reused.extracted[0] == "reused: care/cough has this for the same text, signed there"
    assert entry(extracted, "care/fever", "Smoke").flags == ["fuzzy"], "a heading may mean another thing here"
    before = snapshot(extracted)
    plainleaf("--library", extracted, "extract")
    assert snapshot(extracted) == before


def test_translators_see_what_the_glossary_calls_a_term(extracted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (extracted / "source" / "glossary.toml").write_text(
        """
[airways]
forms = ["airway"]
note = "From nose to lungs."
es = ["vías *", "vías respiratorias"]

["Airways Ltd"]
do_not_translate = true

[fever]
es = "fiebre"

[svg]
es = "x"
""",
        encoding="utf-8",
    )
    text = "A cough clears your airways. It often comes with a [fever](fever.md).[^1]"
    before = entry(extracted, "care/cough", text, "ar").extracted
    plainleaf("--library", extracted, "extract")
    said = entry(extracted, "care/cough", text).extracted
    assert said[-1] == "glossary: airways = vías respiratorias (From nose to lungs); fever = fiebre"
    assert entry(extracted, "care/cough", text, "ar").extracted == [*before, "glossary: airways (From nose to lungs)"]
    assert not any(
        "svg" in text for text in entry(extracted, "care/cough", "The two lungs seen from the front").extracted
    )
    assert entry(extracted, "care/cough", "3 weeks").extracted == ["How long it lasts > table cell"]
