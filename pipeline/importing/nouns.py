"""The nouns of an import: lines as they came, blocks of them, and what each block is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

_LINK = re.compile(r"\[((?:[^\[\]\\]|\\.)*)\]\([^()\s]*\)")


class Label(StrEnum):
    """What a line of the page is."""

    HEADING = "heading"
    BODY = "body"
    LIST = "list"
    BOILERPLATE = "boilerplate"
    """Anything that is no part of the article: navigation, comments, advertisements, bylines, residue of pictures."""


@dataclass(slots=True)
class Line:
    """One non-empty line of the input."""

    number: int
    """From 1."""
    text: str
    """Mended, without its list marker and the space around it."""
    indent: int
    """Columns of space before it."""
    marker: str
    """The list marker as it stood, such as "•" or "1."; empty when it has none."""
    gap: bool
    """Whether a blank line, a page break or the beginning of the file is above it."""
    page: bool = False
    """Whether a page break is above it."""
    soft: bool = False
    """Whether it ended with a soft hyphen."""
    hint: str = ""
    """What the markup of the file says: h1 to h6, li, p, or raw for Markdown to be taken as it is."""
    raw: str = ""
    """The line as it came."""


@dataclass(slots=True)
class Block:
    """A paragraph, heading or list item: one line, or several that were wrapped."""

    lines: list[Line]
    text: str
    words: int
    """About as many words; a Chinese word is taken for 1.7 characters."""
    label: Label = Label.BODY
    reason: str = ""
    """Why it was dropped."""
    kind: str = ""
    """Kind of furniture, such as comments or byline."""
    is_sure: bool = True
    """False when a person should look at the label."""
    level: int = 2
    line: Line = field(init=False)
    """Its first line, whose marker, gap and hint are those of the block: looked at so often that they are kept."""
    marker: str = field(init=False)
    gap: bool = field(init=False)
    hint: str = field(init=False)

    def __post_init__(self) -> None:
        self.line = line = self.lines[0]
        self.marker, self.gap, self.hint = line.marker, line.gap, line.hint

    @property
    def plain(self) -> str:
        """Its text without the addresses of links."""
        return _LINK.sub(r"\1", self.text) if "](" in self.text else self.text

    def drop(self, kind: str, reason: str, *, is_sure: bool = True) -> None:
        """Leave it out of the article."""
        self.label, self.kind, self.reason, self.is_sure = Label.BOILERPLATE, kind, reason, is_sure


@dataclass(frozen=True, slots=True)
class Dropped:
    """A line that is not in the draft."""

    line: int
    text: str
    kind: str
    reason: str
    is_sentence: bool
    """Whether it reads as a sentence, so that an editor looks at it first."""


@dataclass(frozen=True, slots=True)
class Unsettled:
    """Something that the import could not settle, at a place in the input."""

    name: str
    line: int
    message: str
    excerpt: str = ""


def unsettled_at(name: str, block: Block, message: str) -> Unsettled:
    """A finding at the first line of a block."""
    return Unsettled(name, block.line.number, message, block.line.raw or block.text)


@dataclass(slots=True)
class Mended:
    """How many of each kind of mend were made, by name, such as "non-breaking space"."""

    counts: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, number: int = 1) -> None:
        """Count a mend."""
        if number:
            self.counts[name] = self.counts.get(name, 0) + number
