"""The detector of confused words finds what a reader would, leaves sound text alone, and points at the right place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.confusions import Detector

DETECTOR = Detector("en_GB")


def found(text: str, detector: Detector = DETECTOR) -> list[tuple[str, str]]:
    return [(item.word, item.suggestions[0]) for item in detector.check([(0, text)])]


@pytest.mark.parametrize(
    ("text", "word", "right"),
    [
        ("Cancer of the prostrate gland is common.", "prostrate", "prostate"),
        ("Irritable bowl syndrome", "bowl", "bowel"),
        ("It helps you loose weight.", "loose", "lose"),
        ("She has shortness of breathe.", "breathe", "breath"),
        ("Side affects are rare.", "affects", "effects"),
        ("The mucus membranes swell.", "mucus", "mucous"),
        ("Seek medical advise.", "advise", "advice"),
        ("Blood flows threw the vain in your arm.", "threw", "through"),
        ("It can spread form person to person.", "form", "from"),
        ("PROSTRATE cancer", "", ""),
    ],
)
def test_what_was_meant_is_named(text: str, word: str, right: str) -> None:
    assert ((word, right) in found(text)) if word else not found(text)


def test_a_letter_that_grows_in_lower_case_moves_no_offset() -> None:
    assert found("İİ helps you loose weight.") == [("loose", "lose")]


def test_american_english_has_one_practice() -> None:
    text = "You should practice safe sex."
    assert found(text) == [("practice", "practise")]
    assert found(text, Detector("en_US")) == []


def test_curly_apostrophes_and_offsets_of_blocks() -> None:
    first, second = "Good heading", "A rash on they’re head."
    (item,) = DETECTOR.check([(5, first), (40, second)])
    assert (item.start, item.end, item.word) == (50, 57, "they’re")
    assert item.suggestions == ("their",)


@pytest.mark.parametrize("text", ["Mr Heel will see you.", "well-heeled", "www.example.org/loose/weight", "", "’ ‘ 5"])
def test_names_addresses_and_compounds_are_left_alone(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text", ["An infection of the lining.", "Some people have no clear cause.", "It has too few cells."]
)
def test_grammar_words_alone_are_no_evidence(text: str) -> None:
    assert found(text) == []


@given(st.lists(st.text(max_size=60), max_size=4))
def test_any_text_is_read_and_findings_point_at_their_words(texts: list[str]) -> None:
    joined = "".join(texts)
    offsets = [len("".join(texts[:i])) for i in range(len(texts))]
    for item in DETECTOR.check(list(zip(offsets, texts, strict=True))):
        assert joined[item.start : item.end] == item.word


WORDS = st.sampled_from(
    "loose weight the prostrate gland of heel does dose to bowl movement | - , İ ’ 5 they’re head".split()
)


@given(st.lists(WORDS, max_size=12).map(" ".join))
def test_a_finding_never_suggests_the_word_itself(text: str) -> None:
    for item in DETECTOR.check([(0, text)]):
        assert text[item.start : item.end] == item.word
        assert item.word.lower() not in item.suggestions


@pytest.mark.parametrize(
    ("blocks", "word", "right"),
    [
        (["Take off your make-up before bad."], "bad", "bed"),
        (["It is a pubic health problem."], "pubic", "public"),
        (["Cancel therapy helps."], "Cancel", "Cancer"),
    ],
)
def test_neighbours_that_no_rule_names_tell_what_was_meant(blocks: list[str], word: str, right: str) -> None:
    assert found("\n\n".join(blocks)) == [(word, right)]


def test_what_the_page_has_beside_the_same_neighbour_counts() -> None:
    page = ["Snails leave sticky slime.", "Sticky slime harms you.", "Sticky slime dries. Slime is wet."]
    assert not found("Sticky slim is wet.")
    told = DETECTOR.check([(100 * n, text) for n, text in enumerate([*page, "Wash off the sticky slim."])])
    assert [(item.word, item.suggestions[0]) for item in told] == [("slim", "slime")]


@pytest.mark.parametrize(
    "text",
    [
        "Eat wholegrain bread, pasta and cereal.",
        "He has abnormal clotting and bloody froth.",
        "Bad weather came before bad news.",
        "Practise each day with a doctor's practice nurse.",
        "The new valve may leak. A common symptom is pain.",
    ],
)
def test_words_at_home_in_health_writing_are_left_alone(text: str) -> None:
    assert not found(text)
