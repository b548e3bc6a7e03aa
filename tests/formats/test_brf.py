from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from web_samples import BODY, make

from pipeline.formats import Unavailable, brf, louis
from pipeline.formats.pandoc import Worker

Render = Callable[..., str]
needs_louis = pytest.mark.skipif(
    shutil.which("lou_translate") is None, reason="no liblouis on this machine: braille is not tried"
)


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker() as running:
        yield running


@pytest.fixture
def cells(worker: Worker) -> Render:
    def render(language: str = "en", body: str = BODY, **changes: Any) -> str:
        leaflet = make(language, body, **changes)
        return brf.render(leaflet, worker.read(body)).decode("ascii")

    return render


@needs_louis
def test_a_page_has_25_lines_of_40_cells(cells: Render) -> None:
    pages = cells(body="A valve leaks and some blood flows back into the heart. " * 60 + "\n").split("\f")
    assert pages.pop() == ""
    assert len(pages) > 2
    assert all(len(page.splitlines()) <= 25 for page in pages)
    assert all(len(line) <= 40 for page in pages for line in page.splitlines())


@needs_louis
def test_it_says_that_it_is_a_draft(cells: Render) -> None:
    assert cells().splitlines()[0].startswith(",BRAILLE DRAFT3")


@needs_louis
def test_text_and_figures_are_written_in_braille(cells: Render) -> None:
    made = cells(body="## Take 5 tablets\n\n- one\n").replace("\r", "")
    assert ",TAKE #E TABLETS" in made
    assert "\n- ONE" in made


@needs_louis
def test_latin_letters_in_urdu_are_written_as_english(cells: Render) -> None:
    assert "WARFARIN" in cells("ur", "دوا warfarin 5\n")


@needs_louis
@pytest.mark.parametrize("language", ["ar", "bn", "es", "fr", "hi", "pt_BR", "ru", "uk", "ur", "vi", "zh_Hans"])
def test_every_language_with_a_table_has_its_braille(cells: Render, language: str) -> None:
    assert cells(language)


@needs_louis
def test_what_no_table_has_is_told_and_not_left_out(cells: Render) -> None:
    with pytest.raises(Unavailable, match="心"):
        cells("en", "心\n")


@needs_louis
def test_a_letter_with_a_nukta_is_one(cells: Render) -> None:
    assert cells("bn", "\u09af\u09bc\n")


def test_a_language_without_a_table_is_told(cells: Render) -> None:
    with pytest.raises(Unavailable, match="Somali"):
        cells("so")


def test_a_machine_without_liblouis_is_told(cells: Render, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    louis._translator.cache_clear()
    louis.braille.cache_clear()
    with pytest.raises(Unavailable, match="liblouis-bin"):
        cells()


@needs_louis
def test_same_bytes_twice(cells: Render) -> None:
    assert cells("ar") == cells("ar")
