"""A Dask cluster of this machine to measure with: a scheduler and workers, as processes."""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from types import TracebackType

from building.measuring import Watcher


@dataclass
class Cluster:
    """A scheduler and so many workers of one thread each."""

    workers: int
    address: str = ""
    scheduler_seconds: float = 0
    """Processor seconds, once it is over."""
    worker_seconds: float = 0
    """Of all workers together, with their pandocs."""
    _running: list[tuple[subprocess.Popen[bytes], Watcher]] = field(default_factory=list)

    def __enter__(self) -> Cluster:
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            self.address = f"tcp://127.0.0.1:{found.getsockname()[1]}"
        self._start("dask_scheduler", "--host", self.address)
        for _ in range(self.workers):
            self._start("dask_worker", self.address, "--nthreads", "1", "--no-nanny")
        return self

    def _start(self, program: str, *arguments: str) -> None:
        process = subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.{program}", *arguments, "--no-dashboard"],
            cwd=tempfile.gettempdir(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        watcher = Watcher(process.pid)
        watcher.start()
        self._running.append((process, watcher))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, (process, watcher) in enumerate(self._running):
            watcher.stop()
            process.kill()
            process.wait()
            if number:
                self.worker_seconds += watcher.processor
            else:
                self.scheduler_seconds = watcher.processor
