"""What a text box sends back changes only what the person changed."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.serving.texts import as_typed, merged, utf16

TEXT = st.text(st.characters(exclude_characters="\r\n\ufeff"), max_size=8)
LINES = st.lists(st.tuples(TEXT, st.sampled_from(["\n", "\r\n", "\r"])), max_size=12)
TEXTS = LINES.map(lambda rows: "".join(text + end for text, end in rows))


def sent(text: str) -> str:
    """As a browser sends it."""
    return text.replace("\n", "\r\n")


@given(TEXTS, st.sampled_from(["", "\ufeff"]), st.sampled_from(["", "the end"]))
def test_a_text_that_was_left_alone_stays_byte_for_byte(text: str, mark: str, tail: str) -> None:
    before = mark + text + tail
    assert merged(before, sent(as_typed(before))) == before


@given(TEXTS, TEXTS)
@example("0\n\r", "\n\n")
def test_what_is_typed_is_what_the_file_then_shows(before: str, typed: str) -> None:
    assert as_typed(merged(before, sent(as_typed(typed)))) == as_typed(typed)


def test_a_line_that_was_not_changed_keeps_its_own_end() -> None:
    before = "\ufeffone\r\ntwo\nthree\r\nfour"
    assert merged(before, "one\r\n2\r\nthree\r\nfour\r\nfive\r\n") == "\ufeffone\r\n2\r\nthree\r\nfour\r\nfive\r\n"


def test_offsets_are_told_as_scripts_count() -> None:
    assert utf16("a\U0001f600b", 2) == 3
