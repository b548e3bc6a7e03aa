"""The translation memory: what was translated before is found, whole or alike."""

from __future__ import annotations

from pipeline.memory import CUTOFF, Memory, Unit

TEXTS = ["Take one tablet a day with water.", "Call your doctor if the swelling gets worse.", "What it is"]


def memory(*units: Unit) -> Memory:
    found = Memory()
    found.add(units)
    return found


def of(texts: list[str]) -> Memory:
    return memory(*(Unit(text, f"T {text}", f"a/{number}") for number, text in enumerate(texts)))


def test_the_same_text_is_found_with_every_article_that_has_it() -> None:
    found = memory(
        Unit("Rest.", "draft", "a/1", is_draft=True),
        Unit("Rest.", "gone", "a/2", is_live=False),
        Unit("Rest.", "x", "a/3"),
    )
    assert [unit.msgstr for unit in found.exact("Rest.")] == ["x", "gone", "draft"]
    assert list(found.exact("Rest")) == []


def test_the_nearest_text_is_found_with_its_likeness() -> None:
    match = of(TEXTS).nearest("Take one tablet a day with food.")
    assert match and match.unit.msgstr == "T Take one tablet a day with water."
    assert CUTOFF <= match.score < 100


def test_a_text_like_none_is_offered_nothing() -> None:
    assert of(TEXTS).nearest("The clinic is closed on Sundays.") is None
    assert of(TEXTS).nearest("{{x}}") is None
    assert Memory().nearest("Rest.") is None


def test_of_equals_the_first_is_taken_whatever_the_order_of_words() -> None:
    texts = [f"Take tablet {letter} in the morning." for letter in "abcdefgh"]
    found = of(texts)
    assert {found.nearest("Take tablet x in the morning.").unit.article for _ in range(5)} == {"a/0"}  # type: ignore[union-attr]
