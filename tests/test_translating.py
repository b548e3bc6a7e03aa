"""The story in docs/translating.md, command by command, as a reader would follow it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from stories import follow

PAGE = Path(__file__).parents[1] / "docs" / "translating.md"


@pytest.mark.skipif(shutil.which("git") is None, reason="the story needs git")
def test_the_story_of_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1769904000")  # 2026-02-01
    assert follow(PAGE, capsys, monkeypatch) > 15
    page = Path("dist/fr/care/cough.html").read_text("utf-8")
    assert "10 ml" in page
    assert "Brouillon" not in page, "a signed leaflet is no draft"
