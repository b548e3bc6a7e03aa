"""What all pages have in common: their language, and who may write."""

from __future__ import annotations

import json

from serving_client import Served, article, unit

from pipeline.locking import locked


def test_the_pages_are_there_in_spanish(shared: Served) -> None:
    for page in ("/", "/try", "/article/care/fever", "/translate/es/care/fever", "/sign/es/care/fever"):
        text = shared.get(page, Accept_Language="es-MX,es;q=0.9").text
        assert '<html lang="es"' in text
        assert "Todos los artículos" in text
    chosen = shared.get("/try?ui=es").headers["set-cookie"]
    assert "=es" in chosen


def test_findings_and_notes_are_in_spanish_and_quote_in_their_own_language(shared: Served) -> None:
    field = unit(shared, "Take 5 ml of syrup 2 times a day. Do not take more.", "/translate/es/care/cough")
    typed = {f"t-{field['id']}": "Tome 50 ml de jarabe 2 veces al día. No tome más.", f"w-{field['id']}": field["was"]}
    said = shared.post("/check/translation/es/care/cough", typed, Accept_Language="es").text
    panel = json.loads(said)["panels"][field["id"]]
    assert "«5 mililitros» se ha convertido en «50 mililitros»" in panel
    assert '<bdi lang="en">Take 5 ml' in panel
    page = shared.get("/translate/es/care/cough", Accept_Language="es").text
    assert "longitud: 60 caracteres como máximo: está en una sola línea al pie de cada página" in page
    assert "Lo que muestra una imagen" in page


def test_while_another_command_holds_the_library_nothing_is_saved(served: Served) -> None:
    page = served.get("/article/care/fever").text
    before = article(served).read_bytes()
    with locked(served.root):
        answer = served.post("/article/care/fever", {"text": "New.", "was": served.field(page, "was")})
    assert answer.status == 409
    assert "another plainleaf command" in answer.text
    assert article(served).read_bytes() == before
