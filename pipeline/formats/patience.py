"""A time limit for what cannot be stopped from outside, such as the layout of a page."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from pipeline.model import PlainleafError

_T = TypeVar("_T")


def in_time(work: Callable[[], _T], seconds: float) -> _T:
    """What ``work`` gives, or raises. Raises PlainleafError when it takes longer; the thread is left to itself then.

    It must give way to other threads while it works, as Typst does.
    """
    results: list[_T] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(work())
        except BaseException as error:
            errors.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        raise PlainleafError(
            f"it is not laid out after {seconds:g} seconds, and it is given up: a table or a list in it is too long; "
            "divide it, or give it more time in library.toml (leaflet_seconds)"
        )
    if errors:
        raise errors[0]
    return results[0]
