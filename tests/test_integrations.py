"""Where changes are reviewed: GitLab's report, the hooks of pre-commit, the GitHub Action."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.cli import main

ROOT = Path(__file__).parents[1]
FAULT = "\nThe feverr is hot.\n"


def gitlab(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    main(["check", "--format", "gitlab"])
    rows: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return rows


def test_gitlab_report(library: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(library)
    path = library / "source/care/fever.md"
    text = path.read_text("utf-8")
    path.write_text(text + FAULT + FAULT, "utf-8")
    before = gitlab(capsys)
    assert {tuple(row) for row in before} == {("description", "check_name", "fingerprint", "severity", "location")}
    spelling = [row for row in before if row["check_name"] == "spelling"]
    assert [row["severity"] for row in spelling] == ["critical", "critical"]
    assert spelling[0]["location"] == {"path": "source/care/fever.md", "lines": {"begin": 15, "end": 15}}
    prints = [row["fingerprint"] for row in before]
    assert len(set(prints)) == len(prints), "GitLab shows one finding of those with one fingerprint"

    path.write_text(text.replace("## What it is", "\n\n## What it is") + FAULT + FAULT, "utf-8")
    after = gitlab(capsys)
    assert [row["fingerprint"] for row in after] == prints, "lines have moved and nothing else"
    assert [row["location"]["lines"]["begin"] for row in after if row["check_name"] == "spelling"] == [17, 19]

    path.write_text(text + FAULT, "utf-8")
    assert [row for row in gitlab(capsys) if row["check_name"] == "spelling"] == spelling[:1]


def test_catalogues_can_be_checked_alone(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def paths(*arguments: object) -> tuple[int, set[str]]:
        status = main(["--library", str(library), "check", "--format", "json", *map(str, arguments)])
        found = json.loads(capsys.readouterr().out)
        return status, {Path(row["path"]).relative_to(library).as_posix() for row in found}

    one = library / "translations/ar/care/cough.po"
    assert paths(one) == (1, {"translations/ar/care/cough.po"})
    assert paths(library / "translations") == (1, {"translations/ar/care/cough.po"})
    assert paths(library / "translations/es") == (0, set())
    assert paths("--sources-only")[1] == {"source/care/cough.md", "source/care/fever.md"}
    assert paths("--sources-only", one)[0] == 1, "what is named is checked"
    assert paths("--without", "stale", one)[0] == 0


def test_a_catalogue_without_an_article_is_told(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stray = library / "translations/es/care/gone.po"
    shutil.copy(library / "translations/es/care/fever.po", stray)
    outside = library.parent / "outside.po"
    shutil.copy(stray, outside)
    assert main(["--library", str(library), "check", str(stray)]) == 2
    assert "gone.po: no article of the library has this catalogue" in capsys.readouterr().err
    assert main(["--library", str(library), "check", str(outside)]) == 2
    assert "checked together with its article" in capsys.readouterr().err
    assert main(["--library", str(library), "check", "--without", "stail"]) == 2
    assert "did you mean stale?" in capsys.readouterr().err


def installing(tmp_path: Path) -> dict[str, str]:
    """An environment in which installing takes this checkout anew, and all else from what is installed already."""
    return {**os.environ, "PIP_NO_DEPS": "1", "PYTHONPATH": sysconfig.get_path("purelib"), "HOME": str(tmp_path)}


def skip_if_offline(printed: str) -> None:
    if any(sign in printed for sign in ("No matching distribution", "Failed to establish", "NewConnectionError")):
        pytest.skip("installing needs setuptools from PyPI, which cannot be reached")


def git(folder: Path, *arguments: str) -> None:
    person = ["-c", "user.name=Example", "-c", "user.email=example@example.org"]
    subprocess.run(["git", *person, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.mark.slow
def test_pre_commit_hooks(library: Path, tmp_path: Path) -> None:
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("the hooks are tried from a git repository")
    pytest.importorskip("pre_commit")
    for arguments in (("init", "-q"), ("add", "."), ("commit", "-qm", "A library")):
        git(library, *arguments)

    catalogue = library / "translations/es/care/cough.po"
    text = catalogue.read_text("utf-8")
    catalogue.write_text(text.replace('msgstr "Tome 5 ml', 'msgstr "Tome 50 ml'), "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "try-repo", ROOT, "--all-files", "--color", "never"],
        cwd=library,
        env={**installing(tmp_path), "PRE_COMMIT_HOME": str(tmp_path / "hooks")},
        capture_output=True,
        text=True,
        check=False,
    )
    skip_if_offline(done.stdout + done.stderr)
    articles, translations = done.stdout.split("plainleaf check (translations)")
    assert re.search(r"plainleaf check \(articles\)\.+Passed", articles), "though the Arabic dose is stale"
    assert translations.startswith("....") and "Failed" in translations.splitlines()[0]
    assert "translations/es/care/cough.po:130:8: error [dose-changed]" in translations
    assert "[stale]" not in translations
    assert done.returncode == 1


ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))


def test_the_action_has_the_form_of_an_action() -> None:
    pytest.importorskip("check_jsonschema")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-actions"]
    done = subprocess.run([*command, ROOT / "action.yml"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_action_uses_only_inputs_and_steps_that_it_has() -> None:
    text = (ROOT / "action.yml").read_text("utf-8")
    steps = {step["id"] for step in ACTION["runs"]["steps"] if "id" in step}
    for name in ACTION["inputs"]:
        assert f"inputs.{name}" in text
    for step in steps:
        assert f"steps.{step}.outputs" in text


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("bash") is None, reason="the steps of the action are for bash")
def test_the_steps_of_the_action(library: Path, tmp_path: Path) -> None:
    repository = tmp_path / "repository"
    shutil.move(library, repository / "leaflets")
    values = {
        "github.action_path": str(ROOT),
        "runner.temp": str(tmp_path / "temp"),
        "steps.python.outputs.python-path": sys.executable,
        "inputs.library": "leaflets",
        "inputs.paths": "source/care translations/es",
        "inputs.dictionaries": "false",
    }
    (tmp_path / "temp").mkdir()
    outputs = tmp_path / "outputs"

    def step(name: str) -> subprocess.CompletedProcess[str]:
        (found,) = (s for s in ACTION["runs"]["steps"] if s["name"] == name)
        env = {key: fill(value) for key, value in found.get("env", {}).items()}
        outputs.write_text("", "utf-8")
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", found["run"]],
            cwd=repository,
            env={**installing(tmp_path), **env, "GITHUB_OUTPUT": str(outputs)},
            capture_output=True,
            text=True,
            check=False,
        )

    def fill(value: str) -> str:
        for name, text in values.items():
            value = value.replace("${{ " + name + " }}", text)
        assert "${{" not in value
        return value

    done = step("Install Plainleaf")
    skip_if_offline(done.stderr)
    assert done.returncode == 0, done.stderr

    assert step("Check").returncode == 0
    (sarif, errors) = (line.partition("=")[2] for line in outputs.read_text("utf-8").splitlines())
    assert errors == "true", "the stale Arabic dose"
    (run,) = json.loads(Path(sarif).read_text("utf-8"))["runs"]
    places = {r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in run["results"]}
    assert "leaflets/source/care/cough.md" in places, "as seen from the root of the repository"

    values["inputs.paths"] = "source/care/fever.md"
    assert step("Check").returncode == 0
    assert "errors=false" in outputs.read_text("utf-8")
    assert step("Fail on errors").returncode == 1

    values["inputs.library"] = "no-such-folder"
    assert step("Check").returncode == 2, "what cannot be read is no empty result"
