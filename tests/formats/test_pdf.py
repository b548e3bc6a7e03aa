"""The PDF leaflet, made by the real pandoc and the real Typst."""

from __future__ import annotations

import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import typst
import zxingcpp
from pdf_samples import ARABIC_META, META, addresses, elements, leaflet, pdf_of, read, text_of
from PIL import Image

from pipeline.formats import Link
from pipeline.formats.leaflet_data import region
from pipeline.formats.pandoc import Worker
from pipeline.formats.pdf import pictures
from pipeline.formats.pdf_looks import PLAIN
from pipeline.language import load_language
from pipeline.library import Settings, parse_article
from pipeline.model import PlainleafError


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker() as running:
        yield running


@pytest.mark.parametrize("language", ["en", "es", "fr", "ar", "zh_Hans", "vi", "hi"])
def test_it_is_accessible_and_archivable_in_every_language(worker: Worker, language: str) -> None:
    page = pytest.importorskip("page")
    meta = ARABIC_META if language == "ar" else META
    pdf = pdf_of(worker, leaflet(language=language, meta=meta, is_draft=language != "en"))
    for profile in ("PDF_UA_1", "PDF_A_2A"):
        report = page.validate_pdf_bytes(pdf, profile=page.ValidationProfile[profile])
        # It takes the last byte of a compressed stream for a part of the line end when it is a CR.
        failures = {failure.rule_id for failure in report.failures} - {"PDFA2A-STREAM-LENGTH-001"}
        assert not failures


def test_title_language_and_outline(worker: Worker) -> None:
    reader = read(pdf_of(worker, leaflet()))
    root = reader.trailer["/Root"]
    assert reader.metadata is not None and reader.metadata.title == "Sore throat"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert root["/Lang"] == "en"
    assert "What helps" in str(reader.outline)


def test_region_of_a_language() -> None:
    assert [region(code) for code in ("ar", "zh_Hans", "zh_Hant", "pt_BR")] == [None, "CN", "TW", "BR"]


def test_the_same_bytes_twice_and_in_threads(worker: Worker) -> None:
    def build(_: int) -> bytes:
        with Worker() as own:
            return pdf_of(own, leaflet())

    with ThreadPoolExecutor(2) as pool:
        results = set(pool.map(build, range(4)))
    assert results == {pdf_of(worker, leaflet())}


def test_short_text_fits_one_page_in_large_letters(worker: Worker) -> None:
    reader = read(pdf_of(worker, leaflet("## What helps\n\nDrink often.\n")))
    assert len(reader.pages) == 1
    sizes: list[float] = []
    reader.pages[0].extract_text(
        visitor_text=lambda text, _cm, tm, _font, size: sizes.append(size * abs(tm[0])) if text.strip() else None
    )
    assert 14 in {round(size) for size in sizes}
    assert min(sizes) >= 10 or min(sizes) < 1  # pypdf reports some runs without their size


def test_every_page_says_what_it_is(worker: Worker) -> None:
    long = "## Part\n\n" + "\n\n".join(["Rest and drink as much as you like. " * 12] * 20)
    pdf = pdf_of(worker, leaflet(long, "es", META | {"title": "Dolor de garganta"}, is_draft=True))
    pages = [page.extract_text() for page in read(pdf).pages]
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        for part in (
            *("Dolor de garganta", f"Page {number} of {len(pages)}", "Sore throat - Spanish"),
            *("Version 1.2", "21 de noviembre de 2026", "Draft", "ES-"),
        ):
            assert part in page, part
    assert "1 Test Street" in pages[-1]


def test_pictures_tables_and_cards_are_tagged(worker: Worker) -> None:
    pdf = pdf_of(worker, leaflet())
    assert [figure["/Alt"] for figure in elements(pdf, "/Figure")][:1] == ["A throat seen from the front."]
    assert len(elements(pdf, "/TH")) == 2
    assert all("/Column" in str(cell["/A"]) for cell in elements(pdf, "/TH"))
    assert len(elements(pdf, "/H1")) == 1
    assert len(elements(pdf, "/H2")) == 4
    assert len(elements(pdf, "/LI")) == 5


def test_a_picture_within_a_sentence_is_shown(worker: Worker) -> None:
    pdf = pdf_of(worker, leaflet("Look at ![a red throat](throat.svg) first.\n"))
    assert [figure["/Alt"] for figure in elements(pdf, "/Figure")][:1] == ["a red throat"]


def test_what_a_picture_shows_is_told_whole(worker: Worker) -> None:
    pdf = pdf_of(worker, leaflet("Look:\n\n![Take 300-400 mg now, by well-known rules](throat.svg)\n"))
    assert [figure["/Alt"] for figure in elements(pdf, "/Figure")][:1] == ["Take 300-400 mg now, by well-known rules"]


def as_png(page: bytes) -> bytes:
    """A page in pixels, as a telephone's camera sees it."""
    frame = b'#set page(width: auto, height: auto, margin: 0pt)\n#image("page.svg")'
    made = typst.compile({"main.typ": frame, "page.svg": page}, format="png", ppi=100)
    assert isinstance(made, bytes)
    return made


@pytest.mark.parametrize("name", ["ear/sore-throat", "ear/sore throat", "أذن/التهاب"])
def test_the_code_leads_to_the_page_on_the_web(worker: Worker, name: str) -> None:
    made = leaflet("Drink.\n")
    made = replace(made, article=replace(made.article, id=name))
    drawn = [as_png(page) for page in pictures(made, worker.read(made.article.text), PLAIN)]
    codes = [code.text for page in drawn for code in zxingcpp.read_barcodes(Image.open(io.BytesIO(page)))]
    assert [unquote(code) for code in codes] == [f"https://leaflets.example/en/{name}.html"]
    assert codes[0].isascii()
    assert " " not in codes[0]


def test_a_first_heading_that_repeats_the_title_is_dropped(worker: Worker) -> None:
    made = leaflet("# Sore throat\n\n## Part\n\nDrink.\n")
    assert len(elements(pdf_of(worker, made), "/H1")) == 1


def test_links(worker: Worker) -> None:
    assert addresses(pdf_of(worker, leaflet())) == {
        "https://leaflets.example/en/ear/cold.html",
        "https://leaflets.example/en/ear/sore-throat.html",
        "https://example.org/guidance",
        "https://creativecommons.org/licenses/by/4.0/",
    }
    offline = leaflet(links={"cold.md": Link("Common cold", load_language("en"), "cold", "")}, related=())
    assert not any("cold" in address for address in addresses(pdf_of(worker, offline)))


def test_links_that_could_harm_or_lead_nowhere_are_plain_text(worker: Worker) -> None:
    text = "[a](javascript:alert) [b](file:///etc/passwd) [c](other.md) [d](#nowhere) [e]()\n"
    pdf = pdf_of(worker, leaflet(text, meta={"title": "T"}, related=()))
    assert addresses(pdf) == {"https://leaflets.example/en/ear/sore-throat.html"}
    assert "a b c d e" in text_of(pdf)


def test_an_identifier_used_twice_does_not_break_links(worker: Worker) -> None:
    text = "## One {#x}\n\n## Two {#x}\n\n[go](#x)\n"
    assert "go" in text_of(pdf_of(worker, leaflet(text)))


def test_a_machine_draft_says_so_first(worker: Worker) -> None:
    text = text_of(pdf_of(worker, leaflet(language="fr", is_draft=True)))
    assert 0 < text.find("No qualified translator has checked it.") < text.find("Call 112")
    assert "No qualified translator" not in text_of(pdf_of(worker, leaflet()))


def test_related_article_in_another_language_says_so(worker: Worker) -> None:
    assert "Common cold (anglais)" in text_of(pdf_of(worker, leaflet(language="fr")))


@pytest.mark.parametrize(("paper", "width"), [("a4", 595), ("letter", 612), ("a5", 420)])
def test_paper(worker: Worker, paper: str, width: int) -> None:
    reader = read(pdf_of(worker, leaflet(settings=Settings(paper=paper))))
    assert round(reader.pages[0].mediabox.width) == width


def test_file_with_nothing_but_text(worker: Worker) -> None:
    made = leaflet("Drink.\n", meta={}, related=(), resources={}, links={}, settings=Settings())
    assert "Drink." in text_of(pdf_of(worker, made))


@pytest.mark.parametrize(
    ("text", "fields", "message"),
    [
        ("one\n\n![alt](gone.svg)\n", {}, "sore-throat.md:3:8: image not found: gone.svg$"),
        ("one\n\n![](throat.svg)\n", {}, "sore-throat.md:3:5: image without alternative text: throat.svg"),
        ("![alt](throat.svg)\n", {"resources": {"throat.svg": b"<svg"}}, "picture throat.svg cannot be read"),
        ("one\n\nan odd \U00013000 sign\n", {}, r"sore-throat.md:3:8: no font has the character .*U\+13000 EGYPTIAN"),
        ("### Too deep\n", {}, "a heading of level 3 follows one of level 1"),
        ("text\n", {"settings": Settings(paper="a9")}, "unknown paper 'a9'"),
    ],
)
def test_what_cannot_be_printed_is_said(worker: Worker, text: str, fields: dict[str, Any], message: str) -> None:
    with pytest.raises(PlainleafError, match=message):
        pdf_of(worker, leaflet(text, **fields))


def test_what_a_translation_cannot_print_is_said_by_its_place_in_the_source(worker: Worker) -> None:
    path = Path("source/ear/sore-throat.md")
    source = parse_article("one\n\ntwo\n", path, "ear/sore-throat", "en")
    article = parse_article("uno\n\nun \U00013000 signo\n", path, "ear/sore-throat", "es")
    with pytest.raises(PlainleafError, match=r"sore-throat.md:3:1: no font has the character"):
        pdf_of(worker, replace(leaflet(language="es"), article=article, source=source))
