"""Places in the editor's units and ours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("pygls", reason="the language server needs pygls")
from lsprotocol.types import Position

from pipeline.lsp.positions import Positions

PIECES = ["a", " ", "é", "ة", "💊", "👩🏽‍⚕️", "\u2028", "\x0c", "\x85", "\ud800", "\ufeff", "\n", "\r\n", "\r"]
TEXTS = st.lists(st.sampled_from(PIECES)).map("".join)
CODECS = {"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}


@given(TEXTS, st.sampled_from([*CODECS, None]), st.data())
def test_every_place_comes_back(text: str, encoding: str | None, data: st.DataObject) -> None:
    places = Positions(text, encoding)
    offset = data.draw(st.integers(0, len(text)))
    if text[offset - 1 : offset + 1] == "\r\n":
        offset -= 1  # Between the two there is no place.
    before = text[:offset]
    position = places.position(offset)
    assert places.offset(position) == offset
    assert position.line == len(before.replace("\r\n", "\n").replace("\r", "\n").split("\n")) - 1


@given(TEXTS, st.integers(0, 99), st.integers(0, 99))
def test_places_that_are_not_there_are_taken_for_the_next_that_are(text: str, line: int, character: int) -> None:
    assert 0 <= Positions(text).offset(Position(line, character)) <= len(text)


@pytest.mark.parametrize(("encoding", "character"), [("utf-8", 10), ("utf-16", 6), ("utf-32", 5), (None, 6)])
def test_what_counts_for_more_than_one(encoding: str | None, character: int) -> None:
    text = "One.\n💊ة دx"
    assert Positions(text, encoding).position(len(text)) == Position(1, character)
