"""Progress of long work: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from types import TracebackType


class Progress:
    """A bar on standard error. A context manager."""

    def __init__(self, what: str) -> None:
        # Imported here: it costs 40 ms, and most commands show no bar.
        from rich.console import Console  # noqa: PLC0415
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415
        from rich.progress import Progress as Bar  # noqa: PLC0415

        self._console = Console(file=sys.stderr)
        self._bar = Bar(
            TextColumn(what),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.description}"),
            console=self._console,
            transient=True,
            disable=not self._console.is_terminal,
        )
        self._task = self._bar.add_task("", total=None)
        self._is_terminal = self._console.is_terminal

    def __enter__(self) -> Progress:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def step(self, done: int, total: int, name: str) -> None:
        """So many of the total are done; name is the last one."""
        if self._is_terminal:
            self._bar.update(self._task, completed=done, total=total, description=name)
        else:
            print(f"[{done}/{total}] {name}", file=sys.stderr)
