"""Our block rules and pandoc's reader see the same blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import front_matter, segments
from pipeline.dialect import block_parser, parse_blocks, without_code
from pipeline.formats.pandoc import Worker
from pipeline.model import Segment


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker() as running:
        yield running


def leaves(node: Any) -> Iterator[Any]:
    """The inline content of every block that holds text, notes taken out and given on their own."""
    if isinstance(node, list):
        for item in node:
            yield from leaves(item)
    elif isinstance(node, dict):
        kind = node.get("t")
        if kind in ("Para", "Plain", "Header"):
            content = node["c"][2] if kind == "Header" else node["c"]
            yield from notes(content)
            yield content
        elif kind == "DefinitionList":
            for term, definitions in node["c"]:
                yield term
                yield from leaves(definitions)
        else:
            yield from leaves(list(node.values()))


def notes(node: Any) -> Iterator[Any]:
    if isinstance(node, list):
        for item in node:
            yield from notes(item)
    elif isinstance(node, dict):
        if node.get("t") == "Note":
            yield from leaves(node["c"])
            node["c"] = []
        else:
            yield from notes(list(node.values()))


def plain(node: Any) -> str:
    if isinstance(node, list):
        return "".join(map(plain, node))
    if not isinstance(node, dict):
        return ""
    kind, content = node.get("t"), node.get("c")
    if kind == "Str":
        return str(content)
    if kind in ("Space", "SoftBreak", "LineBreak"):
        return " "
    if kind in ("Code", "Math"):
        return str(content[1])
    return plain(content) if content else ""


def blocks(worker: Worker, markdown: str) -> list[str]:
    body = markdown[front_matter.parse(markdown).body_start :]
    return [text for leaf in leaves(worker.read(body).blocks()) if (text := plain(leaf).strip())]


def marked(segment: Segment) -> str:
    return segment.text if segment.kind in ("field", "link-title") else f"⟦{segment.text}⟧"


def assert_marks(worker: Worker, markdown: str, name: object) -> int:
    found = segments.extract(markdown)
    texts = blocks(worker, segments.apply(markdown, found, marked))
    for text in texts:
        assert text[0] + text[-1] == "⟦⟧" and text.count("⟦") == text.count("⟧") == 1, (name, text)
    return len(texts)


@pytest.mark.parametrize(
    "markdown",
    [
        "::: {.a}\nouter\n\n::: {.b}\ninner\n:::\n\nafter\n:::\n\nend\n",
        "text\n::: note\nthe fence ends the paragraph\n:::\nmore\n",
        "- item\n\n  ::: {.b}\n  inner\n  :::\n\n- next\n",
        "Term\n: one\n: two\n\n  more\n\nOther\n\n: three\n",
        "| a | b |\n|:--|--:|\n| c \\| d | `x` |\n| short |\n",
        "1. one\n2) two\n   a) no list here\n",
        "Costs $5 to $10. See [What it is] and :smile:.\n\n## What it is\n",
        "a[^1] b\n\n[^1]: note\n\n    second paragraph\n",
        "{.block}\nparagraph with attributes\n\n## Head {#i .c}\n",
        "> quote\nlazy\n\n> [!NOTE]\n> no alert\n\n- [ ] no task\n",
        "Head\n====\n\ntwo\nlines\n---\n",
    ],
)
def test_every_block_carries_its_own_marks(worker: Worker, markdown: str) -> None:
    assert assert_marks(worker, markdown, markdown) == sum(
        s.kind not in ("field", "link-title") for s in segments.extract(markdown)
    )


def test_every_segment_of_a_large_book_carries_its_marks(worker: Worker, corpora: Path) -> None:
    files = sorted((corpora / "comprehensive-rust" / "src").rglob("*.md"))
    assert sum(assert_marks(worker, file.read_text("utf-8"), file) for file in files) == 5549


@given(st.lists(st.sampled_from(["`", "``", "```", "a", " ", "b"])).map("".join))
def test_code_is_taken_out_as_the_standard_has_it(text: str) -> None:
    expected = re.sub(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", lambda m: " " * len(m[0]), text, flags=re.DOTALL)
    assert without_code(text) == expected


PLACES = (
    "Head\n\n## {}\n\n{}\n\n- {}\n\n> {}\n\n1. {}\n\n[^1]: {}\n\n"
    "Term\n: {}\n\n| a | b |\n|---|---|\n| {} | x |\n\nx[^1]\n"
)
STARTERS = ["", "24. ", "3) ", "- ", "+ ", "* ", "# ", "## ", "> ", ": ", "~ ", "::: ", ":::", "```", "~~~", "---",
            "***", "| ", "[x]: ", "[^2]: ", "<div>", "    ", "{.c}", "===", "\t"]  # fmt: skip


@settings(max_examples=150)
@given(st.sampled_from(STARTERS), st.sampled_from(["x", "x y", "x #", "x {.c}", "a|b", "", "x\ny", "x\n\ny", "x\n- y"]))
def test_a_translation_never_becomes_another_block(start: str, rest: str) -> None:
    translation = start + rest
    if not translation.strip():
        return
    markdown = PLACES.replace("{}", "source")
    found = segments.extract(markdown)
    applied = segments.apply(markdown, found, lambda s: translation if s.text == "source" else s.text)
    before = [(s.kind, s.level) for s in found]
    assert [(s.kind, s.level) for s in segments.extract(applied)] == before, applied


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(STARTERS))
def test_pandoc_sees_the_same_blocks(start: str) -> None:
    markdown = PLACES.replace("{}", "source")
    applied = segments.apply(
        markdown, segments.extract(markdown), lambda s: f"{start}x" if s.text == "source" else s.text
    )
    with Worker() as fresh:
        assert len(blocks(fresh, applied)) == len(blocks(fresh, markdown)), applied


PIECES = (
    *(
        "a",
        "b c",
        "- ",
        "* ",
        "1. ",
        "10) ",
        "> ",
        "    ",
        "\t",
        "\n",
        "\n",
        "\n\n",
        "# ",
        "===",
        "---",
        "- - -",
        "***",
        "```",
    ),
    *(
        "~~~",
        "<div>",
        "<!-- x -->",
        "[a]: b",
        "[^1]: ",
        "|",
        "| a | b |\n",
        "|---|---|\n",
        ": ",
        "~ ",
        ":::",
        "::: {.a}",
    ),
    *("{.a}", "\\", "x\n===", "\u00a0", "\x0b", "\r", "\u2028", "\0"),
)
BLOCKS = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


@settings(max_examples=400)
@given(text=BLOCKS)
def test_rules_that_are_left_out_would_find_nothing(text: str) -> None:
    every, few = block_parser().parse(text, {}), parse_blocks(text)
    assert [token.as_dict() for token in few] == [token.as_dict() for token in every]
