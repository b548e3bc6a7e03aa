"""Try a text: what the checks say of any text in any language, as it is typed. Nothing of it leaves the machine."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from pipeline import front_matter
from pipeline.clock import today
from pipeline.dictionaries import missing
from pipeline.files import write_new
from pipeline.importing.draft import FIRST_POINTS
from pipeline.importing.front import Provenance, slug, write_front_matter
from pipeline.importing.metadata import Metadata
from pipeline.language import known_languages
from pipeline.library import parse_article
from pipeline.model import PlainleafError
from pipeline.serving.pages import Form, page, part, place_of, reading, typed_text, writing
from pipeline.serving.shown import Box, box_of

FOLDER = "imported"
"""Topic of the drafts, as the command import has it."""
KIND = "typed text"
_MOST_NAMES = 1000
_NAMELESS = Path("text.md")


def _show(request: Request) -> Response:
    return _page(request, "", _language(request.query_params.get("language", "")))


def _typed(request: Request, form: Form) -> Response:
    """For a browser without scripts: the same page with the findings of what was sent."""
    return _page(request, typed_text(form), _language(form.get("language", "")))


def _page(request: Request, text: str, language: str, status: int = 200, **values: Any) -> Response:
    place = place_of(request)
    data = {
        "box": _box(request, text, language),
        "language": language,
        "languages": known_languages(),
        "not_checked": _not_checked(language),
        "settings": place.library.settings,
        "draft_title": "",
        "problem": "",
    }
    return page(request, "try.j2", status, **{**data, **values})


def _box(request: Request, text: str, language: str) -> Box:
    return box_of(place_of(request), parse_article(text, _NAMELESS, "text", language), None)


def _check(request: Request, form: Form) -> Response:
    language = _language(form.get("language", ""))
    box = _box(request, typed_text(form), language)
    values = {"box": box, "article_id": "", "language": language, "is_live": True}
    told = _not_checked(language)
    return JSONResponse({"panel": part(request, "_panel.j2", **values), "marks": box.marks, "note": told})


def _language(code: str) -> str:
    """A language that Plainleaf knows: as asked for, else English."""
    return code if code in known_languages() else "en"


def _not_checked(language: str) -> str:
    """Why the spelling of a language is not checked; "" where it is."""
    return "" if language == "en" else missing(language)


def _save(request: Request, form: Form) -> Response:
    """Save the text as a draft that is never published as it is. It never takes the place of another file."""
    text, language = typed_text(form), _language(form.get("language", ""))
    title = " ".join(form.get("title", "").split())
    try:
        article_id = _save_draft(request, text, language, title)
    except PlainleafError as error:
        return _page(request, text, language, 409, draft_title=title, problem=str(error))
    return RedirectResponse(f"/article/{article_id}?saved=1", 303)


def _save_draft(request: Request, text: str, language: str, title: str) -> str:
    if not text.strip():
        raise PlainleafError("there is no text to save")
    if front_matter.parse(text).body_start:
        raise PlainleafError(
            "the text begins with front matter of its own (---): save it as a file in a folder of source/"
        )
    article = parse_article(text, _NAMELESS, "text", language)
    own = article.title if article.title != _NAMELESS.stem else ""
    title = title or own
    if not title:
        raise PlainleafError("give the draft a title")
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    provenance = Provenance(KIND, digest, KIND, today().isoformat())
    front = write_front_matter(title, language, Metadata(), provenance, FIRST_POINTS)
    content = f"{front}\n{text.strip(chr(10))}\n".encode()
    with place_of(request).changing() as library:
        name = slug(title, "draft")
        for number in range(1, _MOST_NAMES):
            path = library.source / FOLDER / (f"{name}.md" if number == 1 else f"{name}-{number}.md")
            if place_of(request).is_inside(path) and write_new(path, content):
                return library.article_id(path)
    raise PlainleafError(f"{library.source / FOLDER}: there is no free name for {name}.md; give another title")


routes = [
    Route("/try", reading(_show), methods=["GET"]),
    Route("/try", writing(_typed), methods=["POST"]),
    Route("/try/save", writing(_save), methods=["POST"]),
    Route("/check/text", writing(_check), methods=["POST"]),
]
