"""What comes back from a translator: only what fits is taken, and everything is told."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.catalogue import read_catalogue
from pipeline.cli import main
from pipeline.model import State

Edit = Callable[[str], str]


def export(library: Path, *options: str) -> Path:
    """A file as it goes out: Spanish XLIFF of the cough article, or PO."""
    out = library / "outgoing"
    assert main(["--library", str(library), "export", "--language", "es", "-o", str(out), *options]) == 0
    suffix = "po" if "po" in options else "xlf"
    return out / "es" / "care" / f"cough.{suffix}"


def come_back(library: Path, path: Path, capsys: pytest.CaptureFixture[str], *options: str) -> list[dict[str, object]]:
    """The texts that did not come back as they were."""
    capsys.readouterr()
    main(["--library", str(library), "import-translation", str(path), "--format", "json", *options])
    (taken,) = json.loads(capsys.readouterr().out)
    return [row for row in taken["texts"] if row["outcome"] not in ("unchanged", "untranslated")]


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def finish(path: Path, source: str, target: Edit) -> None:
    """What a translator's tool does: change the target of one unit and mark it as translated."""
    text = path.read_text(encoding="utf-8")
    (unit,) = (u for u in re.findall(r"<unit .*?</unit>", text, re.DOTALL) if f">{source}<" in u)
    changed = re.sub(r"(<target[^>]*>)(.*)(</target>)", lambda m: m[1] + target(m[2]) + m[3], unit, flags=re.DOTALL)
    assert changed != unit
    path.write_text(text.replace(unit, changed.replace('state="initial"', 'state="translated"')), encoding="utf-8")


def catalogue(library: Path) -> Path:
    return library / "translations" / "es" / "care" / "cough.po"


def test_a_corrected_draft_lands_as_translated(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = export(library)
    before = catalogue(library).read_text(encoding="utf-8")
    finish(path, "you cannot breathe", lambda _: "le falta el aire")
    (row,) = come_back(library, path, capsys)
    assert (row["outcome"], row["before"], row["after"]) == ("changed", "no puede respirar", "le falta el aire")
    message = read_catalogue(catalogue(library)).get("you cannot breathe")
    assert (message.text, message.state) == ("le falta el aire", State.TRANSLATED)
    changed = catalogue(library).read_text(encoding="utf-8").splitlines()
    draft = "# machine-draft: made by a machine; no qualified translator has checked it"
    assert len(before.splitlines()) == len(changed) + 1
    assert set(before.splitlines()) - set(changed) == {'msgstr "no puede respirar"'}
    assert changed.count(draft) == before.splitlines().count(draft) - 1


def test_a_dry_run_changes_nothing(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = export(library)
    finish(path, "you cannot breathe", lambda _: "le falta el aire")
    before = catalogue(library).read_bytes()
    assert main(["--library", str(library), "import-translation", str(path), "--dry-run"]) == 0
    told = capsys.readouterr().out
    assert "- no puede respirar\n" in told and "+ le falta el aire\n" in told and "Dry run" in told
    assert catalogue(library).read_bytes() == before


def test_a_draft_that_a_person_confirms_is_no_draft(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = export(library)
    edit(path, 'state="initial"', 'state="reviewed"')
    rows = come_back(library, path, capsys)
    assert {row["outcome"] for row in rows} == {"confirmed"}
    states = {message.state for message in read_catalogue(catalogue(library)).messages.values()}
    assert states == {State.TRANSLATED}


def test_what_is_not_marked_as_translated_stays_out(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = export(library)
    edit(path, ">no puede respirar<", ">le falta el aire<")
    (row,) = come_back(library, path, capsys)
    assert row["outcome"] == "unfinished" and "--finished" in str(row["reason"])
    (row,) = come_back(library, path, capsys, "--finished")
    assert row["outcome"] == "changed"


@pytest.mark.parametrize(
    ("source", "target", "told"),
    [
        ("blood", "sangre", "bold **…**"),
        ("fever", "fiebre", "link […](fever.md)"),
    ],
)
def test_lost_codes_are_refused(
    library: Path, capsys: pytest.CaptureFixture[str], source: str, target: str, told: str
) -> None:
    path = export(library)
    edit(path, 'state="initial"', 'state="translated"')
    text = path.read_text(encoding="utf-8")
    text = re.sub(rf"<pc [^>]*>({target})</pc>", r"\1", text)
    path.write_text(text, encoding="utf-8")
    refused = [row for row in come_back(library, path, capsys) if not row["taken"]]
    assert [row["outcome"] for row in refused] == ["codes"]
    assert f"lost: {told}" in str(refused[0]["reason"])
    assert source in str(refused[0]["source"])


def test_added_codes_are_refused(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = export(library)
    unit = '<target xml:lang="es">no puede respirar</target>'
    edit(path, unit, unit.replace("puede", '<pc id="9" dataRefStart="d1" dataRefEnd="d1">puede</pc>'))
    text = path.read_text(encoding="utf-8")
    at = text.index("<source", text.index("you cannot breathe") - 40)
    start = text.rindex("<segment", 0, at)
    text = text[:start] + '<originalData><data id="d1">**</data></originalData>\n' + text[start:]
    path.write_text(text.replace('state="initial"', 'state="translated"'), encoding="utf-8")
    refused = [row for row in come_back(library, path, capsys) if not row["taken"]]
    assert [row["reason"] for row in refused] == ["not in the source: bold **…**"]


def test_asterisks_that_a_translator_types_stay_asterisks(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = export(library)
    finish(path, "you cannot breathe", lambda _: "no *puede* respirar {{ahora}}")
    (row,) = come_back(library, path, capsys)
    assert row["after"] == r"no \*puede\* respirar \{\{ahora\}\}"


def test_markdown_that_was_typed_out_by_a_tool_without_codes_is_read(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = export(library)
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"(<target[^>]*>)tose <pc [^>]*>sangre</pc>", r"\1expulsa **sangre**", text)
    path.write_text(text.replace('state="initial"', 'state="translated"'), encoding="utf-8")
    rows = [row for row in come_back(library, path, capsys) if row["outcome"] == "changed"]
    assert [row["after"] for row in rows] == ["expulsa **sangre**"]


def test_a_source_text_that_changed_since_is_refused(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = export(library)
    finish(path, "Take 5 ml of syrup 2 times a day. Do not take more.", lambda _: "Tome 5 ml dos veces al día.")
    edit(library / "source" / "care" / "cough.md", "Take 5 ml of syrup", "Take 10 ml of syrup")
    before = catalogue(library).read_bytes()
    (row,) = come_back(library, path, capsys)
    assert row["outcome"] == "source changed"
    assert 'the article now says: "Take 10 ml of syrup 2 times a day. Do not take more."' in str(row["reason"])
    assert catalogue(library).read_bytes() == before


def test_a_source_text_that_was_altered_in_the_file_is_refused(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = export(library)
    finish(path, "you cannot breathe", lambda _: "puede respirar")
    edit(path, ">you cannot breathe<", ">you can breathe<")
    (row,) = come_back(library, path, capsys)
    assert row["outcome"] == "source altered"


def test_a_translation_that_changed_here_meanwhile_is_not_overwritten(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = export(library)
    finish(path, "you cannot breathe", lambda _: "le falta el aire")
    edit(catalogue(library), "no puede respirar", "no logra respirar")
    (row,) = come_back(library, path, capsys)
    assert row["outcome"] == "conflict"
    assert read_catalogue(catalogue(library)).get("you cannot breathe").text == "no logra respirar"
    (row,) = come_back(library, path, capsys, "--force")
    assert row["outcome"] == "changed"
    assert read_catalogue(catalogue(library)).get("you cannot breathe").text == "le falta el aire"


def test_an_untouched_text_does_not_undo_a_change_made_here(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = export(library)
    edit(catalogue(library), "no puede respirar", "no logra respirar")
    edit(path, 'state="initial"', 'state="final"')
    rows = come_back(library, path, capsys, "--force")
    assert "you cannot breathe" not in {row["source"] for row in rows}
    assert read_catalogue(catalogue(library)).get("you cannot breathe").text == "no logra respirar"


def test_a_tool_that_loses_our_metadata_overwrites_no_translation(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = export(library)
    text = re.sub(r"<mda:metadata>.*?</mda:metadata>", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    path.write_text(text, encoding="utf-8")
    finish(path, "What it is", lambda _: "Qué significa")
    finish(path, "you cannot breathe", lambda _: "le falta el aire")
    assert {(row["source"], row["outcome"]) for row in come_back(library, path, capsys)} == {
        ("What it is", "conflict"),
        ("you cannot breathe", "changed"),
    }


def test_what_is_signed_is_locked(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(library / "translations" / "es" / "care" / "cough.po", "# machine-draft: made by a machine", "# by a person")
    before = export(library).read_text(encoding="utf-8")
    sign = ["sign", "care/cough", "--language", "es", "--credential", "example credential"]
    assert main(["--library", str(library), *sign, "--as", "translator", "--name", "Example One"]) == 0
    assert export(library).read_text(encoding="utf-8") == before, "the checker's turn: the text is still open"
    assert main(["--library", str(library), *sign, "--as", "checker", "--name", "Example Two"]) == 0
    path = export(library)
    assert path.read_text(encoding="utf-8").count('translate="no"') == 22
    edit(path, ">no puede respirar<", ">le falta el aire<")
    (row,) = come_back(library, path, capsys)
    assert row["outcome"] == "signed" and "voids the signature" in str(row["reason"])
    (row,) = come_back(library, path, capsys, "--force")
    assert row["outcome"] == "changed"
    main(["--library", str(library), "status", "--language", "es", "--format", "json"])
    (cough,) = (row for row in json.loads(capsys.readouterr().out)["translations"] if row["article"] == "care/cough")
    assert cough["state"] == "out of date"


def test_a_machine_s_translation_stays_a_draft(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = export(library)
    finish(path, "you cannot breathe", lambda _: "le falta el aire")
    unit = path.read_text(encoding="utf-8").split(">you cannot breathe<")[0].rpartition("<segment")[2]
    edit(path, f"<segment{unit}>you cannot breathe<", f'<segment subState="x:mt"{unit}>you cannot breathe<')
    (row,) = come_back(library, path, capsys)
    assert row["draft"] is True
    assert read_catalogue(catalogue(library)).get("you cannot breathe").state is State.DRAFT


def test_the_checks_speak_of_what_was_taken(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = export(library)
    finish(path, "Take 5 ml of syrup 2 times a day. Do not take more.", lambda text: text.replace("5 ml", "50 ml"))
    capsys.readouterr()
    assert main(["--library", str(library), "import-translation", str(path)]) == 1
    told = capsys.readouterr().out
    assert "dose-changed" in told and str(catalogue(library).name) in told


def test_another_language_is_refused(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = export(library)
    edit(path, 'trgLang="es"', 'trgLang="de"')
    assert main(["--library", str(library), "import-translation", str(path)]) == 2
    assert "the file is in de, and this library translates into es, ar" in capsys.readouterr().err


def test_another_country_s_variant_of_the_language_is_taken(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = export(library)
    edit(path, 'trgLang="es"', 'trgLang="es-ES"')
    edit(path, 'xml:lang="es"', 'xml:lang="es-ES"')
    finish(path, "you cannot breathe", lambda _: "le falta el aire")
    (row,) = come_back(library, path, capsys)
    assert row["outcome"] == "changed"


def test_notes_of_the_translator_are_told(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = export(library)
    text = path.read_text(encoding="utf-8")
    at = text.rindex("</notes>", 0, text.index(">you cannot breathe<"))
    note = "<note>Lying down, or always?</note>"
    path.write_text(text[:at] + note + text[at:], encoding="utf-8")
    capsys.readouterr()
    assert main(["--library", str(library), "import-translation", str(path)]) == 0
    assert "The translator's notes:" in (told := capsys.readouterr().out)
    assert "Lying down, or always?" in told


def test_a_po_file_comes_back(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = export(library, "--to", "po")
    draft = "# machine-draft: made by a machine; no qualified translator has checked it\n"
    text = path.read_text(encoding="utf-8").replace(draft, "")
    text = text.replace("no puede respirar", "le falta el aire").replace("tose **sangre**", "tose sangre")
    path.write_text(
        text.replace('"Language-Team: ', '"X-Generator: Poedit 3.4\\n"\n"Language-Team: '), encoding="utf-8"
    )
    rows = {str(row["source"]): row for row in come_back(library, path, capsys)}
    assert rows["you cannot breathe"]["outcome"] == "changed"
    assert rows["you cough up **blood**"]["outcome"] == "codes"
    assert rows["3 weeks"]["outcome"] == "confirmed"
    assert "exported:" not in catalogue(library).read_text(encoding="utf-8")


def test_a_po_draft_that_keeps_its_mark_stays_a_draft(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = export(library, "--to", "po")
    edit(path, "no puede respirar", "le falta el aire")
    (row,) = come_back(library, path, capsys)
    assert (row["outcome"], row["draft"]) == ("changed", True)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("x.xlf", "<xliff", "x.xlf:1:1: not well-formed XML"),
        ("x.xlf", "<!DOCTYPE x [<!ENTITY a 'b'>]><xliff>&a;</xliff>", "x.xlf:1: the file has a document type"),
        ("x.xlf", '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"/>', "ask for XLIFF 2"),
        ("x.xlf", "<tmx/>", "no XLIFF file"),
        ("x.xlf", '<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="en"/>', "trgLang"),
        ("x.xlf", "<a>" * 300 + "</a>" * 300, "nest too deep"),
        ("x.po", 'msgid "a"\nmsgstr "b"\n', "the header names no language"),
        ("x.po", "nonsense\n", "x.po:1: not a valid PO file"),
        ("x.docx", "", "give XLIFF 2"),
        ("x.po", 'msgid ""\nmsgstr "Language: es\\n"\n\nmsgid "a"\nmsgstr "b"\n', "which article"),
    ],
)
def test_files_that_cannot_be_read_are_told(
    library: Path, capsys: pytest.CaptureFixture[str], name: str, content: str, told: str
) -> None:
    path = library / name
    path.write_text(content, encoding="utf-8")
    assert main(["--library", str(library), "import-translation", str(path)]) == 2
    error = capsys.readouterr().err
    assert told in error and error.count("\n") == 1


def test_an_article_that_is_not_there_is_told(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = export(library)
    (library / "source" / "care" / "cough.md").rename(library / "source" / "care" / "coughs.md")
    assert main(["--library", str(library), "import-translation", str(path)]) == 2
    assert "no article care/cough; is it care/coughs now?" in capsys.readouterr().err
