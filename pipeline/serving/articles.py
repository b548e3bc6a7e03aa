"""An article while it is written: its text with findings, how readers will see it, and saving it."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from pipeline.files import read_text, replace_text
from pipeline.model import PlainleafError
from pipeline.serving.pages import Form, differences, page, part, place_of, reading, typed_text, writing
from pipeline.serving.place import version_of
from pipeline.serving.shown import box_of, shown_path
from pipeline.serving.texts import as_typed, merged


def _show(request: Request) -> Response:
    place, article_id = place_of(request), request.path_params["id"]
    text = read_text(place.article_path(article_id))
    return _page(request, article_id, as_typed(text), version_of(text))


def _page(request: Request, article_id: str, typed: str, was: str, status: int = 200, **values: Any) -> Response:
    """The page of an article. typed: what the box holds. was: the version of the file that it was made from."""
    place = place_of(request)
    path = place.article_path(article_id)
    article = place.buffers.article(typed, path)
    data = {
        "article": article,
        "article_id": article_id,
        "box": box_of(place, article, path),
        "was": was,
        "shown_path": shown_path(place, path),
        "language": article.language,
        "languages": place.languages,
        "settings": place.library.settings,
        "is_saved": "saved" in request.query_params,
        "conflict": None,
    }
    return page(request, "article.j2", status, **{**data, **values})


def _check(request: Request, form: Form) -> Response:
    """The findings of a text that is being typed."""
    return JSONResponse(_state(request, request.path_params["id"], typed_text(form)))


def _state(request: Request, article_id: str, typed: str) -> dict[str, Any]:
    place = place_of(request)
    path = place.article_path(article_id)
    box = box_of(place, place.buffers.article(typed, path), path)
    values = {"box": box, "article_id": article_id, "language": "", "is_live": True}
    return {"panel": part(request, "_panel.j2", **values), "marks": box.marks}


def _look(request: Request) -> Response:
    """How things stand after something on disk has changed."""
    place, article_id = place_of(request), request.path_params["id"]
    text = read_text(place.article_path(article_id))
    typed = as_typed(text)
    return JSONResponse({"was": version_of(text), "text": typed} | _state(request, article_id, typed))


def _save(request: Request, form: Form) -> Response:
    """Put the text of the box into the file, unless somebody else has changed it meanwhile."""
    place, article_id = place_of(request), request.path_params["id"]
    path = place.article_path(article_id)
    typed = typed_text(form)
    if not typed.strip():
        raise PlainleafError(f"{path}: the text is empty; nothing was saved. To take an article out, delete its file")
    with place.changing():
        now = read_text(path)
        is_ours = version_of(now) == form.get("was")
        if is_ours:
            replace_text(path, now, merged(now, typed))
    if not is_ours and as_typed(now) != typed:
        return _page(request, article_id, typed, version_of(now), 409, conflict=differences(as_typed(now), typed))
    return RedirectResponse(f"/article/{article_id}?saved=1", 303)


def _open(request: Request, form: Form) -> Response:
    """Open a line of an article, or of a translation, in the person's editor."""
    place, article_id, language = place_of(request), form.get("article", ""), form.get("language", "")
    line, column = (int(text) if (text := form.get(name, "1")).isdigit() else 1 for name in ("line", "column"))
    is_source = language in ("", place.library.settings.language)
    path = place.article_path(article_id) if is_source else place.catalogue_path(article_id, language)
    place.editor.open(path, line, column)
    return Response(status_code=204)


routes = [
    Route("/article/{id:path}", reading(_show), methods=["GET"]),
    Route("/article/{id:path}", writing(_save), methods=["POST"]),
    Route("/check/article/{id:path}", writing(_check), methods=["POST"]),
    Route("/look/article/{id:path}", reading(_look), methods=["GET"]),
    Route("/open", writing(_open), methods=["POST"]),
]
