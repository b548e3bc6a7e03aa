"""Servers for the tests; they skip where the packages of plainleaf[desk] are not installed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from serving_client import Served

for package in ("starlette", "uvicorn", "watchfiles"):
    pytest.importorskip(package, reason="pip install 'plainleaf[desk]'")

LIBRARY = Path(__file__).parents[1] / "library"


@pytest.fixture
def served(library: Path) -> Iterator[Served]:
    """A copy of the small library, served; the browser is in."""
    found = Served(library)
    found.enter()
    yield found
    found.stop()


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The same for tests that change nothing."""
    folder = tmp_path_factory.mktemp("served") / "library"
    shutil.copytree(LIBRARY, folder)
    found = Served(folder)
    found.enter()
    # A library that has one is not opened at all: this comes later.
    (folder / "source" / "care" / "out.md").symlink_to("/etc/hostname")
    yield found
    found.stop()
