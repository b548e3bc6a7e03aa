"""Sign: a person gives their name for a translation, after reading what they sign."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from pipeline.checking import translated_article
from pipeline.checks import TranslatedArticle
from pipeline.language import load_language
from pipeline.library import Library
from pipeline.model import Finding, PlainleafError, State
from pipeline.serving.pages import Form, page, place_of, reading, writing
from pipeline.serving.place import Place
from pipeline.signatures import INTERFACE, text_digest
from pipeline.signing import (
    Signable,
    in_the_way,
    plan_signing,
    signable_article,
    signable_interface,
    signer,
    write_signing,
)

_FIELDS = ("role", "name", "credential", "method", "changed_only")


def _show(request: Request) -> Response:
    return _page(request, {})


def _opened(
    place: Place, library: Library, name: str, language: str
) -> tuple[Signable, TranslatedArticle | None, list[Finding]]:
    """What is signed, and the errors that stand in the way. Raises PlainleafError."""
    place.language(language)
    if name == INTERFACE:
        return signable_interface(library, language), None, []
    path = place.catalogue_path(name, language)
    item = translated_article(library, place.article(name), language)
    if item is None:
        raise PlainleafError(f"{path}: there is no translation yet")
    return signable_article(library, item), item, in_the_way(library, item)


def _page(request: Request, typed: Mapping[str, str], status: int = 200, problem: str = "") -> Response:
    place = place_of(request)
    name, language = request.path_params["id"], request.path_params["language"]
    library = place.library
    signable, item, errors = _opened(place, library, name, language)
    sign_off = signable.sign_off(library.settings.signatures)
    data: dict[str, Any] = {
        "name": name,
        "article_id": "" if name == INTERFACE else name,
        "title": item.source.title if item else "",
        "language": language,
        "target": load_language(language),
        "source": load_language(library.settings.language),
        "signatures": signable.signatures,
        "standing": sign_off.signatures,
        "state": sign_off.state,
        "unsigned": sign_off.unsigned,
        "printed": [t for t in signable.translations if t.printable],
        "unseen": sum(t.state in (State.MISSING, State.FUZZY) for t in signable.translations),
        "drafts": sum(t.state is State.DRAFT for t in signable.translations),
        "errors": errors,
        "roles": library.settings.signatures,
        "seen": text_digest(language, signable.translations),
        "typed": {name: typed.get(name, "") for name in _FIELDS},
        "is_new": not typed,
        "problem": problem,
        "signed": request.query_params.get("signed", ""),
    }
    return page(request, "sign.j2", status, **data)


def _sign(request: Request, form: Form) -> Response:
    place = place_of(request)
    name, language = request.path_params["id"], request.path_params["language"]
    try:
        if "read" not in form:
            raise PlainleafError("say that you have read every text that you sign: tick the box above the button")
        person = signer(
            _role(form), form.get("name", ""), form.get("credential", ""), method=form.get("method", ""), named=_field
        )
        with place.changing() as library:
            signable, _, errors = _opened(place, library, name, language)
            if errors:
                raise PlainleafError(f"not signed: {len(errors)} errors stand in the translation; mend them first")
            if form.get("seen") != text_digest(language, signable.translations):
                raise PlainleafError("the translation has changed since this page showed it: read it again, then sign")
            signing = plan_signing(signable, person, "changed_only" in form)
            write_signing(signing)
    except PlainleafError as error:
        return _page(request, form, 409, str(error))
    return RedirectResponse(f"/sign/{language}/{name}?signed={len(signing.signed)}", 303)


def _role(form: Form) -> str:
    role = form.get("role", "")
    if role not in ("translator", "checker"):
        raise PlainleafError("choose whether you sign as translator or as checker")
    return role


def _field(name: str) -> str:
    return {"as": "signing as", "name": "your name", "credential": "what qualifies you"}.get(name, name)


routes = [
    Route("/sign/{language}/{id:path}", reading(_show), methods=["GET"]),
    Route("/sign/{language}/{id:path}", writing(_sign), methods=["POST"]),
]
