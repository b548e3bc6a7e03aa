"""What is pointed out in a source and its translation."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.overview.pairs import _denials, changed_words


@pytest.mark.parametrize(
    ("text", "language", "want"),
    [
        ("Do not drive, and never alone.", "en", ["not", "never"]),
        ("突然感到呼吸非常困难", "zh_Hans", []),
        ("胸痛一直不消失", "zh_Hans", ["不"]),
    ],
)
def test_words_that_deny_are_pointed_out(text: str, language: str, want: list[str]) -> None:
    assert [text[mark.start : mark.end] for mark in _denials(text, language)] == want


@given(st.text("ab <&", max_size=20), st.text("ab <&", max_size=20))
def test_a_change_holds_all_of_what_was_and_of_what_is(before: str, now: str) -> None:
    told = changed_words(before, now)
    plain = lambda html: re.sub("<[^>]*>", "", html).replace("&lt;", "<").replace("&amp;", "&")  # noqa: E731
    assert plain(re.sub("<ins>.*?</ins>", "", told)) == before
    assert plain(re.sub("<del>.*?</del>", "", told)) == now
