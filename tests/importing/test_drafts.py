"""What a draft holds: text as it stood, front matter that an editor can trust, and a finding for what is open."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline import front_matter
from pipeline.formats.pandoc import Worker
from pipeline.importing.draft import Draft, make_draft
from pipeline.segments import extract

DATE = "2026-03-01"
PAGES = sorted((Path(__file__).parent / "pages").glob("*.txt"))


def draft(folder: Path, text: str, name: str = "page.txt") -> Draft:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return make_draft(path, DATE)


def body(made: Draft) -> str:
    return made.text[front_matter.parse(made.text).body_start :].strip()


def names(made: Draft) -> list[str]:
    return [item.name for item in made.unsettled]


LINE = st.text(st.sampled_from("abc DE.,:?*_`[]()<>#|~^{}\\&-+=1234•é你हि\xa0!"), max_size=40)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(LINE, min_size=1, max_size=14))
def test_every_letter_and_figure_is_in_the_draft_or_in_the_report(tmp_path: Path, rows: list[str]) -> None:
    text = "\n".join(["Alpha beta", *rows])
    made = draft(tmp_path, text)
    told = "".join(item.text for item in made.dropped)
    kept = made.title + body(made) + told
    for character in set(filter(str.isalnum, text)):
        assert kept.count(character) >= text.count(character), (character, made.text, made.dropped)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.sampled_from("ab c*_`[](){}<>#|~^\\&;:!1.-+=$@'\""), min_size=1, max_size=60))
def test_text_that_looks_like_markup_is_shown_as_it_stands(tmp_path: Path, text: str) -> None:
    line = " ".join(f"Aa {text} and so it goes on until the end.".split())
    made = draft(tmp_path, f"Title of it\n\n{line}\n")
    with Worker() as worker:
        document = worker.read(body(made))
        shown = document.write("html", document.blocks()).decode()
    assert " ".join(html.unescape(re.sub(r"<[^>]*>", "", shown)).split()) == line


def test_the_same_page_and_date_give_the_same_bytes(tmp_path: Path) -> None:
    assert draft(tmp_path, PAGES[0].read_text("utf-8")).text == draft(tmp_path, PAGES[0].read_text("utf-8")).text


def test_what_the_page_says_of_itself_is_unverified(tmp_path: Path) -> None:
    page = "Croup\n\nWritten by: Example Author\nLast updated: 2 May 2025\nImage: a child asleep\n\n"
    made = draft(
        tmp_path, page + "Croup is a cough that sounds like a bark. It comes at night and frightens parents.\n"
    )
    data = front_matter.parse(made.text).data
    assert data["title"] == "Croup"
    assert data["authors"] == [{"name": "Example Author", "role": "Written by (as the page says; unverified)"}]
    assert data["provenance"]["unverified_dates"] == ["Last updated: 2 May 2025"]
    assert data["media"] == [{"type": "lost", "note": "Image: a child asleep"}]
    assert data["publishable"] is False and len(data["review"]) >= 2
    assert "reviewers" not in data and "published" not in data and "last_reviewed" not in data


def test_an_emergency_sentence_becomes_a_card_of_its_own(tmp_path: Path) -> None:
    page = (
        "Stroke\n\nA stroke cuts off the blood in the brain. The signs are:\n\n- a face that droops\n- slurred speech\n"
    )
    made = draft(tmp_path, page + "Call an ambulance at once if you see one of them.\n")
    assert "- slurred speech\n\n::: {.emergency}\nCall an ambulance at once if you see one of them.\n:::" in body(made)
    assert [segment.kind for segment in extract(made.text)][-1] == "paragraph"


def test_numbers_of_a_list_are_those_of_the_page(tmp_path: Path) -> None:
    page = "Drops\n\nThis is how you put in the drops. Do it twice a day.\n\n2. Lean back\n3. Pull the lid down\n\n"
    page += "What then?\n\nThese are the steps that you go on with after that.\n\n1. Wait\n3. Wipe\n"
    text = body(draft(tmp_path, page))
    assert "2. Lean back\n3. Pull the lid down" in text and "- 1\\. Wait\n- 3\\. Wipe" in text


def test_the_name_of_a_picture_goes_from_a_sentence_and_is_told(tmp_path: Path) -> None:
    made = draft(tmp_path, "Ear\n\nThe drum is a thin skin ear2.gif (membrane) that moves when sound comes in.\n")
    assert "thin skin (membrane) that" in body(made)
    assert "lost-picture" in names(made) and "ear2.gif" in [item.text for item in made.dropped]


PROSE = (
    "The ear has three parts, and each of them can hurt. Most pain goes by itself in two days. See a nurse if not.\n"
)


@pytest.mark.parametrize(
    ("page", "name"),
    [
        (f"ear\n\n{PROSE}", "lost-beginning"),
        (f"The ear\n\n{PROSE}\nOther pain comes from the teeth or from the joint just before the", "cut-off-end"),
        (f"{PROSE}\n{PROSE.replace('ear', 'nose')}", "no-title"),
        (f"The ear\n\n{PROSE}\nHow to rest the ear...\n", "cut-off-end"),
        (f"The ear\n\nLast updated: 1 May 2019\n\n{PROSE}", "out-of-date"),
        (f"The ear\n\n{PROSE}\n{PROSE.replace('two', 'three')}", "said-twice"),
        (f"The ear\n\n{PROSE * 2}\n{PROSE}More of it stands on this website.\n", "speaks-of-the-site"),
        (f"The ear\n\n{PROSE}\nA caf\ufffd is no place for a sore ear, because noise hurts it.\n", "lost-character"),
    ],
)  # fmt: skip
def test_what_cannot_be_settled_is_told(tmp_path: Path, page: str, name: str) -> None:
    assert name in names(draft(tmp_path, page))


def test_a_title_of_another_page_is_told(tmp_path: Path) -> None:
    prose = "\n\n".join(
        f"The {part} hurts when you bend {where}. Rest and warmth help most people within a few weeks of {what}."
        for part, where, what in (
            ("knee", "down", "calm walking"),
            ("ankle", "forward", "gentle cycling"),
            ("hip", "sideways", "easy swimming"),
            ("elbow", "upward", "slow stretching"),
            ("wrist", "backward", "light kneading"),
        )
    )
    assert "title-does-not-fit" in names(draft(tmp_path, f"Migraine\n\n{prose}\n"))
    assert "title-does-not-fit" not in names(draft(tmp_path, f"Sore ankle and hip\n\n{prose}\n"))


def test_professional_text_is_told(tmp_path: Path) -> None:
    page = "Mitral regurgitation\n\nThe aetiology comprises idiopathic and ischaemic disease. Auscultation yields a "
    page += "holosystolic murmur. Contraindications to surgery include severe comorbidity, with raised mortality.\n"
    assert "professional-text" in names(draft(tmp_path, page))


@pytest.mark.parametrize(
    ("title", "stem", "name"),
    [
        ("Fièvre et toux", "a", "fievre-et-toux"),
        ("哮喘", "page7", "page7"),
        ("ارتفاع الضغط", "سؤال", "article"),
        ("Hen suyễn: đau", "x", "hen-suyen-dau"),
    ],
)
def test_a_drafts_name_is_in_latin_letters(tmp_path: Path, title: str, stem: str, name: str) -> None:
    made = draft(
        tmp_path,
        f"{title}\n\n{title} {title} {title} {title} {title} {title} {title} {title}. {title}.\n",
        f"{stem}.txt",
    )
    assert made.name == name
