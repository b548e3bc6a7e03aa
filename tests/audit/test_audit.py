"""The command plainleaf audit as a user types it: forms of output, places to mend, the conformance report."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import yaml

from pipeline.audit.auditing import audit_file
from pipeline.audit.wcag import CRITERIA, en_clause
from pipeline.cli import main


@pytest.fixture
def faulty(built: Path, tmp_path: Path) -> Path:
    """A built library with faults in its outputs."""
    folder = tmp_path / "library"
    shutil.copytree(built, folder)
    english = folder / "dist/en/care/cough.html"
    text = english.read_text("utf-8")
    text = text.replace('<th scope="col">', "<th>").replace('<a href="fever.html">fever', '<a href="fever.html">')
    text = text.replace(' alt="The two lungs seen from the front"', "")
    text = text.replace('<h2 id="what-it-is">What it is</h2>', '<h5 id="what-it-is">What it is</h5>')
    english.write_text(text, "utf-8")
    arabic = folder / "dist/ar/care/cough.html"
    arabic.write_text(arabic.read_text("utf-8").replace('<th scope="col">', "<th>"), "utf-8")
    return folder


def audit(*arguments: object) -> int:
    return main(["audit", "--no-browser", *map(str, arguments)])


def test_findings_name_the_segment_to_mend(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert audit(faulty / "dist/en/care/cough.html", "--format", "json") == 1
    found = json.loads(capsys.readouterr().out)
    source = (faulty / "source/care/cough.md").read_text().splitlines()
    places: dict[str, tuple[int, str]] = {}
    for row in found["findings"]:
        places.setdefault(row["rule"], (row["source"]["line"], row["source"]["segment"]))
    assert set(places) == {"table-headers", "link-name", "image-alternative", "heading-levels"}
    for rule, text in {
        "table-headers": "Cause",
        "image-alternative": "![The two lungs",
        "heading-levels": "What it is",
    }.items():
        line, segment = places[rule]
        assert text in source[line - 1] and text in segment


def test_a_translation_leads_to_its_catalogue(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert audit(faulty / "dist/ar/care/cough.html", "--format", "json") == 1
    found = json.loads(capsys.readouterr().out)["findings"]
    assert {row["rule"] for row in found} == {"table-headers"}
    translated = [row for row in found if row["source"]["catalogue"]]
    assert translated
    for row in translated:
        catalogue = Path(row["source"]["catalogue"]).read_text("utf-8").splitlines()
        line = row["source"]["catalogue_line"] - 1
        assert row["source"]["segment"] in catalogue[line - 1] and catalogue[line].startswith("msgstr")


def test_each_finding_has_its_standards(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    audit(faulty / "dist/en/care/cough.html", "--format", "json")
    (row,) = (r for r in json.loads(capsys.readouterr().out)["findings"] if r["rule"] == "image-alternative")
    assert row["standards"] == ["WCAG 2.2 1.1.1", "EN 301 549 9.1.1.1"]
    assert list(row) == ["rule", "auditor", "severity", "path", "kind", "place", "line", "column", "message", "wcag",
                         "standards", "excerpt", "source"]  # fmt: skip


def test_text_and_github_point_at_the_source(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    audit(faulty / "dist/en/care/cough.html")
    text = capsys.readouterr().out
    assert "error [image-alternative] a picture without alt" in text and "source/care/cough.md:" in text
    assert "why: a screen reader reads the file's name aloud" in text
    assert "1 HTML audited by Plainleaf's rules: 4 errors, 1 warning" in text
    audit(faulty / "dist/en/care/cough.html", "--format", "github")
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("::error file=") and "cough.md,line=" in line for line in lines)


def test_sarif_is_valid(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sarif = pytest.importorskip("fluidattacks_core.sarif")
    assert audit(faulty / "dist", "--format", "sarif") == 1
    out = capsys.readouterr().out
    sarif.SarifLog.model_validate_json(out)
    (run,) = json.loads(out)["runs"]
    assert run["results"]
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_the_default_is_dist(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(faulty / "dist/ar")
    assert main(["--library", str(faulty), "audit", "--no-browser"]) == 1
    assert "HTML" in capsys.readouterr().out
    shutil.rmtree(faulty / "dist")
    assert main(["--library", str(faulty), "audit"]) == 2
    assert "plainleaf build" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "message"), [("nothing.html", "no such file"), ("notes.txt", "only HTML, EPUB and PDF"), (".", "no HTML")]
)
def test_wrong_paths_are_told(tmp_path: Path, name: str, message: str, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "notes.txt").write_text("x")
    assert audit(tmp_path / name) == 2
    error = capsys.readouterr().err
    assert message in error and error.count("\n") == 1


def test_absent_auditors_are_one_line_each(
    built: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.delenv("PLAINLEAF_CHROMIUM", raising=False)
    assert main(["audit", "--deep", str(built / "dist/en/care/cough.html")]) == 0
    skipped = [line for line in capsys.readouterr().err.splitlines() if "skipped" in line]
    assert len(skipped) == 2
    assert "PLAINLEAF_CHROMIUM" in skipped[0] or "plainleaf[browser]" in skipped[0]
    assert "vnu" in skipped[1]


def test_same_findings_twice_and_in_any_number_of_processes(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outputs = []
    for jobs in (1, 2):
        audit(faulty / "dist/en", "--format", "json", "--jobs", jobs)
        outputs.append(capsys.readouterr().out)
    assert outputs[0] == outputs[1]


def test_the_report_claims_only_what_was_checked(
    faulty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    shutil.rmtree(faulty / "dist/ar")
    main(["--library", str(faulty), "audit", "--no-browser", "--report", "acr", "-o", str(tmp_path / "acr")])
    report = yaml.safe_load((tmp_path / "acr" / "acr.yaml").read_text("utf-8"))
    assert report["catalog"] == "2.5-edition-wcag-2.2-en" and report["report_date"] == "2026-09-21"
    rows = {}
    for chapter in report["chapters"].values():
        for criterion in chapter["criteria"]:
            for component in criterion["components"]:
                rows[criterion["num"], component["name"]] = component["adherence"]
    assert {number for number, _ in rows} == {*CRITERIA, "4.1.1"}
    levels = {key: row["level"] for key, row in rows.items()}
    assert set(levels.values()) <= {
        "supports", "partially-supports", "does-not-support", "not-applicable", "not-evaluated"}  # fmt: skip
    assert levels["1.1.1", "web"] == "partially-supports"
    assert "image-alternative (1)" in rows["1.1.1", "web"]["notes"]
    assert levels["1.1.1", "electronic-docs"] == "not-evaluated"
    assert levels["3.1.1", "electronic-docs"] == "supports"
    assert levels["1.3.3", "web"] == "not-evaluated" and "No automated check" in rows["1.3.3", "web"]["notes"]
    # Nothing that only a browser can tell is claimed without one.
    assert levels["1.4.3", "web"] == levels["1.4.10", "web"] == "not-evaluated"
    assert levels["1.2.2", "web"] == "not-applicable"
    page = audit_file(tmp_path / "acr" / "acr.html")
    assert not page.error and not page.findings
    capsys.readouterr()


def test_clauses_of_en_301_549() -> None:
    assert en_clause("1.4.10", "html") == "9.1.4.10"
    assert en_clause("1.1.1", "pdf") == "10.1.1.1"
    assert en_clause("2.5.8", "html") == en_clause("2.4.5", "epub") == ""
