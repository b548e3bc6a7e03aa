"""What a text box sends back, as the text of a file: whatever the person left alone stays byte for byte."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_END = re.compile(r"\r\n?|\n")


def as_typed(text: str) -> str:
    """A file's text as a text box shows it: without byte order mark, every line end a line feed."""
    return _END.sub("\n", text.removeprefix("\ufeff"))


def merged(before: str, typed: str) -> str:
    """The file's new text. before: its present text. typed: what a text box that showed it sent back.

    A browser sends every line end as CR LF, whatever the file has. A line that was not changed keeps its own; a new
    one takes that of most of the file's lines. The byte order mark stays.
    """
    mark = "\ufeff" if before.startswith("\ufeff") else ""
    old = _lines(before.removeprefix("\ufeff"))
    new = _lines(_END.sub("\n", typed))
    ends = [end for _, end in old if end]
    usual = max(dict.fromkeys(ends), key=ends.count) if ends else "\n"
    rows: list[tuple[str, str]] = []
    matcher = SequenceMatcher(None, [(t, bool(e)) for t, e in old], [(t, bool(e)) for t, e in new], autojunk=False)
    for kind, i, j, k, n in matcher.get_opcodes():
        rows += old[i:j] if kind == "equal" else [(text, usual if end else "") for text, end in new[k:n]]
    for number in range(1, len(rows)):
        # A lone carriage return before an empty line's line feed would be read as one end of two.
        if rows[number - 1][1] == "\r" and rows[number] == ("", "\n"):
            rows[number] = ("", "\r")
    return mark + "".join(text + end for text, end in rows)


def utf16(text: str, offset: int) -> int:
    """An offset in characters as the browser's scripts count: a character beyond the first 65,536 is two."""
    return offset + sum(character > "\uffff" for character in text[:offset])


def _lines(text: str) -> list[tuple[str, str]]:
    """Each line with its end; the last may have none."""
    rows = [(match[1], match[2]) for match in _LINE.finditer(text)]
    return rows[:-1] if rows[-1] == ("", "") else rows
