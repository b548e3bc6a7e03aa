"""Instructions of a page are read as a full PDF library reads them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.formats.pdf_stream import Instruction, instructions, text_of

WHITE = st.sampled_from([" ", "\n", "\r\n", "\t", "  ", " % a remark (with a bracket\n"])
LETTERS = st.text("abcXYZ019#(", min_size=1, max_size=5).map(lambda text: "/" + "".join(map(_coded, text)))


def _coded(char: str) -> str:
    return char if char.isalnum() else f"#{ord(char):02x}"


def _string(content: bytes) -> str:
    return pikepdf.String(content).unparse().decode("latin-1")


BYTES = st.binary(max_size=6) | st.sampled_from([b"(a(b))", b")(", b"\\", b"ET Q", b"%", b"\r\n"])
NUMBERS = st.decimals(-1000, 1000, places=3).map(str) | st.integers(-99, 99).map(str) | st.sampled_from([".5", "-.25"])
SIMPLE = st.one_of(
    NUMBERS,
    LETTERS,
    BYTES.map(_string),
    BYTES.map(lambda content: f"<{content.hex()}>"),
    st.sampled_from(["true", "null", "(a \\( b \\061\\\nc)", "((x)y)", "<4 1 4>"]),
)
LISTS = st.lists(SIMPLE, max_size=4).map(lambda items: "[" + " ".join(items) + "]")
PAIRS = st.dictionaries(LETTERS, SIMPLE | LISTS, max_size=3)
DICTIONARIES = PAIRS.map(lambda pairs: "<<" + " ".join(f"{k} {v}" for k, v in pairs.items()) + ">>")
OPERATORS = st.sampled_from(["q", "Q", "cm", "cs", "scn", "re", "BDC", "EMC", "f*", "T*", "'"])


@st.composite
def streams(draw: st.DrawFn) -> bytes:
    parts: list[str] = []
    for _ in range(draw(st.integers(0, 6))):
        inside = draw(st.booleans())
        parts += ["BT"] if inside else []
        for _ in range(draw(st.integers(0, 3))):
            parts += [*draw(st.lists(SIMPLE | LISTS | DICTIONARIES, max_size=3)), draw(OPERATORS)]
        parts += ["ET"] if inside else []
    return "".join(part + draw(WHITE) for part in parts).encode("latin-1")


def read(stream: bytes) -> Iterator[Instruction]:
    """Every instruction, those in text objects too."""
    for found in instructions(stream, {}):
        if found.operator == "BT":
            yield found._replace(operands=[])
            yield from instructions(found.operands[0], {})
            yield Instruction("ET", [], 0, 0)
        else:
            yield found


def plain(value: Any) -> Any:
    """What pikepdf read, as ours."""
    if isinstance(value, pikepdf.String):
        return bytes(value)
    if isinstance(value, pikepdf.Name):
        return str(value)
    if isinstance(value, pikepdf.Array):
        return [plain(item) for item in value]
    if isinstance(value, pikepdf.Dictionary):
        return {str(key): plain(item) for key, item in value.items() if item is not None}
    return value if value is None or isinstance(value, bool) else float(value)


def ours(value: Any) -> Any:
    """Without keys that are null: they count as absent (clause 7.3.7)."""
    if isinstance(value, list):
        return [ours(item) for item in value]
    return {k: ours(v) for k, v in value.items() if v is not None} if isinstance(value, dict) else value


@given(streams())
def test_instructions_are_those_that_pikepdf_reads(stream: bytes) -> None:
    with pikepdf.new() as document:
        expected = [
            (str(operator), [plain(operand) for operand in operands])
            for operands, operator in pikepdf.parse_content_stream(document.make_stream(stream))
        ]
    assert [(i.operator, ours(list(i.operands))) for i in read(stream)] == expected


@given(streams())
def test_nothing_lies_between_two_instructions(stream: bytes) -> None:
    end = 0
    for found in instructions(stream, {}):
        between = stream[end : found.start].split(b"%")[0]
        assert not between.strip(b" \t\r\n")
        end = found.end


@pytest.mark.parametrize("broken", [b"1 2", b"(never ends Tj", b"[1 2 Q", b"] Q", b"BI /W 1 ID x EI", b"BT q", b"{ q"])
def test_what_is_no_content_is_refused(broken: bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        list(instructions(broken, {}))


@pytest.mark.parametrize("text", ["plain", "السعال", "é and ’", ""])
def test_text_strings(text: str) -> None:
    with pikepdf.new() as document:
        stream = io.BytesIO()
        document.save(stream)
        assert text_of(bytes(pikepdf.String(text))) == text
