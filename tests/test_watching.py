"""A build that goes on while people write."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.cli import main

PLAINLEAF = [sys.executable, "-c", "from pipeline.cli import entry; entry()"]

LONGEST = 120
"""Seconds after which a build that says nothing is ended."""


@pytest.fixture
def watching(library: Path) -> Iterator[subprocess.Popen[str]]:
    """A build that waits for changes."""
    command = [*PLAINLEAF, "--library", str(library), "build", "--jobs", "1", "--to", "html,txt", "--watch"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        # What is waited for may never be said.
        end = threading.Timer(LONGEST, process.kill)
        end.start()
        try:
            line_of(process, "Ctrl-C")
            yield process
        finally:
            end.cancel()
            process.kill()


def line_of(process: subprocess.Popen[str], text: str) -> str:
    """The next line that holds a text."""
    assert process.stdout
    for line in process.stdout:
        if text in line:
            return line
    pytest.fail(f"it ended before it said {text!r}")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_is_saved_is_built_the_leaflet_first(library: Path, watching: subprocess.Popen[str]) -> None:
    path = library / "translations/es/care/fever.po"
    text = path.read_text("utf-8")
    assert "temperatura alta" in text
    path.write_text(text.replace("temperatura alta", "temperatura muy alta"), "utf-8")
    assert "html, txt" in line_of(watching, "es/care/fever:")
    assert "temperatura muy alta" in (library / "dist/es/care/fever.html").read_text("utf-8")
    line_of(watching, "library:")
    watching.send_signal(signal.SIGINT)
    line_of(watching, "Ended.")
    assert watching.wait(10) == 0
    left = contents(library / "dist")
    shutil.rmtree(library / "dist")
    shutil.rmtree(library / ".plainleaf")
    main(["--library", str(library), "build", "--jobs", "1", "--to", "html,txt"])
    assert contents(library / "dist") == left


def test_broken_settings_are_told_and_the_next_change_is_built(library: Path, watching: subprocess.Popen[str]) -> None:
    settings = library / "source/library.toml"
    good = settings.read_text("utf-8")
    settings.write_text("name = [", "utf-8")
    line_of(watching, "library.toml")
    settings.write_text(good, "utf-8")
    line_of(watching, "library:")
    assert watching.poll() is None


@pytest.mark.parametrize(
    "other", [["--release"], ["--dry-run"], ["--cluster", "tcp://127.0.0.1:1"], ["--format", "json"]]
)
def test_what_does_not_go_with_it_is_refused(
    library: Path, other: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--library", str(library), "build", "--watch", *other]) == 2
    assert other[0] in capsys.readouterr().err
    assert not (library / "dist").exists()
