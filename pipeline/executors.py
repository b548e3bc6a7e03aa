"""Where leaflets are laid out: in this process, or in several."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from multiprocessing import connection
from typing import Any

EACH = 16
"""Calls on their way for each process: so many that none waits while this one is at a longer piece of work."""


class SameProcess(Executor):
    """Runs each call at once, in this process."""

    window = 1

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """The finished future of one call."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


class Processes(ProcessPoolExecutor):
    """Runs calls in processes of this machine."""

    shares_files = True
    """Whether calls can read what this process can."""
    is_slow_to_start = True
    """Whether a single call is sooner done by who asks for it."""

    def __init__(self, jobs: int) -> None:
        # They are spawned: a fork after Typst hangs.
        context = multiprocessing.get_context("spawn")
        super().__init__(jobs, mp_context=context, initializer=_begin)
        self.window = EACH * jobs


@contextlib.contextmanager
def local_executor(jobs: int) -> Iterator[Executor]:
    """An executor of this machine with so many processes.

    When the block ends with an exception, such as that of Ctrl-C, the processes are stopped at once.
    """
    if jobs == 1:
        yield SameProcess()
        return
    with Processes(jobs) as pool:
        try:
            yield pool
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            # What they were at is of no use any more, and may take long. None of them writes to the library.
            for process in multiprocessing.active_children():
                process.terminate()
            raise


def _begin() -> None:
    """In each process: leave Ctrl-C to the parent, and end with it, even when it was killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)
