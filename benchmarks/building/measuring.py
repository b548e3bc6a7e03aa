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
    """Process -> its name and the most memory that it held, in bytes."""
    series: dict[int, list[int]] = field(default_factory=dict)
    """Process -> the memory that it held at each look, in bytes."""

    def peak(self, *names: str) -> int:
        """The most memory of one process with such a name, in bytes; 0 when there was none."""
        return max((size for name, size in self.peaks.values() if name.startswith(names)), default=0)

    @property
    def worker(self) -> int:
        """The most memory that one worker held: its Python and its pandoc, in bytes."""
        return self.peak("python") + self.peak("pandoc")


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
        env={**os.environ, **(env or {})},
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
    made.peaks, made.series = watcher.peaks, watcher.series
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
        self._seconds: dict[int, float] = {}
        self._over = threading.Event()
        self.peaks: dict[int, tuple[str, int]] = {}
        self.series: dict[int, list[int]] = {}

    @property
    def processor(self) -> float:
        """Seconds of all processes that were seen."""
        return sum(self._seconds.values())

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
            self._seconds[pid] = max(seconds, self._seconds.get(pid, 0))
            now, peak = _memory(pid)
            if now:
                self.series.setdefault(pid, []).append(now)
                self.peaks[pid] = (name, peak)


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


def _memory(pid: int) -> tuple[int, int]:
    """Bytes that a process holds now, and at most so far."""
    with contextlib.suppress(OSError, ValueError):
        rows = Path(f"/proc/{pid}/status").read_text().splitlines()
        values = {row.partition(":")[0]: row.split()[1] for row in rows if row.startswith("Vm")}
        return int(values.get("VmRSS", 0)) * 1024, int(values.get("VmHWM", 0)) * 1024
    return 0, 0


def load() -> str:
    """What else the machine was doing."""
    minute, five, _ = os.getloadavg() if hasattr(os, "getloadavg") else (0, 0, 0)
    return f"{os.cpu_count()} cores, load {minute:.1f} (last minute), {five:.1f} (last five)"
