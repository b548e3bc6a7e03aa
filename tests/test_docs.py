"""The generated pages are up to date, and the README says what is true."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from pipeline.check_docs import documentation
from pipeline.checks import all_checks
from pipeline.cli import parsers
from tools import make_docs

ROOT = Path(__file__).parent.parent


def test_generated_pages_are_up_to_date() -> None:
    assert make_docs.main(["--check"]) == 0


def test_every_check_documents_itself() -> None:
    for check in all_checks():
        assert documentation(check).rule.endswith("."), check.name


def test_the_readme_names_every_command() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    for name in parsers():
        assert name in readme


def test_links_between_pages_lead_somewhere() -> None:
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]:
        text = re.sub(r"`[^`\n]*`", "", page.read_text("utf-8"))
        for target in re.findall(r"\]\(([^)#\s]+)", text):
            if "://" not in target and not page.name.startswith("checks"):
                assert (page.parent / target).exists(), (page.name, target)


def test_contributing_names_every_layer() -> None:
    layers = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"][0][
        "layers"
    ]
    page = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    for name in " | ".join(layers).split(" | "):
        assert f"`{name}`" in page, name
