"""The application: every page, behind the guard."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from pipeline.serving import articles, assets, home, reported, signing_page, translating, trying, watching
from pipeline.serving.guard import Guard
from pipeline.serving.pages import page
from pipeline.serving.place import Place

_TOLD = {404: "There is no such page.", 405: "That cannot be done here."}


def application(place: Place, entered: Callable[[], None] = lambda: None) -> ASGIApp:
    """The application of one library. entered: called when the address that works once was used."""
    routes: list[BaseRoute] = []
    for module in (home, articles, trying, translating, signing_page, reported, assets, watching):
        routes += module.routes
    app = Starlette(
        routes=routes,
        lifespan=_lifespan,
        exception_handlers={HTTPException: _http_error},  # type: ignore[dict-item]
    )
    app.state.place = place
    return Guard(app, place.keys, entered)


@contextlib.asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    """Watch the library for as long as the server runs."""
    place: Place = app.state.place
    tasks = [asyncio.create_task(watching.watch(place)), asyncio.create_task(watching.survey(place))]
    try:
        yield
    finally:
        place.end()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        place.previews.close()


def _http_error(request: Request, error: HTTPException) -> Response:
    message = _TOLD.get(error.status_code, error.detail)
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"error": message}, error.status_code)
    return page(request, "failure.j2", error.status_code, message=message)
