"""What the catalogues say: each message with its translation and its state. They are updated in updating.py."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from pipeline import po
from pipeline.files import LONGEST_LINE, read_text, refuse_endless
from pipeline.model import PlainleafError, State

MACHINE_DRAFT = "machine-draft"
"""A translator comment that begins with this word marks a machine's translation that nobody has checked.
A comment, and not a flag, because Poedit and Weblate keep comments and drop unknown flags."""

MACHINE_DRAFT_COMMENT = f"{MACHINE_DRAFT}: made by a machine; no qualified translator has checked it"

DRAFTS_HEAD = (
    "# Machine drafts. No qualified translator has checked them.",
    "# To approve one: correct it and take its machine-draft comment away.",
)
"""What a catalogue of machine drafts begins with."""

_DRAFT = re.compile(rf"^{MACHINE_DRAFT}\b", re.MULTILINE)

OFFER = "offer:"
"""An extracted comment that begins so marks a fuzzy translation as one that another text has, offered by the
translation memory. Nobody has said that it belongs here, so the message counts as missing."""

KEPT = "kept:"
"""An extracted comment that begins so marks a translation that stands although its source was corrected since; the
previous msgid is what was translated. Without it a previous msgid that is not fuzzy is only a left-over."""


@dataclass(frozen=True, slots=True)
class Message:
    """What a catalogue has for one msgid."""

    text: str
    state: State
    previous: str = ""
    """The source text that the translation was made from, where it is known and not the msgid. A translation that
    is not fuzzy has it when only the spelling of the source was corrected since."""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The messages of one article in one language."""

    path: Path
    messages: Mapping[str, Message] = field(default_factory=dict)

    def get(self, msgid: str) -> Message:
        """The message, or a missing one."""
        return self.messages.get(msgid) or Message("", State.MISSING)


def read_catalogue(path: Path) -> Catalogue:
    """The catalogue at this path. Raises PlainleafError with file and line when it is broken."""
    return parse_catalogue(read_text(path), path)


@lru_cache(maxsize=2)
def parse_catalogue(text: str, path: Path) -> Catalogue:
    """A catalogue's decoded text. Raises PlainleafError with file and line when it is broken."""
    messages: dict[str, Message] = {}
    for entry in parse_po(path, text).entries:
        if entry.msgid and entry.is_plain and not entry.is_obsolete:
            state = state_of(entry)
            text = entry.msgstr if state is not State.MISSING else ""
            if len(text) > LONGEST_LINE:
                refuse_endless(text.replace("\n", " "), f"{path}:{entry.number}")
            previous = entry.previous_msgid if state is State.FUZZY or is_kept(entry) else ""
            message = Message(text, state, previous, entry.number)
            first = messages.get(entry.msgid)
            if first and first.text and message.text and (first.text, first.state) != (message.text, message.state):
                # Two translations of one text: a person must choose, so neither is printed.
                messages[entry.msgid] = replace(first, state=State.FUZZY)
            elif first is None or not first.text:
                messages[entry.msgid] = message
    return Catalogue(path, messages)


def is_offer(entry: po.Entry) -> bool:
    """Whether a fuzzy entry holds what the translation memory offered, and nobody has taken."""
    return any(text.startswith(OFFER) for text in entry.extracted)


def is_kept(entry: po.Entry) -> bool:
    """Whether a translation was kept when its source was corrected."""
    return "fuzzy" not in entry.flags and any(text.startswith(KEPT) for text in entry.extracted)


def state_of(entry: po.Entry) -> State:
    """Where one entry stands."""
    if not entry.msgstr.strip():
        return State.MISSING
    if "fuzzy" in entry.flags:
        return State.MISSING if is_offer(entry) else State.FUZZY
    comment = entry.comment
    if MACHINE_DRAFT in comment and _DRAFT.search(comment):
        return State.DRAFT
    return State.TRANSLATED


def approved(content: str, path: Path, signed: Mapping[str, str]) -> str:
    """A catalogue's text in which what was signed is marked as a machine's draft no more.

    signed: msgid -> msgstr; a message that meanwhile says something else keeps its mark. Raises PlainleafError.
    """
    file = parse_po(path, content)
    for entry in file.entries:
        if entry.is_plain and not entry.is_obsolete and signed.get(entry.msgid) == entry.msgstr:
            entry.lines = [line for line in entry.lines if not _marks_draft(line)]
    if not any(_marks_draft(line) for entry in file.entries for line in entry.lines):
        for entry in file.entries:
            entry.lines = [line for line in entry.lines if line.text not in DRAFTS_HEAD]
    return file.render()


def _marks_draft(line: po.Line) -> bool:
    return line.kind == "translator" and re.match(rf"#\s*{MACHINE_DRAFT}\b", line.text) is not None


def parse_po(path: Path, content: str) -> po.PoFile:
    """A decoded PO file; path: for messages. Raises PlainleafError with file and line when it is broken."""
    try:
        return po.parse(content)
    except po.PoError as error:
        raise PlainleafError(
            f"{path}:{error.line}: not a valid PO catalogue; correct this line, or run msgfmt -c for details"
        ) from None
