"""Labelled blocks as Markdown in the house's dialect. Text that only looks like markup is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from pipeline.fit import escape_block_start
from pipeline.importing.lines import is_number
from pipeline.importing.nouns import Block, Label
from pipeline.importing.vocabulary import Words

_MARKUP = re.compile(
    r"[\\`*^]|(?<!\w)_|_(?!\w)|~~|<(?=[A-Za-z/!?])|\[(?=[^\]]*\][(\[:{])|\[(?=\^)|\{(?=[#.%{])|\{\{|&(?=#?\w+;)"
)
_MARKS = re.compile(r"[\\`*^_~<\[{&]")
"""What any markup has. Quicker to look for."""
LONGEST_EMERGENCY = 70
"""Words. A longer paragraph that also speaks of an emergency is no warning."""


def write_body(blocks: Sequence[Block], title: Block | None, words: Words, *, is_markdown: bool) -> str:
    """The article without its front matter and title.

    is_markdown: whether the text already is Markdown, so that nothing in it is escaped.
    """
    parts: list[str] = []
    kept = [block for block in blocks if block is not title and block.label is not Label.BOILERPLATE]
    for label, group in groupby(kept, key=lambda block: block.hint if block.hint == "raw" else block.label.value):
        run = list(group)
        if label == "raw":
            parts += _raw(run)
        elif label == Label.LIST:
            parts += _lists(run, is_markdown)
        else:
            parts += (_single(block, words, is_markdown) for block in run)
    return "\n\n".join(parts) + "\n" if parts else ""


def is_emergency(block: Block, words: Words) -> bool:
    """Whether a paragraph says that something is an emergency, or whom to call in one."""
    return (
        block.label is Label.BODY
        and block.words <= LONGEST_EMERGENCY
        and block.text.rstrip()[-1:] not in ":：?？؟"
        and words.is_grave(block.text)
    )


def heading_text(block: Block) -> str:
    """A heading as readers see it: its number stays, a bullet and a colon at the end do not."""
    text = block.text
    if is_number(block.marker):
        space = "" if block.marker[-1] in "、．)）" and not block.marker[-1].isascii() else " "
        text = f"{block.marker}{space}{text}"
    return text.rstrip(" :：") or text


def escape(text: str) -> str:
    """Plain text as Markdown that shows it as it stands."""
    if not _MARKS.search(text):
        return text
    return _MARKUP.sub(lambda match: "".join(f"\\{character}" for character in match[0]), text)


def _text(block: Block, is_markdown: bool) -> str:
    return block.text if is_markdown else escape(block.text)


def _single(block: Block, words: Words, is_markdown: bool) -> str:
    text = _text(block, is_markdown)
    if block.label is Label.HEADING:
        shown = heading_text(block)
        return f"{'#' * block.level} {shown if is_markdown else escape(shown)}"
    text = escape_block_start(text)
    if is_emergency(block, words):
        return f"::: {{.emergency}}\n{text}\n:::"
    return text


def _raw(run: Sequence[Block]) -> Iterator[str]:
    """Tables, quotations and code, as they stand."""
    lines: list[str] = []
    for block in run:
        if lines and block.gap:
            yield "\n".join(lines)
            lines = []
        lines += (line.text for line in block.lines)
    if lines:
        yield "\n".join(lines)


def _lists(run: Sequence[Block], is_markdown: bool) -> Iterator[str]:
    """Items, one list for each run of the same kind of marker."""
    for counts, group in groupby(run, key=lambda block: is_number(block.marker)):
        items = list(group)
        if counts and _count_on(items):
            yield "\n".join(_numbered(items, is_markdown))
        else:
            yield "\n".join(_bullets(items, is_markdown, keep=counts))


def _count_on(items: Sequence[Block]) -> bool:
    """Whether the markers are whole numbers one after the other, so that a numbered list shows the same ones."""
    numbers = [re.sub(r"\W", "", block.marker) for block in items]
    if not all(number.isascii() and number.isdigit() for number in numbers):
        return False
    return [int(number) for number in numbers] == list(range(int(numbers[0]), int(numbers[0]) + len(numbers)))


def _numbered(items: Sequence[Block], is_markdown: bool) -> Iterator[str]:
    for number, block in enumerate(items, int(re.sub(r"\W", "", items[0].marker))):
        yield f"{number}. {escape_block_start(_text(block, is_markdown))}"


def _bullets(items: Sequence[Block], is_markdown: bool, *, keep: bool = False) -> Iterator[str]:
    """Bullets; with ``keep`` the marker stays in the text, because it is a number that no list would show."""
    indents: list[int] = []
    for block in items:
        indent = block.line.indent
        while indents and indent < indents[-1]:
            indents.pop()
        if block.marker and (not indents or indent > indents[-1] + 1):
            indents.append(indent)
        depth = max(len(indents) - 1, 0)
        marker = f"{block.marker} " if keep else ""
        yield f"{'  ' * depth}- {escape_block_start(marker + _text(block, is_markdown))}"
