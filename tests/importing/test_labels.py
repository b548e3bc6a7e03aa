"""Pages of our own in several languages and layouts; each line begins with its label, by hand, and a bar."""

from __future__ import annotations

from pathlib import Path

import pytest
from labelling import labelled, labels

from pipeline.importing.vocabulary import detect

PAGES = sorted((Path(__file__).parent / "pages").glob("*.txt"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_line_has_the_label_that_a_person_gave_it(page: Path) -> None:
    text, wanted = labelled(page.read_text(encoding="utf-8"))
    assert labels(text) == wanted


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_language_is_found_out(page: Path) -> None:
    text, _ = labelled(page.read_text(encoding="utf-8"))
    assert detect(text) == page.stem.partition("-")[0]


def test_a_list_without_markers_ends_before_an_emergency_sentence() -> None:
    page = "Your leg after the fall\n\nRest the leg for two days. You may feel:\npain\nheat\na pulling in the calf\n"
    page += "Call an ambulance if you are short of breath.\nWalk again as soon as you can do so without pain.\n"
    got = labels(page)
    assert [got[line] for line in (4, 5, 6)] == ["list"] * 3
    assert [got[line] for line in (3, 7, 8)] == ["body"] * 3


def test_a_warning_at_the_head_of_a_page_is_kept() -> None:
    page = "Call an ambulance if:\n\nyou cannot breathe\nyour lips are blue\n\nAsthma\n\n"
    page += "Asthma makes your airways narrow and sore.\n"
    assert "boilerplate" not in labels(page).values()


@pytest.mark.parametrize(
    "sentence",
    [
        "By the evening most people can drink a little water again.",
        "Listen to your body and rest as soon as you feel tired.",
        "Share on what days you took the tablet with your nurse.",
        "Published in the ward, the times of visits change at Easter.",
        "Follow us is what the therapist says when you learn the steps.",
        "Por lo general, la fiebre baja en tres días con agua y descanso.",
        "Par exemple, marchez dix minutes après chaque repas pour commencer.",
    ],
)
def test_a_sentence_that_begins_like_furniture_is_kept(sentence: str) -> None:
    page = f"Fever\n\nFever is a rise of the heat of your body. It helps you.\n\n{sentence}\n\nIt goes in three days.\n"
    assert labels(page)[5] == "body"


def test_prose_after_a_comments_line_stays_when_no_reader_speaks() -> None:
    page = (
        "Burns\n\nHold the burn under cool water for twenty minutes. Take rings off at once.\n\n3 comments\n\n"
        "Treatment\n\nThe nurse cleans the burn and puts a dressing on it every two days.\n"
    )
    assert [labels(page)[line] for line in (5, 7, 9)] == ["boilerplate", "heading", "body"]


def test_numbers_that_count_are_markers_and_numbers_in_prose_are_not() -> None:
    page = "Steps\n\nThis is how you put the drops into your eye.\n"
    page += "1 Wash your hands\n2 Lean your head back\n3 Close the eye\n"
    page += "2 drops a day are enough for most people with dry eyes.\n"
    got = labels(page)
    assert [got[line] for line in (4, 5, 6, 7)] == ["list", "list", "list", "body"]


def test_capitals_head_lists_without_markers() -> None:
    page = (
        "Hay fever\n\nHay fever makes the nose run and the eyes itch. It comes back each spring.\n"
        "AT HOME\nclosed windows at noon\nclean floors\nno wet clothes outside\n"
        "OUTSIDE\nglasses against the sun\nno long walks at noon\nno mowing of the grass\n"
    )
    got = labels(page)
    assert got[4] == got[8] == "heading"
    assert {got[n] for n in (5, 6, 7, 9, 10, 11)} == {"list"}


def test_clauses_that_name_parts_of_an_article_are_items() -> None:
    page = (
        "Hay fever\n\nHay fever makes the nose run and the eyes itch. It comes back each spring, and goes when the "
        "grass is cut. Some people have it in the summer too, and a few have it the whole year round, at home.\n"
        "This leaflet says in plain words what you need to know, and it will explain:\n"
        "what hay fever is,\nwhat the symptoms and causes are,\nhow a diagnosis is made,\n"
        "and what the treatment can be.\nAsk your nurse if you have a question after you have read it.\n"
    )
    got = labels(page)
    assert {got[n] for n in (5, 6, 7, 8)} == {"list"}
    assert got[9] == "body"
