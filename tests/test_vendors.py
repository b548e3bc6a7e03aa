"""The example in docs/vendors.md, command by command, as an editor would follow it."""

from __future__ import annotations

from pathlib import Path

import pytest
from stories import follow

PAGE = Path(__file__).parents[1] / "docs" / "vendors.md"


def test_the_example_of_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert follow(PAGE, capsys, monkeypatch) > 5
    catalogue = Path("translations/es/care/cough.po").read_text("utf-8")
    assert 'msgstr "Tome **5 ml** de jarabe, 2 veces al día."' in catalogue
    assert 'msgstr "Llame al {{emergency_number}} si no puede respirar."' in catalogue
    assert 'msgstr "Lo que ayuda"' in catalogue
