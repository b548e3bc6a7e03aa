"""A library with its report, to look into."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from pipeline.cli import main


@dataclass(frozen=True)
class Report:
    """A library with its report, and what check and status say of it."""

    root: Path
    findings: list[dict[str, Any]]
    standings: list[dict[str, Any]]

    @property
    def folder(self) -> Path:
        return self.root / "dist/report"

    def page(self, path: str = "index.html") -> html.HtmlElement:
        return html.fromstring((self.folder / path).read_text("utf-8"))


def told(root: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    capsys.readouterr()
    main(["--library", str(root), *arguments, "--format", "json"])
    return json.loads(capsys.readouterr().out)
