"""The report for editors, as the last run of plainleaf report left it, with links to where each text is changed."""

from __future__ import annotations

import re
from pathlib import Path

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from pipeline.building.dist import EDITORS
from pipeline.desk import Words, policy
from pipeline.desk.pages import script_of
from pipeline.executors import SameProcess
from pipeline.files import read_text
from pipeline.model import PlainleafError
from pipeline.overview.folder import ReportFolder, listed
from pipeline.overview.making import make_report
from pipeline.overview.releases import last_release
from pipeline.overview.trends import trend_pages
from pipeline.serving.pages import Form, page, place_of, reading, words_of, writing
from pipeline.serving.place import Place

_EDIT = re.compile(r'<p class="edit[^"]*" data-edit="([^"]*)">.*?</p>', re.DOTALL)
"""What a page of the report says of how its text is changed; articles are escaped, so it cannot stand in one."""
_PLACE = re.compile(r"<!--at ([0-9]+:[0-9]+|[\w.-]+)-->")
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="[^"]*">\n')

_NO_REFERRER = '<meta name="referrer" content="no-referrer">'


def report_folder(place: Place) -> Path:
    """Where the report of a library stands."""
    return place.library.root / "dist" / EDITORS


def _show(request: Request) -> Response:
    place, path = place_of(request), request.path_params["path"] or "index.html"
    folder = report_folder(place)
    pages = listed(folder) or ()
    if not pages and path == "index.html":
        return page(request, "no_report.j2")
    file = folder / path
    if path not in pages or not file.resolve().is_relative_to(folder.resolve()) or not place.is_inside(file):
        raise HTTPException(404)
    text = read_text(file)
    if file.suffix == ".css":
        return Response(text, media_type="text/css")
    headers = {"Content-Security-Policy": _policy()}
    return Response(_with_links(text, place, words_of(request)), media_type="text/html", headers=headers)


def _with_links(html: str, place: Place, words: Words) -> str:
    """A page of the report with links to the pages that change what it shows."""
    found = _EDIT.search(html)

    def link(match: re.Match[str]) -> str:
        mark = f"at-{match[1].replace(':', '-')}" if ":" in match[1] else match[1]
        # What the page says is HTML already.
        address = Markup(f"{found[1]}#{mark}") if found else Markup("")
        return str(Markup(' <a class="edit" href="{}">{}</a>').format(address, words.say("Change it")))

    html = _PLACE.sub(link, html) if found else html
    if found:
        button = Markup('<p class="edit"><a href="{}">{}</a></p>').format(
            Markup(found[1]), words.say("Change this text")
        )
        html = _EDIT.sub(lambda _: str(button), html)
    own = Markup(
        '<form method="post" action="/report/" class="served"><input type="hidden" name="token" value="{}">'
        '<a href="/">{}</a> <button type="submit" class="plain">{}</button></form>'
    ).format(place.keys.token, words.say("Write and translate"), words.say("Make the report again"))
    # The header has the policy here: a form may be sent, and says which page sends it.
    html = _POLICY.sub("", html, count=1).replace(_NO_REFERRER, _NO_REFERRER.replace("no-referrer", "same-origin"), 1)
    return html.replace("<!--served-->", str(own), 1)


def _make(request: Request, _: Form) -> Response:
    """Make the report of the library as it is now."""
    place, words = place_of(request), words_of(request)
    with place.changing() as library:
        folder = ReportFolder(report_folder(place))
        errors: list[PlainleafError] = []
        make_report(
            library,
            folder,
            SameProcess(),
            words=words,
            release=last_release(library, None, words, errors),
            progress=_untold,
            trends=lambda frame: trend_pages(library, None, frame, _untold),
        )
    return RedirectResponse("/report/index.html", 303)


def _policy() -> str:
    own = policy([script_of("pipeline.overview", "filter.js")])
    return own.replace("form-action 'none'", "form-action 'self'").replace(" file:", "") + "; frame-ancestors 'self'"


def _untold(*_: object) -> None:
    """The page waits for the report."""


routes = [
    Route("/report/{path:path}", reading(_show), methods=["GET"]),
    Route("/report/", writing(_make), methods=["POST"]),
]
