"""Front matter: values with their places, and mistakes with their lines."""

from __future__ import annotations

import datetime

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pipeline import front_matter, segments


def test_values_and_places() -> None:
    text = '\ufeff---\r\ntitle: "قلب: heart"\r\nmedia:\r\n  - {alt: Lungs}\r\npublished: 2026-01-02\r\n---\r\nBody\r\n'
    found = front_matter.parse(text)
    assert found.data["published"] == datetime.date(2026, 1, 2)
    assert text[found.body_start :] == "Body\r\n"
    spans = {name: text[s.start : s.end] for name, s in front_matter.reader_fields(found)}
    assert spans == {"title": '"قلب: heart"', "media.alt": "Lungs"}


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("---\ntitle: [a\n---\n", "not valid YAML", 3),
        ("---\ntitle: a\nno end\n", "not closed", 1),
        ("---\n- a\n---\n", "must be a list of", 2),
        ("---\na: &x [b]\nc: *x\n---\n", "anchors and aliases", 2),
    ],
)
def test_mistakes_have_a_place(text: str, message: str, line: int) -> None:
    ((offset, found),) = front_matter.parse(text).problems
    assert message in found
    assert text.count("\n", 0, offset) + 1 == line


FIELDS = [
    "title: plain",
    "title: 'sin''gle'",
    'title: "dou\\"ble"',
    "title: >-\n  folded\n  text",
    "title: |\n  literal\n",
    "{title: flow}",
]


@pytest.mark.parametrize("field", FIELDS)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).map(lambda t: " ".join(t.split())).filter(bool))
def test_a_translated_field_reads_back_as_it_was_given(field: str, translation: str) -> None:
    text = f"---\n{field}\n---\n\nBody\n"
    applied = segments.apply(text, segments.extract(text), lambda s: translation if s.kind == "field" else s.text)
    # No reader may meet a NUL: it is shown as what could not be read (CommonMark 0.31, clause 2.3).
    assert front_matter.parse(applied).data["title"] == translation.replace("\0", "\ufffd")
    assert applied.endswith("\nBody\n")


@given(st.text(max_size=60))
def test_any_text_is_read_without_a_crash(text: str) -> None:
    front_matter.parse(f"---\n{text}\n---\n")


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_quoted_values_are_yaml(value: str) -> None:
    assert yaml.safe_load(front_matter.quote(value)) == value
