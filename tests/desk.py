"""A small library at which people write, translate, sign and release."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline import po
from pipeline.cli import main

ARTICLE = """\
---
title: Cough
lang: en
summary: A cough clears your throat.
reviewers: [{name: Example Reviewer, role: example nurse}]
published: 2026-01-05
last_reviewed: 2026-01-05
next_review: 2028-01-05
version: "1.0"
---

::: {.emergency}
## Call {{emergency_number}} now if:

- you cannot breathe
:::

## What helps

- Take 5 ml of the syrup, 2 times a day.
- Do not give the syrup to a child.
- Drink plenty of water and rest.
"""
SPANISH = {
    "Cough": "Tos",
    "A cough clears your throat.": "La tos despeja la garganta.",
    "Call {{emergency_number}} now if:": "Llame ahora al {{emergency_number}} si:",
    "you cannot breathe": "no puede respirar",
    "What helps": "Qué ayuda",
    "Take 5 ml of the syrup, 2 times a day.": "Tome 5 ml del jarabe, 2 veces al día.",
    "Do not give the syrup to a child.": "No dé el jarabe a un niño.",
    "Drink plenty of water and rest.": "Beba mucha agua y descanse.",
}
SETTINGS = 'languages = ["es"]\nformats = ["html"]\n'
PEOPLE = {"translator": "Example Translator", "checker": "Example Checker"}


class Desk:
    """A library with one article in Spanish, and what people do with it."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root, self.capsys = root, capsys
        self.article = root / "source/care/cough.md"
        self.catalogue = root / "translations/es/care/cough.po"
        self.record = root / "translations/es/care/cough.signatures.toml"
        self.settings = root / "source/library.toml"
        self.article.parent.mkdir(parents=True)
        self.article.write_text(ARTICLE, "utf-8")
        self.settings.write_text(SETTINGS, "utf-8")
        self.run("extract")
        self.fill(SPANISH)

    def run(self, *arguments: object) -> tuple[int, str, str]:
        status = main(["--library", str(self.root), *map(str, arguments)])
        printed = self.capsys.readouterr()
        return status, printed.out, printed.err

    def fill(self, texts: dict[str, str]) -> None:
        file = po.parse(self.catalogue.read_text("utf-8"))
        for entry in file.entries:
            if entry.msgid in texts:
                entry.set_value("msgstr", texts[entry.msgid])
                entry.set_flags([])
                entry.set_previous("")
        self.catalogue.write_text(file.render(), "utf-8")

    def edit(self, path: Path, old: str, new: str) -> None:
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    def sign(self, role: str, *arguments: str, name: str = "", article: str = "care/cough") -> tuple[int, str, str]:
        person = ("--name", name or PEOPLE[role], "--credential", "example credential")
        return self.run("sign", "--language", "es", article, "--as", role, *person, *arguments)

    def sign_all(self) -> None:
        for role in PEOPLE:
            for article in ("care/cough", "interface"):
                assert self.sign(role, article=article)[0] == 0

    def objections(self) -> list[tuple[str, str, str]]:
        """(language, severity, gate) of what a release of Spanish says."""
        status, out, _ = self.run("build", "--release", "--dry-run", "--format", "json")
        found = json.loads(out)["objections"]
        assert status == any(o["severity"] == "error" for o in found)
        return [(o["language"], o["severity"], o["gate"]) for o in found if o["article"] == "care/cough"]

    def messages(self) -> str:
        """All that a release says, in one text."""
        out = self.run("build", "--release", "--dry-run", "--format", "json")[1]
        return "\n".join(o["message"] for o in json.loads(out)["objections"])

    def status(self) -> dict[str, Any]:
        (row,) = json.loads(self.run("status", "--format", "json")[1])["translations"]
        return dict(row)

    def page(self) -> str:
        return (self.root / "dist/es/care/cough.html").read_text("utf-8")
