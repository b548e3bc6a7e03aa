"""What counts as prose, and where sentences end."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.library import parse_article
from pipeline.prose import mask, sentences, units


def found(markdown: str) -> list[str]:
    article = parse_article(markdown, Path("a.md"), "a", "en")
    return [s.text for unit in units(article) for s in sentences(unit)]


@pytest.mark.parametrize(
    ("markdown", "prose"),
    [
        ("see [the murmur](murmur.md) now", "see the murmur now"),
        ('![The lungs](l.svg "Both lungs.") x', "The lungs Both lungs. x"),
        ("a `code` b", "a b"),
        ("**bold** and *soft* and snake_case", "bold and soft and snake_case"),
        ("call {{emergency_number}} now", "call now"),
        ("at https://example.org/a.b and a@b.org end", "at and end"),
        ("a[^1] b<!-- c -->d &nbsp; e", "a b d e"),
        (r"5 \* 3", "5 * 3"),
        ("[text]{.class lang=en} x", "text x"),
    ],
)
def test_mask(markdown: str, prose: str) -> None:
    masked = mask(markdown)
    assert " ".join(masked.split()) == prose
    assert len(masked) == len(markdown)


@given(st.text())
def test_masking_keeps_every_offset(text: str) -> None:
    masked = mask(text)
    assert len(masked) == len(text)
    assert all(m in (" ", t) for m, t in zip(masked, text, strict=True))


def test_units_end_sentences_and_abbreviations_do_not() -> None:
    markdown = (
        "## Signs\n\n- pain\n- fever, e.g. 38.5 degrees. Ask Dr. Example.\n\n"
        "Is it bad? Yes! See J. Smith at 9 a.m. today.\n\n| a | b. C |\n|---|---|\n"
    )
    assert found(markdown) == [
        "Signs", "pain", "fever, e.g. 38.5 degrees.", "Ask Dr. Example.", "Is it bad?", "Yes!",
        "See J. Smith at 9 a.m. today.", "a", "b.", "C"]  # fmt: skip


def test_sentences_of_other_scripts_end() -> None:
    assert found("这是瓣膜。它会漏。\n\nयह वाल्व है। यह रिसता है।\n\nهل هو خطير؟ نعم.\n") == [
        "这是瓣膜。", "它会漏。", "यह वाल्व है।", "यह रिसता है।", "هل هو خطير؟", "نعم."]  # fmt: skip


def test_offsets_point_into_the_article() -> None:
    markdown = "> one **two**\n> three. Four.\n"
    article = parse_article(markdown, Path("a.md"), "a", "en")
    (unit,) = units(article)
    assert [markdown[s.start : s.end] for s in sentences(unit)] == ["one **two**\n> three.", "Four."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Take vitamin C. It helps. See J. Smith.", ["Take vitamin C.", "It helps.", "See J. Smith."]),
        ("Get tested for hepatitis B. You may need it.", ["Get tested for hepatitis B.", "You may need it."]),
        ("Come at 9 a.m. You must not eat.", ["Come at 9 a.m.", "You must not eat."]),
        ("Come at 9 a.m. Monday.", ["Come at 9 a.m. Monday."]),
        ("Eat nuts, seeds, etc. If you can.", ["Eat nuts, seeds, etc.", "If you can."]),
        ("The U.S. Food Agency says so.", ["The U.S. Food Agency says so."]),
        ("Infection with A. cantonensis is rare.", ["Infection with A. cantonensis is rare."]),
    ],
)
def test_abbreviations_that_may_end_a_sentence(text: str, expected: list[str]) -> None:
    assert found(text + "\n") == expected


def test_a_line_after_an_item_that_begins_at_the_margin_with_a_capital_is_none_of_it() -> None:
    text = "  • Print\n    Corporation\n  • Share this\nFree for you\nThe town has grown. More of it.\n"
    assert found(text) == ["• Print Corporation", "• Share this", "Free for you The town has grown.", "More of it."]


def test_a_line_with_a_bullet_sign_ends_the_one_before() -> None:
    article = parse_article("They include:\n  • pain\n  • fever of 38.5\n", Path("a.txt"), "a", "en")
    (unit,) = units(article)
    assert [(s.text, s.is_full) for s in sentences(unit)] == [
        ("They include:", False), ("• pain", False), ("• fever of 38.5", False)]  # fmt: skip
