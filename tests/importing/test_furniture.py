"""Furniture of pages: what is dropped, and as what kind, with pages of our own."""

from __future__ import annotations

import pytest
from labelling import labels

TITLE = "Ear pain\n\n"
PROSE = "Ear pain is a pain in one ear or in both of them. Most ear pain goes by itself in three days.\n\n"
MORE = "\n\nA nurse can look into the ear, and tell what the ear pain comes from.\n"


@pytest.mark.parametrize(
    "line",
    [
        "Tel. 01234 567 890",
        "12 Example Street, open all day",
        "Dr. Anna Example",
        "Anna Example, Boris Example, Carla Example",
        "A.B. Example, C.D. Example, Example University",
        "added here March 3 2019",
        "3.9 out of 5",
        "PDF 2.1 MB",
        "ear-pain-in-small-children",
        "pages: 31-34",
        "Example Clinic logo",
    ],
)
def test_what_stands_between_title_and_text_is_dropped(line: str) -> None:
    assert labels(f"{TITLE}{line}\n\n{PROSE}")[3] == "boilerplate"


@pytest.mark.parametrize(
    "lines",
    [
        ["ear pain in a child"],
        ["Figure 2"],
        ["A child that holds its ear at home - Photo: Example Agency"],
        ["A nurse looks into the ear of a child", "A nurse looks into the ear of a child"],
        ["Fig. 2-1 The ear from within"],
        ["A child holds its ear in the evening. (Example Agency/Shutterstock)"],
        ["A child holds its ear in the evening. Photo: Example Agency."],
        ["ear-pain-in-a-small-child"],
        ["![An ear](https://example.org/ear.png?size=2)"],
    ],
)
def test_captions_are_dropped(lines: list[str]) -> None:
    page = TITLE + PROSE + "\n".join(lines) + "\n\nTreatment\n\nWarmth helps against ear pain, and so does rest.\n"
    got = labels(page)
    assert {got[5 + n] for n in range(len(lines))} == {"boilerplate"}


def test_a_fact_box_is_dropped_and_the_title_above_it_stays() -> None:
    page = "Ear pain\nEar pain\nSpecialty Ears and noses\nICD-10 H92.0\nMedlinePlus 003046\n\n" + PROSE
    got = labels(page)
    assert [got[line] for line in (1, 3, 4, 5)] == ["heading", "boilerplate", "boilerplate", "boilerplate"]


def test_teasers_below_the_end_are_dropped() -> None:
    page = TITLE + PROSE + "Earwax may be taken out with two drops of oil each...\n"
    page += "A cold often goes to the ears of small children, because...\n"
    got = labels(page)
    assert got[5] == got[6] == "boilerplate"


def test_names_of_the_site_above_the_title_are_dropped() -> None:
    page = "Example Clinic\n\nYoung patients\n\nMeasles in small children\n\n"
    page += "Measles is an illness of small children. It begins with fever and a cough.\n"
    got = labels(page)
    assert [got[line] for line in (1, 3, 5)] == ["boilerplate", "boilerplate", "heading"]


def test_names_under_a_line_that_announces_authors_are_dropped() -> None:
    page = (
        "Ear pain in children\n\nAuthors:\nAnna Example, nurse, Example Town\nBoris Example, doctor, Example Town\n\n"
    )
    got = labels(page + PROSE)
    assert got[3] == got[4] == got[5] == "boilerplate"


def test_a_page_folded_to_narrow_columns_is_joined() -> None:
    page = "Ear pain\n\nThe pain often comes in the\nnight. It may spread to a\ntooth, and to the\njaw of the\n"
    page += "same side. Warmth\nhelps against the\npain.\n"
    got = labels(page)
    assert {got[line] for line in range(3, 10)} == {"body"}


def test_lines_that_end_with_semicolons_are_a_list() -> None:
    got = labels(f"{TITLE}{PROSE}a dull ear;\na ringing that comes and goes;\nan itch.{MORE}")
    assert [got[line] for line in (5, 6, 7)] == ["list"] * 3


def test_short_sentences_under_a_heading_are_a_list() -> None:
    page = f"{TITLE}{PROSE}Signs\nDull ear.\nRinging that comes and goes.\nItch inside.\nFever at night.{MORE}"
    got = labels(page)
    assert [got[line] for line in (6, 7, 8, 9)] == ["list"] * 4


def test_underlined_lines_and_roman_numbers_are_headings() -> None:
    page = "I. The ear\n=========\nThe ear has three parts, and each of them can hurt.\n\n"
    page += "II. The pain\n==========\nThe pain comes at night, and goes in the morning.\n"
    got = labels(page)
    assert got[1] == got[5] == "heading"


def test_numbers_with_a_dash_are_markers_and_a_five_day_course_is_not() -> None:
    page = f"{TITLE}{PROSE}1- Warm the drops\n2- Lie on your side\n3- Wait for five minutes{MORE}"
    got = labels(page)
    assert [got[line] for line in (5, 6, 7)] == ["list"] * 3
    assert labels(f"{TITLE}{PROSE}5-day courses of drops help most people with ear pain.{MORE}")[5] == "body"


def test_a_footnote_with_a_star_is_no_item() -> None:
    page = "Asthma\n\n• Asthma is chronic* in most people.\n• It can be treated.\n\n"
    page += "* Chronic means that it stays for years.\n"
    assert labels(page)[6] == "body"


def test_a_name_of_the_site_that_only_its_rights_speak_of_is_not_the_title() -> None:
    page = "Skip to content\nGreen Example Hospital\nFind a Doctor\nLocations\nCareers\n\nEarache\n\n"
    page += "Medically reviewed by Jane Example, MD\n\nEarache is a pain in the ear. It goes away in three days.\n\n"
    got = labels(page + "© 2024 Green Example Hospital. All rights reserved.\n")
    assert (got[2], got[7]) == ("boilerplate", "heading")


def test_a_title_said_twice_is_kept_once() -> None:
    title = "How to help a child that has pain in its ear"
    got = labels(f"{title}\n\n{title}\n\n{PROSE}")
    assert (got[1], got[3]) == ("heading", "boilerplate")


def test_the_title_cut_off_below_the_text_is_dropped() -> None:
    title = "How to help a child that has pain in its ear"
    got = labels(f"{title}\n\n{PROSE}{PROSE}How to help a child that has")
    assert got[max(got)] == "boilerplate"


def test_what_stands_below_a_label_of_the_site_is_dropped() -> None:
    got = labels(f"{TITLE}Tags:\n\nears - children - winter\n\n{PROSE}")
    assert got[3] == got[5] == "boilerplate"


def test_a_name_above_a_post_is_dropped() -> None:
    prose = "耳痛在儿童中很常见,大多数几天内会自行好转。注意休息,多喝水,可以用温毛巾敷一敷耳朵。"
    got = labels(f"张某\n主任医师\n某某市人民医院\n{prose}\n{prose}\n", "zh")
    assert [got[n] for n in (1, 2, 3, 4)] == ["boilerplate", "boilerplate", "boilerplate", "body"]


@pytest.mark.parametrize(
    "line",
    ["Words: 1,204", "comment 3 comments", "Просмотрено: 204 Скачано: 12", "author-image", "Partager un article"],
)
def test_counters_and_names_of_buttons_are_dropped(line: str) -> None:
    assert labels(f"{TITLE}{line}\n\n{PROSE}")[3] == "boilerplate"
