"""Follows a page of docs/ step by step, as a reader would: its commands, files and edits."""

from __future__ import annotations

import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from pipeline import po
from pipeline.cli import main

BLOCK = re.compile(r"^```(\w+)(?: ([^\n]*))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NOT_RUN = "not run: "
"""Begins what stands behind the language of a block that is no part of the story; the reason follows."""
XLIFF = "{urn:oasis:names:tc:xliff:document:2.0}"


def follow(page: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> int:
    """Do all that a page says, in the current folder. Returns how many commands there were."""
    steps = 0
    for kind, info, content in BLOCK.findall(page.read_text("utf-8")):
        if kind == "markdown":
            Path(info).write_text(content, "utf-8")
        elif kind == "po":
            translate(Path(info), content)
        elif kind == "xliff":
            translate_xliff(Path(info), content)
        elif kind == "diff":
            change(content)
        elif kind == "console" and not info.startswith(NOT_RUN):
            found = list(commands(content))
            tells = any(expected for _, expected in found)
            for command, expected in found:
                status, printed = run(command, capsys, monkeypatch)
                assert status == (1 if info == "status=1" else 0), f"{command}\n{printed}"
                assert not tells or pattern(expected).fullmatch(printed), f"{command}\n{printed}"
                steps += 1
    return steps


def commands(block: str) -> Iterator[tuple[str, list[str]]]:
    """Each command of a console block with the lines that it is said to print."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, *expected = part.rstrip("\n").split("\n")
        yield command, expected


def pattern(lines: list[str]) -> re.Pattern[str]:
    """What must be printed: a line "..." stands for any lines, and the end of a table's line may be left out."""
    parts = [
        r"(?:.*\n)*" if line == "..." else r"\s*" + r"\s+".join(map(re.escape, line.split())) + r".*\n"
        for line in (line.removesuffix(" ...") for line in lines)
    ]
    return re.compile("".join(parts))


def change(block: str) -> None:
    """What a person does in an editor: the lines with - become those with +, in the file after ---."""
    first, *lines = block.splitlines()
    old, new = ("\n".join(line[1:] for line in lines if line[0] == mark) for mark in "-+")
    path = Path(first.removeprefix("--- "))
    text = path.read_text("utf-8")
    assert text.count(old) == 1, block
    path.write_text(text.replace(old, new), "utf-8")


def translate(path: Path, block: str) -> None:
    """What a translator does in a PO editor: fill in, and take the fuzzy mark away."""
    texts = {e.msgid: e.msgstr for e in po.parse(block).entries}
    file = po.parse(path.read_text("utf-8"))
    for entry in file.entries:
        if entry.msgid in texts:
            entry.set_value("msgstr", texts.pop(entry.msgid))
            entry.set_flags([])
            entry.set_previous("")
    assert not texts, "the catalogue has every message of the page"
    path.write_text(file.render(), "utf-8")


def translate_xliff(path: Path, block: str) -> None:
    """What a translator's tool does to XLIFF: give segments a target and a state."""
    written = etree.fromstring(f'<block xmlns="{XLIFF[1:-1]}">{block}</block>')
    segments = {"".join(s.find(f"{XLIFF}source").itertext()): s for s in written}
    document = etree.parse(str(path))
    for segment in document.iter(f"{XLIFF}segment"):
        done = segments.pop("".join(segment.find(f"{XLIFF}source").itertext()), None)
        if done is not None:
            for old in segment.findall(f"{XLIFF}target"):
                segment.remove(old)
            segment.append(done.find(f"{XLIFF}target"))
            segment.set("state", done.get("state"))
    assert not segments, "the file has every text of the page"
    document.write(str(path), encoding="utf-8", xml_declaration=True)


def run(command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> tuple[int, str]:
    first, *then = command.split(" && ")
    if then:
        status, printed = run(first, capsys, monkeypatch)
        rest = run(" && ".join(then), capsys, monkeypatch)
        return status or rest[0], printed + rest[1]
    program, *arguments = shlex.split(command, comments=True)
    if program == "plainleaf":
        status = main([*arguments, "--jobs", "1"] if arguments[0] == "build" else arguments)
        return status, capsys.readouterr().out
    if program == "cd":
        monkeypatch.chdir(arguments[0])
        return 0, ""
    if program == "rm":
        Path(arguments[0]).unlink()
        return 0, ""
    assert program == "git"
    person = ["-c", "user.name=Example", "-c", "user.email=example@example.org"]
    done = subprocess.run(["git", *person, *arguments], check=False, capture_output=True, text=True)
    return done.returncode, done.stdout
