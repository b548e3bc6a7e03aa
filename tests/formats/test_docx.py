from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from lxml import etree
from web_samples import BODY, make

from pipeline.formats import docx
from pipeline.formats.pandoc import Worker

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = {"w": W, "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"}
Make = Callable[..., zipfile.ZipFile]


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker() as running:
        yield running


@pytest.fixture
def raw(worker: Worker) -> Callable[..., bytes]:
    def render(language: str = "en", body: str = BODY, **changes: Any) -> bytes:
        leaflet = make(language, body, **changes)
        return docx.render(leaflet, worker.read(body))

    return render


@pytest.fixture
def word(raw: Callable[..., bytes]) -> Make:
    return lambda *given, **changes: zipfile.ZipFile(io.BytesIO(raw(*given, **changes)))


def find(file: zipfile.ZipFile, path: str, name: str = "word/document.xml") -> Any:
    return etree.fromstring(file.read(name)).xpath(path, namespaces=NAMES)


def styled(file: zipfile.ZipFile, style: str) -> list[str]:
    """The paragraphs of a style."""
    return ["".join(p.itertext()).strip() for p in find(file, f"//w:p[w:pPr/w:pStyle/@w:val='{style}']")]


def test_title_and_headings_have_the_styles_that_word_navigates_by(word: Make) -> None:
    made = word()
    assert styled(made, "Title") == ["Leaking valve"]
    assert styled(made, "Heading1")[:4] == ["Summary", "Call 112 now if:", "What it is", "Types"]
    assert styled(made, "Heading2") == ["Words"]


def test_table_has_a_header_row_and_the_picture_its_description(word: Make) -> None:
    made = word()
    [header] = find(made, "//w:tr[w:trPr/w:tblHeader]")
    assert [text.strip() for text in header.itertext() if text.strip()] == ["Sudden", "Slow"]
    assert find(made, "//wp:docPr/@descr") == ["A heart with a gap in the valve."]


def test_a_drawing_becomes_a_picture_that_every_word_shows(word: Make) -> None:
    made = word()
    [picture] = [name for name in made.namelist() if "media/" in name]
    assert picture.endswith(".png")
    assert made.read(picture).startswith(b"\x89PNG")


def test_arabic_runs_from_right_to_left(word: Make) -> None:
    made = word("ar", "نص\n\n| أ | ب |\n|---|---|\n| ج | د |\n")
    assert not find(made, "//w:p[not(w:pPr/w:bidi)][w:r]")
    assert len(find(made, "//w:tblPr/w:bidiVisual")) == 1
    assert find(made, "//w:lang/@w:bidi", "word/styles.xml") == ["ar"]


def test_a_telephone_number_is_a_run_from_left_to_right(word: Make) -> None:
    [run] = find(word("ar", "اتصل 0300 222 5800 الآن\n"), "//w:r[w:t='0300 222 5800']")
    assert run.xpath("w:rPr/w:rtl/@w:val", namespaces=NAMES) in (["0"], ["false"], ["off"]) or not run.xpath(
        "w:rPr/w:rtl", namespaces=NAMES
    )


def test_a_card_is_told_by_its_word(word: Make) -> None:
    made = word()
    assert styled(made, "Cardemergency") == ["Emergency"]
    [style] = find(made, "//w:style[@w:styleId='Cardemergency']", "word/styles.xml")
    assert style.findall(f".//{{{W}}}pBdr")


def test_letters_are_14_points(word: Make) -> None:
    assert find(word(), "//w:docDefaults//w:sz/@w:val", "word/styles.xml") == ["28"]


def test_same_bytes_twice_and_no_clock(raw: Callable[..., bytes]) -> None:
    assert raw("ar") == raw("ar")
    core = zipfile.ZipFile(io.BytesIO(raw(modified=0))).read("docProps/core.xml").decode()
    assert core.count("1970-01-01T00:00:00Z") == 2


def test_draft_notice_and_text_in_the_order_of_the_page(word: Make) -> None:
    made = word("ar", is_draft=True)
    assert "No qualified translator" in styled(made, "Notice")[0]
    words = " ".join("".join(p.itertext()) for p in find(made, "//w:p"))
    parts = ["Leaking valve", "A valve does not close.", "Draft:", "Call 112", "Related", "Ask your doctor.", "A book"]
    assert [words.index(part) for part in parts] == sorted(words.index(part) for part in parts)


def test_names_of_facts_and_facts_are_pairs(word: Make) -> None:
    made = word()
    assert styled(made, "DefinitionTerm")[:2] == ["Acute", "Published"]
    assert "21 November 2026" in styled(made, "Definition")
