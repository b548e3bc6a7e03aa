"""The only module that touches PO files. They belong to translators: nothing in them is ever lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polib
from rapidfuzz import fuzz, process

from pipeline.files import read_text
from pipeline.model import PlainleafError, Segment, State

MACHINE_DRAFT = "machine-draft"
"""A translator comment that begins with this word marks a machine's translation that nobody has checked.
A comment, and not a flag, because Poedit and Weblate keep comments and drop unknown flags."""

MACHINE_DRAFT_COMMENT = f"{MACHINE_DRAFT}: made by a machine; no qualified translator has checked it"

FUZZY_CUTOFF = 65
"""Similarity in per cent (normalised indel) from which an old translation is offered for a new text."""

_HEADER = {
    "Report-Msgid-Bugs-To": "",
    "PO-Revision-Date": "YEAR-MO-DA HO:MI+ZONE",
    "Last-Translator": "",
    "Language-Team": "",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
}


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
    for entry in _parse(path, text):
        if not entry.obsolete and entry.msgctxt is None and not entry.msgid_plural:
            previous = entry.previous_msgid or ""
            messages[entry.msgid] = Message(entry.msgstr, state_of(entry), previous, entry.linenum or 0)
    return Catalogue(path, messages)


def state_of(entry: polib.POEntry) -> State:
    """Where one entry stands."""
    if not entry.msgstr.strip():
        return State.MISSING
    if entry.fuzzy:
        return State.FUZZY
    if re.search(rf"^{MACHINE_DRAFT}\b", entry.tcomment, re.MULTILINE):
        return State.DRAFT
    return State.TRANSLATED


def updated(
    content: str | None, path: Path, segments: Iterable[Segment], language: str, source: str
) -> tuple[str, Changes]:
    """A catalogue's text brought up to date with an article's segments.

    content: the catalogue's present text, or None for a new one. path: for messages. source: the article's
    path as translators see it. A text that changed keeps its nearest old translation, marked fuzzy, with
    the old text as previous msgid; each old translation is offered only once. What is no longer in the
    article becomes obsolete, and comes back with its translation when the text returns.
    Raises PlainleafError when the content is broken.
    """
    old = _parse(path, content) if content is not None else _new(language, source)
    byte_order_mark = "\ufeff" if (content or "").startswith("\ufeff") else ""
    wanted = _wanted(segments, source)
    entries, changes = _merge(list(old), wanted)
    del old[:]
    old.extend(entries)
    text = str(old)
    if not text.endswith("\n"):
        text += "\n"
    if content and "\r\n" in content:
        text = text.replace("\n", "\r\n")
    return byte_order_mark + text, changes


def _merge(old: list[polib.POEntry], wanted: dict[str, polib.POEntry]) -> tuple[list[polib.POEntry], Changes]:
    exact: dict[str, polib.POEntry] = {}
    rest: list[polib.POEntry] = []
    for entry in sorted(old, key=lambda e: (e.obsolete, not e.msgstr)):
        plain = entry.msgctxt is None and not entry.msgid_plural
        if plain and entry.msgid in wanted and entry.msgid not in exact:
            exact[entry.msgid] = entry
        else:
            rest.append(entry)
    offers = _offers([m for m in wanted if m not in exact], rest)
    used = {id(entry) for entry in offers.values()}
    merged, revived = [], 0
    for msgid, new in wanted.items():
        if msgid not in exact:
            merged.append(_offered(new, offers[msgid]) if msgid in offers else new)
            continue
        entry = exact[msgid]
        revived += bool(entry.obsolete)
        entry.obsolete = False
        entry.comment, entry.occurrences = new.comment, new.occurrences
        merged.append(entry)
    left = [e for e in rest if id(e) not in used and (e.obsolete or e.msgstr or e.tcomment)]
    obsolete = sum(not e.obsolete for e in left)
    order = {id(entry): index for index, entry in enumerate(old)}
    for entry in left:
        entry.obsolete = True
        entry.occurrences = []
    left.sort(key=lambda e: order[id(e)])
    added = len(wanted) - len(exact) - len(offers)
    return [*merged, *left], Changes(len(exact) - revived, added, len(offers), revived, obsolete)


def _wanted(segments: Iterable[Segment], source: str) -> dict[str, polib.POEntry]:
    places: dict[str, list[str]] = {}
    for segment in segments:
        place = " > ".join((*segment.trail, segment.kind.replace("-", " ")))
        known = places.setdefault(segment.text, [])
        if place not in known:
            known.append(place)
    return {
        msgid: polib.POEntry(msgid=msgid, comment="\n".join(where), occurrences=[(source, "")])
        for msgid, where in places.items()
    }


def _offers(missing: list[str], rest: list[polib.POEntry]) -> dict[str, polib.POEntry]:
    """For each new text the nearest old entry that no nearer text wants."""
    candidates = [e for e in rest if not e.obsolete and e.msgstr and not e.msgid_plural]
    texts = [e.msgid for e in candidates]
    pairs = [
        (-score, position, index)
        for position, text in enumerate(missing)
        for _, score, index in process.extract(text, texts, scorer=fuzz.ratio, score_cutoff=FUZZY_CUTOFF, limit=4)
    ]
    offers: dict[str, polib.POEntry] = {}
    used: set[int] = set()
    for _, position, index in sorted(pairs):
        if missing[position] not in offers and index not in used:
            offers[missing[position]] = candidates[index]
            used.add(index)
    return offers


def _offered(new: polib.POEntry, old: polib.POEntry) -> polib.POEntry:
    # The oldest known text is the one that the translation was made from.
    previous = old.previous_msgid if old.fuzzy and old.previous_msgid else old.msgid
    old.previous_msgid = previous
    old.msgid = new.msgid
    old.comment, old.occurrences = new.comment, new.occurrences
    if "fuzzy" not in old.flags:
        old.flags.insert(0, "fuzzy")
    return old


def _new(language: str, source: str) -> polib.POFile:
    catalogue = polib.POFile(wrapwidth=100)
    catalogue.metadata = {"Project-Id-Version": source, **_HEADER, "Language": language}
    return catalogue


def _parse(path: Path, content: str) -> polib.POFile:
    text = content.removeprefix("\ufeff").replace("\r\n", "\n")
    if "\n" not in text:
        # polib takes a text of one line for a file name.
        text += "\n"
    try:
        return polib.pofile(text, wrapwidth=100, check_for_duplicates=False)
    except (OSError, ValueError, UnicodeError, IndexError) as error:
        line = re.search(r"line (\d+)", str(error))
        place = f"{path}:{line[1]}" if line else str(path)
        raise PlainleafError(
            f"{place}: not a valid PO catalogue; correct this line, or run msgfmt -c for details"
        ) from None
