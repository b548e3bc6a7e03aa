"""What goes out to translators, and what comes back."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pipeline.model import Segment, State

DIGITS = 16
"""Hexadecimal digits of SHA-256 in ids: 64 bits."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One text that goes out, with what stands for it now."""

    source: str
    """The msgid."""
    text: str
    """Its translation. Of a fuzzy one, what an older source said; of a missing one, "" or what is only offered."""
    state: State
    is_signed: bool
    is_plain: bool
    """Whether the text holds no markup but placeholders."""
    notes: tuple[str, ...]
    """For the translator: where it stands and what to mind."""
    previous: str = ""
    """The source text that a fuzzy translation was made from."""
    limit: int = 0
    """The most characters that the layout has room for; 0 for no limit."""

    @property
    def id(self) -> str:
        """The same for the same text, wherever it stands."""
        return unit_id(self.source)

    @property
    def exported(self) -> str:
        """Tells, when the text comes back, whether its translation has changed here meanwhile."""
        return standing("" if self.state is State.MISSING else self.text, self.state)


@dataclass(frozen=True, slots=True)
class Original:
    """What is translated: an article, or the library's own texts."""

    article: str
    """The id of the article."""
    path: str
    """Its path from the library's folder."""
    segments: Sequence[Segment]


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One article in one language, as it goes out."""

    original: Original
    source_language: str
    language: str
    units: tuple[Unit, ...]
    catalogue: str
    """The text of the catalogue, up to date with the article."""


@dataclass(frozen=True, slots=True)
class Returned:
    """One text that came back."""

    source: str
    """As the file has it; equals a msgid unless somebody changed one of the two."""
    text: str
    """The translation, "" when there is none."""
    line: int
    """In the file that came back."""
    unit: str = ""
    """The unit's id, from XLIFF."""
    parts: tuple[tuple[bool, str], ...] = ()
    """The translation in parts, each told to be a code or what the translator typed. From XLIFF."""
    is_finished: bool = True
    """Whether the translator marked it as translated."""
    is_machine_made: bool = False
    is_locked: bool = False
    """Whether it went out as signed, not to be changed."""
    exported: str = ""
    """Unit.exported of the day it went out; "" when the translator's tool lost it."""
    remarks: tuple[str, ...] = ()
    """What the translator wrote to us beside it."""
    problem: str = ""
    """Why it cannot be read."""


@dataclass(frozen=True, slots=True)
class ReturnedFile:
    """What came back for one article in one language."""

    path: Path
    article: str
    source_language: str
    """"" when the file does not say."""
    language: str
    entries: tuple[Returned, ...]


class Outcome(StrEnum):
    """What became of one text that came back."""

    NEW = "new"
    CHANGED = "changed"
    CONFIRMED = "confirmed"
    """The same text, which was a draft or fuzzy before and which the translator marked as translated."""
    UNCHANGED = "unchanged"
    UNTRANSLATED = "untranslated"
    """It came back empty."""
    UNFINISHED = "unfinished"
    """Not marked as translated by the translator."""
    SOURCE_CHANGED = "source changed"
    """The article no longer says this."""
    SOURCE_ALTERED = "source altered"
    """The file's source text is not the one that went out."""
    CODES = "codes"
    """Links, bold, placeholders or other codes were lost, added or changed."""
    CONFLICT = "conflict"
    """The translation has changed here since it went out."""
    SIGNED = "signed"
    """Somebody has signed the translation that stands here."""
    UNREADABLE = "unreadable"


TAKEN = (Outcome.NEW, Outcome.CHANGED, Outcome.CONFIRMED)
REFUSED = (
    Outcome.SOURCE_CHANGED,
    Outcome.SOURCE_ALTERED,
    Outcome.CODES,
    Outcome.CONFLICT,
    Outcome.SIGNED,
    Outcome.UNFINISHED,
    Outcome.UNREADABLE,
)


def unit_id(source: str) -> str:
    """The name of a source text in files for translators and on the pages of plainleaf serve."""
    return f"u{digest(source)}"


def digest(text: str) -> str:
    """A short digest of a text, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:DIGITS]


def standing(text: str, state: State) -> str:
    """A short digest of a translation and where it stands."""
    return digest(f"{state.value}\n{text}")


def tag(language: str) -> str:
    """The BCP 47 tag of a CLDR identifier."""
    return language.replace("_", "-")
