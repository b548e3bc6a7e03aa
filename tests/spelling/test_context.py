"""What the page, the words beside it and the kind of word do for an unknown word. Every sentence is our own."""

from __future__ import annotations

import pytest

from pipeline.spelling import Misspelling, Speller


@pytest.fixture(scope="module")
def british() -> Speller:
    return Speller("en_GB")


def errors(speller: Speller, *blocks: str) -> list[Misspelling]:
    """The findings of the error tier."""
    placed = [(1000 * number, block) for number, block in enumerate(blocks)]
    return [item for item in speller.check(placed) if item.kind != "unknown"]


def only(speller: Speller, *blocks: str) -> Misspelling:
    (found,) = errors(speller, *blocks)
    return found


def test_a_misspelling_that_stands_twice_is_not_offered(british: Speller) -> None:
    found = errors(british, "The valve, the valve and the valve. Vavles leak.", "A vavle leaks.", "See the vavle.")
    assert [item.suggestions[0] for item in found] == ["Valves", "valve", "valve"]


def test_a_strange_word_of_the_page_is_offered_for_its_slip(british: Speller) -> None:
    found = british.check([(0, "Take zorvaxiquil at once. More zorvaxiquil tomorrow. No zorvaxiqil at night.")])
    assert found[-1].suggestions[0] == "zorvaxiquil"


@pytest.mark.parametrize(("wrong", "unfit"), [("feverr", "fiverr"), ("vhit", "shit")])
def test_noise_is_not_offered(british: Speller, wrong: str, unfit: str) -> None:
    assert unfit not in only(british, f"It is {wrong} today.").suggestions


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("The nurse takes your blud pressure.", "blood"),
        ("Wash your heands well.", "hands"),
        ("Play whith your child.", "with"),
    ],
)
def test_the_words_beside_it_say_what_was_meant(british: Speller, sentence: str, right: str) -> None:
    assert only(british, sentence).suggestions[0] == right


@pytest.mark.parametrize(
    ("sentence", "wrong", "right"),
    [
        ("Ask why GPsdon't ring.", "GPsdon't", "GPs don't"),
        ("People withHIV live long.", "withHIV", "with HIV"),
        ("It came fromAfrica in a ship.", "fromAfrica", "from Africa"),
    ],
)
def test_an_acronym_run_into_a_word_is_set_apart(british: Speller, sentence: str, wrong: str, right: str) -> None:
    found = only(british, sentence)
    assert (found.kind, found.word, found.suggestions, found.sure) == ("run-together", wrong, (right,), False)


@pytest.mark.parametrize("word", ["teatowel", "lungworm", "handwashing", "multinucleated", "vasodilatory"])
def test_a_compound_that_no_list_has_is_no_error(british: Speller, word: str) -> None:
    assert errors(british, f"We saw the {word} again.") == []


@pytest.mark.parametrize("wrong", ["bitween", "remining", "desinged"])
def test_a_prefix_is_no_excuse_for_a_slip_of_a_common_word(british: Speller, wrong: str) -> None:
    assert only(british, f"It stays {wrong} them.").word == wrong


def test_a_name_is_asked_about_neither_within_a_sentence_nor_at_its_start(british: Speller) -> None:
    assert british.check([(0, "Boni and Zhang met Mrs Rodkey. Rodkey left.")]) == []


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("It is called molluscum dcontagiosum.", "contagiosum"),
        ("Zinc gluconatew helps.", "gluconate"),
        ("A test for virus-relatd illness.", "related"),
        ("See the American College of Rediology today.", "Radiology"),
        ("These are nanlethel germs.", "nonlethal"),
    ],
)
def test_a_slip_in_a_rare_or_joined_word_is_an_error(british: Speller, sentence: str, right: str) -> None:
    assert right in only(british, sentence).suggestions


@pytest.mark.parametrize(
    "sentence", ["Ask Ignaz about the pneumocyte.", "It is cytopathic to cells.", "The Wudhu tap is here."]
)
def test_another_ending_or_a_name_is_no_slip(british: Speller, sentence: str) -> None:
    assert not errors(british, sentence)


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("It is bad forunder-privileged learners.", "for under"),
        ("Watch the videoannouncement again.", "video announcement"),
        ("Estrogen-onlyhormone therapy.", "only hormone"),
    ],
)
def test_words_run_together_beside_a_hyphen(british: Speller, sentence: str, right: str) -> None:
    assert only(british, sentence).suggestions[0] == right


@pytest.mark.parametrize(
    "sentence",
    [
        "Swab it at home by self self-swabbing.",
        "Make sure that that every tap is shut.",
        "Tests that that examine blood.",
    ],
)
def test_a_word_doubled_before_a_hyphen_and_two_thats_of_one_kind(british: Speller, sentence: str) -> None:
    assert only(british, sentence).kind == "doubled"


@pytest.mark.parametrize(
    "sentence", ["He knows that that valve is fine.", "She says that that is so.", "Long, long-term care."]
)
def test_that_that_and_hyphens_may_be_right(british: Speller, sentence: str) -> None:
    assert not errors(british, sentence)
