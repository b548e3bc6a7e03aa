"""The other PDF formats: large print, two languages, a folded sheet, a booklet, other papers."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pikepdf
import pytest
from pdf_samples import ARABIC_META, BODY, META, elements, leaflet, read, sizes, text_of

from pipeline.formats import Leaflet, Unavailable
from pipeline.formats.pandoc import Worker
from pipeline.formats.pdf_booklet import _sides
from pipeline.formats.table import FORMATS
from pipeline.leaflet_code import is_leaflet_code
from pipeline.model import PlainleafError, Role, Signature

SPANISH = """\
::: {.emergency}
## Llame al 112 si:

- no puede respirar
:::

## Qué ayuda

Beba *a menudo*[^1], dice [la página](cold.md). Vea [qué ayuda](#what-helps).

[^1]: Lo mejor es el agua.

![Una garganta.](throat.svg "La garganta")

| Qué | Con qué frecuencia |
|---|---|
| Beber | Cada hora |

Laringe
: Donde nace la voz.

::: {.urgent}
### Pida cita si:

1. duele
2. dura
:::
"""
SPANISH_META = META | {"title": "Dolor de garganta", "summary": "Suele mejorar en una semana."}


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker() as running:
        yield running


def made(worker: Worker, name: str, of: Leaflet) -> bytes:
    return FORMATS[name].render(of, worker.read(of.article.text))


def languages(pdf: bytes, tag: str) -> list[str]:
    """The language of each structure element with this tag, its own or that of what it stands in."""
    found: list[str] = []

    def walk(node: Any, language: str) -> None:
        if isinstance(node, pikepdf.Array):
            for child in node:
                walk(child, language)
        elif isinstance(node, pikepdf.Dictionary):
            language = str(node.get("/Lang", language))
            if node.get("/S") == tag:
                found.append(language)
            walk(node.get("/K", 0), language)

    with pikepdf.open(io.BytesIO(pdf)) as document:
        walk(document.Root.StructTreeRoot, str(document.Root.Lang))
    return found


def spanish(text: str = SPANISH, **fields: Any) -> Leaflet:
    return leaflet(text, "es", SPANISH_META, **fields)


@pytest.mark.parametrize("name", ["pdf", "pdf-large", "pdf-bilingual", "pdf-trifold", "pdf-letter", "pdf-a5"])
def test_every_variant_is_accessible_and_archivable(worker: Worker, name: str) -> None:
    page = pytest.importorskip("page")
    pdf = made(worker, name, spanish(is_draft=True))
    for profile in ("PDF_UA_1", "PDF_A_2A"):
        report = page.validate_pdf_bytes(pdf, profile=page.ValidationProfile[profile])
        assert not {failure.rule_id for failure in report.failures} - {"PDFA2A-STREAM-LENGTH-001"}
    assert pdf == made(worker, name, spanish(is_draft=True))


@pytest.mark.parametrize(
    ("name", "least"), [("pdf", 12), ("pdf-large", 18), ("pdf-bilingual", 12), ("pdf-trifold", 12), ("pdf-a5", 12)]
)
def test_no_letter_is_too_small(worker: Worker, name: str, least: float) -> None:
    assert min(sizes(made(worker, name, spanish()))) >= least


def test_text_is_14_points_where_nothing_else_is_asked_for(worker: Worker) -> None:
    assert 14 in sizes(made(worker, "pdf", leaflet()))


def test_two_languages_stand_side_by_side_piece_by_piece(worker: Worker) -> None:
    text = text_of(made(worker, "pdf-bilingual", spanish()))
    parts = [
        *("Dolor de garganta", "Sore throat", "Suele mejorar", "mostly gets better", "Llame al 112", "Call 112 now"),
        *("Qué ayuda", "What helps", "Beba", "Drink", "Laringe", "Larynx", "duele", "dura", "it hurts", "it lasts"),
    ]
    places, at = [], 0
    for part in parts:
        at = text.find(part, at)
        places.append(at)
    assert -1 not in places, dict(zip(parts, places, strict=True))


def test_each_of_two_languages_says_which_it_is(worker: Worker) -> None:
    pdf = made(worker, "pdf-bilingual", spanish())
    # A card, a heading, a card; the two at the end are in the reader's language alone.
    assert languages(pdf, "/H2") == ["es", "en", "es", "en", "es", "es"]
    assert languages(pdf, "/H3") == ["es", "en"]
    assert languages(pdf, "/TH") == ["es", "es", "en", "en"]
    assert read(pdf).trailer["/Root"]["/Lang"] == "es"
    assert "What helps" not in str(read(pdf).outline)


def test_the_next_format_has_the_translation_again(worker: Worker) -> None:
    one = spanish()
    document = worker.read(one.article.text)
    FORMATS["pdf-bilingual"].render(one, document)
    assert FORMATS["pdf"].render(one, document) == made(worker, "pdf", one)


def test_a_translation_that_is_built_otherwise_does_not_stand_beside_the_source(worker: Worker) -> None:
    with pytest.raises(PlainleafError, match=r"not built like .*plainleaf extract"):
        made(worker, "pdf-bilingual", spanish("## Otra cosa\n"))


def test_the_source_alone_is_not_bilingual(worker: Worker) -> None:
    with pytest.raises(Unavailable, match="English is the source language"):
        made(worker, "pdf-bilingual", leaflet())


def test_a_folded_sheet_has_two_sides(worker: Worker) -> None:
    pages = read(made(worker, "pdf-trifold", spanish())).pages
    assert len(pages) <= 2
    assert pages[0].mediabox.width > pages[0].mediabox.height
    with pytest.raises(Unavailable, match=r"fills \d+ pages of 3 panels, and one sheet has 2"):
        made(worker, "pdf-trifold", leaflet(BODY + "Drink as much as you like. " * 1500))


def test_booklet_pages_lie_as_they_must_be_folded() -> None:
    assert _sides(8, is_rtl=False) == [(7, 0), (1, 6), (5, 2), (3, 4)]
    assert _sides(3, is_rtl=True) == [(0, 3), (2, 1)]


@pytest.mark.parametrize(("language", "meta"), [("es", SPANISH_META), ("ar", ARABIC_META)])
def test_booklet(worker: Worker, language: str, meta: dict[str, Any]) -> None:
    one = leaflet(BODY, language, meta)
    pdf = made(worker, "pdf-booklet", one)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert len(document.pages) % 2 == 0
        assert "Booklet, for print only" in str(document.docinfo["/Title"])
        width, height = (float(n) for n in document.pages[0].mediabox[2:])
        assert (round(width), round(height)) == (842, 595)
    assert pdf == made(worker, "pdf-booklet", one)
    text = read(pdf).pages[0].extract_text()
    assert meta["title"] in text or language == "ar"


def test_the_imprint_names_the_leaflet(worker: Worker) -> None:
    text = text_of(made(worker, "pdf", spanish()))
    assert "English title: Sore throat" in text
    assert "Language: Español (Spanish)" in text
    code = re.search(r"Leaflet code: (\S+)", text)
    assert code and is_leaflet_code(code[1])
    assert text.count(code[1]) >= 2
    assert "https://leaflets.example/es/ear/sore-throat.html" in text


def test_the_picture_of_the_address_is_told_in_words(worker: Worker) -> None:
    pictures = [str(element["/Alt"]) for element in elements(made(worker, "pdf", leaflet()), "/Figure")]
    assert "This leaflet on the web: https://leaflets.example/en/ear/sore-throat.html" in pictures
    offline = leaflet(settings=replace(leaflet().settings, web_address=""))
    assert len(elements(made(worker, "pdf", offline), "/Figure")) == len(pictures) - 1


def test_who_signed_stands_in_the_imprint(worker: Worker) -> None:

    day = datetime.date(2026, 11, 1)
    people = tuple(
        Signature(role, f"Example {role}", "example credential", day, "", "", ())
        for role in (Role.TRANSLATOR, Role.CHECKER)
    )
    text = text_of(made(worker, "pdf", spanish(is_checked=True, signatures=people)))
    assert "Translated by: Example translator, example credential" in text
    assert "Checked by: Example checker, example credential" in text
    assert "No qualified" not in text and "no qualified" not in text
