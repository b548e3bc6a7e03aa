"""plainleaf import as a user types it, and what check and build make of its drafts."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from pipeline import front_matter
from pipeline.cli import main

PAGE = """Skip to content

Croup

Croup is a barking cough of small children. It comes at night and frightens parents
You may hear:

a bark
noisy breath
a hoarse voice

Comments (1)
Ann says:
My son had this and I was afraid all night long.
"""
GUIDE = Path(__file__).parents[2] / "docs" / "importing.md"


def plainleaf(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_drafts_go_into_the_library_with_a_report_beside_them(
    library: Path, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert plainleaf("--library", library, "import", page, "--date", "2026-03-01") == 0
    draft = library / "source" / "imported" / "croup.md"
    assert "- a bark\n- noisy breath\n- a hoarse voice" in draft.read_text()
    (report,) = json.loads(draft.with_suffix(".import.json").read_text())
    assert report["draft"] == draft.as_posix() and report["lines"]["boilerplate"] == 4
    reasons = {item["line"]: item["reason"] for item in report["dropped"]}
    assert reasons[1] == "navigation of the site" and reasons[14] == "readers' comments"
    out = capsys.readouterr().out
    assert "dropped line 14: My son had this" in out and "[list-restored]" in out


def test_a_draft_is_checked_and_not_built(library: Path, page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert plainleaf("--library", library, "import", page, "-o", library / "source" / "care") == 0
    capsys.readouterr()
    assert plainleaf("--library", library, "check", library / "source" / "care" / "croup.md", "--format", "json") == 1
    found = {row["check"]: row for row in json.loads(capsys.readouterr().out)}
    assert found["rights-not-cleared"]["severity"] == "error"
    assert "missing-full-stop" in found
    assert plainleaf("--library", library, "build", "--to", "html", "--jobs", "1") == 1
    assert "rights-not-cleared" in capsys.readouterr().err
    assert (library / "dist" / "en" / "care" / "cough.html").is_file()
    assert not (library / "dist" / "en" / "care" / "croup.html").exists()
    assert "croup" not in (library / "dist" / "en" / "index.html").read_text()
    assert plainleaf("--library", library, "extract", "--language", "es") == 0
    assert "croup.md is a draft that is not cleared" in capsys.readouterr().err
    assert not (library / "translations" / "es" / "care" / "croup.po").exists()


def test_a_cleared_draft_is_built(library: Path, page: Path) -> None:
    plainleaf("--library", library, "import", page, "-o", library / "source" / "care")
    draft = library / "source" / "care" / "croup.md"
    draft.write_text(draft.read_text().replace("publishable: false\n", ""))
    plainleaf("--library", library, "build", "--to", "html", "--jobs", "1")
    assert "barking cough" in (library / "dist" / "en" / "care" / "croup.html").read_text()


def test_explain_prints_a_label_for_every_line_and_writes_nothing(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert plainleaf("import", page, "--explain") == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert rows[:2] == [{"line": 1, "label": "boilerplate"}, {"line": 3, "label": "heading"}]
    assert [row["line"] for row in rows] == [n for n, line in enumerate(PAGE.split("\n"), 1) if line.strip()]
    assert list(tmp_path.iterdir()) == [page]


def test_dry_run_writes_nothing(page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    assert plainleaf("import", page, "-o", out, "--dry-run", "--report", tmp_path / "r.json") == 0
    assert not out.exists() and not (tmp_path / "r.json").exists()
    assert "would write" in capsys.readouterr().out


def test_a_draft_that_an_editor_has_changed_is_not_overwritten(
    page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert plainleaf("import", page, "-o", out) == 0
    assert plainleaf("import", page, "-o", out) == 0, "the same bytes again are no loss"
    (out / "croup.md").write_text("The editor's own text.")
    assert plainleaf("import", page, "-o", out) == 2
    assert "--force" in capsys.readouterr().err
    assert (out / "croup.md").read_text() == "The editor's own text."
    assert plainleaf("import", page, "-o", out, "--force") == 0
    assert "barking" in (out / "croup.md").read_text()


def test_one_bad_file_does_not_stop_the_others(page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    twin = tmp_path / "twin.txt"
    twin.write_text(PAGE)
    assert plainleaf("import", tmp_path / "none.txt", page, twin, "-o", tmp_path / "out") == 2
    assert "none.txt: cannot be read" in capsys.readouterr().err
    assert sorted(path.name for path in (tmp_path / "out").glob("*.md")) == ["croup-2.md", "croup.md"]


def test_json_and_one_report_for_all(page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = tmp_path / "all.json"
    assert plainleaf("import", page, "-o", tmp_path / "out", "--format", "json", "--report", report) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(report.read_text())
    assert not list((tmp_path / "out").glob("*.json"))


def test_the_date_comes_from_the_environment(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert plainleaf("import", page, "-o", tmp_path / "out") == 0
    assert "imported: 1970-01-02" in (tmp_path / "out" / "croup.md").read_text()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--date", "01.03.2026"), "no date such as"),
        (("--language", "xx_nope"), "unknown language"),
        ((), "say with -o DIR"),
    ],
)
def test_wrong_use_is_one_clear_line(
    arguments: tuple[str, ...],
    message: str,
    page: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(page.parent)
    assert plainleaf("import", page, *arguments) == 2
    error = capsys.readouterr().err
    assert message in error and error.count("\n") == 1


def test_the_guides_example_is_true(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    page, told = re.findall(r"```text\n(.*?)```", guide, re.DOTALL)[:2]
    (wanted,) = re.findall(r"```markdown\n(.*?)```", guide, re.DOTALL)
    path = tmp_path / "nosebleeds.txt"
    path.write_text(page, encoding="utf-8")
    assert plainleaf("import", path, "-o", tmp_path, "--date", "2026-03-01") == 0
    draft = (tmp_path / "nosebleeds.md").read_text(encoding="utf-8")
    assert draft[front_matter.parse(draft).body_start :].strip() == wanted.strip()
    out = capsys.readouterr().out.replace(path.as_posix(), "nosebleeds.txt")
    assert all(line in out for line in told.strip().split("\n"))
    assert plainleaf("check", tmp_path / "nosebleeds.md") == 1
    assert "missing-full-stop" in capsys.readouterr().out


def test_every_finding_is_in_the_guide() -> None:
    folder = Path(__file__).parents[2] / "pipeline" / "importing"
    source = "".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.py")))
    names = set(re.findall(r'(?:unsettled_at|Unsettled)\(\s*"([a-z-]+)"', source))
    assert len(names) >= 20
    assert names <= set(re.findall(r"`([a-z-]+)`", GUIDE.read_text(encoding="utf-8")))


def test_a_folder_stands_for_its_pages_by_name(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = page.parent / "old"
    folder.mkdir()
    (folder / "b.txt").write_text(PAGE, encoding="utf-8")
    (folder / "a.html").write_text("<h1>Burns</h1><p>Hold a burn under cool water at once.</p>", encoding="utf-8")
    (folder / "photo.jpg").write_bytes(b"no page")
    assert plainleaf("import", folder, "--explain") == 0
    named = [json.loads(line)["file"] for line in capsys.readouterr().out.splitlines()]
    assert [Path(name).name for name in dict.fromkeys(named)] == ["a.html", "b.txt"]


def test_a_folder_without_pages_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    assert plainleaf("import", folder, "-o", tmp_path / "out") == 2
    assert "no page in this folder" in capsys.readouterr().err
