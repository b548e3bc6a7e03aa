"""Which corrections of the source let translations stand, and which never do."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.corrections import SPELLING, TYPOGRAPHY, VARIANT, Corrections
from pipeline.model import Segment
from pipeline.spelling import Speller

SPELLER = Speller("en_GB")
ALIKE = [
    ("Your docter will help.", "Your doctor will help.", SPELLING),
    ("They recieve more oxygen.", "They receive more oxygen.", SPELLING),
    ("It is the the valve.", "It is the valve.", SPELLING),
    ("The tumor grows.", "The tumour grows.", VARIANT),
    ("Organise your medicines.", "Organize your medicines.", VARIANT),
    ('Say "no" to it.', "Say “no” to it.", TYPOGRAPHY),
    ("Don't  wait...", "Don’t wait…", TYPOGRAPHY),
    ("Rest for 5-7 days.", "Rest for 5–7 days.", TYPOGRAPHY),
    ("Rest for 5 days.", "Rest for 5\u00a0days.", TYPOGRAPHY),
]
NOT_ALIKE = [
    ("Take 5 mg.", "Take 6 mg."),
    ("You have hypotension.", "You have hypertension."),
    ("You can now drive.", "You can not drive."),
    ("Do nto drive.", "Do not drive."),
    ("Take 2 tabelts.", "Take 2 tablets."),
    ("Take it befor meals.", "Take it after meals."),
    ("See [our page](http://x.example/color).", "See [our page](http://x.example/colour)."),
    ("Use `color`.", "Use `colour`."),
    ("The valve is left.", "The valve is right."),
    ("You are unwell.", "You are well."),
    ("**Stop** now.", "Stop now."),
    ("One line\\\nand another", "One line and another"),
]


def judge(named: bool = False, language: str = "en") -> Corrections:
    return Corrections(language, lambda: SPELLER, lambda _segment: named)


def segment(text: str, *trail: str) -> Segment:
    return Segment("paragraph", text, 0, 0, 1, 1, trail)


@pytest.mark.parametrize(("old", "new", "why"), ALIKE)
def test_a_correction_is_told_by_its_kind_in_either_direction(old: str, new: str, why: str) -> None:
    assert judge().why(old, segment(new), "x") == why
    assert judge().why(new, segment(old), "x") == why


@pytest.mark.parametrize(("old", "new"), NOT_ALIKE)
def test_what_may_change_the_meaning_is_no_correction(old: str, new: str) -> None:
    assert judge().why(old, segment(new), "x") == ""


def test_a_slip_that_the_translation_repeats_must_be_put_right_there_too() -> None:
    old, new = "Take Warfrin daily.", "Take Warfarin daily."
    assert judge().why(old, segment(new), "Tome el anticoagulante.") == SPELLING
    assert judge().why(old, segment(new), "Tome Warfrin a diario.") == ""


def test_the_emergency_card_is_kept_only_when_a_person_says_so() -> None:
    old, now = "your docter is away", segment("your doctor is away", "Call {{emergency_number}} now if:")
    assert judge().why(old, now, "x") == ""
    assert judge(named=True).why(old, now, "x") == "by --keep"


def test_a_person_can_keep_another_turn_of_phrase_but_no_grave_change() -> None:
    judged = judge(named=True)
    turned = segment("Coughing clears your airways.")
    assert judged.why("A cough clears your airways.", turned, "x") == "by --keep"
    assert judged.refusal(turned) == ""
    now = segment("Take 6 mg.")
    assert judged.why("Take 5 mg.", now, "x") == ""
    assert judged.refusal(now) == "a number or its unit has changed"


def test_spelling_is_judged_in_english_only() -> None:
    assert judge(language="es").why("Die the docter", segment("Die the doctor"), "x") == ""
    assert judge(language="es").why('"a"', segment("“a”"), "x") == TYPOGRAPHY


@settings(deadline=None)  # The first example loads the dictionary.
@given(
    st.integers(0, 10**6), st.integers(0, 10**6), st.sampled_from(["{} mg", "level {}", "A{}", "page {}-{}", "x{}y"])
)
def test_another_figure_is_never_a_correction(one: int, other: int, form: str) -> None:
    old, new = form.format(one, one), form.format(other, other)
    assert bool(judge().why(f"The docter says {old}.", segment(f"The doctor says {new}."), "x")) == (one == other)
