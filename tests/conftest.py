"""What the tests share: a small complete library, and the corpora where they are at hand."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from desk import Desk
from hypothesis import settings

# A slow machine is no failure; benchmarks/ measure speed. The continuous integration tries the same examples each
# time, so that it fails for what a change did; new ones are looked for at home, and by "python -m fuzz".
settings.register_profile("plainleaf", deadline=None, derandomize=bool(os.environ.get("PLAINLEAF_SAME_EXAMPLES")))
settings.load_profile("plainleaf")

LIBRARY = Path(__file__).parent / "library"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A copy of tests/library that a test may change."""
    folder = tmp_path / "library"
    shutil.copytree(LIBRARY, folder)
    return folder


@pytest.fixture(scope="session")
def corpora() -> Path:
    """Folder of real texts that are no part of the project; the test skips where it is absent."""
    folder = Path(os.environ.get("PLAINLEAF_CORPORA", Path(__file__).parents[2] / "shared" / "corpora"))
    if not folder.is_dir():
        pytest.skip("no corpora here: name their folder in PLAINLEAF_CORPORA")
    return folder


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1769904000")  # 2026-02-01
    return Desk(tmp_path / "library", capsys)
