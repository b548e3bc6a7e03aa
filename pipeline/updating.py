"""Brings a catalogue up to date with its article. It belongs to translators: nothing in it is ever lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline import po
from pipeline.catalogue import KEPT, OFFER, parse_po
from pipeline.merging import Changes, Correction, Merge, Rules
from pipeline.model import Segment

CAUTION = "caution:"
"""Begins the extracted comment on a fuzzy translation that a grave change parts from its source."""

REUSED = "reused:"
"""Begins the extracted comment on a translation that came from another article, where it is signed."""

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

    def reuse(self, entry: po.Entry, msgstr: str, said: str) -> None:
        """Fill an entry with the translation that its text has in another article."""
        entry.set_value("msgstr", msgstr)
        entry.set_lines("extracted", [f"{REUSED} {said}"])
        self.changes = replace(self.changes, reused=self.changes.reused + 1)

    def render(self) -> str:
        """The catalogue's text."""
        for msgid, segments in self.wanted.items():
            entry = self.entries[msgid]
            # A heading may have a hard line break; a comment may not.
            notes = [" ".join(note.split()) for segment in segments for note in self.rules.notes(segment)]
            entry.set_lines("extracted", list(dict.fromkeys((*self._warnings(entry, segments[0]), *notes))))
        _part(self.file.entries)
        return self.file.render()

    def _warnings(self, entry: po.Entry, segment: Segment) -> Iterator[str]:
        """What a translator must know of a fuzzy translation, or of one that was kept."""
        if "fuzzy" not in entry.flags or not entry.is_translated:
            known = (KEPT, REUSED) if entry.previous_msgid else (REUSED,)
            yield from (text for text in entry.extracted if entry.is_translated and text.startswith(known))
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
        from pipeline.gravity import grave_change  # noqa: PLC0415 - few updates have a changed text, and it reads much

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
    head = [e for e in file.entries if e.is_message and not e.msgid]
    # Comments after the last message: above another one they, and a flag among them, would speak of that one.
    tail = [e for e in file.entries if not e.is_message and any(line.kind != "blank" for line in e.lines)]
    merge = Merge([e for e in file.entries if e.msgid], wanted, rules or Rules())
    merge.run(source)
    file.entries = [*head, *merge.entries.values(), *merge.left, *tail]
    return Update(file, wanted, merge.entries, merge.changes(), merge.corrections, merge.rules)


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
