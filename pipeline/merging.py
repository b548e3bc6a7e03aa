"""Lays the messages of a catalogue beside the texts that the article has now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from pipeline import po
from pipeline.catalogue import KEPT, OFFER, is_kept
from pipeline.model import Segment

FUZZY_CUTOFF = 65
"""Similarity in per cent (normalised indel) from which an old translation is offered for a new text."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What an update did, in numbers of messages."""

    kept: int = 0
    added: int = 0
    fuzzy: int = 0
    revived: int = 0
    obsolete: int = 0
    """No longer in the article."""
    corrected: int = 0
    """Their source was corrected in a way that lets the translation stand."""
    moved: int = 0
    """Of those kept or added: their translation came with them from another article."""
    reused: int = 0
    """Of those kept or added: another article has the same sentence with a signed translation, which they have now."""
    offered: int = 0
    """Of those kept or added: they have no translation, and a new suggestion from the translation memory."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A translation that was kept although its source text is another now."""

    segment: Segment
    old: str
    """The source text before."""
    why: str


def plain_notes(segment: Segment) -> list[str]:
    """What translators are told about a segment where nothing but the article is known: its place and remarks."""
    place = " > ".join((*segment.trail, segment.kind.replace("-", " ")))
    if place.startswith((OFFER, KEPT)):
        place = f"> {place}"  # A heading must not pass for a mark of ours.
    return [place, *(f"translators: {remark}" for remark in segment.remarks)]


@dataclass(frozen=True, slots=True)
class Rules:
    """What an update goes by, beside the article and the catalogue."""

    source_language: str = "en"
    notes: Callable[[Segment], list[str]] = plain_notes
    """The extracted comments of a segment."""
    keeps: Callable[[str, Segment, str], str] = lambda _old, _segment, _translation: ""
    """From the old source text, the segment now and the translation: why the translation may stand; "" if not."""


@dataclass(slots=True)
class Merge:
    """The messages of a catalogue, laid beside the texts that the article has now."""

    old: list[po.Entry]
    wanted: Mapping[str, list[Segment]]
    rules: Rules
    entries: dict[str, po.Entry] = field(default_factory=dict)
    left: list[po.Entry] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def run(self, source: str) -> None:
        """Find or make the entry of each text, and mark what is left as obsolete."""
        exact: dict[str, po.Entry] = {}
        rest: list[po.Entry] = []
        for entry in sorted(self.old, key=lambda e: (e.is_obsolete, not e.msgstr)):
            if entry.is_plain and entry.msgid in self.wanted and entry.msgid not in exact:
                exact[entry.msgid] = entry
            else:
                rest.append(entry)
        offers = _offers([m for m in self.wanted if m not in exact], rest)
        for msgid, segments in self.wanted.items():
            if msgid in exact:
                entry = exact[msgid]
                self._count("revived" if entry.is_obsolete else "kept")
                entry.is_obsolete = False
            elif msgid in offers:
                entry = offers[msgid]
                self._change(entry, segments[0])
            else:
                entry = po.new_entry(msgid, (), (source,))
                self._count("added")
            entry.set_lines("reference", [source])
            self.entries[msgid] = entry
        self._leave(rest, {id(entry) for entry in offers.values()})

    def _change(self, entry: po.Entry, segment: Segment) -> None:
        """Give an entry its new text; its translation is fuzzy then, unless the change is none of meaning."""
        old = entry.msgid
        is_fuzzy = "fuzzy" in entry.flags
        why = self.rules.keeps(old, segment, entry.msgstr) if not is_fuzzy else ""
        # The oldest known text is the one that the translation was made from.
        oldest = (entry.previous_msgid if is_fuzzy or is_kept(entry) else "") or old
        entry.set_previous("" if why and oldest == segment.text else oldest)
        entry.set_value("msgid", segment.text)
        if why:
            kept = f"{KEPT} the source was corrected since this was translated ({why})"
            entry.set_lines("extracted", [kept] if oldest != segment.text else [])
            self.corrections.append(Correction(segment, old, why))
            self._count("corrected")
            return
        if not is_fuzzy:
            entry.set_flags(["fuzzy", *entry.flags])
        self._count("fuzzy")

    def _leave(self, rest: list[po.Entry], used: set[int]) -> None:
        left = {id(e) for e in rest if id(e) not in used and (e.is_obsolete or e.is_translated or e.comment)}
        self.left = [entry for entry in self.old if id(entry) in left]
        for entry in self.left:
            if not entry.is_obsolete:
                entry.is_obsolete = True
                entry.set_lines("reference", [])
                entry.set_lines("extracted", [])
                self._count("obsolete")

    def _count(self, name: str) -> None:
        self.counts[name] = self.counts.get(name, 0) + 1

    def changes(self) -> Changes:
        """What was done."""
        return Changes(**self.counts)


def _offers(missing: list[str], rest: list[po.Entry]) -> dict[str, po.Entry]:
    """For each new text the nearest old entry that no nearer text wants."""
    candidates = [e for e in rest if not e.is_obsolete and e.msgstr and e.is_plain]
    texts = [e.msgid for e in candidates]
    pairs = [
        (-score, position, index)
        for position, text in enumerate(missing)
        for _, score, index in process.extract(text, texts, scorer=fuzz.ratio, score_cutoff=FUZZY_CUTOFF, limit=4)
    ]
    # A text that returns finds the translation that was made from it.
    places = {text: position for position, text in enumerate(missing)}
    pairs += [
        (-100.0, places[e.previous_msgid], index) for index, e in enumerate(candidates) if e.previous_msgid in places
    ]
    offers: dict[str, po.Entry] = {}
    used: set[int] = set()
    for _, position, index in sorted(pairs):
        if missing[position] not in offers and index not in used:
            offers[missing[position]] = candidates[index]
            used.add(index)
    return offers
