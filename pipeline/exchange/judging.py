"""Judges what translators sent back, text by text: what fits, and why the rest does not."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process

from pipeline.exchange.model import Outcome, Outgoing, Returned, ReturnedFile, Unit, standing
from pipeline.inline import codes, pieces, written
from pipeline.merging import FUZZY_CUTOFF
from pipeline.model import PRINTABLE, State

_LINE_END = re.compile(r"[ \t]*\r?\n[ \t]*")
"""In prose: a line that a tool has broken. Where a line must end, there is a code."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the user allows."""

    is_forced: bool = False
    """Whether to take texts whose translation changed here meanwhile, or is signed."""
    is_finished: bool = False
    """Whether to take texts that the translator did not mark as translated."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One text that came back, and what became of it."""

    outcome: Outcome
    source: str
    before: str
    """The translation that stood here."""
    after: str
    """The one that came back."""
    line: int
    """In the file that came back."""
    reason: str = ""
    """For people: why it was refused."""
    is_draft: bool = False
    """Whether it lands as a machine's draft."""
    remarks: tuple[str, ...] = ()


def judge(returned: ReturnedFile, out: Outgoing, options: Options) -> Iterator[Judged]:
    """Each text of a file that came back, against what the article and its catalogue say now."""
    units = {unit.source: unit for unit in out.units}
    ids = {unit.id for unit in out.units}
    for entry in returned.entries:
        unit = units.get(entry.source)
        if entry.problem:
            yield Judged(Outcome.UNREADABLE, entry.source, "", "", entry.line, entry.problem)
        elif unit is None:
            yield _unknown(entry, ids, list(units))
        else:
            yield _judged(entry, unit, options)


def _unknown(entry: Returned, ids: Collection[str], texts: list[str]) -> Judged:
    """A text that the article does not hold."""
    if not entry.text.strip():
        return Judged(Outcome.UNTRANSLATED, entry.source, "", "", entry.line, remarks=entry.remarks)
    outcome = Outcome.SOURCE_ALTERED if entry.unit in ids else Outcome.SOURCE_CHANGED
    reason = "the source text in the file is not the one that was sent"
    if outcome is Outcome.SOURCE_CHANGED:
        near = process.extractOne(entry.source, texts, scorer=fuzz.ratio, score_cutoff=FUZZY_CUTOFF)
        reason = f'the article now says: "{near[0]}"' if near else "the article no longer holds this text"
    return Judged(outcome, entry.source, "", entry.text, entry.line, reason, remarks=entry.remarks)


def _judged(entry: Returned, unit: Unit, options: Options) -> Judged:
    text = _meant(entry, unit)
    before = unit.text if unit.state in PRINTABLE else ""
    judged = Judged(Outcome.UNCHANGED, unit.source, before, text, entry.line, "", entry.is_machine_made, entry.remarks)
    if not text.strip():
        return replace(judged, outcome=Outcome.UNTRANSLATED)
    if text == unit.text:
        is_better = unit.state is not State.TRANSLATED and entry.is_finished and not entry.is_machine_made
        return replace(judged, outcome=Outcome.CONFIRMED if is_better else Outcome.UNCHANGED)
    # The translator left it as it went out, and it has changed here since: ours is the newer.
    if unit.text and entry.exported and any(standing(text, state) == entry.exported for state in State):
        return judged
    outcome, reason = _misfit(entry, unit, text, options) or _clash(entry, unit, options) or (None, "")
    if outcome:
        return replace(judged, outcome=outcome, reason=reason)
    return replace(judged, outcome=Outcome.CHANGED if unit.state in PRINTABLE else Outcome.NEW)


def _misfit(entry: Returned, unit: Unit, text: str, options: Options) -> tuple[Outcome, str] | None:
    """Why a text cannot stand for its source, if so."""
    if not entry.is_finished and not options.is_finished:
        return Outcome.UNFINISHED, (
            "the file does not mark it as translated; if the translator says that it is, take it with --finished"
        )
    lost, added = _difference(unit, text)
    if lost or added:
        told = [lost and f"lost: {', '.join(lost)}", added and f"not in the source: {', '.join(added)}"]
        return Outcome.CODES, "; ".join(part for part in told if part)
    return None


def _clash(entry: Returned, unit: Unit, options: Options) -> tuple[Outcome, str] | None:
    """Why a text may not take the place of the one that stands here, if so."""
    if options.is_forced:
        return None
    if unit.is_signed or (entry.is_locked and unit.text):
        return Outcome.SIGNED, "it is signed; --force takes the new text, and voids the signature"
    if entry.exported and entry.exported != unit.exported:
        return Outcome.CONFLICT, "the translation has changed here since it was sent; --force takes the file's"
    if not entry.exported and unit.state is State.TRANSLATED:
        return Outcome.CONFLICT, "the file no longer says what was sent, so it may be older; --force takes the file's"
    return None


def _meant(entry: Returned, unit: Unit) -> str:
    """The translation as Markdown. What was typed beside codes is prose, whatever characters it has."""
    if not entry.parts or entry.text == unit.text:
        return entry.text
    parts = [(is_code, text if is_code else _LINE_END.sub(" ", text)) for is_code, text in entry.parts]
    joined = "".join(text for _, text in parts).strip()
    has_codes = any(is_code for is_code, _ in parts)
    if not has_codes and codes(pieces(unit.source, unit.is_plain)) and not any(_difference(unit, joined)):
        return joined  # The tool knew no codes, and the translator typed the Markdown out.
    return written(parts, unit.is_plain).strip()


def _difference(unit: Unit, text: str) -> tuple[list[str], list[str]]:
    """The codes that a translation lost and those that it added."""
    ours, theirs = codes(pieces(unit.source, unit.is_plain)), codes(pieces(text, unit.is_plain))
    shown = {code: f"{code.kind} {code.opening}{code.closing and '…' + code.closing}" for code in (*ours, *theirs)}
    return [shown[c] for c in (ours - theirs).elements()], [shown[c] for c in (theirs - ours).elements()]
