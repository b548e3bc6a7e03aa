"""Spreads the work of a build over an executor, so that only a little of it waits or is on its way at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from itertools import chain, islice

from pipeline.building.planning import Task
from pipeline.formats import Leaflet
from pipeline.model import PlainleafError
from pipeline.rendering import Rendered, render

WINDOW = 64
"""Leaflets on their way at a time, where the executor does not say how many suit it."""


def spread(executor: Executor, tasks: Iterable[Task]) -> Iterator[tuple[Task, Rendered]]:
    """Lay out leaflets elsewhere; each comes as soon as it is ready.

    executor: its ``window``, if it has one, is how many leaflets it may hold. Whatever the size of the library, no more
    of them and of their bytes are in memory. Raises PlainleafError when a process died.
    """
    left = iter(tasks)
    first = list(islice(left, 2))
    if len(first) == 1 and getattr(executor, "is_slow_to_start", False):
        # One leaflet is laid out here before another process has read its program.
        yield first[0], render(*_parts(first[0]))
        return
    left = chain(first, left)
    running: dict[Future[Rendered], Task] = {}
    while True:
        for task in islice(left, max(1, getattr(executor, "window", WINDOW)) - len(running)):
            running[executor.submit(render, *_parts(task))] = task
        if not running:
            return
        done, _ = wait(running, return_when=FIRST_COMPLETED)
        for future in done:
            task = running.pop(future)
            try:
                rendered = future.result()
            except BrokenExecutor:
                raise PlainleafError("a worker process stopped unexpectedly; try again with --jobs 1") from None
            yield task, rendered


def _parts(task: Task) -> tuple[Leaflet, tuple[str, ...], bool]:
    return task.leaflet, tuple(task.keys), task.is_chapter
