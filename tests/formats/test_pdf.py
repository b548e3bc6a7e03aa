"""The PDF leaflet, made by the real pandoc and the real Typst."""

from __future__ import annotations

import datetime
import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pypdf
import pytest

from pipeline.formats import Leaflet, Link
from pipeline.formats.leaflet_data import region
from pipeline.formats.pandoc import Worker
from pipeline.formats.pdf import render
from pipeline.language import load_language
from pipeline.library import Settings
from pipeline.model import Article, PlainleafError

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20"/></svg>'
META: dict[str, Any] = {
    "title": "Sore throat",
    "also_called": ["pharyngitis", "throat pain"],
    "summary": "A sore throat mostly gets better within a week.",
    "published": datetime.date(2026, 11, 21),
    "last_reviewed": None,
    "version": "1.2",
    "sources": [{"title": "Public guidance", "url": "https://example.org/guidance"}],
    "licence": "CC-BY-4.0",
    "disclaimer": "For information only.",
}
BODY = """\
::: {.emergency}
## Call 112 now if:

- you cannot breathe
:::

## What helps

Drink *often*[^1], says [the page on cold](cold.md). See [what helps](#what-helps).

[^1]: Water is best.

![A throat seen from the front.](throat.svg "The throat")

| What | How often |
|---|---|
| Drink | Each hour |

Larynx
: The voice box.

::: {.urgent}
### Ask for an appointment if:

1. it hurts
2. it lasts
:::
"""
ARABIC_META = META | {"title": "التهاب الحلق", "summary": "يزول غالبًا في غضون أسبوع.", "also_called": []}
ARABIC_BODY = "## ماذا تفعل\n\nاتصل على الرقم 0300 222 5800 الآن، وخذ 1-3 أقراص.\n\n- اشرب SARS-CoV-2 الماء\n"


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker() as running:
        yield running


def leaflet(text: str = BODY, language: str = "en", meta: dict[str, Any] | None = None, **fields: Any) -> Leaflet:
    meta = META if meta is None else meta
    english = load_language("en")
    source = Article(Path("source/ear/sore-throat.md"), "ear/sore-throat", "en", META, BODY, ())
    settings = Settings(name="Test library", imprint="1 Test Street", web_address="https://leaflets.example")
    cold = Link("Common cold", english, "cold", "https://leaflets.example/en/ear/cold")
    defaults: dict[str, Any] = {
        "article": Article(source.path, source.id, language, meta, text, ()),
        "source": source,
        "language": load_language(language),
        "source_language": english,
        "settings": settings,
        "is_translation": language != "en",
        "resources": {"throat.svg": SVG},
        "links": {"cold.md": cold},
        "related": (cold,),
        "modified": 1_790_000_000,
    }
    return Leaflet(**(defaults | fields))


def pdf_of(worker: Worker, made: Leaflet) -> bytes:
    return render(made, worker.read(made.article.text))


def read(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    """The text as a reader would copy it, on one line."""
    return " ".join(" ".join(page.extract_text() for page in read(pdf).pages).split())


def elements(pdf: bytes, tag: str) -> list[dict[str, Any]]:
    """The structure elements with this tag, in reading order."""
    found: list[dict[str, Any]] = []

    def walk(node: Any) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict):
            if node.get("/S") == tag:
                found.append(node)
            walk(node.get("/K", []))

    walk(read(pdf).trailer["/Root"]["/StructTreeRoot"])
    return found


def addresses(pdf: bytes) -> set[str]:
    notes = [note.get_object() for page in read(pdf).pages for note in page.get("/Annots", [])]
    return {note["/A"]["/URI"] for note in notes if "/URI" in note.get("/A", {})}


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


def test_chinese_says_which_chinese(worker: Worker) -> None:
    reader = read(pdf_of(worker, leaflet("## 症状\n\n喉咙痛，“发烧”。\n", "zh_Hans", META | {"title": "喉咙痛"})))
    assert reader.trailer["/Root"]["/Lang"] == "zh-CN"
    assert "喉咙痛，“发烧”。" in reader.pages[0].extract_text()


def test_the_same_bytes_twice_and_in_threads(worker: Worker) -> None:
    def build(_: int) -> bytes:
        with Worker() as own:
            return pdf_of(own, leaflet())

    with ThreadPoolExecutor(2) as pool:
        results = set(pool.map(build, range(4)))
    assert results == {pdf_of(worker, leaflet())}


def test_the_whole_text_can_be_copied_in_order(worker: Worker) -> None:
    text = text_of(pdf_of(worker, leaflet()))
    parts = [
        *("Test library", "Sore throat", "Also called: pharyngitis, throat pain", "A sore throat mostly"),
        *("Emergency", "Call 112 now if:", "you cannot breathe", "What helps", "Drink often"),
        *("The throat", "What How often", "Drink Each hour", "Larynx", "The voice box.", "Urgent"),
        *("1. it hurts", "2. it lasts", "Related leaflets", "Common cold", "About this leaflet"),
        *("For information only.", "Not yet reviewed by a clinician", "Public guidance", "CC-BY-4.0"),
    ]
    places = [text.find(part) for part in parts]
    assert -1 not in places, [part for part, place in zip(parts, places, strict=True) if place < 0]
    assert places == sorted(places)
    assert "Water is best." in text


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
            *("Version 1.2", "21 de noviembre de 2026", "Draft", "1 Test Street"),
        ):
            assert part in page, part
    assert not any("1 Test Street" in str(element) for element in elements(pdf, "/P"))


def test_pictures_tables_and_cards_are_tagged(worker: Worker) -> None:
    pdf = pdf_of(worker, leaflet())
    assert [figure["/Alt"] for figure in elements(pdf, "/Figure")] == ["A throat seen from the front."]
    assert len(elements(pdf, "/TH")) == 2
    assert all("/Column" in str(cell["/A"]) for cell in elements(pdf, "/TH"))
    assert len(elements(pdf, "/H1")) == 1
    assert len(elements(pdf, "/H2")) == 4
    assert len(elements(pdf, "/LI")) == 5


def test_a_picture_within_a_sentence_is_shown(worker: Worker) -> None:
    pdf = pdf_of(worker, leaflet("Look at ![a red throat](throat.svg) first.\n"))
    assert [figure["/Alt"] for figure in elements(pdf, "/Figure")] == ["a red throat"]


def test_parts_in_another_language_say_so(worker: Worker) -> None:
    pdf = pdf_of(worker, leaflet("## Qué es\n\n[Drink often.]{.untranslated lang=en dir=ltr}\n", "es"))
    assert "en" in {element.get("/Lang") for tag in ("/Span", "/P") for element in elements(pdf, tag)}


def test_a_first_heading_that_repeats_the_title_is_dropped(worker: Worker) -> None:
    made = leaflet("# Sore throat\n\n## Part\n\nDrink.\n")
    assert len(elements(pdf_of(worker, made), "/H1")) == 1


def test_links(worker: Worker) -> None:
    assert addresses(pdf_of(worker, leaflet())) == {
        "https://leaflets.example/en/ear/cold.html",
        "https://example.org/guidance",
        "https://creativecommons.org/licenses/by/4.0/",
    }
    offline = leaflet(links={"cold.md": Link("Common cold", load_language("en"), "cold", "")}, related=())
    assert not any("cold" in address for address in addresses(pdf_of(worker, offline)))


def test_links_that_could_harm_or_lead_nowhere_are_plain_text(worker: Worker) -> None:
    text = "[a](javascript:alert) [b](file:///etc/passwd) [c](other.md) [d](#nowhere) [e]()\n"
    pdf = pdf_of(worker, leaflet(text, meta={"title": "T"}, related=()))
    assert addresses(pdf) == set()
    assert "a b c d e" in text_of(pdf)


def test_an_identifier_used_twice_does_not_break_links(worker: Worker) -> None:
    text = "## One {#x}\n\n## Two {#x}\n\n[go](#x)\n"
    assert "go" in text_of(pdf_of(worker, leaflet(text)))


@pytest.mark.parametrize(
    "words",
    [
        '#read("/etc/passwd")',
        "#panic()",
        "costs $5 or $x$",
        "@ref and -- and ...",
        r"C:\\temp \#let \$ \@",
        r"\<label\>",
        "1/2 // note /* more */",
        "= no heading",
        "+ 3 - 4 ~ 5",
        "[[x]] {y} _z",
        "'single' \"double\"",
        "\\u{41} #[b] %",
    ],
)
def test_text_is_never_code(worker: Worker, words: str) -> None:
    shown = re.sub(r"\\([^\w\s])", r"\1", words)
    meta = META | {"title": shown, "summary": shown, "disclaimer": shown}
    pdf = pdf_of(worker, leaflet(f"## Head {words}\n\nsee {words} end\n", meta=meta))
    text = text_of(pdf)
    assert text.count(shown) >= 5, text
    assert "root:" not in text


def test_raw_html_never_passes(worker: Worker) -> None:
    text = text_of(pdf_of(worker, leaflet("a <b>bold</b> word\n\n<script>alert(1)</script>\n")))
    assert "a bold word" in text
    assert "alert" not in text


def test_arabic_reads_from_the_right(worker: Worker) -> None:
    pdf = pdf_of(worker, leaflet(ARABIC_BODY, "ar", ARABIC_META))
    root = read(pdf).trailer["/Root"]
    assert root["/Lang"] == "ar"
    assert root["/ViewerPreferences"]["/Direction"] == "/R2L"


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs poppler")
def test_numbers_keep_their_order_in_arabic(worker: Worker, tmp_path: Path) -> None:
    file = tmp_path / "ar.pdf"
    file.write_bytes(pdf_of(worker, leaflet(ARABIC_BODY, "ar", ARABIC_META)))
    boxes = subprocess.run(
        ["pdftotext", "-bbox", file, "-"], capture_output=True, text=True, check=True, encoding="utf-8"
    ).stdout
    left = {word: float(x) for x, word in re.findall(r'xMin="([\d.]+)"[^>]*>[^<0-9]*(\d[\d-]*)', boxes)}
    assert left["0300"] < left["222"] < left["5800"]
    assert "1-3" in left
    assert "SARS-CoV-2" in boxes


def test_what_is_not_translated_is_marked(worker: Worker) -> None:
    words = {"Not translated yet": "Sin traducir", "Draft": "Borrador"}
    text = "## Qué es\n\n[Drink often.]{.untranslated lang=en dir=ltr}\n\n- [Rest.]{.untranslated lang=en dir=ltr}\n"
    made = leaflet(text, "es", strings=words, untranslated_fields=frozenset({"summary"}), untranslated_segments=2)
    shown = text_of(pdf_of(worker, made))
    assert "Drink often. Sin traducir" in shown
    assert "Rest. Sin traducir" in shown
    assert "within a week. Sin traducir" in shown
    assert "They are shown in inglés." in shown


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
        ("![alt](gone.svg)\n", {}, "sore-throat.md: image not found: gone.svg$"),
        ("![](throat.svg)\n", {}, "image without alternative text: throat.svg"),
        ("![alt](throat.svg)\n", {"resources": {"throat.svg": b"<svg"}}, "picture throat.svg cannot be read"),
        ("one\n\nan odd \U00013000 sign\n", {}, r"sore-throat.md:3:8: no font has the character .*U\+13000 EGYPTIAN"),
        ("### Too deep\n", {}, "a heading of level 3 follows one of level 1"),
        ("text\n", {"settings": Settings(paper="a9")}, "unknown paper 'a9'"),
    ],
)
def test_what_cannot_be_printed_is_said(worker: Worker, text: str, fields: dict[str, Any], message: str) -> None:
    with pytest.raises(PlainleafError, match=message):
        pdf_of(worker, leaflet(text, **fields))
