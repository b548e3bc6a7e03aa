"""PO files as text: every line that is not changed on purpose stays as it was, byte for byte.

polib 1.2 refuses some comments that gettext keeps, adds an empty header comment and wraps long comments;
Babel 2.18 loses previous msgids, custom headers and more. The form is that of the GNU gettext manual,
section "The Format of PO Files".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipeline.po_strings import keyword_lines, unescape

_ROW = re.compile(r"([^\r\n]*)(\r\n|\n|\r|\Z)")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"\s*$')
_KEYWORD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)\s*(?=\")")
_MARKS = {"#.": "extracted", "#:": "reference", "#,": "flags", "#|": "previous"}


class PoError(ValueError):
    """A line that is no PO syntax; the message names the line, from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line}")
        self.line = line


@dataclass(slots=True)
class Line:
    """One line of an entry, without its end."""

    kind: str
    """translator, extracted, reference, flags, previous, keyword, text (a string that goes on) or blank."""
    text: str
    """As it stands, but without the #~ of an obsolete entry."""
    end: str | None = None
    """Its line end; None for a line of ours, which takes the file's."""
    mark: str = "#~ "
    """What stands before it in an obsolete entry."""


@dataclass(slots=True)
class Entry:
    """One message with all that belongs to it. The blank lines after it are its last lines."""

    lines: list[Line] = field(default_factory=list)
    is_obsolete: bool = False
    number: int = 0
    """Line at which it begins in the file, from 1."""
    _values: dict[str, str] | None = None

    @property
    def msgid(self) -> str:
        """The source text."""
        return self.values.get("msgid", "")

    @property
    def msgstr(self) -> str:
        """The translation; of a plural entry, its first form."""
        return self.values.get("msgstr", self.values.get("msgstr[0]", ""))

    @property
    def values(self) -> dict[str, str]:
        """Every keyword with its unescaped text."""
        if self._values is None:
            self._values = _read_values(self.lines, "keyword", _KEYWORD)
        return self._values

    @property
    def is_message(self) -> bool:
        """Whether it holds a message, and not only comments."""
        return "msgid" in self.values

    @property
    def is_translated(self) -> bool:
        """Whether any of its forms has a translation."""
        return any(text for keyword, text in self.values.items() if keyword.startswith("msgstr"))

    @property
    def is_plain(self) -> bool:
        """Whether it has neither context nor plural forms: such as ours are."""
        return "msgctxt" not in self.values and "msgid_plural" not in self.values

    @property
    def previous_msgid(self) -> str:
        """The source text before the last change, from #| lines; "" when not known."""
        lines = [Line("keyword" if _KEYWORD.match(t) else "text", t) for t in self._texts("previous")]
        return _read_values(lines, "keyword", _KEYWORD).get("msgid", "")

    @property
    def flags(self) -> list[str]:
        """The flags, such as fuzzy."""
        return [flag.strip() for text in self._texts("flags") for flag in text.split(",") if flag.strip()]

    @property
    def comment(self) -> str:
        """The translator's own comment."""
        return "\n".join(self._texts("translator"))

    @property
    def extracted(self) -> list[str]:
        """What the source says to translators, line by line."""
        return self._texts("extracted")

    @property
    def references(self) -> list[str]:
        """Where the text stands, line by line."""
        return self._texts("reference")

    def _texts(self, kind: str) -> list[str]:
        strip = 1 if kind == "translator" else 2
        return [line.text[strip:].removeprefix(" ") for line in self.lines if line.kind == kind]

    def set_lines(self, kind: str, texts: Sequence[str]) -> None:
        """Replace the comment lines of one kind, where they stand or at their usual place."""
        if self._texts(kind) == list(texts):
            return
        order = ("translator", "extracted", "reference", "flags", "previous")
        mark = next((m for m, name in _MARKS.items() if name == kind), "#")
        new = [Line(kind, f"{mark} {text}".rstrip()) for text in texts]
        later = (*order[order.index(kind) + 1 :], "keyword")
        at = next((i for i, line in enumerate(self.lines) if line.kind == kind), None)
        if at is None:
            at = next((i for i, line in enumerate(self.lines) if line.kind in later), len(self.lines))
        rest = [line for line in self.lines[at:] if line.kind != kind]
        self.lines[at:] = [*new, *rest]

    def set_flags(self, flags: Sequence[str]) -> None:
        """Replace the flags."""
        if self.flags != list(flags):
            self.set_lines("flags", [", ".join(flags)] if flags else [])

    def set_previous(self, msgid: str) -> None:
        """Keep the source text that the translation was made from; "" takes it away."""
        self.set_lines("previous", keyword_lines("msgid", msgid) if msgid else [])

    def set_value(self, keyword: str, value: str) -> None:
        """Replace the text of a keyword that the entry has."""
        if self.values.get(keyword) == value:
            return
        start = next(i for i, line in enumerate(self.lines) if _is_keyword(line, keyword))
        end = start + 1
        while end < len(self.lines) and self.lines[end].kind == "text":
            end += 1
        self.lines[start:end] = _as_lines(keyword, value)
        self._values = None

    def render(self) -> list[tuple[str, str | None]]:
        """Its lines as they stand in the file, each with its end."""
        if not self.is_obsolete:
            return [(line.text, line.end) for line in self.lines]
        return [(_obsolete_line(line), line.end) for line in self.lines]


@dataclass(slots=True)
class PoFile:
    """A PO file: entries in order, the header among them."""

    entries: list[Entry]
    line_end: str = "\n"
    byte_order_mark: str = ""

    def render(self) -> str:
        """The file's text."""
        rows = [row for entry in self.entries for row in entry.render()]
        last = len(rows) - 1
        # Only the last line may be without an end.
        ends = (end if end or (end == "" and i == last) else self.line_end for i, (_, end) in enumerate(rows))
        return self.byte_order_mark + "".join(text + end for (text, _), end in zip(rows, ends, strict=True))


def new_entry(msgid: str, extracted: Iterable[str], references: Iterable[str], msgstr: str = "") -> Entry:
    """A message that nobody has translated yet."""
    lines = [Line("extracted", f"#. {text}") for text in extracted]
    lines += [Line("reference", f"#: {text}") for text in references]
    lines += _as_lines("msgid", msgid) + _as_lines("msgstr", msgstr) + [Line("blank", "")]
    return Entry(lines, _values={"msgid": msgid, "msgstr": msgstr})


def parse(text: str) -> PoFile:
    """A decoded PO file. Raises PoError with the line that is no PO syntax."""
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    body = text.removeprefix(mark)
    entries: list[Entry] = []
    current, seen = Entry(number=1), _NOTHING
    for number, (row, end) in enumerate(_rows(body), 1):
        line, is_obsolete = _line(row, number)
        line.end = end
        part = _part(line)
        if current.lines and _begins_another(part, seen, is_obsolete != current.is_obsolete):
            entries.append(current)
            current, seen = Entry(number=number), _NOTHING
        if part == _TEXT and not (current.lines and current.lines[-1].kind in ("keyword", "text")):
            raise PoError(number)
        # An entry is obsolete in all its lines or in none.
        if part >= _PREVIOUS and is_obsolete != current.is_obsolete and seen >= _PREVIOUS:
            raise PoError(number)
        current.is_obsolete |= is_obsolete
        current.lines.append(line)
        seen = max(seen, part)
    if current.lines:
        entries.append(current)
    return PoFile(entries, "\r\n" if "\r\n" in body else "\n", mark)


_NOTHING, _BLANK, _COMMENT, _PREVIOUS, _TEXT, _KEYWORDS, _MSGSTR = range(7)
"""What an entry has so far, by how far its lines have come."""
_PARTS = {"blank": _BLANK, "previous": _PREVIOUS, "text": _TEXT}


def _part(line: Line) -> int:
    if line.kind == "keyword":
        return _MSGSTR if line.text.lstrip().startswith("msgstr") else _KEYWORDS
    return _PARTS.get(line.kind, _COMMENT)


def _begins_another(part: int, seen: int, changes: bool) -> bool:
    """Whether a line belongs to the next entry already. changes: whether one of the two is obsolete."""
    if part in (_BLANK, _TEXT, _MSGSTR):
        return False
    return seen == _MSGSTR or (seen == _KEYWORDS and (changes or part != _KEYWORDS))


def _rows(body: str) -> list[tuple[str, str]]:
    """The lines with their ends; what follows the last line end is no line when it is empty."""
    rows = _ROW.findall(body)
    return rows[:-1] if rows[-1] == ("", "") else rows


def _line(row: str, number: int) -> tuple[Line, bool]:
    is_obsolete = row.startswith("#~")
    text = row[2:] if is_obsolete else row
    if is_obsolete and text.startswith("|"):
        return Line("previous", f"#{text}"), True
    mark = "#~ " if text.startswith(" ") or not is_obsolete else "#~"
    text = text.removeprefix(" ") if is_obsolete else text
    bare = text.strip()
    if is_obsolete and (not bare or bare.startswith("#")):
        return Line("translator", row), False
    if not bare:
        return Line("blank", text), is_obsolete
    if bare.startswith("#"):
        return Line(_MARKS.get(bare[:2], "translator"), text), is_obsolete
    if _KEYWORD.match(bare) and _STRING.search(bare):
        return Line("keyword", text, mark=mark), is_obsolete
    if bare.startswith('"') and _STRING.fullmatch(bare):
        return Line("text", text, mark=mark), is_obsolete
    raise PoError(number)


def _read_values(lines: Iterable[Line], kind: str, keyword: re.Pattern[str]) -> dict[str, str]:
    parts: dict[str, list[str]] = {}
    name = ""
    for line in lines:
        bare = line.text.strip()
        if line.kind == kind and (match := keyword.match(bare)):
            name = match[1]
        if line.kind in (kind, "text") and name:
            parts.setdefault(name, []).append(_string(bare))
    return {name: unescape("".join(strings)) for name, strings in parts.items()}


def _string(bare: str) -> str:
    """What stands between the quotation marks of a line, escapes and all."""
    begin = bare.find('"')
    string = bare[begin + 1 : -1]
    if begin >= 0 and '"' not in string and not string.endswith("\\") and bare[begin + 1 :].endswith('"'):
        return string
    match = _STRING.search(bare)
    return match[1] if match else ""


def _is_keyword(line: Line, keyword: str) -> bool:
    match = _KEYWORD.match(line.text.strip()) if line.kind == "keyword" else None
    return match is not None and match[1] == keyword


def _obsolete_line(line: Line) -> str:
    if line.kind in ("keyword", "text"):
        return line.mark + line.text
    if line.kind == "previous":
        return f"#~{line.text[1:]}"
    return line.text


def _as_lines(keyword: str, value: str) -> list[Line]:
    first, *rest = keyword_lines(keyword, value)
    return [Line("keyword", first), *(Line("text", text) for text in rest)]
