"""What translators are told about a message, in its extracted comments (#. lines)."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.language import load_language
from pipeline.lengths import limit
from pipeline.merging import plain_notes
from pipeline.model import Segment


def notes_for(language: str) -> Callable[[Segment], list[str]]:
    """Gives the comments of a segment for the translators of a language.

    Its headings and its kind; what the author says of it; how long it may be. No line numbers: they would change with
    every line that is added above.
    """

    is_wide = load_language(language).script in ("Hans", "Hant", "Jpan", "Kore")

    def notes(segment: Segment) -> list[str]:
        found = plain_notes(segment)
        room = limit(segment)
        if room:
            most = room.most // 2 if is_wide else room.most
            found.append(f"length: at most {most} characters: {room.why}")
        return found

    return notes
