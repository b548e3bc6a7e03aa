"""The nouns of the pipeline. This module imports nothing of ours."""

from __future__ import annotations

import datetime
import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import Any


class PlainleafError(Exception):
    """Something is wrong with what the user gave us; the message says what, where and what to do."""


class Severity(StrEnum):
    """How grave a finding is."""

    ERROR = "error"
    """A reader could be hurt or shut out; the exit status is 1."""
    WARNING = "warning"
    """Worth mending; the build goes on."""
    REVIEW = "review"
    """A person must look: a real result, not a weak pass."""


class Role(StrEnum):
    """What a person answers for who signs a translation."""

    TRANSLATOR = "translator"
    """Has made the translation, or has revised a machine's draft word by word."""
    CHECKER = "checker"
    """A second qualified person, who has read it against the source."""


class State(StrEnum):
    """Where the translation of one segment stands."""

    MISSING = "missing"
    FUZZY = "fuzzy"
    """The source has changed since it was translated. Never printed."""
    DRAFT = "draft"
    """Made by a machine; no qualified person has checked it."""
    TRANSLATED = "translated"


_MARKUP = re.compile(r"!?\[([^\]]*)\](?:\([^)]*\)|\{[^}]*\})?|[*`]+|(?<!\w)_+|_+(?!\w)")
"""The marks of a heading that its plain text lacks."""
_LINE_END = re.compile(r"\r\n?|\n")


class Lines:
    """A text as numbered lines. A line ends at LF, CRLF or a lone CR."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0]
        """Offset in characters at which each line begins."""
        if "\r" in text:
            self.starts += [match.end() for match in _LINE_END.finditer(text)]
        else:
            self.starts += accumulate(len(line) + 1 for line in text.split("\n")[:-1])

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column, both from 1, of an offset in characters. A byte order mark has no column."""
        line = bisect_right(self.starts, offset)
        start = self.starts[line - 1]
        if line == 1 and self.text.startswith("\ufeff"):
            start += 1
        return line, max(offset - start, 0) + 1

    def offset(self, line: int) -> int:
        """Offset at which a line (from 1) begins."""
        return self.starts[line - 1]

    def line(self, number: int) -> str:
        """A line (from 1) without its end."""
        stop = self.starts[number] if number < len(self.starts) else len(self.text)
        return self.text[self.starts[number - 1] : stop].rstrip("\r\n").removeprefix("\ufeff")


@dataclass(frozen=True, slots=True)
class Segment:
    """One translatable piece of an article, with its place."""

    kind: str
    """heading, paragraph, list-item, table-header, table-cell, term, definition, footnote, quote,
    link-title, or field (front matter)."""
    text: str
    """The inline Markdown on one line: the msgid. A hard line break is a backslash and a newline."""
    start: int
    """Offset in characters of the span in ``Article.text``."""
    end: int
    """Offset one past the span."""
    line: int
    """Line of ``start``, from 1."""
    column: int
    """Column of ``start`` in characters, from 1."""
    trail: tuple[str, ...] = ()
    """The headings above it, outermost first. A field has its path here: ("front matter", "title")."""
    level: int = 0
    """Level of a heading, 1 to 6; 0 for everything else."""
    prefix: str = ""
    """What a continuation line of this block begins with, such as "> " or the indent of a list item."""
    remarks: tuple[str, ...] = ()
    """What the author tells translators about it."""


@dataclass(frozen=True, eq=False)
class Article:
    """One Markdown file, canonical or translated."""

    path: Path
    """Where it stands; as the user named it, so that messages can be clicked."""
    id: str
    """topic/name, without suffix; POSIX separators."""
    language: str
    """CLDR identifier, such as en or zh_Hans."""
    meta: Mapping[str, Any]
    """Front matter as read; empty when there is none or when it is broken."""
    text: str
    """The whole decoded file, front matter and byte order mark included."""
    segments: Sequence[Segment]

    @property
    def title(self) -> str:
        """The title for readers: front matter, else the first heading, else the file's name."""
        title = self.meta.get("title")
        if isinstance(title, str) and title.strip():
            return title.strip()
        for segment in self.segments:
            if segment.kind == "heading":
                return _MARKUP.sub(r"\1", segment.text).strip()
        return self.path.stem

    @property
    def is_publishable(self) -> bool:
        """Whether it may be built: an imported draft is not, until an editor has cleared it."""
        return self.meta.get("publishable") is not False

    @cached_property
    def lines(self) -> Lines:
        """The lines of ``text``, to turn offsets into places."""
        return Lines(self.text)


PRINTABLE = (State.DRAFT, State.TRANSLATED)
"""What readers may see. A fuzzy translation says what an older source said."""


@dataclass(frozen=True, slots=True)
class Translation:
    """A segment of the source with what stands for it in another language."""

    segment: Segment
    text: str
    """The translation, or "" when the state is missing."""
    state: State
    line: int = 0
    """Line of the message in the catalogue, from 1; 0 when it is not there."""
    previous: str = ""
    """The source text that the translation was made from, where it is known and another: the translation is fuzzy,
    or the source was only corrected since (a spelling, say) and the translation was kept."""

    @property
    def printable(self) -> bool:
        """Whether readers may see it."""
        return self.state in PRINTABLE


@dataclass(frozen=True, slots=True)
class Signature:
    """One person's word for a translation, and exactly what it is given for."""

    role: Role
    name: str
    credential: str
    """Of the person: what qualifies them, such as "certified translator" or "cardiology nurse"."""
    date: datetime.date
    method: str
    """How the work was done, such as "machine draft, revised by a person"; "" when not told."""
    text: str
    """Digest of all segments of the article that readers saw then, in their order."""
    segments: tuple[str, ...]
    """Digests of the segments signed for, each of a source text with its translation, in the article's order."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check has to say about one place."""

    check: str
    severity: Severity
    path: Path
    start: int
    """Offset in characters into the file's decoded text."""
    end: int
    line: int
    column: int
    end_line: int
    end_column: int
    message: str
    """Of a check it is a pipeline.messages.Message."""
    suggestions: tuple[str, ...] = ()
    standard: str = ""
    """The rule behind it, such as "WCAG 2.2 1.1.1"."""
    excerpt: str = ""
    """The line that holds ``start``."""
    fix: str | None = None
    """What may be put in the place of the span without asking; None where a person must choose."""


@dataclass(frozen=True, slots=True)
class Output:
    """One file that a build made."""

    article: str
    language: str
    format: str
    name: str
    """Its path in dist/, with slashes."""
    digest: str
    """SHA-256 of the bytes, in hexadecimal."""
    dist: Path
    """The folder that it stands in."""

    @property
    def path(self) -> Path:
        """Where it stands. Made when it is asked for: a build that changes one output knows thousands."""
        return self.dist / self.name
