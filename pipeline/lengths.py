"""How long a text may be where the layout has little room for it."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from pipeline.messages import Message, say
from pipeline.model import Segment


class Limit(NamedTuple):
    """The room that a segment has."""

    most: int
    """Columns: a letter has one, a Chinese character two."""
    why: Message


TITLE = Limit(60, say("it stands in one line at the foot of each page"))
TOPIC = Limit(40, say("it stands in the menu of every page"))
TABLE_HEADER = Limit(40, say("it stands over a column of a table"))


def limit(segment: Segment) -> Limit | None:
    """The room for a segment's translation; None where there is enough.

    A source text that is longer than its room has shown that more goes.
    """
    found = {"topic": TOPIC, "table-header": TABLE_HEADER}.get(segment.kind)
    if segment.kind == "field" and segment.trail[-1:] == ("title",):
        found = TITLE
    return found._replace(most=max(found.most, width(segment.text))) if found else None


def width(text: str) -> int:
    """The columns that a text takes: none for marks upon letters, two for wide characters (Unicode annex 11)."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.category(c) in ("Mn", "Me", "Cf") else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )
