"""Makes the pages: templates with what every one of them needs, and the findings as they are shown."""

from __future__ import annotations

import difflib
import re
import sys
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any
from urllib.parse import parse_qsl

from jinja2 import Environment
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from pipeline.desk import Words, environment, page_languages
from pipeline.files import refuse_endless
from pipeline.language import load_language
from pipeline.model import PlainleafError
from pipeline.serving.guard import POLICY, TOKEN, TOKEN_HEADER, same
from pipeline.serving.place import NotFound, Place
from pipeline.serving.texts import as_typed

UI = "ui"
"""Name of the query field, and of the cookie, that says which language the pages are in."""
_YEAR = 365 * 24 * 3600
_MOST_FIELDS = 20_000

Form = Mapping[str, str]


@cache
def _environment(language: str) -> Environment:
    jinja = environment("pipeline.serving", Words(language))
    # A policy in a page may not name who frames it: the header does.
    own = "; ".join(part for part in POLICY.split("; ") if not part.startswith("frame-ancestors"))
    jinja.globals |= {"policy": lambda _: own, "load_language": load_language}
    return jinja


def place_of(request: Request) -> Place:
    """What the server serves."""
    place: Place = request.app.state.place
    return place


def words_of(request: Request) -> Words:
    """The language of the pages: as chosen, else what the browser asks for, else English."""
    known = page_languages()
    asked = [request.query_params.get(UI), request.cookies.get(f"{UI}-{place_of(request).keys.port}")]
    for part in request.headers.get("accept-language", "").split(","):
        asked.append(part.partition(";")[0].strip().partition("-")[0].lower())
    return Words(next((code for code in asked if code in known), "en"))


def page(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A page from a template."""
    place, words = place_of(request), words_of(request)
    html = (
        _environment(words.language.code)
        .get_template(template)
        .render(
            library=place.library.settings.name,
            root="/",
            style="static/desk.css",
            path=request.url.path,
            token=place.keys.token,
            ui_languages=[load_language(code) for code in page_languages()],
            editor=place.editor,
            source_language=place.library.settings.language,
            **values,
        )
    )
    response = HTMLResponse(html, status)
    if request.query_params.get(UI) in page_languages():
        name = f"{UI}-{place.keys.port}"
        response.set_cookie(name, words.language.code, max_age=_YEAR, httponly=True, samesite="strict")
    return response


def part(request: Request, template: str, **values: Any) -> str:
    """A part of a page, for a script to put in its place."""
    place = place_of(request)
    jinja = _environment(words_of(request).language.code)
    own = {"token": place.keys.token, "editor": place.editor, "source_language": place.library.settings.language}
    return jinja.get_template(template).render(own | values)


def reading(answer: Callable[[Request], Response]) -> Callable[[Request], Any]:
    """An endpoint that shows something. It runs in a thread, and errors become pages."""

    async def endpoint(request: Request) -> Response:
        return await _answered(request, lambda: answer(request))

    return endpoint


def writing(answer: Callable[[Request, Form], Response]) -> Callable[[Request], Any]:
    """An endpoint for what a form or a script sends: it must have the token."""

    async def endpoint(request: Request) -> Response:
        form = _form(await request.body())
        sent = request.headers.get(TOKEN_HEADER) or form.get(TOKEN, "")
        if not same(sent, place_of(request).keys.token):
            raise HTTPException(403, "The page is of an earlier run of the server: load it again.")
        return await _answered(request, lambda: answer(request, form))

    return endpoint


async def _answered(request: Request, answer: Callable[[], Response]) -> Response:
    try:
        return await run_in_threadpool(answer)
    except PlainleafError as error:
        return failure(request, error)
    except HTTPException:
        raise
    except Exception as error:
        what = f"this is a mistake of Plainleaf: {type(error).__name__}: {error}"
        print(f"plainleaf: {request.method} {request.url.path}: {what}", file=sys.stderr, flush=True)
        return failure(request, PlainleafError(what), 500)


def failure(request: Request, error: PlainleafError, status: int = 409) -> Response:
    """What went wrong, as a page or for a script."""
    status = 404 if isinstance(error, NotFound) else status
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"error": str(error)}, status)
    return page(request, "failure.j2", status, message=str(error))


def _form(body: bytes) -> dict[str, str]:
    """The fields of a form. Raises HTTPException 400 for what is none."""
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise HTTPException(400, "This is no form.") from None
    return dict(pairs)


def typed_text(form: Form) -> str:
    """The text of a page's box, with line feeds. Raises PlainleafError for one that no person wrote."""
    text = as_typed(form.get("text", ""))
    refuse_endless(text, "the text")
    return text


def differences(before: str, after: str) -> list[tuple[str, str]]:
    """Two texts word by word: (kind, text), where kind is same, old or new."""
    old, new = (re.findall(r"\s+|\w+|[^\w\s]", text) for text in (before, after))
    rows: list[tuple[str, str]] = []
    for kind, i, j, k, n in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            rows.append(("same", "".join(old[i:j])))
        else:
            rows += [(name, text) for name, text in (("old", "".join(old[i:j])), ("new", "".join(new[k:n]))) if text]
    return rows
