"""Runs commands and measures them: wall seconds, processor seconds and memory, their child processes included."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

PLAINLEAF = str(Path(sys.executable).with_name("plainleaf"))
_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
_INTERVAL = 0.05
_ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""An installed package is compiled once and not at each start; so is this one, by the first of some runs."""


@dataclass
class Run:
    """One run of a command."""

    wall: float = 0
    """Seconds."""
    processor: float = 0
    """Seconds of all processes together. Less shaken than the wall's when the machine has other work."""
    status: int = 0
    output: str = ""
    peaks: dict[int, tuple[str, int]] = field(default_factory=dict)
    """Process -> its name and the most memory that it held, in bytes; without the files of programs that all share."""
    series: dict[int, list[int]] = field(default_factory=dict)
    """Process -> the memory that it held at each look, in bytes."""

    seconds: dict[int, float] = field(default_factory=dict)
    """Process -> its processor seconds."""
    pid: int = 0
    """The process that was started; the others are its descendants."""

    @property
    def main_peak(self) -> int:
        """The most memory that the process that was started held, in bytes."""
        return self.peaks.get(self.pid, ("", 0))[1]

    @property
    def main_seconds(self) -> float:
        """Its processor seconds."""
        return self.seconds.get(self.pid, 0.0)

    @property
    def worker_peak(self) -> int:
        """The most memory that one worker held: its Python and its pandoc, in bytes."""
        return self._peak("python") + self._peak("pandoc")

    @property
    def growth(self) -> float:
        """How much more memory a worker held in the last quarter of its time than in the second, as a part of it."""
        worst = 0.0
        for pid, series in self.series.items():
            quarter = len(series) // 4
            if pid != self.pid and quarter >= 5:
                early, late = series[quarter : 2 * quarter], series[-quarter:]
                worst = max(worst, sum(late) / len(late) / (sum(early) / len(early)) - 1)
        return worst

    def _peak(self, kind: str) -> int:
        sizes = (size for pid, (name, size) in self.peaks.items() if pid != self.pid and name.startswith(kind))
        return max(sizes, default=0)


def run(
    command: Sequence[object],
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    *,
    expected: Sequence[int] = (0, 1),
) -> Run:
    """Run a command to its end. Raises SystemExit, with what it said, for another exit status than expected.

    Processor seconds and memory are looked up every 50 ms in /proc: where there is none, memory stays empty and the
    processor seconds are those of children that were waited for.
    """
    before = os.times()
    start = time.perf_counter()
    process = subprocess.Popen(
        [str(part) for part in command],
        cwd=cwd,
        env={**_ENVIRONMENT, **(env or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    watcher = Watcher(process.pid)
    watcher.start()
    output, _ = process.communicate()
    made = Run(time.perf_counter() - start, status=process.returncode, output=output)
    watcher.stop()
    after = os.times()
    waited = (after.children_user - before.children_user) + (after.children_system - before.children_system)
    made.processor = max(waited, watcher.processor)
    made.peaks, made.series, made.seconds, made.pid = watcher.peaks, watcher.series, watcher.seconds, process.pid
    if made.status not in expected:
        raise SystemExit(f"{' '.join(map(str, command))}: exit status {made.status}\n{output[-2000:]}")
    return made


def best(command: Sequence[object], repeat: int, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> Run:
    """The quickest of some runs."""
    return min((run(command, cwd, env) for _ in range(repeat)), key=lambda made: made.wall)


class Watcher(threading.Thread):
    """Looks at a process and its descendants until it is stopped."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._known = {pid}
        self._over = threading.Event()
        self.peaks: dict[int, tuple[str, int]] = {}
        self.series: dict[int, list[int]] = {}
        self.seconds: dict[int, float] = {}

    @property
    def processor(self) -> float:
        """Seconds of all processes that were seen."""
        return sum(self.seconds.values())

    def run(self) -> None:
        """Look now and then."""
        while not self._over.is_set():
            self._look()
            self._over.wait(_INTERVAL)

    def stop(self) -> None:
        """Look no more."""
        self._over.set()
        self.join()

    def _look(self) -> None:
        found = dict(_processes())
        grown = True
        while grown:
            new = {pid for pid, (parent, _, _) in found.items() if parent in self._known and pid not in self._known}
            self._known |= new
            grown = bool(new)
        for pid in self._known & found.keys():
            _, name, seconds = found[pid]
            self.seconds[pid] = max(seconds, self.seconds.get(pid, 0))
            now = _memory(pid)
            if now:
                self.series.setdefault(pid, []).append(now)
                self.peaks[pid] = (name, max(now, self.peaks.get(pid, ("", 0))[1]))


def _processes() -> list[tuple[int, tuple[int, str, float]]]:
    """Process -> its parent, its name, its processor seconds."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            head, _, rest = (folder / "stat").read_text(errors="replace").rpartition(")")
            values = rest.split()
            name = head.partition("(")[2]
            # The console script of a virtual environment is Python too.
            name = "python" if name == "plainleaf" else name
            found.append((int(folder.name), (int(values[1]), name, (int(values[11]) + int(values[12])) / _TICKS)))
    return found


def _memory(pid: int) -> int:
    """Bytes that a process holds of its own."""
    with contextlib.suppress(OSError, ValueError):
        rows = Path(f"/proc/{pid}/status").read_text().splitlines()
        values = {row.partition(":")[0]: row.split()[1] for row in rows if row.startswith(("VmRSS", "RssAnon"))}
        return int(values.get("RssAnon", values.get("VmRSS", 0))) * 1024
    return 0


def load() -> str:
    """What else the machine was doing."""
    minute, five, _ = os.getloadavg() if hasattr(os, "getloadavg") else (0, 0, 0)
    return f"{os.cpu_count()} cores, load {minute:.1f} (last minute), {five:.1f} (last five)"
