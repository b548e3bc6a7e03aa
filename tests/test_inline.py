"""The markup inside a segment: found where it stands, and nothing of the text is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pipeline.checks.markup_changed import markup
from pipeline.inline import Code, codes, pieces, written
from pipeline.segments import extract

MARKDOWN = st.lists(
    st.sampled_from(
        [*"*_`~[](){}!<>\\^&|#:/.\"' \n", "**", "![", "](", "{{", "}}", "[^1]", "{.b}", "http://a.b", "x", "é", "語"]
    )
    | st.text(max_size=3),
    max_size=30,
).map("".join)


def shape(text: str, is_plain: bool = False) -> str:
    """Codes as numbered brackets, so that a test shows what a translator sees."""
    signs = {"open": "<{}>", "close": "</{}>", "alone": "<{}/>"}
    found = pieces(text, is_plain)
    return "".join(p.text if p.role == "text" else signs[p.role].format(f"{p.kind}{p.number}") for p in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain text", "plain text"),
        ("you cough up **blood**", "you cough up <bold1>blood</bold1>"),
        ("*a* _b_ __c__ ~~d~~", "<emphasis1>a</emphasis1> <emphasis2>b</emphasis2> <bold3>c</bold3> "
         "<strike-through4>d</strike-through4>"),
        ("***both***", "<emphasis1><bold2>both</bold2></emphasis1>"),
        ("2 * 3 * 4 and snake_case", "2 * 3 * 4 and snake_case"),
        ("这是**“药物”**的用法", "这是**“药物”**的用法"),
        ("a [*fever*](fever.md).[^1]", "a <link1><emphasis2>fever</emphasis2></link1>.<footnote3/>"),
        ('![Lungs](../l.svg "Your lungs.")', "<image1>Lungs<title2/>Your lungs.</image1>"),
        ("[a][b] [c]{.d lang=en} [e]", "<link1>a</link1> <span2>c</span2> [e]"),
        ("Call {{emergency_number}} now", "Call <placeholder1/> now"),
        (r"2 \* 3\. &nbsp; `a * b`{.x}", r"2 <escape1/> 3<escape2/> <entity3/> <code4/>"),
        ("one\\\ntwo", "one<line-break1/>two"),
        ("<https://a.org/_x_> and https://b.org/_y. End", "<address1/> and <address2/>. End"),
        ("H~2~O and m^2^", "H~2~O and m<superscript1>2</superscript1>"),
        ("a <br> b", "a <html1/> b"),
        ("a\u202ab **c**\u202c", "a\u202ab <bold1>c</bold1>\u202c"),
        ("**a", "**a"),
        ("", ""),
    ],
)  # fmt: skip
def test_codes_stand_where_the_markup_stands(text: str, expected: str) -> None:
    assert shape(text) == expected


def test_front_matter_holds_placeholders_only() -> None:
    assert shape("*Call* {{emergency_number}}", is_plain=True) == "*Call* <placeholder1/>"


@given(MARKDOWN)
def test_no_text_is_lost(text: str) -> None:
    found = pieces(text)
    assert "".join(p.text for p in found) == text
    assert written((p.role != "text", p.text) for p in found) == text


@given(MARKDOWN)
def test_pairs_nest(text: str) -> None:
    opened: list[int] = []
    for piece in pieces(text):
        if piece.role == "open":
            opened.append(piece.number)
        elif piece.role == "close":
            assert opened.pop() == piece.number
    assert not opened


@given(MARKDOWN)
def test_prose_stays_prose(prose: str) -> None:
    """What a translator types beside a code never turns into markup."""
    assume("://" not in prose and "www." not in prose)
    for parts in ([(True, "`a`"), (False, prose)], [(False, prose), (True, "`a`")]):
        assert codes(pieces(written(parts))) == {Code("code", "`a`"): 1}


def test_the_library_itself() -> None:
    """Bold, links and the rest are what the check of translations counts."""
    for path in sorted((Path(__file__).parent.parent / "source").glob("*/*.md")):
        for segment in extract(path.read_text(encoding="utf-8")):
            if segment.kind == "field":
                continue
            found = codes(pieces(segment.text))
            bold = sum(n for code, n in found.items() if code.kind == "bold")
            assert bold == markup(segment.text)["bold"], segment.text
            links = sum(n for code, n in found.items() if code.kind == "link")
            assert links == sum(n for name, n in markup(segment.text).items() if name.startswith("link to"))
