"""The text of the PDF leaflet: what is copied, searched and spoken."""

from __future__ import annotations

import io
import random
import re
import shutil
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from pdf_samples import ARABIC_BODY, ARABIC_META, META, elements, leaflet, pdf_of, read, text_of

from pipeline.formats.pandoc import Worker
from pipeline.formats.pdf_fonts import Font
from pipeline.formats.pdf_glyphs import Reader
from pipeline.interface import interface_strings


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker() as running:
        yield running


needs_poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs poppler")
LETTERS = {
    "ar": ("ابتثجحخدذرزسشصضطظعغفقكلمنهويأإآؤئءةى", "\u064b\u064f\u0650\u0651", ""),
    "ur": ("ابپتٹثجچحخدڈرڑزسشصضطعغفقکگلمنںوہھءیےئ", "\u064e\u0650\u0651", ""),
    "hi": ("कखगघचछजझटठडढणतथदधनपफबभमयरलवशषसह", "ािीुूृेैोौंँ", "\u094d"),
    "bn": ("কখগঘচছজঝটঠডঢণতথদধনপফবভমযরলশষসহ", "ািীুূৃেৈোৌংঁ", "\u09cd"),
}
"""Letters, vowel signs and the sign that joins letters."""


def words(language: str) -> list[str]:
    """Made up, so that letters meet which no text at hand has side by side; always the same ones."""
    letters, signs, joiner = LETTERS[language]
    chance = random.Random(language)
    made = []
    for _ in range(300):
        syllables = []
        for _ in range(chance.randint(2, 4)):
            joined = joiner + chance.choice(letters) if joiner and chance.random() < 0.3 else ""
            sign = chance.choice(signs) if chance.random() < 0.4 else ""
            # A letter or syllable that is there twice must come out twice.
            syllables.append((chance.choice(letters) + joined + sign) * chance.choice([1, 1, 2]))
        made.append(unicodedata.normalize("NFC", "".join(syllables)))
    return made


def poppler(pdf: bytes) -> str:
    """What pdftotext takes out, without the marks of direction that it adds."""
    done = subprocess.run(["pdftotext", "-enc", "UTF-8", "-", "-"], input=pdf, capture_output=True, check=True)
    return re.sub("[\u200e\u200f\u202a-\u202e]", "", done.stdout.decode())


@needs_poppler
@pytest.mark.parametrize("language", LETTERS)
def test_every_word_comes_out_whole(worker: Worker, language: str) -> None:
    wanted, strings = words(language), interface_strings(language)
    pdf = pdf_of(worker, leaflet(" ".join(wanted), language, {"title": wanted[0]}, strings=strings, related=()))
    text = unicodedata.normalize("NFC", poppler(pdf)).split()
    assert sorted((Counter(wanted) - Counter(text)).elements()) == []


@needs_poppler
@pytest.mark.parametrize(
    "number",
    [
        "0300 222 5800",
        "+44 20 7946 0000",
        "2026-03-01",
        "1-3",
        "1–3",
        "500 mg",
        "5/10 mg",
        "120/80",
        "38.5 °C",
        "−5 °C",
        "9:30",
    ],
)
def test_a_number_in_urdu_reads_from_left_to_right(worker: Worker, number: str) -> None:
    text = f"اس کے لیے ہمیشہ {number} کا خیال رکھیں، اور اپنے ڈاکٹر سے پوچھیں\n"
    one = leaflet(text, "ur", ARABIC_META, strings=interface_strings("ur"), related=())
    assert number in poppler(pdf_of(worker, one))


def runs(pdf: bytes) -> list[str]:
    """The text of each text object of the first page, in the order of the page."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        page = document.pages[0]
        reader = Reader(lambda name: Font(page.Resources.Font[name]), lambda _: None)
        found = reader.read(page.Contents.read_bytes())
    return ["".join(glyph.text for glyph in run.glyphs) for run in found]


def test_a_full_stop_stays_behind_its_number(worker: Worker) -> None:
    """A mark of direction stands between the two: without it, programs put the full stop before the number."""
    shown = runs(pdf_of(worker, leaflet("اتصل على 112. ثم انتظر\n", "ar", ARABIC_META, related=())))
    after = shown[shown.index("112") + 1]
    assert after.startswith(" .\u200f")


def test_screen_readers_meet_right_to_left_words_in_order(worker: Worker) -> None:
    """PDF 1.7, 14.8.2.3.3: within ReversedChars, each string is one word from its end; the strings are in order."""
    pdf = pdf_of(worker, leaflet("بيت كبير جدا\n", "ar", ARABIC_META | {"summary": ""}, related=()))
    assert " تيب ريبكادج" in runs(pdf)


def test_chinese_says_which_chinese(worker: Worker) -> None:
    reader = read(pdf_of(worker, leaflet("## 症状\n\n喉咙痛，“发烧”。\n", "zh_Hans", META | {"title": "喉咙痛"})))
    assert reader.trailer["/Root"]["/Lang"] == "zh-CN"
    assert "喉咙痛，“发烧”。" in reader.pages[0].extract_text()


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


def test_parts_in_another_language_say_so(worker: Worker) -> None:
    pdf = pdf_of(worker, leaflet("## Qué es\n\n[Drink often.]{.untranslated lang=en dir=ltr}\n", "es"))
    assert "en" in {element.get("/Lang") for tag in ("/Span", "/P") for element in elements(pdf, tag)}


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


@needs_poppler
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
