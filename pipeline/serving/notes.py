"""What a catalogue tells translators of a text, in the words of the page: the catalogue has it in English."""

from __future__ import annotations

import re

from pipeline.catalogue import KEPT, OFFER
from pipeline.desk import Words, gettext_noop
from pipeline.exchange.model import Unit
from pipeline.messages import named
from pipeline.overview.texts import KINDS
from pipeline.updating import CAUTION, REUSED

_HELP = (OFFER, KEPT, REUSED, CAUTION, "note:")
_LENGTH = re.compile(r"length: at most (\d+) characters: (.*)", re.DOTALL)
_FIELDS = {
    "title": gettext_noop("Title"),
    "also_called": gettext_noop("Also called"),
    "summary": gettext_noop("Summary"),
    "disclaimer": gettext_noop("Disclaimer"),
    "media.alt": gettext_noop("What a picture shows"),
    "media.transcript": gettext_noop("What a recording says"),
}
"""What editors call the fields of the front matter."""


def place_of_text(unit: Unit, words: Words) -> str:
    """Where a text stands, in the words of the page's readers: no editor needs to know what front matter is."""
    found = next((note for note in unit.notes if not _is_note(note)), "")
    *above, kind = found.split(" > ")
    if above[:1] == ["front matter"] and len(above) > 1:
        name = above[1]
        return words.say(_FIELDS[name]) if name in _FIELDS else name.replace("_", " ").capitalize()
    known = KINDS.get(kind.replace(" ", "-"))
    place = " › ".join([*above, words.say(known).lower() if known else kind])
    return place[:1].upper() + place[1:]


def notes_of_text(unit: Unit, words: Words) -> tuple[tuple[str, bool], ...]:
    """What translators are told of a text; with each note whether it is in the language of the page."""
    return tuple(_told(note, words) for note in unit.notes if _is_note(note))


def _is_note(note: str) -> bool:
    # A heading may have a colon: what ends with the kind of a text is its place.
    is_place = note.rpartition(" > ")[2].replace(" ", "-") in KINDS
    return not is_place and (": " in note or note.startswith(_HELP))


def _told(note: str, words: Words) -> tuple[str, bool]:
    if match := _LENGTH.fullmatch(note):
        why = named(match[2])
        told = words.say("length: at most {count} characters: {why}", count=match[1], why=words.tell(why))
        return told, words.knows(why)
    kind, _, rest = note.partition(" ")
    if kind == CAUTION and words.knows(named(rest)):
        return words.say("caution: {reason}", reason=words.tell(named(rest))), True
    return note, words.is_source
