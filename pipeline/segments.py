"""One walk over an article, used to extract its segments and to put translations in their place.

Translations are spliced into the spans; every other byte of the file stays as it is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import overload

from markdown_it.common.utils import unescapeAll
from markdown_it.token import Token

from pipeline import front_matter
from pipeline.dialect import parse_blocks
from pipeline.fit import fit
from pipeline.model import Lines, Segment
from pipeline.remarks import remarks, remarks_above

_CONTAINER_KINDS = {
    "dt_open": "term",
    "dd_open": "definition",
    "th_open": "table-header",
    "td_open": "table-cell",
    "footnote_reference_open": "footnote",
    "list_item_open": "list-item",
    "blockquote_open": "quote",
}
_LINE_END = re.compile(r"\r\n?|\n")
_HEADING_ATTRIBUTES = re.compile(r"\s*(?<!\\)\{(?:[#.][^{}]*|[\w-]+=[^{}]*)\}$")
_MARKER = re.compile(r"[^>\s]")
_TITLE = re.compile(r"""(?<=\s)(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\((?:\\.|[^()\\])*\))""", re.DOTALL)
_BLANK = " \t"


def extract(text: str) -> tuple[Segment, ...]:
    """The segments of an article's text, in the order of the text."""
    return tuple(_Walk(text).segments())


class LazySegments(Sequence[Segment]):
    """The segments of an article's text, extracted when one is asked for: many articles are read for their title."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _segments(self) -> tuple[Segment, ...]:
        return extract(self._text)

    @overload
    def __getitem__(self, index: int) -> Segment: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Segment, ...]: ...
    def __getitem__(self, index: int | slice) -> Segment | tuple[Segment, ...]:
        return self._segments[index]

    def __iter__(self) -> Iterator[Segment]:
        return iter(self._segments)

    def __len__(self) -> int:
        return len(self._segments)


@dataclass(slots=True)
class _Walk:
    """The body's tokens, seen with the offsets of its lines in the whole text."""

    text: str
    places: Lines = field(init=False)
    starts: list[int] = field(init=False)
    front: front_matter.FrontMatter = field(init=False)
    first_line: int = field(init=False)
    lines: list[str] = field(init=False)
    seen: list[str] = field(init=False)
    """The same as the parser sees them."""
    trail: list[tuple[int, str]] = field(default_factory=list)
    cells: dict[int, deque[tuple[int, int]]] = field(default_factory=dict)
    """Of each line of a table the spans of the cells that are still to come."""
    remarks: list[str] = field(default_factory=list)
    """What the author told translators about the next segment."""

    def __post_init__(self) -> None:
        self.front = front_matter.parse(self.text)
        self.places = Lines(self.text)
        self.starts = self.places.starts
        self.first_line = bisect_left(self.starts, self.front.body_start)
        self.lines = _LINE_END.split(self.text) if "\r" in self.text else self.text.split("\n")
        self.seen = [line.replace("\0", "\ufffd") for line in self.lines] if "\0" in self.text else self.lines

    def segments(self) -> Iterator[Segment]:
        for name, scalar in front_matter.reader_fields(self.front):
            text = " ".join(scalar.value.split())
            self.remarks += remarks_above(self.lines, self.places.place(scalar.start)[0] - 1)
            yield self._segment("field", text, scalar.start, scalar.end, trail=("front matter", name))
        body = "\n".join(self.lines[self.first_line :]).removeprefix("\ufeff")
        open_tokens: list[Token] = []
        for token in parse_blocks(body):
            if token.nesting == 1:
                open_tokens.append(token)
            elif token.nesting == -1:
                open_tokens.pop()
            elif token.type == "inline" and token.content.strip():
                segment = self._inline(token, open_tokens)
                if segment:
                    yield segment
            elif token.type == "html_block":
                self.remarks += remarks(token.content)
            elif token.type == "definition" and token.meta["title"].strip():
                segment = self._link_title(token)
                if segment:
                    yield segment

    def _inline(self, token: Token, parents: list[Token]) -> Segment | None:
        parent = parents[-1]
        if parent.type in ("th_open", "td_open"):
            return self._cell(token, _CONTAINER_KINDS[parent.type])
        located = self._locate(token)
        if located is None:
            return None
        start, end, contents, prefix = located
        text = join_lines(contents) if len(contents) > 1 else contents[0]
        if text.endswith("-->"):
            text, end = self._without_comment(text, end)
        if not text:
            return None
        if parent.type == "heading_open":
            return self._heading(parent, start, end, text)
        kind = "paragraph"
        if len(parents) > 1:
            kind = next((_CONTAINER_KINDS[p.type] for p in reversed(parents) if p.type in _CONTAINER_KINDS), kind)
        return self._segment(kind, text, start, end, prefix=prefix)

    def _without_comment(self, text: str, end: int) -> tuple[str, int]:
        """A segment's text and end without a comment at its end: it speaks to editors, not to readers."""
        comment = _trailing_comment(text)
        while comment and self.text.endswith(comment, 0, end):
            text, end = text.removesuffix(comment), end - len(comment)
            self.remarks += remarks(comment)
            comment = _trailing_comment(text)
        return text, end

    def _locate(self, token: Token) -> tuple[int, int, list[str], str] | None:
        """Span, content of each line and continuation prefix of a paragraph, heading or term."""
        assert token.map is not None
        first = self.first_line + token.map[0]
        contents = [line.strip(_BLANK) for line in token.content.split("\n")]
        found: list[tuple[int, int]] = []
        number = first
        for content in contents:
            column = self.seen[number].rfind(content)
            if column < 0:
                return None
            found.append((number, column))
            number += 1
        start = self.starts[found[0][0]] + found[0][1]
        end = self.starts[found[-1][0]] + found[-1][1] + len(contents[-1])
        if len(found) == 1:
            before = self.lines[first][: found[0][1]].lstrip("\ufeff")
            return start, end, contents, _MARKER.sub(" ", before) if before else ""
        prefix = self.lines[found[1][0]][: found[1][1]]
        # Two spaces at a line's end are a hard break; join_lines needs to see them.
        for index, (row, column) in enumerate(found[:-1]):
            rest = self.lines[row][column + len(contents[index]) :]
            if rest.startswith("  "):
                contents[index] += "  "
        return start, end, contents, prefix

    def _heading(self, parent: Token, start: int, end: int, text: str) -> Segment | None:
        attributes = _HEADING_ATTRIBUTES.search(text)
        if attributes:
            size = len(text) - attributes.start()
            if self.text[end - size : end] == text[attributes.start() :]:
                text, end = text[: attributes.start()], end - size
        if not text:
            return None
        level = int(parent.tag[1])
        self.trail = [entry for entry in self.trail if entry[0] < level]
        segment = self._segment("heading", text, start, end, level=level)
        self.trail.append((level, text))
        return segment

    def _cell(self, token: Token, kind: str) -> Segment | None:
        assert token.map is not None
        number = self.first_line + token.map[0]
        line = self.seen[number]
        # Cells of one row come in order, so the next equal one is always the right one.
        spans, content = self.cells.get(number), token.content.strip()
        if spans is None:
            spans = self.cells[number] = deque(_cell_spans(line))
        for index, (start, end) in enumerate(spans):
            if line[start:end].replace("\\|", "|") == content:
                for _ in range(index + 1):
                    spans.popleft()
                base = self.starts[number]
                text, stop = self._without_comment(content, base + end)
                return self._segment(kind, text, base + start, stop) if text else None
        return None

    def _link_title(self, token: Token) -> Segment | None:
        """The title in a link reference definition: [label]: url "title"."""
        assert token.map is not None
        first, last = (self.first_line + n for n in token.map)
        stop = self.starts[last] if last < len(self.starts) else len(self.text)
        block = self.text[self.starts[first] : stop]
        for match in _TITLE.finditer(block):
            title = match[0][1:-1]
            if unescapeAll(title) == token.meta["title"] and not block[match.end() :].strip():
                start = self.starts[first] + match.start() + 1
                return self._segment("link-title", title, start, start + len(title))
        return None

    def _segment(
        self,
        kind: str,
        text: str,
        start: int,
        end: int,
        *,
        level: int = 0,
        prefix: str = "",
        trail: tuple[str, ...] | None = None,
    ) -> Segment:
        line, column = self.places.place(start)
        place = trail if trail is not None else tuple(title for _, title in self.trail)
        said, self.remarks = tuple(self.remarks), []
        return Segment(kind, text, start, end, line, column, place, level, prefix, said)


def _trailing_comment(text: str) -> str:
    """The comment that a line ends with, and the blanks before it; "" where it ends otherwise."""
    if not text.endswith("-->"):
        return ""
    before = text.rfind("-->", 0, len(text) - 3)  # Its hyphens may be those of the mark that opens ours.
    start = text.find("<!--", max(before - 3, text.rfind("\n"), 0))
    return text[len(text[:start].rstrip(_BLANK)) :] if 0 <= start <= len(text) - len("<!---->") else ""


def join_lines(lines: list[str]) -> str:
    """Lines of one block as one line; a hard line break becomes a backslash and a newline."""
    joined = ""
    for index, line in enumerate(lines):
        last = index == len(lines) - 1
        content = line.strip(_BLANK)
        if last:
            return joined + content
        backslashes = len(content) - len(content.rstrip("\\"))
        if line.endswith("  "):
            joined += content + "\\\n"
        elif backslashes % 2:
            joined += content + "\n"
        else:
            joined += content + " "
    return joined


def _cell_spans(line: str) -> list[tuple[int, int]]:
    """Start and end of the trimmed text of each cell of a table row."""
    spans, start, position = [], 0, 0
    while position <= len(line):
        if position == len(line) or (line[position] == "|" and not _escaped(line, position)):
            cell = line[start:position]
            inner = cell.strip()  # All white space, as the parser does it.
            if inner:
                left = start + cell.index(inner)
                spans.append((left, left + len(inner)))
            start = position + 1
        position += 1
    return spans


def _escaped(line: str, position: int) -> bool:
    return position > 0 and line[position - 1] == "\\"


def apply(text: str, segments: Iterable[Segment], translate: Callable[[Segment], str]) -> str:
    """The article's text with what ``translate`` gives for each segment in the segment's place.

    A segment whose translation equals its own text keeps its bytes, line breaks within it included.
    """
    translated = ((segment, translate(segment)) for segment in segments)
    return splice(text, [(s.start, s.end, fit(new, s, text)) for s, new in translated if new != s.text])


def splice(text: str, spans: Iterable[tuple[int, int, str]]) -> str:
    """The text with each (start, end, replacement) put in; every other character stays as it is."""
    parts, position = [], 0
    for start, end, replacement in sorted(spans):
        parts += [text[position:start], replacement]
        position = end
    return "".join([*parts, text[position:]])
