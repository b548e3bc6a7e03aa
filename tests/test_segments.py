"""Extracting and applying: nothing is lost, nothing else moves."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import segments
from pipeline.model import Segment


def texts(markdown: str) -> list[tuple[str, str]]:
    return [(segment.kind, segment.text) for segment in segments.extract(markdown)]


def test_every_kind_of_block_is_found() -> None:
    markdown = """---
title: Cough
also_called: [coughing, "a cough"]
media:
  - {file: a.svg, alt: The lungs}
version: "1.0"
---

# Head {#id .class}

Setext head
===========

A paragraph
on two lines.

- item
  - nested
    1. deep

| a | b \\| c |
|---|---|
| x |   |

Term
: Definition

> Quotation

Text[^1] and ![alt](a.svg "title").

[^1]: Note

[label]: https://example.org "Link title"

::: {.emergency}
Within
:::

```
code
```
"""
    assert texts(markdown) == [
        ("field", "Cough"),
        ("field", "coughing"),
        ("field", "a cough"),
        ("field", "The lungs"),
        ("heading", "Head"),
        ("heading", "Setext head"),
        ("paragraph", "A paragraph on two lines."),
        ("list-item", "item"),
        ("list-item", "nested"),
        ("list-item", "deep"),
        ("table-header", "a"),
        ("table-header", "b | c"),
        ("table-cell", "x"),
        ("term", "Term"),
        ("definition", "Definition"),
        ("quote", "Quotation"),
        ("paragraph", 'Text[^1] and ![alt](a.svg "title").'),
        ("footnote", "Note"),
        ("link-title", "Link title"),
        ("paragraph", "Within"),
    ]


def test_spans_and_places_point_at_the_text() -> None:
    markdown = "## One\n\n- two\n\n| three | four |\n|---|---|\n"
    for segment in segments.extract(markdown):
        assert markdown[segment.start : segment.end] == segment.text
        line = markdown.split("\n")[segment.line - 1]
        assert line[segment.column - 1 :].startswith(segment.text)


def test_headings_above_a_segment_are_its_trail() -> None:
    found = segments.extract("# A\n\n## B\n\ntext\n\n## C\n\nmore\n")
    assert [s.trail for s in found if s.kind == "paragraph"] == [("A", "B"), ("A", "C")]


def test_hard_breaks_are_kept_and_soft_ones_are_not() -> None:
    (segment,) = segments.extract("one  \ntwo\\\nthree\nfour\n")
    assert segment.text == "one\\\ntwo\\\nthree four"


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_and_byte_order_mark_stay(mark: str, end: str) -> None:
    markdown = mark + end.join(["---", "title: T", "---", "", "# Head", "", "> a", "> b", "", "- c", ""])
    found = segments.extract(markdown)
    assert [s.text for s in found] == ["T", "Head", "a b", "c"]
    assert found[1].line == 5
    assert found[1].column == 3
    applied = segments.apply(markdown, found, lambda s: {"a b": "x\\\ny", "c": "z"}.get(s.text, s.text))
    assert applied == markdown.replace(f"a{end}> b", f"x\\{end if end != chr(13) else chr(10)}> y").replace(
        "- c", "- z"
    )


def test_only_the_spans_change() -> None:
    markdown = "#  Head  ##\n\n*  item   \n\n|a |  b|\n|-|:-:|\n\n<!-- note -->\n\n    code\n"
    changed = segments.apply(markdown, segments.extract(markdown), lambda s: s.text.upper())
    assert changed == "#  HEAD  ##\n\n*  ITEM   \n\n|A |  B|\n|-|:-:|\n\n<!-- note -->\n\n    code\n"


LINES = st.lists(
    st.one_of(
        st.sampled_from(
            ["# h", "## h {#i}", "- a", "  - b", "1. c", "> q", "", "", "| a | b |", "|---|---|", "| c \\| d |  |",
             "::: {.x}", ":::", "T", ": d", "[^1]: n", "[l]: u 't'", "```", "    code", "---", "***", "a  ", "b\\",
             "\tt", "<div>", "{.c}", "title: x", "===", "- ", "*a* [b](c) ![d](e)"]
        ),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    ),
    max_size=14,
)  # fmt: skip


@given(LINES, st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
def test_the_identity_translation_gives_the_text_back(lines: list[str], end: str, mark: bool) -> None:
    text = ("\ufeff" if mark else "") + end.join(lines)
    assert segments.apply(text, segments.extract(text), lambda s: s.text) == text


@given(LINES)
def test_segments_do_not_overlap_and_lie_within_the_text(lines: list[str]) -> None:
    text = "\n".join(lines)
    found = sorted(segments.extract(text), key=lambda s: s.start)
    ends = [0, *(s.end for s in found)]
    assert all(before <= s.start <= s.end <= len(text) for before, s in zip(ends, found, strict=False))


def test_a_large_book_comes_back_byte_for_byte(corpora: Path) -> None:
    files = sorted((corpora / "comprehensive-rust" / "src").rglob("*.md"))
    count = 0
    for file in files:
        text = file.read_bytes().decode()
        found: tuple[Segment, ...] = segments.extract(text)
        count += len(found)
        assert segments.apply(text, found, lambda s: s.text) == text, file
    assert (len(files), count) == (574, 5549)
