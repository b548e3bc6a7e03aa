"""A build of the small library, to audit and to break."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.audit.auditors import browser
from pipeline.cli import main

LIBRARY = Path(__file__).parents[1] / "library"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a built library; tests only read it."""
    folder = tmp_path_factory.mktemp("built") / "library"
    shutil.copytree(LIBRARY, folder)
    assert main(["--library", str(folder), "build", "--jobs", "1"]) in (0, 1)
    return folder


@pytest.fixture(scope="session")
def chromium() -> None:
    """Skips the test where no browser is found."""
    reason = browser.missing()
    if reason:
        pytest.skip(reason)
