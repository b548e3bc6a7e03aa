"""A library with something of everything, and its report."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from report_samples import Report, told

from pipeline.audit.auditors import browser
from pipeline.cli import main

LIBRARY = Path(__file__).parents[1] / "library"


@pytest.fixture
def reported(library: Path, capsys: pytest.CaptureFixture[str]) -> Report:
    cough = library / "source/care/cough.md"
    cough.write_text(
        cough.read_text("utf-8") + "\nA vavle that leeks is bad. Zorblax helps.\n\n<script>alert(1)</script>\n", "utf-8"
    )
    fever = library / "source/care/fever.md"
    fever.write_text(fever.read_text("utf-8") + "\nZorblax helps here too.\n", "utf-8")
    (library / "source/notes.txt").write_text("A note with a mispeling.\n", "utf-8")
    assert main(["--library", str(library), "report"]) == 0
    return Report(library, told(library, capsys, "check"), told(library, capsys, "status")["translations"])


@pytest.fixture(scope="session")
def chromium() -> None:
    """Skips the test where no browser is found."""
    reason = browser.missing()
    if reason:
        pytest.skip(reason)


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a report in English with a copy in Spanish beside it; tests only read them."""
    root = tmp_path_factory.mktemp("reported") / "library"
    shutil.copytree(LIBRARY, root)
    cough = root / "source/care/cough.md"
    cough.write_text(cough.read_text("utf-8") + "\nA vavle that leeks is bad.\n", "utf-8")
    for language in ("en", "es"):
        folder = root.parent / language
        assert main(["--library", str(root), "report", "--interface", language, "--output", str(folder)]) == 0
    return root.parent
