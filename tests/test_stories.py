"""Every page with commands is a story: its commands are run, or it says why not, and those are at least well formed."""

from __future__ import annotations

import argparse
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from stories import BLOCK, NOT_RUN, follow

from pipeline.cli import COMMANDS, main, parsers

ROOT = Path(__file__).parents[1]
GENERATED = ("checks.md", "commands.md", "settings.md")
TESTED_ON_THEIR_OWN = ("translating.md", "vendors.md")
"""By test_translating.py and test_vendors.py, which look at more than what the page shows."""
PAGES = [p for p in sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]) if p.name not in GENERATED]
SHELLS = ("console", "sh", "bash", "shell")
COMMAND = re.compile(r"^(?:\$ )?((?:plainleaf|pip|make|python3?|git|npm) [^\n]*)", re.MULTILINE)


def blocks(page: Path) -> Iterator[tuple[str, str, str]]:
    yield from BLOCK.findall(page.read_text("utf-8"))


STORIES = [
    page
    for page in PAGES
    if page.name not in TESTED_ON_THEIR_OWN
    and any(kind == "console" and not info.startswith(NOT_RUN) for kind, info, _ in blocks(page))
]


@pytest.mark.skipif(shutil.which("git") is None, reason="some stories need git")
@pytest.mark.parametrize("page", STORIES, ids=lambda page: page.stem)
def test_story(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1769904000")  # 2026-02-01
    assert follow(page, capsys, monkeypatch) > 2
    if page.name == "tutorial.md":
        leaflet = Path("dist/es/care/nosebleed.html").read_text("utf-8")
        assert "durante 10 minutos" in leaflet and "Example Translator" in leaflet
        assert "Borrador" not in leaflet, "a signed leaflet is no draft"
    if page.name == "README.md":
        say_what_the_readme_says(capsys)


def say_what_the_readme_says(capsys: pytest.CaptureFixture[str]) -> None:
    """The mistake that the tour puts into its article is found where it says."""
    readme = (ROOT / "README.md").read_text("utf-8")
    sentence = re.search(r'Now write "([^"]+)" at the end of `([^`]+)`', readme)
    shown = next(content for kind, _, content in blocks(ROOT / "README.md") if kind == "text")
    assert sentence and "error [spelling]" in shown
    with Path(sentence[2]).open("a", encoding="utf-8") as article:
        article.write(f"\n{sentence[1]}\n")
    main(["check"])
    assert shown in capsys.readouterr().out


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_are_run_or_say_why_not(page: Path) -> None:
    for kind, info, content in blocks(page):
        if kind in SHELLS or (COMMAND.search(content) and kind == "text"):
            assert kind == "console" or re.match(rf"{NOT_RUN}\w", info), f"{page.name}: {content}"


def test_commands_that_are_not_run_are_such_as_plainleaf_takes(capsys: pytest.CaptureFixture[str]) -> None:
    parser = parsers()["plainleaf"]
    tried = 0
    for page in PAGES:
        text = page.read_text("utf-8")
        found = [c for _, info, content in blocks(page) if info.startswith(NOT_RUN) for c in COMMAND.findall(content)]
        found += [" ".join(code.split()) for code in re.findall(r"`(plainleaf [^`]+)`", BLOCK.sub("", text))]
        for command in found:
            program, *words = shlex.split(command, comments=True)
            if program == "plainleaf" and not set("[|…") & set("".join(words)):
                _takes(parser, words, f"{page.name}: {command}", capsys)
                tried += 1
    assert tried > 50


def test_the_examples_of_the_help_are_such_as_plainleaf_takes(capsys: pytest.CaptureFixture[str]) -> None:
    everything = parsers()
    for name in COMMANDS:
        examples = everything[f"plainleaf {name}"].epilog or ""
        for line in examples.splitlines():
            if line.startswith("  plainleaf "):
                command = re.split(r" {2,}| > | \|", line.strip().rstrip("\\"))[0]
                _takes(everything["plainleaf"], shlex.split(command)[1:], line, capsys)


def _takes(parser: argparse.ArgumentParser, words: list[str], where: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A command may be named without all that it needs, in a sentence; what stands there must be known."""
    try:
        parser.parse_args(words)
    except SystemExit as stop:
        told = capsys.readouterr().err
        assert not stop.code or "arguments are required" in told or "expected one argument" in told, where
