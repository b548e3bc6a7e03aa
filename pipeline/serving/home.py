"""The first page: every article, what needs a person, and where each translation stands."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pipeline import front_matter
from pipeline.files import read_text
from pipeline.language import load_language
from pipeline.model import PlainleafError, Severity
from pipeline.serving.pages import page, place_of, reading
from pipeline.serving.survey import Counted
from pipeline.standing import Standing


@dataclass(frozen=True, slots=True)
class Line:
    """One article on the page."""

    id: str
    title: str
    known: Counted | None
    """None when it is still being checked."""
    standings: tuple[tuple[str, Standing | None], ...]
    """Each language with where the translation stands; None when that is not known yet."""

    @property
    def weight(self) -> tuple[int, int, int]:
        """What needs a person first."""
        if self.known is None:
            return 0, 0, 0
        counts = self.known.counts
        is_broken = 1 if self.known.problem else 0
        return -counts[Severity.ERROR] - 1000 * is_broken, -counts[Severity.WARNING], -counts[Severity.REVIEW]


def _show(request: Request) -> Response:
    place = place_of(request)
    library, languages = place.library, place.languages
    lines = []
    for path in library.article_paths():
        if not place.is_inside(path):
            continue
        article_id = library.article_id(path)
        known = place.survey.article(article_id)
        standings = tuple((code, place.survey.standing(article_id, code)) for code in languages)
        try:
            title = known.title if known else str(front_matter.parse(read_text(path)).data.get("title") or path.stem)
        except PlainleafError:
            title = path.stem
        lines.append(Line(article_id, title, known, standings))
    lines.sort(key=lambda line: (*line.weight, line.id))
    return page(
        request,
        "home.j2",
        lines=lines,
        waiting=any(line.known is None or any(s is None for _, s in line.standings) for line in lines),
        languages=[load_language(code) for code in languages],
        settings=library.settings,
    )


routes = [Route("/", reading(_show), methods=["GET"]), Route("/index.html", reading(_show), methods=["GET"])]
