from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from web_samples import BODY, make

from pipeline.formats import epub, text, web
from pipeline.formats.linear import linear
from pipeline.formats.pandoc import Worker

Render = Callable[..., str]


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker() as running:
        yield running


@pytest.fixture
def plain(worker: Worker) -> Render:
    def render(language: str = "en", body: str = BODY, **changes: Any) -> str:
        leaflet = make(language, body, **changes)
        return text.render(leaflet, worker.read(body)).decode()

    return render


def test_text_has_every_part_in_order(plain: Render) -> None:
    made = plain()
    parts = [
        "Leaking valve\n=============",
        "Summary\n-------\n\nA valve does not close.",
        "*** Emergency ***\nCall 112 now if:\n",
        "- you faint",
        "A valve leaks. [1] See prolapse",
        "[Picture: A heart with a gap in the valve.]",
        "A leaking valve",
        "- How it starts\n  Sudden: At once\n  Slow: Over years",
        "Acute\n  Sudden.",
        "Notes\n-----\n\n1. A note.",
        "Ask your doctor.",
        "A book (https://example.org/book)",
    ]
    assert [made.index(part) for part in parts] == sorted(made.index(part) for part in parts)


def test_no_word_of_the_book_is_left_out(worker: Worker) -> None:
    leaflet = make("ar", is_draft=True)
    document = worker.read(BODY)
    book = epub.chapter(leaflet, document, "x", epub.on_the_web, web.image_addresses(leaflet)).text
    body = etree.fromstring(book.encode()).find(".//{*}main")
    for back in body.xpath(".//*[@role='doc-backlink']"):
        back.getparent().remove(back)
    words = re.findall(r"\w+", " ".join(body.itertext()))
    made = re.findall(r"\w+", " ".join(block.text for block in linear(leaflet, document)))
    assert len(words) > 80
    assert not set(words) - set(made)


def test_lines_are_72_columns_at_most(plain: Render) -> None:
    made = plain("zh_Hans", "心脏瓣膜漏血。" * 40 + "\n")
    assert max(text.width(line) for line in made.splitlines() if "http" not in line) <= 72


def test_no_line_begins_with_a_full_stop(plain: Render) -> None:
    made = plain("zh_Hans", "心脏瓣膜漏血时，" * 60 + "\n")
    assert not [line for line in made.splitlines() if line.startswith(("，", "。"))]


def test_telephone_numbers_keep_their_order_in_arabic(plain: Render) -> None:
    made = plain("ar", "اتصل 0300 222 5800 أو ٥–١٠\n")
    assert "\u20660300 222 5800\u2069" in made
    assert "\u2066\u202d٥–١٠\u202c\u2069" in made
    assert "\u2066" not in plain("en", "Call 0300 222 5800\n")


def test_a_latin_word_does_not_turn_an_arabic_line(plain: Render) -> None:
    lines = plain("ar", "MR هو\n\n- قلب\n").splitlines()
    assert "\u200fMR هو" in lines
    assert "- قلب" in lines


def test_an_untranslated_piece_says_so(plain: Render) -> None:
    made = plain("ar", "[Take it now]{.untranslated lang=en dir=ltr}\n", untranslated_segments=1)
    assert "Take it now [Not translated yet]" in made


def test_code_keeps_its_lines(plain: Render) -> None:
    assert "a\n  b" in plain(body="```\na\n  b\n```\n")


def test_a_hard_line_break_stays(plain: Render) -> None:
    assert "\none\ntwo\n" in plain(body="one\\\ntwo\n")


def test_numbered_lists_keep_their_numbers_and_nest(plain: Render) -> None:
    assert "3. a\n  - b\n4. c" in plain(body="3. a\n   - b\n4. c\n")


def test_same_bytes_twice(plain: Render) -> None:
    assert plain("ar") == plain("ar")


@given(st.text(alphabet="ab 心，（e\u0301", max_size=200), st.integers(4, 30))
def test_wrapping_loses_nothing(words: str, columns: int) -> None:
    lines = list(text.wrap(words, columns))
    assert "".join(lines).replace(" ", "") == words.replace(" ", "")


@given(st.lists(st.text(alphabet="ab", min_size=1, max_size=9), max_size=40), st.integers(10, 30))
def test_wrapped_lines_are_no_wider_than_they_may_be(words: list[str], columns: int) -> None:
    assert all(text.width(line) <= columns for line in text.wrap(" ".join(words), columns))
