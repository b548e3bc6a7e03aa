"""What an editor notices of the spelling engine. Every sentence is our own."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.spelling import Misspelling, Speller

ERRORS = {"misspelling", "run-together", "split", "doubled"}


@pytest.fixture(scope="module")
def british() -> Speller:
    return Speller("en_GB")


@pytest.fixture(scope="module")
def american() -> Speller:
    return Speller("en_US")


def errors(speller: Speller, *blocks: str) -> list[Misspelling]:
    """The findings of the error tier, each checked to lie where it says."""
    page, placed, offset = "", [], 0
    for block in blocks:
        placed.append((offset, block))
        page += block + "\n\n"
        offset = len(page)
    found = speller.check(placed)
    assert all(page[item.start : item.end] == item.word for item in found)
    return [item for item in found if item.kind in ERRORS]


def only(speller: Speller, *blocks: str) -> Misspelling:
    (found,) = errors(speller, *blocks)
    return found


def test_the_page_says_what_a_slip_in_its_title_meant(british: Speller) -> None:
    found = only(british, "Aortic Vavle Repair", "A surgeon mends the valve. A mended valve opens well.")
    assert (found.kind, found.word, found.suggestions[0], found.start) == ("misspelling", "Vavle", "Valve", 7)


@pytest.mark.parametrize(
    ("sentence", "wrong", "right"),
    [
        ("We discoverd it by chance.", "discoverd", "discovered"),
        ("The docotr will call you.", "docotr", "doctor"),
        ("Take the tablets untill they are gone.", "untill", "until"),
        ("Your temprature may go up.", "temprature", "temperature"),
        ("He had neumonia last winter.", "neumonia", "pneumonia"),
        ("The medecine tastes bitter.", "medecine", "medicine"),
        ("Asprin thins the blood.", "Asprin", "Aspirin"),
        ("The nurse measures your blod pressure.", "blod", "blood"),
        ("Ask for help if your brething is hard.", "brething", "breathing"),
        ("This can hapen to anyone.", "hapen", "happen"),
        ("You may feel tierd afterwards.", "tierd", "tired"),
        ("The pain went graduelly.", "graduelly", "gradually"),
    ],
)
def test_the_right_word_comes_first(british: Speller, sentence: str, wrong: str, right: str) -> None:
    found = only(british, sentence)
    assert (found.kind, found.word) == ("misspelling", wrong)
    assert right in found.suggestions[:3]
    assert len(found.suggestions) <= 3


def test_a_clear_slip_is_sure_and_an_open_one_is_not(british: Speller) -> None:
    assert only(british, "We discoverd it by chance.").sure
    assert not only(british, "She put the waer on the table.").sure


@pytest.mark.parametrize(
    ("sentence", "wrong", "right"),
    [
        ("Follow the stepbystep guide.", "stepbystep", "step by step"),
        ("Swelling is causedby water.", "causedby", "caused by"),
        ("You canhave a drink before.", "canhave", "can have"),
        ("Wash it gentlywith soap.", "gentlywith", "gently with"),
        ("Treat infectedwounds at once.", "infectedwounds", "infected wounds"),
    ],
)
def test_words_run_together_are_set_apart(british: Speller, sentence: str, wrong: str, right: str) -> None:
    found = only(british, sentence)
    assert (found.kind, found.word, found.suggestions[0]) == ("run-together", wrong, right)


@pytest.mark.parametrize(
    ("sentence", "wrong", "right"),
    [
        ("High pressure is hyper tension to a doctor.", "hyper tension", "hypertension"),
        ("The med icine works fast.", "med icine", "medicine"),
        ("Wear your ban dage at night.", "ban dage", "bandage"),
        ("Anti biotics do not help a cold.", "Anti biotics", "Antibiotics"),
    ],
)
def test_a_word_broken_in_two_is_joined(british: Speller, sentence: str, wrong: str, right: str) -> None:
    found = only(british, sentence)
    assert (found.kind, found.word, found.suggestions[0]) == ("split", wrong, right)


@pytest.mark.parametrize(
    "sentence", ["You may be tired.", "Some times are worse.", "Care for any one child.", "Put it in to bat."]
)
def test_two_words_that_could_be_one_are_left(british: Speller, sentence: str) -> None:
    assert errors(british, sentence) == []


@pytest.mark.parametrize("gap", [" ", "   ", "\n", " \n "])
def test_a_doubled_word(british: Speller, gap: str) -> None:
    found = only(british, f"Rest the{gap}the leg today.")
    assert (found.kind, found.word, found.suggestions, found.sure) == ("doubled", f"the{gap}the", ("the",), True)


def test_a_doubled_word_keeps_its_capital(british: Speller) -> None:
    assert only(british, "The the leg rests.").suggestions == ("The",)


@pytest.mark.parametrize(
    "blocks",
    [
        ("He had had a fall.",),
        ("We know that that helps.",),
        ("Rest the leg", "leg raised on a pillow"),
        ("Stop. Stop if it hurts.",),
        ("Take one, one more later.",),
        ("Read about asthma\nAsthma is common.",),
    ],
)
def test_not_every_repetition_is_a_slip(british: Speller, blocks: tuple[str, ...]) -> None:
    assert errors(british, *blocks) == []


def test_both_variants_accept_both_spellings(british: Speller, american: Speller) -> None:
    text = "Anaemia or anemia, colour or color, haemoglobin or hemoglobin, recognise or recognize, edema or oedema."
    assert british.check([(0, text)]) == american.check([(0, text)]) == []


def test_the_variant_decides_which_spelling_is_offered(british: Speller, american: Speller) -> None:
    text = "Babies with diarhoea need fluids."
    assert only(british, text).suggestions[0] == "diarrhoea"
    assert only(american, text).suggestions[0] == "diarrhea"


def test_an_unknown_variant_is_refused() -> None:
    with pytest.raises(ValueError, match="en_ZZ"):
        Speller("en_ZZ")


@pytest.mark.parametrize(
    "text",
    [
        "HIV, COPD and GPs use ECGs; the NICE advice applies.",
        "This page carries the HONcode and cites iCasePT and McKnoll.",
        "Write to hlep@clinnic.example.org or see https://www.helath.example/pgae and www.nhss.example.",
        "Open the file heartt.gif on hospittal.org today.",
        "Say bron-KI-tis, noo-MOH-nee-uh or (DIS-nee-uh).",
        "The germ Staphylococcus aureus and the worm Strongyloides stercoralis live here.",
        "Ask about paracetamol, amlodipine, dabigatran, atorvastatin or levothyroxine.",
        "The patient’s leg, the patients’ legs, the clinic's door and Crohn’s disease.",
        "Don’t, can't, you’ll, she'd, they've and it’s are short forms.",
        "A well-known, long-term, non-smoking, follow-up, half-hourly plan.",
        "The drug fen-phen was withdrawn; so was re-infection advice.",
        "Edema, lightheadedness, regurgitation, sting, stye, vas and GORD are words.",
        "Mrs Okonkwo-Bhattacharjee saw Dr Szczepanski in Llanfairfechan.",
        "Vitamin B12, H5N1, 20mg and CO2 levels.",
    ],
)  # fmt: skip
def test_sound_writing_is_left_alone(british: Speller, american: Speller, text: str) -> None:
    assert errors(british, text) == []
    assert errors(american, text) == []


def test_a_curly_apostrophe_and_a_possessive_are_kept(british: Speller) -> None:
    assert only(british, "The docotr’s advice helps.").suggestions[0] == "doctor’s"
    assert only(british, "The docotr's advice helps.").suggestions[0] == "doctor's"


def test_one_part_of_a_hyphenated_word_is_found(british: Speller) -> None:
    found = only(british, "A long-standnig problem.")
    assert (found.word, found.start, found.suggestions[0]) == ("standnig", 7, "standing")


def test_the_case_of_the_word_is_kept(british: Speller) -> None:
    assert only(british, "Surgrey is safe.").suggestions[0] == "Surgery"


def test_a_word_with_no_close_candidate_is_for_a_person(british: Speller) -> None:
    (found,) = british.check([(0, "Some call it zorvaxiquil at home.")])
    assert (found.kind, found.sure) == ("unknown", False)


def test_a_strange_name_within_a_sentence_is_no_error(british: Speller) -> None:
    assert errors(british, "We thank Brian Haert for his help.") == []


def test_offsets_count_from_the_block(british: Speller) -> None:
    (found,) = british.check([(100, "All is well."), (250, "We discoverd it.")])
    assert (found.start, found.end) == (253, 262)


def test_several_findings_come_in_order(british: Speller) -> None:
    found = errors(british, "The the docotr discoverd it.", "It was causedby cold.")
    assert [item.kind for item in found] == ["doubled", "misspelling", "misspelling", "run-together"]
    assert [item.start for item in found] == sorted(item.start for item in found)


def test_own_words_are_right_in_any_case_and_possessive() -> None:
    text = "Plainleef helps. A plainleef's page, and PLAINLEEF."
    assert Speller("en_GB").check([(0, text)])
    assert Speller("en_GB", own_words=["Plainleef"]).check([(0, text)]) == []


def test_what_two_articles_use_is_right_and_what_one_uses_is_not() -> None:
    text = "We use a florvane after each meal."
    assert Speller("en_GB", library_words={"florvane": 1}).check([(0, text)])
    assert Speller("en_GB", library_words={"florvane": 2}).check([(0, text)]) == []


def test_a_known_misspelling_stays_one_however_often_it_is_used() -> None:
    speller = Speller("en_GB", library_words={"recieve": 40})
    assert only(speller, "You will recieve a letter.").suggestions[0] == "receive"


def test_the_library_says_which_word_was_meant() -> None:
    text = "The stnet stays in place."
    assert only(Speller("en_GB", library_words={"stent": 9}), text).suggestions[0] == "stent"


def test_an_own_word_is_offered_for_its_misspelling() -> None:
    speller = Speller("en_GB", own_words=["xelvotide"])
    (found,) = speller.check([(0, "Take xelvotdie daily.")])
    assert found.suggestions[0] == "xelvotide"


def test_an_empty_page_has_no_findings(british: Speller) -> None:
    assert british.check([]) == []
    assert british.check([(0, ""), (5, "  \n ")]) == []


SCRAPS = st.sampled_from(
    ["the", "The", "teh", "hyper", "tension", "stepbystep", "bron-KI-tis", "’s", "'", "-", "\n", "  ", "İ", "ß",
     "docotr’s", "http://x.y", "HIV", "E. coli", "Vavle", "a", "I", "médecin", "\u0301", "血"]
)  # fmt: skip
PAGES = st.lists(st.one_of(st.text(max_size=30), st.lists(SCRAPS, max_size=8).map(" ".join)), max_size=4)


@settings(max_examples=150, deadline=None)
@given(PAGES)
@example(["İSTANBUL İ ﬁ ŉ docotr docotr"])
def test_any_text_is_checked_and_every_finding_lies_in_it(british: Speller, texts: list[str]) -> None:
    page, blocks = "", []
    for text in texts:
        blocks.append((len(page), text))
        page += text + "\n"
    last = 0
    for found in british.check(blocks):
        assert last <= found.start < found.end <= len(page)
        assert page[found.start : found.end] == found.word
        assert found.kind in ERRORS | {"unknown"}
        assert len(found.suggestions) <= 3
        assert found.word not in found.suggestions
        last = found.end


def test_suggestions_do_not_depend_on_the_order_of_sets() -> None:
    """Words that are equally near have one order, whatever the seed of Python's hashes."""
    code = (
        "from pipeline.spelling.lexicon import load\n"
        "from pipeline.spelling.ranking import Ranker\n"
        "ranker = Ranker(load('en_GB'), {})\n"
        "print([ranker.nearest(word) for word in ('ars', 'el', 'wod', 'tane', 'ble')])"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in range(4)
    }
    assert len(seen) == 1
