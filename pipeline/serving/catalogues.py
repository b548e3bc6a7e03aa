"""A catalogue while a person translates: its texts with what helps, and putting in what was typed.

A page shows each text with the translation that stood there, and sends that state's digest back with what was typed.
So a translation that somebody else has changed meanwhile is seen, and neither of the two is lost.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline import po
from pipeline.catalogue import OFFER, parse_po
from pipeline.exchange.model import Outgoing, Unit, standing
from pipeline.exchange.returning import is_draft_mark, put, without_old_head
from pipeline.exchange.sending import original_of, outgoing_article
from pipeline.library import Library
from pipeline.memory import Memory
from pipeline.model import Finding, State

MOST_OFFERS = 3


@dataclass(frozen=True, slots=True)
class Offer:
    """What another text has, for a translator to look at."""

    text: str
    source: str
    """The other source text, where it is another; else ""."""
    article: str
    score: int
    """Similarity of the source texts in per cent."""
    is_draft: bool
    """Whether a machine made it and nobody has checked it."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What a page sent back for one text."""

    text: str
    was: str
    """``Unit.exported`` of the day the page was made."""
    is_checked: bool = False
    """Whether the person says that it stands for the source as it is now, and is no machine's draft any more."""
    is_forced: bool = False
    """Whether to change it although it is signed."""


@dataclass(frozen=True, slots=True)
class Clash:
    """One text that was not saved."""

    unit: Unit | None
    """As it stands; None when the article does not hold the text any more."""
    typed: Typed
    reason: str
    """changed, signed or gone."""


def box_text(unit: Unit) -> str:
    """What the box of a text holds at first: its translation, but nothing of what is only offered."""
    return "" if unit.state is State.MISSING else unit.text


def fresh(library: Library, article_id: str, language: str, before: str | None = None) -> Outgoing:
    """The texts of an article with their translations, as they stand. Raises PlainleafError."""
    return outgoing_article(library, original_of(library, article_id), language, before)


def settle(
    out: Outgoing, typed: Mapping[str, Typed], marked: Container[str], offers: Callable[[Unit], Sequence[Offer]]
) -> tuple[dict[str, tuple[str, bool]], list[Clash]]:
    """What of the texts that were typed is new, and what clashes with the catalogue.

    typed: by the id of a unit. marked: the texts of which a machine made what stands there. offers: to know a machine's
    draft that was taken over as it is. Returns msgid -> (text, whether it is a machine's draft), and the rest.
    """
    new: dict[str, tuple[str, bool]] = {}
    clashes: list[Clash] = []
    units = {unit.id: unit for unit in out.units}
    for unit_id, item in typed.items():
        unit = units.get(unit_id)
        if _is_untouched(item):
            continue
        if unit is None:
            clashes.append(Clash(None, item, "gone"))
            continue
        if item.text == box_text(unit) and not item.is_checked:
            continue  # Somebody else has typed the same.
        if item.was != unit.exported:
            clashes.append(Clash(unit, item, "changed"))
        elif unit.is_signed and item.text != unit.text and not item.is_forced:
            clashes.append(Clash(unit, item, "signed"))
        elif item.text != box_text(unit) or unit.state in (State.FUZZY, State.DRAFT):
            new[unit.source] = (item.text, _is_draft(unit, item, marked, offers))
    return new, clashes


def _is_untouched(item: Typed) -> bool:
    """Whether the box holds what it held when the page was made."""
    states = (State.TRANSLATED, State.DRAFT, State.FUZZY)
    is_same = any(standing(item.text, state) == item.was for state in states)
    return not item.is_checked and (is_same or (not item.text and item.was == standing("", State.MISSING)))


def _is_draft(unit: Unit, item: Typed, marked: Container[str], offers: Callable[[Unit], Sequence[Offer]]) -> bool:
    """Whether what is saved is still a machine's work: it was, or was taken from one, and nobody says otherwise."""
    if item.is_checked or not item.text:
        return False
    if unit.state is not State.MISSING and unit.source in marked:
        return True
    return any(o.is_draft and o.text == item.text for o in offers(unit))


def machine_made(out: Outgoing) -> frozenset[str]:
    """The texts of which a machine made the translation that stands or is offered, and nobody has checked it."""
    entries = po.parse(out.catalogue).entries
    return frozenset(e.msgid for e in entries if any(is_draft_mark(line) for line in e.lines))


def written(out: Outgoing, new: Mapping[str, tuple[str, bool]]) -> str:
    """The catalogue's text with what is new in it. Every other line stays."""
    file = po.parse(out.catalogue)
    for entry in file.entries:
        if entry.msgid in new and entry.is_plain and not entry.is_obsolete:
            text, is_draft = new[entry.msgid]
            put(entry, text, is_draft=is_draft)
    without_old_head(file)
    return file.render()


def by_text(catalogue: str, path: Path, findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """msgid -> the findings that stand at its message in a catalogue's text."""
    entries = [e for e in parse_po(path, catalogue).entries if e.msgid and e.is_plain and not e.is_obsolete]
    starts = [entry.number for entry in entries]
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        index = bisect_right(starts, finding.line) - 1
        if index >= 0:
            found.setdefault(entries[index].msgid, []).append(finding)
    return found


def offers(memory: Memory, out: Outgoing, unit: Unit, marked: Container[str]) -> list[Offer]:
    """What the memory has for a text beside what stands for it already; the likest first. marked: by a machine."""
    known = [u for u in memory.exact(unit.source) if u.article != out.original.article]
    rows = [Offer(u.msgstr, "", u.article, 100, u.is_draft) for u in known]
    if unit.state in (State.MISSING, State.FUZZY) and not rows and (match := memory.nearest(unit.source)):
        u = match.unit
        rows.append(Offer(u.msgstr, u.msgid, u.article, int(match.score), u.is_draft))
    if unit.state is State.MISSING and unit.text and any(note.startswith(OFFER) for note in unit.notes):
        rows.insert(0, Offer(unit.text, unit.previous, "", 0, unit.source in marked))
    different = {row.text: row for row in reversed(rows) if row.text != box_text(unit)}
    return list(reversed(different.values()))[:MOST_OFFERS]
