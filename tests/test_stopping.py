"""A build that is stopped: at once, in a good state, and the next one goes on from there."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

PLAINLEAF = [sys.executable, "-c", "from pipeline.cli import entry; entry()"]
ARTICLES = 24


@pytest.fixture
def large(library: Path) -> Path:
    """A library whose build takes a while."""
    article = (library / "source/care/cough.md").read_text("utf-8")
    for number in range(ARTICLES):
        (library / f"source/care/cough-{number}.md").write_text(article.replace("care/cough", f"care/cough-{number}"))
    return library


@pytest.fixture
def start(large: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts builds, and ends those that a test has left."""
    started: list[subprocess.Popen[str]] = []

    def begin(*arguments: str) -> subprocess.Popen[str]:
        command = [*PLAINLEAF, "--library", str(large), "build", "--to", "html,pdf", *arguments]
        # As a shell starts it: the terminal sends Ctrl-C to the whole group.
        started.append(
            subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, process_group=0)
        )
        return started[-1]

    yield begin
    for process in started:
        if process.poll() is None:
            process.kill()
            process.wait()
        assert process.stderr
        process.stderr.close()


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def leaflets_made(process: subprocess.Popen[str]) -> int:
    """How many lines of progress there are until the end."""
    assert process.stderr
    return sum(line.startswith("[") for line in process.stderr)


def wait_for_leaflets(process: subprocess.Popen[str], count: int) -> None:
    assert process.stderr
    while count:
        line = process.stderr.readline()
        assert line, "the build was over before it could be stopped"
        count -= line.startswith("[")


def alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


def children_of(pid: int) -> set[int]:
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(stat.read_text().rpartition(")")[2].split()[1]) == pid:
                found.add(int(stat.parent.name))
        except (OSError, IndexError, ValueError):
            continue
    return found | {deeper for child in found for deeper in children_of(child)}


@pytest.mark.slow
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_stops_at_once_and_the_next_build_goes_on(
    large: Path, start: Callable[..., subprocess.Popen[str]], jobs: str
) -> None:
    process = start("--jobs", jobs)
    wait_for_leaflets(process, 6)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert said.splitlines()[-1] == "plainleaf: stopped"
    assert "Traceback" not in said
    assert not list(large.rglob("*.tmp")), "nothing half-written is left"
    for path in large.glob("dist/*/care/*.pdf"):
        assert path.read_bytes().rstrip().endswith(b"%%EOF")

    again = start("--jobs", "2")
    made = leaflets_made(again)
    assert again.wait() == 1, "the stale dose of the test library"
    assert made < ARTICLES + 5 - 2, "what was made before is not made again"
    continued = contents(large / "dist")
    assert start("--jobs", "2").wait() == 1
    assert contents(large / "dist") == continued

    for path in sorted((large / "dist").rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    (large / ".plainleaf" / "outputs.sqlite").unlink()
    assert start("--jobs", "2").wait() == 1
    assert contents(large / "dist") == continued, "as if it had never been stopped"


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked up in /proc")
def test_no_process_outlives_a_build_that_is_killed(start: Callable[..., subprocess.Popen[str]]) -> None:
    process = start("--jobs", "2")
    wait_for_leaflets(process, 2)
    children = children_of(process.pid)
    assert len(children) >= 4, "two processes and their pandocs"
    process.kill()
    process.wait()
    deadline = time.monotonic() + 10
    while any(map(alive, children)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not [pid for pid in children if alive(pid)]
