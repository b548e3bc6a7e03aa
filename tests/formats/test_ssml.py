from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from lxml import etree
from web_samples import BODY, META, make

from pipeline.formats import ssml
from pipeline.formats.linear import linear
from pipeline.formats.pandoc import Worker

S = {"s": "http://www.w3.org/2001/10/synthesis"}
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
Render = Callable[..., Any]


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker() as running:
        yield running


@pytest.fixture
def speech(worker: Worker) -> Render:
    def render(language: str = "en", body: str = BODY, **changes: Any) -> Any:
        leaflet = make(language, body, **changes)
        return etree.fromstring(ssml.render(leaflet, worker.read(body)))

    return render


def said(tree: Any, kind: str) -> list[str]:
    found: list[str] = tree.xpath(f"//s:say-as[@interpret-as='{kind}']/text()", namespaces=S)
    return found


def test_speech_is_in_its_language_and_version(speech: Render) -> None:
    tree = speech("zh_Hans")
    assert (tree.tag, tree.get("version"), tree.get(XML_LANG)) == (f"{{{S['s']}}}speak", "1.1", "zh-Hans")


def test_each_sentence_is_one(speech: Render) -> None:
    tree = speech(body="It leaks. It hurts!\n")
    [paragraph] = [p for p in tree.iterfind(".//s:p", S) if "hurts" in "".join(p.itertext())]
    assert ["".join(s.itertext()) for s in paragraph.iterfind("s:s", S)] == ["It leaks.", "It hurts!"]


def test_no_word_is_lost(worker: Worker) -> None:
    leaflet = make("ar", is_draft=True)
    document = worker.read(BODY)
    tree = etree.fromstring(ssml.render(leaflet, document))
    spoken = "".join("".join(tree.itertext()).split())
    for block in linear(leaflet, document):
        words = "".join("".join(run.text for run in block.runs if run.language).split())
        assert words in spoken


def test_telephone_numbers_dates_and_numbers_are_told(speech: Render) -> None:
    body = "Call 112 or 0300 222 5800 or +44 20 7946 0000. Since 2026-03-01 and 2025: 4 valves, 2.5 mg, 5-10 days.\n"
    tree = speech(body=body)
    assert {"112", "0300 222 5800", "+44 20 7946 0000"} <= set(said(tree, "telephone"))
    assert "2026-03-01" in said(tree, "date")
    assert set(said(tree, "cardinal")) & {"4", "2", "5", "10", "2025"} == {"4"}


def test_the_emergency_number_of_the_article_is_a_telephone_number(speech: Render) -> None:
    source = replace(make().source, meta={**META, "emergency_number": "999"})
    assert said(speech(body="Call 999 now. It has 1,999 parts.\n", source=source), "telephone") == ["999"]


def test_english_in_arabic_is_spoken_in_english(speech: Render) -> None:
    tree = speech("ar", "[Take it now]{.untranslated lang=en dir=ltr}\n", untranslated_segments=1)
    english = [e for e in tree.iterfind(".//s:lang", S) if e.get(XML_LANG) == "en"]
    assert "Take it now" in ["".join(e.itertext()) for e in english]


def test_steps_are_counted_aloud_and_addresses_are_not_read(speech: Render) -> None:
    tree = speech(body="1. Sit. [More](https://example.org/a)\n2. Rest.\n")
    assert said(tree, "ordinal") == ["1", "2"]
    assert "http" not in "".join(tree.itertext())


def test_headings_have_a_pause(speech: Render) -> None:
    heading = next(p for p in speech().iterfind("s:p", S) if "".join(p.itertext()) == "What it is")
    assert heading.getprevious().get("strength") == "x-strong"


def test_markup_in_a_title_is_text(speech: Render) -> None:
    assert "a < b & c" in "".join(speech(meta={"title": "a < b & c"}).itertext())
