"""Brings a catalogue up to date with its article. It belongs to translators: nothing in it is ever lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from rapidfuzz import fuzz, process

from pipeline import po
from pipeline.catalogue import KEPT, OFFER, is_kept, parse_po
from pipeline.gravity import grave_change
from pipeline.model import Segment

FUZZY_CUTOFF = 65
"""Similarity in per cent (normalised indel) from which an old translation is offered for a new text."""

CAUTION = "caution:"
"""Begins the extracted comment on a fuzzy translation that a grave change parts from its source."""

_RETURNED = "note: the source is again what it was when this was translated"
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
class Update:
    """A catalogue that is being brought up to date."""

    file: po.PoFile
    wanted: Mapping[str, list[Segment]]
    """Each text of the article with the segments that hold it."""
    entries: Mapping[str, po.Entry]
    """The entry of each text."""
    changes: Changes
    corrections: list[Correction]
    rules: Rules

    def missing(self) -> Iterator[po.Entry]:
        """The entries without a translation."""
        return (entry for entry in self.entries.values() if not entry.is_translated)

    def offer(self, entry: po.Entry, msgid: str, msgstr: str, comment: str, said: str) -> None:
        """Fill an entry with the translation of another text, or of this one elsewhere, as a suggestion."""
        entry.set_value("msgstr", msgstr)
        entry.set_flags(["fuzzy", *(flag for flag in entry.flags if flag != "fuzzy")])
        entry.set_previous(msgid if msgid != entry.msgid else "")
        entry.set_lines("extracted", [f"{OFFER} {said}"])
        _add_comment(entry, comment)
        self.changes = replace(self.changes, offered=self.changes.offered + 1)

    def move_here(self, entry: po.Entry, msgstr: str, comment: str) -> None:
        """Fill an entry with the translation that its text had in another article."""
        entry.set_value("msgstr", msgstr)
        _add_comment(entry, comment)
        self.changes = replace(self.changes, moved=self.changes.moved + 1)

    def render(self) -> str:
        """The catalogue's text."""
        for msgid, segments in self.wanted.items():
            entry = self.entries[msgid]
            notes = [note for segment in segments for note in self.rules.notes(segment)]
            entry.set_lines("extracted", list(dict.fromkeys((*self._warnings(entry, segments[0]), *notes))))
        _part(self.file.entries)
        return self.file.render()

    def _warnings(self, entry: po.Entry, segment: Segment) -> Iterator[str]:
        """What a translator must know of a fuzzy translation, or of one that was kept."""
        if "fuzzy" not in entry.flags or not entry.is_translated:
            if is_kept(entry) and entry.previous_msgid and entry.is_translated:
                yield next(text for text in entry.extracted if text.startswith(KEPT))
            return
        offers = [text for text in entry.extracted if text.startswith(OFFER)]
        yield from offers
        previous = entry.previous_msgid
        if offers and not previous:
            return
        if previous == entry.msgid:
            yield _RETURNED
            return
        # A translator's own mark of doubt has no older text, and is no change of the source.
        if not previous:
            return
        reason = grave_change(previous, entry.msgid, self.rules.source_language, segment.trail)
        if reason:
            yield f"{CAUTION} {reason}"


def updated(
    content: str | None,
    path: Path,
    segments: Iterable[Segment],
    language: str,
    source: str,
    *,
    rules: Rules | None = None,
) -> tuple[str, Changes]:
    """A catalogue's text brought up to date with an article's segments, by itself. See ``begin``."""
    update = begin(content, path, segments, language, source, rules=rules)
    return update.render(), update.changes


def begin(
    content: str | None,
    path: Path,
    segments: Iterable[Segment],
    language: str,
    source: str,
    *,
    rules: Rules | None = None,
) -> Update:
    """A catalogue that holds an article's segments, in their order; its comments are set when it is rendered.

    content: the catalogue's present text, or None for a new one. path: for messages. source: the article's
    path as translators see it. A text that changed keeps its nearest old translation, marked fuzzy, with
    the old text as previous msgid; each old translation is offered only once. What is no longer in the
    article becomes obsolete, and comes back with its translation when the text returns. Every other line
    stays byte for byte. Raises PlainleafError when the content is broken.
    """
    file = parse_po(path, content) if content is not None else po.PoFile([_header(language, source)])
    wanted: dict[str, list[Segment]] = {}
    for segment in segments:
        wanted.setdefault(segment.text, []).append(segment)
    head = [e for e in file.entries if not e.is_message or not e.msgid]
    merge = _Merge([e for e in file.entries if e.msgid], wanted, rules or Rules())
    merge.run(source)
    file.entries = [*head, *merge.entries.values(), *merge.left]
    return Update(file, wanted, merge.entries, merge.changes(), merge.corrections, merge.rules)


@dataclass(slots=True)
class _Merge:
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
                entry = po.new_entry(msgid, (), ())
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


def _add_comment(entry: po.Entry, comment: str) -> None:
    """Put a translator's comment above what the entry has of them already."""
    if comment and comment not in entry.comment:
        have = entry.comment
        entry.set_lines("translator", [*comment.split("\n"), *(have.split("\n") if have else [])])


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
