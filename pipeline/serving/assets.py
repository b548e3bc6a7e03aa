"""What pages consist of beside their HTML: style, script, and previews of leaflets."""

from __future__ import annotations

from importlib import resources

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pipeline.desk import stylesheet
from pipeline.model import PlainleafError
from pipeline.serving import previews
from pipeline.serving.pages import page, part, place_of, reading

_STATIC = {"serve.css": "text/css", "serve.js": "text/javascript"}


def _static(request: Request) -> Response:
    name = request.path_params["name"]
    if name == "desk.css":
        return Response(stylesheet(), media_type="text/css")
    if name not in _STATIC:
        raise HTTPException(404)
    content = resources.files("pipeline.serving").joinpath("static", name).read_bytes()
    return Response(content, media_type=_STATIC[name])


def _known(request: Request) -> tuple[str, str]:
    """The article and the language of a request. Raises NotFound for what the library does not have."""
    place, article_id, language = place_of(request), request.path_params["id"], request.path_params["language"]
    if language == place.library.settings.language:
        place.article_path(article_id)
    else:
        place.catalogue_path(article_id, language)
    return article_id, language


def _page(request: Request) -> Response:
    """The web page, for a frame in which nothing runs."""
    place, (article_id, language) = place_of(request), _known(request)
    headers = {"Content-Security-Policy": previews.POLICY}
    try:
        content = place.previews.page(place.library, article_id, language)
    except PlainleafError as error:
        response = page(request, "no_preview.j2", 200, message=str(error))
        # It is a page of ours, and yet may do no more than the other.
        response.headers["Content-Security-Policy"] = previews.POLICY.replace("'unsafe-inline'", "'self'")
        return response
    return Response(content, media_type="text/html", headers=headers)


def _paper(request: Request) -> Response:
    place, (article_id, language) = place_of(request), _known(request)
    content = place.previews.paper(place.library, article_id, language)
    name = f"{article_id.rpartition('/')[2]}-{language}.pdf"
    ascii_name = name.encode("ascii", "ignore").decode().replace('"', "")
    return Response(
        content, media_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{ascii_name}"'}
    )


def _sheets(request: Request) -> Response:
    """The pages of the printed leaflet as a list of pictures, for a script to put in its place."""
    place, (article_id, language) = place_of(request), _known(request)
    try:
        version, pictures = place.previews.pictures(place.library, article_id, language)
    except PlainleafError as error:
        return JSONResponse({"panel": part(request, "_sheets.j2", problem=str(error), count=0)})
    values = {"article_id": article_id, "language": language, "count": len(pictures), "version": version}
    return JSONResponse({"panel": part(request, "_sheets.j2", problem="", **values)})


def _sheet(request: Request) -> Response:
    place, (article_id, language) = place_of(request), _known(request)
    pictures = place.previews.drawn(article_id, language, request.query_params.get("v", ""))
    if pictures is None:
        _, pictures = place.previews.pictures(place.library, article_id, language)
    number = request.path_params["number"]
    if not 1 <= number <= len(pictures):
        raise HTTPException(404)
    # Opened by itself it is a page, in which nothing may run.
    headers = {"Content-Security-Policy": previews.POLICY}
    return Response(pictures[number - 1], media_type="image/svg+xml", headers=headers)


routes = [
    Route("/static/{name}", _static, methods=["GET"]),
    Route("/preview/{language}/{id:path}.html", reading(_page), methods=["GET"]),
    Route("/paper/{language}/{id:path}.pdf", reading(_paper), methods=["GET"]),
    Route("/sheets/{language}/{id:path}", reading(_sheets), methods=["GET"]),
    Route("/sheet/{language}/{number:int}/{id:path}", reading(_sheet), methods=["GET"]),
]
