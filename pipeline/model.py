"""The nouns of the pipeline. This module imports nothing of ours."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
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


class State(StrEnum):
    """Where the translation of one segment stands."""

    MISSING = "missing"
    FUZZY = "fuzzy"
    """The source has changed since it was translated. Never printed."""
    DRAFT = "draft"
    """Made by a machine; no qualified person has checked it."""
    TRANSLATED = "translated"


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


@dataclass(frozen=True)
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
    segments: tuple[Segment, ...]

    @property
    def title(self) -> str:
        """The title for readers: front matter, else the first heading, else the file's name."""
        title = self.meta.get("title")
        if isinstance(title, str) and title.strip():
            return title.strip()
        for segment in self.segments:
            if segment.kind == "heading":
                return segment.text
        return self.path.stem

    @cached_property
    def _line_starts(self) -> list[int]:
        return line_starts(self.text)

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column, both from 1, of a character offset into ``text``."""
        line = bisect_right(self._line_starts, offset)
        start = self._line_starts[line - 1]
        if line == 1 and self.text.startswith("\ufeff"):
            start += 1
        return line, max(offset - start, 0) + 1

    def line_text(self, line: int) -> str:
        """The text of a line (from 1), without its end."""
        starts = self._line_starts
        stop = starts[line] if line < len(starts) else len(self.text)
        return self.text[starts[line - 1] : stop].rstrip("\r\n").lstrip("\ufeff")


def line_starts(text: str) -> list[int]:
    """Offsets at which the lines of ``text`` begin; a line ends at LF, CRLF or a lone CR."""
    starts = [0]
    position = 0
    while position < len(text):
        feed, carriage = text.find("\n", position), text.find("\r", position)
        if feed < 0 and carriage < 0:
            break
        end = min(p for p in (feed, carriage) if p >= 0)
        position = end + (2 if text.startswith("\r\n", end) else 1)
        starts.append(position)
    return starts


@dataclass(frozen=True, slots=True)
class Translation:
    """A segment of the source with what stands for it in another language."""

    segment: Segment
    text: str
    """The translation, or "" when the state is missing."""
    state: State
    line: int = 0
    """Line of the message in the catalogue, from 1; 0 when it is not there."""

    @property
    def printable(self) -> bool:
        """Whether readers may see it. A fuzzy translation says what an older source said."""
        return self.state in (State.DRAFT, State.TRANSLATED)


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
    suggestions: tuple[str, ...] = ()
    standard: str = ""
    """The rule behind it, such as "WCAG 2.2 1.1.1"."""
    excerpt: str = ""
    """The line that holds ``start``."""


@dataclass(frozen=True, slots=True)
class Output:
    """One file that a build made."""

    article: str
    language: str
    format: str
    path: Path
    digest: str
    """SHA-256 of the bytes, in hexadecimal."""
    findings: tuple[Finding, ...] = field(default=())
