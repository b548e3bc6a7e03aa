"""Translate: the texts of one article in one language, with what helps and what the checks say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from pipeline.exchange.model import Outgoing, Unit
from pipeline.files import read_text, replace_text
from pipeline.language import load_language
from pipeline.model import Finding, Severity, State
from pipeline.serving.catalogues import (
    Clash,
    Offer,
    Typed,
    box_text,
    by_text,
    fresh,
    machine_made,
    offers,
    settle,
    written,
)
from pipeline.serving.notes import notes_of_text, place_of_text
from pipeline.serving.pages import Form, differences, page, part, place_of, reading, words_of, writing
from pipeline.serving.shown import shown_path
from pipeline.serving.texts import as_typed


@dataclass(frozen=True, slots=True)
class Row:
    """One text on the page."""

    unit: Unit
    text: str
    """What the box holds."""
    was: str
    """Digest of what stood there when the page was made."""
    state: str
    place: str
    """The headings above it and what kind of text it is."""
    notes: tuple[tuple[str, bool], ...]
    """What translators are told, each with whether the page says it in its own language."""
    changes: tuple[tuple[str, str], ...]
    """What has changed in the source since it was translated: (kind, text); empty where nothing has."""
    offers: tuple[Offer, ...]
    findings: tuple[Finding, ...]
    is_marked: bool
    """Whether a machine made the translation that stands there."""
    clash: Clash | None = None

    @property
    def needs_work(self) -> bool:
        """Whether a person should look at it."""
        return bool(self.findings or self.clash) or self.unit.state is not State.TRANSLATED


def _show(request: Request) -> Response:
    return _page(request)


def _page(request: Request, clashes: Sequence[Clash] = (), status: int = 200) -> Response:
    place = place_of(request)
    article_id, language = request.path_params["id"], request.path_params["language"]
    path = place.catalogue_path(article_id, language)
    with place.lock:
        out = fresh(place.library, article_id, language)
        findings = by_text(out.catalogue, path, place.buffers.check_catalogue(out.catalogue, path))
        rows = _rows(request, out, findings, {c.unit.id: c for c in clashes if c.unit})
    article = place.article(article_id)
    states = {state: sum(row.unit.state is state for row in rows) for state in State}
    only_work = request.query_params.get("show") == "work"
    return page(
        request,
        "translate.j2",
        status,
        article=article,
        article_id=article_id,
        language=language,
        target=load_language(language),
        source=load_language(article.language),
        languages=place.languages,
        rows=[row for row in rows if row.needs_work] if only_work else rows,
        only_work=only_work,
        left=sum(row.needs_work for row in rows),
        states=states,
        total=len(rows),
        gone=[clash for clash in clashes if clash.unit is None],
        clashes=len(clashes),
        saved=request.query_params.get("saved", ""),
        shown_path=shown_path(place, path),
        exists=path.is_file(),
    )


def _rows(
    request: Request, out: Outgoing, findings: Mapping[str, Sequence[Finding]], clashes: Mapping[str, Clash]
) -> list[Row]:
    place, words = place_of(request), words_of(request)
    marked, memory = machine_made(out), place.memories.of(place.library, out.language)
    rows = []
    for unit in out.units:
        clash = clashes.get(unit.id)
        is_changed = unit.state is State.FUZZY and unit.previous and unit.previous != unit.source
        rows.append(
            Row(
                unit,
                clash.typed.text if clash else box_text(unit),
                unit.exported,
                unit.state.value,
                place_of_text(unit, words),
                notes_of_text(unit, words),
                tuple(differences(unit.previous, unit.source)) if is_changed else (),
                tuple(offers(memory, out, unit, marked)),
                tuple(findings.get(unit.source, ())),
                unit.source in marked and unit.state is not State.MISSING,
                clash,
            )
        )
    return rows


def _typed(form: Form) -> dict[str, Typed]:
    """What the page sent, by the id of the text."""
    return {
        name.removeprefix("t-"): Typed(
            "" if not (typed := as_typed(text)).strip() else typed,
            form.get("w-" + name.removeprefix("t-"), ""),
            "c-" + name.removeprefix("t-") in form,
            "f-" + name.removeprefix("t-") in form,
        )
        for name, text in form.items()
        if name.startswith("t-")
    }


def _save(request: Request, form: Form) -> Response:
    """Write what is new; what somebody else has changed meanwhile is shown, and neither of the two is lost."""
    place = place_of(request)
    article_id, language = request.path_params["id"], request.path_params["language"]
    path = place.catalogue_path(article_id, language)
    typed = _typed(form)
    with place.changing() as library:
        before = read_text(path) if path.is_file() else None
        out = fresh(library, article_id, language, before)
        marked = machine_made(out)
        memory = place.memories.of(library, language)
        new, clashes = settle(out, typed, marked, lambda unit: offers(memory, out, unit, marked))
        if new:
            replace_text(path, before, written(out, new))
    if clashes:
        return _page(request, clashes, 409)
    show = "&show=work" if form.get("show") == "work" else ""
    return RedirectResponse(f"/translate/{language}/{article_id}?saved={len(new)}{show}", 303)


def _check(request: Request, form: Form) -> Response:
    """What the checks say of texts that are being typed."""
    place = place_of(request)
    article_id, language = request.path_params["id"], request.path_params["language"]
    path = place.catalogue_path(article_id, language)
    with place.lock:
        out = fresh(place.library, article_id, language)
        units = {unit.id: unit for unit in out.units}
        typed = {unit_id: item for unit_id, item in _typed(form).items() if unit_id in units}
        content = written(out, {units[unit_id].source: (item.text, False) for unit_id, item in typed.items()})
        findings = by_text(content, path, place.buffers.check_catalogue(content, path))
    panels: dict[str, Any] = {}
    for unit_id in typed:
        found = findings.get(units[unit_id].source, [])
        panels[unit_id] = part(request, "_checks.j2", findings=found, language=language)
    errors = sum(f.severity is Severity.ERROR for rows in findings.values() for f in rows)
    return JSONResponse({"panels": panels, "errors": errors})


def _look(request: Request) -> Response:
    """How the texts stand after something on disk has changed: the digest of each, to tell whether it is another."""
    place = place_of(request)
    article_id, language = request.path_params["id"], request.path_params["language"]
    place.catalogue_path(article_id, language)
    with place.lock:
        out = fresh(place.library, article_id, language)
    return JSONResponse({"units": {u.id: [u.exported, box_text(u)] for u in out.units}})


routes = [
    Route("/translate/{language}/{id:path}", reading(_show), methods=["GET"]),
    Route("/translate/{language}/{id:path}", writing(_save), methods=["POST"]),
    Route("/check/translation/{language}/{id:path}", writing(_check), methods=["POST"]),
    Route("/look/translation/{language}/{id:path}", reading(_look), methods=["GET"]),
]
