"""How severities and states look: each has a shape, a class and a word, so that none is told by colour alone."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.desk.words import gettext_noop
from pipeline.model import Severity


@dataclass(frozen=True, slots=True)
class Look:
    """How one severity or state is shown."""

    name: str
    """Of the CSS class."""
    sign: str
    """One character of its own shape; hidden from screen readers, which get the word."""
    word: str
    """An interface string: say it."""
    one: str = ""
    """With {count}, for one of them."""
    many: str = ""
    short: str = ""
    """The word where there is little room."""


SEVERITIES = {
    Severity.ERROR: Look(
        "error", "◆", gettext_noop("Error"), gettext_noop("{count} error"), gettext_noop("{count} errors")
    ),
    Severity.WARNING: Look(
        "warning", "▲", gettext_noop("Warning"), gettext_noop("{count} warning"), gettext_noop("{count} warnings")
    ),
    Severity.REVIEW: Look(
        "review", "●", gettext_noop("To review"), gettext_noop("{count} to review"), gettext_noop("{count} to review")
    ),
}

STATES = {
    "source": Look("source", "¶", gettext_noop("Source")),
    "signed": Look("signed", "✓", gettext_noop("Signed")),
    "unsigned": Look("unsigned", "○", gettext_noop("Not signed")),
    "draft": Look("draft", "◐", gettext_noop("Machine draft"), short=gettext_noop("Draft")),
    "partial": Look("partial", "◔", gettext_noop("In part")),
    "out of date": Look("stale", "✗", gettext_noop("Out of date")),
    "none": Look("none", "–", gettext_noop("Not translated"), short=gettext_noop("None")),
    "unreadable": Look("unreadable", "⚠", gettext_noop("Cannot be read"), short=gettext_noop("Broken")),
    "unknown": Look("none", "?", gettext_noop("Not known")),
}
"""By the ``state`` of pipeline.standing.Standing, with the source text and what cannot be read beside them."""

SEGMENT_STATES = {
    "translated": Look("signed", "✓", gettext_noop("Translated")),
    "draft": Look("draft", "◐", gettext_noop("Machine draft")),
    "fuzzy": Look("stale", "✗", gettext_noop("Out of date: the source has changed")),
    "missing": Look("none", "–", gettext_noop("Not translated: readers see the source text")),
}
"""By pipeline.model.State of one segment."""
