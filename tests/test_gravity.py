"""Which changes of the source make an old translation dangerous."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.gravity import REASONS, grave_change

GRAVE = [
    ("Take 5 mg.", "Take 5 g.", "number"),
    ("Take 1 tablet a day.", "Take 2 tablets a day.", "number"),
    ("Take 2 tablets every 6 hours.", "Take 6 tablets every 2 hours.", "number"),
    ("10 mg of this and 5 mg of that", "5 mg of this and 10 mg of that", "number"),
    ("Wash once a day.", "Wash once a week.", "number"),
    ("Call 555 0100.", "Call 555 0101.", "number"),
    ("Take two tablets.", "Take three tablets.", "word"),
    ("Take it once.", "Take it twice.", "word"),
    ("You may drive.", "You may not drive.", "negation"),
    ("Do not drink. Drive home.", "Drink. Do not drive home.", "negation"),
    ("Take it unless you feel sick.", "Take it if you feel sick.", "negation"),
    ("Avoid alcohol.", "Drink alcohol.", "negation"),
    ("It is only a cold.", "It is not only a cold.", "negation"),
    ("For children under 5.", "For children over 5.", "limit"),
    ("Rest for at least 2 days.", "Rest for up to 2 days.", "limit"),
    ("Take it before meals.", "Take it after meals.", "opposite"),
    ("Stop your tablets.", "Start your tablets.", "opposite"),
    ("A before B and C after D", "A after B and C before D", "opposite"),
    ("Call {{emergency_number}} now.", "Call {{emergency_number}} straight away.", "emergency"),
    ("", "Take it.", "unknown"),
]
HARMLESS = [
    ("You may drive a car.", "You may drive a big car."),
    ("Rest, and drink.", "Rest and drink."),
    ("You cannot drive.", "You can't drive."),
    ("Take 1,000 mg.", "Take 1000 mg."),
    ("Swelling of the feet", "Swollen feet"),
    ("Lift your arm over your head.", "Lift your arm above your head."),
    ("Ask your nurse.", "Ask your nurse before you go."),
]


@pytest.mark.parametrize(("old", "new", "kind"), GRAVE)
def test_a_grave_change_is_told_with_its_kind(old: str, new: str, kind: str) -> None:
    assert grave_change(old, new, "en") == REASONS[kind]


@pytest.mark.parametrize(("old", "new"), HARMLESS)
def test_another_turn_of_phrase_is_not_grave(old: str, new: str) -> None:
    assert grave_change(old, new, "en") == ""


def test_all_under_the_heading_of_the_emergency_card_is_grave() -> None:
    trail = ("Call {{emergency_number}} now if you have:",)
    assert grave_change("pain in the chest", "chest pain", "en", trail) == REASONS["emergency"]
    assert grave_change("chest pain", "chest pain", "en", trail) == "", "nothing has changed"


@settings(deadline=None)  # The first example loads the language.
@given(st.integers(0, 10**6), st.integers(0, 10**6), st.sampled_from(["mg", "days", "tablets", "%"]))
def test_no_change_of_a_number_is_missed(old: int, new: int, unit: str) -> None:
    text = "Take {} {} of it, then wait."
    found = grave_change(text.format(old, unit), text.format(new, unit), "en")
    assert (found == REASONS["number"]) == (old != new)
