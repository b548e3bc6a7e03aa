"""Lines are mended and counted, and joined to the paragraphs that they were."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.importing.blocks import make_blocks
from pipeline.importing.lines import read_lines, split_marker
from pipeline.importing.nouns import Mended
from pipeline.importing.vocabulary import words_of


def texts(page: str, words: frozenset[str] = frozenset()) -> list[str]:
    mended = Mended()
    return [block.text for block in make_blocks(read_lines(page, mended), mended, words.__contains__)]


@pytest.mark.parametrize(
    ("raw", "text", "mend"),
    [
        ("two\xa0tablets", "two tablets", "non-breaking space"),
        ("of\ufb01ce", "office", "ligature"),
        ("treat\xadment", "treatment", "soft hyphen"),
        ("\ufeffHeart", "Heart", "invisible character"),
        ("heart\x07beat", "heartbeat", "control character"),
        ("\ufedf\ufe8e", "لا", "Arabic presentation form"),
    ],
)
def test_mends(raw: str, text: str, mend: str) -> None:
    mended = Mended()
    assert [line.text for line in read_lines(raw, mended)] == [text]
    assert mend in mended.counts


def test_french_keeps_the_spaces_before_its_signs() -> None:
    assert read_lines("Pourquoi\xa0? «\xa0oui\xa0»", Mended())[0].text == "Pourquoi\xa0? «\xa0oui\xa0»"


@pytest.mark.parametrize(
    ("line", "marker", "rest"),
    [
        ("• fever", "•", "fever"),
        ("\uf0b7 fever", "\uf0b7", "fever"),
        ("-fever", "-", "fever"),
        ("*الحمى", "*", "الحمى"),
        ("1) rest", "1)", "rest"),
        ("一、病因", "一、", "病因"),
        ("٣- الراحة", "٣-", "الراحة"),
        ("2) आराम", "2)", "आराम"),
        ("-5 °C is cold", "", "-5 °C is cold"),
        ("2.5 mg a day", "", "2.5 mg a day"),
        ("−5 °C is cold", "", "−5 °C is cold"),
        ("3 tablets a day", "", "3 tablets a day"),
        ("A. Example wrote it", "", "A. Example wrote it"),
    ],
)
def test_markers(line: str, marker: str, rest: str) -> None:
    assert split_marker(line) == (marker, rest)


def test_wrapped_lines_join_and_short_lines_do_not() -> None:
    page = "Drink a glass of water every hour while you\nare awake, and rest.\n\nfever\ncough\n"
    assert texts(page) == ["Drink a glass of water every hour while you are awake, and rest.", "fever", "cough"]


def test_a_hyphen_at_the_end_of_a_line_goes_only_from_a_word() -> None:
    page = "You will see the physio-\ntherapist, and have a long-\nterm plan for the arm."
    assert texts(page, frozenset({"physiotherapist"})) == [
        "You will see the physiotherapist, and have a long-term plan for the arm."
    ]


def test_a_new_sentence_does_not_join_a_line_without_a_full_stop() -> None:
    page = "Hold the soft part of your nose for ten minutes and breathe out\n"
    page += "You should not lie down, because blood runs back.\n"
    mended = Mended()
    blocks = make_blocks(read_lines(page, mended), mended, set().__contains__, words_of("en"))
    assert len(blocks) == 2


def test_dotted_numbers_are_markers_only_where_they_count() -> None:
    page = "1.1 Signs\n\nYou cough.\n\n1.2 Help\n\n2.5 mg of it a day\n"
    assert [(line.marker, line.text) for line in read_lines(page, Mended())] == [
        ("1.1", "Signs"), ("", "You cough."), ("1.2", "Help"), ("", "2.5 mg of it a day")
    ]  # fmt: skip


def test_a_quantity_that_counts_up_stays_in_the_text() -> None:
    page = "1 tablet in the morning\n2 tablets at noon\n3 tablets at night\n"
    assert [line.text for line in read_lines(page, Mended())] == page.split("\n")[:3]


def test_a_star_before_one_line_is_a_footnote() -> None:
    page = "Take it with food.*\n\n*Not for children.\n"
    assert [line.text for line in read_lines(page, Mended())] == ["Take it with food.*", "*Not for children."]


LINE = st.text(st.sampled_from("ab AZ.,:-•1)؟你好हि\xa0\t\u200b"), max_size=30)


@given(st.lists(LINE, max_size=12))
def test_no_letter_is_lost_and_every_line_is_in_one_block(rows: list[str]) -> None:
    page = "\n".join(rows)
    mended = Mended()
    blocks = make_blocks(read_lines(page, mended), mended, set().__contains__)
    numbers = [line.number for block in blocks for line in block.lines]
    assert numbers == [n for n, row in enumerate(rows, 1) if row.replace("\u200b", "").strip(" \t\xa0")]
    markers = "".join(line.marker for block in blocks for line in block.lines)
    kept = markers + "".join(block.text for block in blocks)
    assert sorted(filter(str.isalnum, kept)) == sorted(filter(str.isalnum, page))


def test_triangles_are_bullets() -> None:
    assert split_marker("▲ the ear is red") == ("▲", "the ear is red")
