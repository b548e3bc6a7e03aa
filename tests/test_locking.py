"""Two commands at once, and files that change under one's hands: nothing is overwritten."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.files import replace_text
from pipeline.locking import locked
from pipeline.model import PlainleafError

HOLD = """
import pathlib, sys
from pipeline.locking import locked
with locked(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    input()
"""


@pytest.fixture
def other(library: Path) -> subprocess.Popen[str]:
    """Another process that holds the library."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(library)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    return process


@pytest.mark.parametrize("command", [["build"], ["extract"], ["words", "add", "zorblax", "--force"]])
def test_a_second_command_waits_for_nobody_and_changes_nothing(
    library: Path, other: subprocess.Popen[str], capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    before = {p: p.read_bytes() for p in library.rglob("*") if p.is_file()}
    assert main(["--library", str(library), *command]) == 2
    assert "another plainleaf command" in capsys.readouterr().err
    assert {p: p.read_bytes() for p in library.rglob("*") if p.is_file()} == before
    assert main(["--library", str(library), "extract", "--dry-run"]) == 0, "to look is always possible"
    other.communicate("\n")


def test_the_lock_ends_with_its_process(library: Path, other: subprocess.Popen[str]) -> None:
    other.kill()
    other.wait()
    with locked(library):
        pass
    with locked(library):
        pass


def test_a_file_that_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "es.po"
    path.write_text("as read", "utf-8")
    replace_text(path, "as read", "ours")
    path.write_text("a translator's own work", "utf-8")
    with pytest.raises(PlainleafError, match="another program has changed it meanwhile"):
        replace_text(path, "ours", "ours again")
    assert path.read_text("utf-8") == "a translator's own work"
    with pytest.raises(PlainleafError):
        replace_text(path, None, "ours")
    path.unlink()
    with pytest.raises(PlainleafError):
        replace_text(path, "ours", "ours again")
    assert not path.exists()
