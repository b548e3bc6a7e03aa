"""The only module that touches PO files. They belong to translators: nothing in them is ever lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from rapidfuzz import fuzz, process

from pipeline import po
from pipeline.files import read_text
from pipeline.model import PlainleafError, Segment, State

MACHINE_DRAFT = "machine-draft"
"""A translator comment that begins with this word marks a machine's translation that nobody has checked.
A comment, and not a flag, because Poedit and Weblate keep comments and drop unknown flags."""

MACHINE_DRAFT_COMMENT = f"{MACHINE_DRAFT}: made by a machine; no qualified translator has checked it"

DRAFTS_HEAD = (
    "# Machine drafts. No qualified translator has checked them.",
    "# To approve one: correct it and take its machine-draft comment away.",
)
"""What a catalogue of machine drafts begins with."""

FUZZY_CUTOFF = 65
"""Similarity in per cent (normalised indel) from which an old translation is offered for a new text."""

_HEADER = (
    "Report-Msgid-Bugs-To: ",
    "PO-Revision-Date: YEAR-MO-DA HO:MI+ZONE",
    "Last-Translator: ",
    "Language-Team: ",
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=UTF-8",
    "Content-Transfer-Encoding: 8bit",
)


@dataclass(frozen=True, slots=True)
class Message:
    """What a catalogue has for one msgid."""

    text: str
    state: State
    previous: str = ""
    """The source text that a fuzzy translation was made from, where it is known."""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The messages of one article in one language."""

    path: Path
    messages: Mapping[str, Message] = field(default_factory=dict)

    def get(self, msgid: str) -> Message:
        """The message, or a missing one."""
        return self.messages.get(msgid) or Message("", State.MISSING)


@dataclass(frozen=True, slots=True)
class Changes:
    """What an update did, in numbers of messages."""

    kept: int = 0
    added: int = 0
    fuzzy: int = 0
    revived: int = 0
    obsolete: int = 0


def read_catalogue(path: Path) -> Catalogue:
    """The catalogue at this path. Raises PlainleafError with file and line when it is broken."""
    return parse_catalogue(read_text(path), path)


def parse_catalogue(text: str, path: Path) -> Catalogue:
    """A catalogue's decoded text. Raises PlainleafError with file and line when it is broken."""
    messages: dict[str, Message] = {}
    for entry in _parse(path, text).entries:
        if entry.msgid and entry.is_plain and not entry.is_obsolete:
            message = Message(entry.msgstr, state_of(entry), entry.previous_msgid, entry.number)
            first = messages.get(entry.msgid)
            if first and first.text and message.text and (first.text, first.state) != (message.text, message.state):
                # Two translations of one text: a person must choose, so neither is printed.
                messages[entry.msgid] = replace(first, state=State.FUZZY)
            elif first is None or not first.text:
                messages[entry.msgid] = message
    return Catalogue(path, messages)


def state_of(entry: po.Entry) -> State:
    """Where one entry stands."""
    if not entry.msgstr.strip():
        return State.MISSING
    if "fuzzy" in entry.flags:
        return State.FUZZY
    if re.search(rf"^{MACHINE_DRAFT}\b", entry.comment, re.MULTILINE):
        return State.DRAFT
    return State.TRANSLATED


def approved(content: str, path: Path, signed: Mapping[str, str]) -> str:
    """A catalogue's text in which what was signed is marked as a machine's draft no more.

    signed: msgid -> msgstr; a message that meanwhile says something else keeps its mark. Raises PlainleafError.
    """
    file = _parse(path, content)
    for entry in file.entries:
        if entry.is_plain and not entry.is_obsolete and signed.get(entry.msgid) == entry.msgstr:
            entry.lines = [line for line in entry.lines if not _marks_draft(line)]
    if not any(_marks_draft(line) for entry in file.entries for line in entry.lines):
        for entry in file.entries:
            entry.lines = [line for line in entry.lines if line.text not in DRAFTS_HEAD]
    return file.render()


def _marks_draft(line: po.Line) -> bool:
    return line.kind == "translator" and re.match(rf"#\s*{MACHINE_DRAFT}\b", line.text) is not None


def updated(
    content: str | None, path: Path, segments: Iterable[Segment], language: str, source: str
) -> tuple[str, Changes]:
    """A catalogue's text brought up to date with an article's segments.

    content: the catalogue's present text, or None for a new one. path: for messages. source: the article's
    path as translators see it. A text that changed keeps its nearest old translation, marked fuzzy, with
    the old text as previous msgid; each old translation is offered only once. What is no longer in the
    article becomes obsolete, and comes back with its translation when the text returns. Every other line
    stays byte for byte. Raises PlainleafError when the content is broken.
    """
    file = _parse(path, content) if content is not None else po.PoFile([_header(language, source)])
    head = [e for e in file.entries if not e.is_message or not e.msgid]
    messages = [e for e in file.entries if e.msgid]
    merged, changes = _merge(messages, _wanted(segments), source)
    file.entries = [*head, *merged]
    _part(file.entries)
    return file.render(), changes


def _merge(old: list[po.Entry], wanted: Mapping[str, Sequence[str]], source: str) -> tuple[list[po.Entry], Changes]:
    exact: dict[str, po.Entry] = {}
    rest: list[po.Entry] = []
    for entry in sorted(old, key=lambda e: (e.is_obsolete, not e.msgstr)):
        if entry.is_plain and entry.msgid in wanted and entry.msgid not in exact:
            exact[entry.msgid] = entry
        else:
            rest.append(entry)
    offers = _offers([m for m in wanted if m not in exact], rest)
    used = {id(entry) for entry in offers.values()}
    merged, revived = [], 0
    for msgid, places in wanted.items():
        entry = exact.get(msgid) or offers.get(msgid) or po.new_entry(msgid, (), ())
        if msgid in exact:
            revived += entry.is_obsolete
            entry.is_obsolete = False
        elif msgid in offers:
            _make_fuzzy(entry, msgid)
        entry.set_lines("extracted", places)
        entry.set_lines("reference", [source])
        merged.append(entry)
    left = [e for e in rest if id(e) not in used and (e.is_obsolete or e.is_translated or e.comment)]
    obsolete = sum(not e.is_obsolete for e in left)
    order = {id(entry): index for index, entry in enumerate(old)}
    left.sort(key=lambda e: order[id(e)])
    for entry in left:
        if not entry.is_obsolete:
            entry.is_obsolete = True
            entry.set_lines("reference", [])
            entry.set_lines("extracted", [])
    added = len(wanted) - len(exact) - len(offers)
    return [*merged, *left], Changes(len(exact) - revived, added, len(offers), revived, obsolete)


def _wanted(segments: Iterable[Segment]) -> dict[str, list[str]]:
    """Each text with the places where it stands, as translators see them."""
    places: dict[str, list[str]] = {}
    for segment in segments:
        place = " > ".join((*segment.trail, segment.kind.replace("-", " ")))
        known = places.setdefault(segment.text, [])
        if place not in known:
            known.append(place)
    return places


def _offers(missing: list[str], rest: list[po.Entry]) -> dict[str, po.Entry]:
    """For each new text the nearest old entry that no nearer text wants."""
    candidates = [e for e in rest if not e.is_obsolete and e.msgstr and e.is_plain]
    texts = [e.msgid for e in candidates]
    pairs = [
        (-score, position, index)
        for position, text in enumerate(missing)
        for _, score, index in process.extract(text, texts, scorer=fuzz.ratio, score_cutoff=FUZZY_CUTOFF, limit=4)
    ]
    offers: dict[str, po.Entry] = {}
    used: set[int] = set()
    for _, position, index in sorted(pairs):
        if missing[position] not in offers and index not in used:
            offers[missing[position]] = candidates[index]
            used.add(index)
    return offers


def _make_fuzzy(entry: po.Entry, msgid: str) -> None:
    # The oldest known text is the one that the translation was made from.
    is_fuzzy = "fuzzy" in entry.flags
    entry.set_previous(entry.previous_msgid if is_fuzzy and entry.previous_msgid else entry.msgid)
    if not is_fuzzy:
        entry.set_flags(["fuzzy", *entry.flags])
    entry.set_value("msgid", msgid)


def _header(language: str, source: str) -> po.Entry:
    fields = (f"Project-Id-Version: {source}", *_HEADER[:4], f"Language: {language}", *_HEADER[4:])
    return po.new_entry("", (), (), "".join(f"{text}\n" for text in fields))


def _part(entries: list[po.Entry]) -> None:
    """A blank line between entries that have none, as when one was appended to the file's last line."""
    for entry in entries[:-1]:
        if entry.lines[-1].kind != "blank":
            entry.lines.append(po.Line("blank", ""))
    if entries and entries[-1].lines[-1].kind == "blank" and len(entries[-1].lines) > 1:
        last = entries[-1].lines
        while len(last) > 1 and last[-1].kind == "blank":
            last.pop()


def _parse(path: Path, content: str) -> po.PoFile:
    try:
        return po.parse(content)
    except po.PoError as error:
        raise PlainleafError(
            f"{path}:{error.line}: not a valid PO catalogue; correct this line, or run msgfmt -c for details"
        ) from None
