"""Babel reads source/ through our entry point."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from babel.messages.pofile import read_po


def test_pybabel_extract_gives_our_segments(library: Path, tmp_path: Path) -> None:
    mapping = tmp_path / "babel.cfg"
    mapping.write_text("[plainleaf: source/**.md]\n")
    pot = tmp_path / "out.pot"
    command = [sys.executable, "-m", "babel.messages.frontend", "extract", "-F", str(mapping), "-o", str(pot), "."]
    subprocess.run(command, cwd=library, check=True, capture_output=True)
    with pot.open("rb") as file:
        catalogue = read_po(file)
    message = catalogue.get("you cough up **blood**")
    assert message is not None
    assert message.locations == [("source/care/cough.md", 23)]
    assert message.auto_comments == ["Call {{emergency_number}} now if: > list item"]
    assert catalogue.get("Fever") is not None
