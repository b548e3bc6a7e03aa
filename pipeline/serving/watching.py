"""Notices what is saved in the library, by whatever program, and tells the pages."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Coroutine
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from watchfiles import awatch

from pipeline.serving.pages import place_of
from pipeline.serving.place import Place
from pipeline.watching import GATHER, STEP, matters, watched

ALIVE = 15
"""Seconds after which a page is told that the server is still there."""


async def watch(place: Place) -> None:
    """Tell the pages of each change until the server ends. Changes of cache, outputs and version control are none."""
    root = place.root
    changes = awatch(
        *watched(root),
        watch_filter=matters(root),
        step=STEP,
        debounce=GATHER,
        stop_event=place.ending,
        recursive=True,
    )
    try:
        async for found in changes:
            place.buffers.changed()
            paths = sorted({Path(path).relative_to(root).as_posix() for _, path in found})
            place.listeners.tell(json.dumps({"changed": paths}))
            place.survey_wanted.set()
    except (OSError, RuntimeError) as error:  # Such as too many watched files for the system.
        print(f"plainleaf: what other programs save is not noticed: {error}; load a page again", file=sys.stderr)


async def survey(place: Place) -> None:
    """Keep the survey up to date in a thread of its own."""
    loop = asyncio.get_running_loop()

    def tell() -> None:
        loop.call_soon_threadsafe(place.listeners.tell, json.dumps({"surveyed": True}))

    while not place.ending.is_set():
        place.survey_wanted.clear()
        await asyncio.to_thread(place.survey.go_on, place.library, place.buffers, place.halt, tell)
        await _first(place.survey_wanted.wait(), place.ending.wait())


async def _first(*waits: Coroutine[Any, Any, object]) -> None:
    tasks = [asyncio.ensure_future(wait) for wait in waits]
    _, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()


async def _events(request: Request) -> Response:
    """What happens, as server-sent events, for as long as the page is open."""
    headers = {"X-Accel-Buffering": "no"}
    return StreamingResponse(_stream(place_of(request)), media_type="text/event-stream", headers=headers)


async def _stream(place: Place) -> AsyncIterator[str]:
    with place.listeners.queue() as queue:
        yield "retry: 1000\n\n"
        while True:
            try:
                event = await asyncio.wait_for(queue.get(), ALIVE)
            except TimeoutError:
                yield ": alive\n\n"
                continue
            if event is None:
                return
            yield f"data: {event}\n\n"


routes = [Route("/events", _events, methods=["GET"])]
