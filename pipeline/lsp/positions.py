"""Offsets in characters to positions of the Language Server Protocol, and back.

A position there is a line from 0 and a number of code units, of UTF-16 unless client and server have agreed on
another encoding: an emoji counts for two. Lines end at LF, CRLF or CR, and nowhere else.
https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#textDocuments
"""

from __future__ import annotations

from bisect import bisect_right

from lsprotocol.types import Position, PositionEncodingKind, Range

from pipeline.model import Lines

_CODECS = {PositionEncodingKind.Utf8: ("utf-8", 1), PositionEncodingKind.Utf32: ("utf-32-le", 4)}
_UTF_16 = ("utf-16-le", 2)


class Positions:
    """The places of one text."""

    def __init__(self, text: str, encoding: str | None = None) -> None:
        """encoding: what was agreed on, such as "utf-8"; None for UTF-16."""
        self.text = text
        self._starts = Lines(text).starts
        codec = _CODECS.get(PositionEncodingKind(encoding), _UTF_16) if encoding else _UTF_16
        self._codec, self._bytes = codec

    def position(self, offset: int) -> Position:
        """Where a character stands; offsets beyond the text are taken for its end."""
        offset = min(max(offset, 0), len(self.text))
        line = bisect_right(self._starts, offset) - 1
        return Position(line, self._units(self.text[self._starts[line] : offset]))

    def range(self, start: int, end: int) -> Range:
        """A span of characters."""
        return Range(self.position(start), self.position(end))

    def offset(self, position: Position) -> int:
        """The character at a position; one beyond a line is taken for the line's end, and beyond the text for its."""
        if position.line >= len(self._starts):
            return len(self.text)
        start = self._starts[max(position.line, 0)]
        line = self.text[start : self._line_end(max(position.line, 0))]
        left = position.character
        for number, character in enumerate(line):
            left -= self._units(character)
            if left < 0:
                return start + number
        return start + len(line)

    def line_offset(self, number: int) -> int:
        """Where a line, counted from 1, begins; the text's end for one beyond it."""
        return self._starts[number - 1] if number <= len(self._starts) else len(self.text)

    def line_end(self, offset: int) -> int:
        """Where the line of a character ends, before its line end."""
        return self._line_end(bisect_right(self._starts, offset) - 1)

    def line_start(self, offset: int) -> int:
        """Where the line of a character begins."""
        return self._starts[bisect_right(self._starts, offset) - 1]

    def _line_end(self, line: int) -> int:
        stop = self._starts[line + 1] if line + 1 < len(self._starts) else len(self.text)
        return self._starts[line] + len(self.text[self._starts[line] : stop].rstrip("\r\n"))

    def _units(self, text: str) -> int:
        return len(text.encode(self._codec, "surrogatepass")) // self._bytes
