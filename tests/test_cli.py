"""The commands as a user types them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.cli import main


def plainleaf(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


def test_help_of_every_command_has_examples(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("init", "import", "check", "words", "extract", "status", "build"):
        assert plainleaf(command, "--help") == 0
        assert "examples:\n  plainleaf" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [(), ("nonsense",), ("build", "--jobs", "0"), ("check", "--format", "xml")])
def test_wrong_use_is_2(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert plainleaf(*arguments) == 2


def test_a_library_is_looked_for_upwards(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(library / "source" / "care")
    assert plainleaf("status") == 0


def test_no_library_is_one_clear_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert plainleaf("build") == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1 and "plainleaf init" in error


def test_check_json_is_the_contract(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = library / "source" / "care" / "fever.md"
    path.write_text(path.read_text() + "\nThe feverr is hot.\n")
    assert plainleaf("--library", library, "check", "--format", "json") == 1
    rows = json.loads(capsys.readouterr().out)
    (row,) = (row for row in rows if row["check"] == "spelling")
    assert list(row) == ["check", "severity", "path", "line", "column", "end_line", "end_column", "start", "end",
                         "message", "suggestions", "standard"]  # fmt: skip
    assert path.read_text()[row["start"] : row["end"]] == "feverr"
    assert (row["severity"], row["suggestions"][0], row["path"]) == ("error", "fever", path.as_posix())


def test_the_word_list_is_no_article(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (library / "source/wordlist.txt").write_text("# Words.\nXyzzogel\n", "utf-8")
    plainleaf("--library", library, "check", "--sources-only")
    out = capsys.readouterr().out
    assert "wordlist" not in out and "2 articles, 0 translations" in out


def test_check_text_shows_the_line_and_a_caret(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = library / "note.md"
    path.write_text("# Fever\n\nThe feverr is hot.\n")
    assert plainleaf("check", path) == 1
    out = capsys.readouterr().out
    assert f'{path}:3:5: error [spelling] "feverr": not a word; did you mean "fever"?' in out
    assert "    The feverr is hot.\n        ^^^^^^" in out
    assert "1 article, 0 translations: 1 error" in out


def test_check_github(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = library / "note.md"
    path.write_text("# Fever\n\nThe feverr is hot.\n")
    plainleaf("check", path, "--format", "github")
    assert f"::error file={path},line=3,endLine=3,col=5,endColumn=11,title=spelling::" in capsys.readouterr().out


def test_one_file_that_is_not_utf8_does_not_stop_the_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.md").write_bytes(b"# A\n\nf\xfcr\n")
    (tmp_path / "b.md").write_text("# B\n\nThe feverr is hot.\n")
    assert plainleaf("check", tmp_path) == 2
    captured = capsys.readouterr()
    assert "feverr" in captured.out
    assert "a.md:3:2: not UTF-8" in captured.err and "Traceback" not in captured.err


def test_several_processes_say_the_same_as_one(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    heart = library / "source/heart"
    heart.mkdir(exist_ok=True)
    for number in range(60):
        slip = "flutterr" if number == 30 else "flutter"
        text = f"# Copy {number}\n\nYou may feel a {slip}.\n"
        (heart / f"copy-{number}.md").write_text(text, encoding="utf-8")
    (heart / "broken.md").write_bytes(b"# Fever\n\n\xff\n")
    said = []
    for jobs in (1, 2):
        status = plainleaf("--library", library, "check", "--jobs", jobs)
        said.append((status, *capsys.readouterr()))
    assert said[0] == said[1]
    assert said[0][0] == 2
    assert "flutterr" in said[0][1]
    assert "broken.md" in said[0][2]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('name = "x', "library.toml:1:10: not valid TOML"),
        ('nmae = "x"', "library.toml:1: unknown setting 'nmae'"),
        ('languages = "es"', "library.toml:1: languages must be a list"),
        ('paper = "a3"', "library.toml:1: paper: 'a3' is not one of a4, letter, a5"),
        ('languages = ["xx_nope"]', "unknown language 'xx_nope'"),
    ],
)
def test_mistakes_in_the_settings_are_told_with_their_line(
    library: Path, line: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (library / "source" / "library.toml").write_text(line + "\n")
    assert plainleaf("--library", library, "build") == 2
    assert message in capsys.readouterr().err


def test_extract_adds_a_language_and_loses_nothing(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {p: p.read_bytes() for p in library.rglob("*.po")}
    assert plainleaf("--library", library, "extract", "--language", "fr", "--dry-run") == 0
    assert not (library / "translations" / "fr").exists()
    assert plainleaf("--library", library, "extract", "--language", "fr") == 0
    assert 'Add "fr" to languages' in capsys.readouterr().out
    assert 'msgid "Cough"' in (library / "translations/fr/care/cough.po").read_text()
    assert {p: p.read_bytes() for p in before} == before


def test_status_counts(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert plainleaf("--library", library, "status", "--language", "ar", "--format", "json") == 0
    cough, fever = json.loads(capsys.readouterr().out)["translations"]
    assert {k: cough[k] for k in ("total", "translated", "fuzzy", "missing", "draft", "state")} == {
        "total": 22, "translated": 9, "fuzzy": 1, "missing": 12, "draft": 9, "state": "partial"}  # fmt: skip
    assert fever["state"] == "none"


def test_init_makes_a_library_that_checks_and_builds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "new"
    assert plainleaf("init", folder) == 0
    assert plainleaf("init", folder) == 2
    assert plainleaf("--library", folder, "check") == 0
    assert plainleaf("--library", folder, "extract") == 0
    assert plainleaf("--library", folder, "build", "--jobs", "1") == 0
    assert {p.name for p in (folder / "dist" / "en" / "care").iterdir()} == {"fever.html", "fever.epub", "fever.pdf"}


def test_a_closed_pipe_is_no_traceback(library: Path) -> None:
    command = f"{sys.executable} -c 'from pipeline.cli import entry; entry()' --library {library} check | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr


FAULTY = "\ufeff---\r\ntitle: A treatmnt plan\r\n---\r\n\r\nThe  feverr is is hot.   \r\nIt was Xyzzor.\r\n"
MENDED = "\ufeff---\r\ntitle: A treatment plan\r\n---\r\n\r\nThe  fever is hot.   \r\nIt was Xyzzor.\r\n"


def test_fix_corrects_what_is_sure_and_nothing_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(FAULTY.encode())
    assert plainleaf("check", path, "--fix", "--dry-run") == 1
    out = capsys.readouterr().out
    assert "-title: A treatmnt plan" in out and "+title: A treatment plan" in out
    assert path.read_bytes() == FAULTY.encode()
    assert plainleaf("check", path, "--fix") == 0
    assert path.read_bytes() == MENDED.encode()
    assert "3 sure corrections made" in capsys.readouterr().out


def test_sarif_is_valid(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # Models made from the JSON schema of SARIF 2.1.0: they refuse what it refuses, unknown keys too.
    sarif = pytest.importorskip("fluidattacks_core.sarif")
    path = library / "source" / "care" / "fever.md"
    path.write_text(path.read_text() + "\nThe feverr is hot.\n")
    assert plainleaf("--library", library, "check", "--format", "sarif") == 1
    out = capsys.readouterr().out
    sarif.SarifLog.model_validate_json(out)
    (run,) = json.loads(out)["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(set(rules)) == len(rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
    (spelling,) = (r for r in run["results"] if r["ruleId"] == "spelling")
    region = spelling["locations"][0]["physicalLocation"]["region"]
    text = path.read_text()
    assert text[region["charOffset"] :][: region["charLength"]] == "feverr"
    assert spelling["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"] == "fever"
