"""Fills empty messages from the translation memory: what only moved keeps its translation, the rest is a suggestion."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from pipeline import po
from pipeline.catalogue import MACHINE_DRAFT, state_of
from pipeline.memory import Memory, Unit
from pipeline.model import PRINTABLE, State
from pipeline.updating import Update

_SENTENCE_WORDS = 5
"""Words that a sentence must have at least to mean the same in another article."""
_DRAFT = re.compile(rf"^{MACHINE_DRAFT}\b.*$", re.MULTILINE)


def memory_of(
    updates: Iterable[tuple[str, Update]], is_signed: Callable[[str, str, str], bool] = lambda *_: False
) -> Memory:
    """The translation memory of a language.

    In: each article's id with its catalogue, brought up to date; whether a msgid with its msgstr is signed in an
    article.
    """
    memory = Memory()
    for article, update in updates:
        memory.add(units_of(article, update.file.entries, is_signed))
    return memory


def units_of(article: str, entries: Iterable[po.Entry], is_signed: Callable[[str, str, str], bool]) -> Iterator[Unit]:
    """What the entries of a catalogue bring to the memory. is_signed: as in ``memory_of``."""
    for entry in entries:
        if not entry.is_translated or not entry.msgid or not entry.is_plain:
            continue
        state = state_of(entry)
        if state in PRINTABLE:
            is_live, msgid, msgstr = not entry.is_obsolete, entry.msgid, entry.msgstr
            signed = is_live and is_signed(article, msgid, msgstr)
            yield Unit(msgid, msgstr, article, entry.comment, state is State.DRAFT, is_live, signed)


def fill(update: Update, memory: Memory) -> None:
    """Give each message without a translation what the memory has for it.

    A text that another article had and has no more has moved: its translation is taken over as it is, if there is but
    one. So is the one translation of a whole sentence that two people have signed in another article; here it is not
    signed yet. Every other translation of the same or of a like text is a suggestion: the same words may need others
    in another place ("It is common" of a fever and of a stroke, in a language with genders), so a person must say yes.
    """
    for entry in list(update.missing()):
        units = memory.exact(entry.msgid)
        if units:
            unit, is_one = units[0], len({u.msgstr for u in units}) == 1
            if is_one and not any(u.is_live for u in units):
                update.move_here(entry, unit.msgstr, unit.comment)
            elif is_one and unit.is_signed and not unit.is_draft and _is_sentence(unit.msgid):
                update.reuse(entry, unit.msgstr, f"{unit.article} has this for the same text, signed there")
            else:
                update.offer(entry, unit.msgid, unit.msgstr, _draft(unit), _same(units))
        elif match := memory.nearest(entry.msgid):
            unit = match.unit
            said = f"{unit.article} has this for a text that is {match.score:.0f} % the same"
            update.offer(entry, unit.msgid, unit.msgstr, _draft(unit), said)


def _is_sentence(text: str) -> bool:
    """Whether a text stands for itself: a heading or a table cell says other things in other places."""
    return len(text.split()) >= _SENTENCE_WORDS and re.search(r"[.!?。！？।]$", text) is not None


def _draft(unit: Unit) -> str:
    """The mark of a machine's translation, which goes with it wherever it is offered."""
    match = _DRAFT.search(unit.comment)
    return match[0] if match else ""


def _same(units: Sequence[Unit]) -> str:
    """Where a text has the translation that is offered, and whether it has others elsewhere."""
    first = units[0]
    others = sorted({u.article for u in units if u.msgstr != first.msgstr})
    said = f"{first.article} has this for the same text"
    return f"{said}; {', '.join(others[:3])} has another translation of it" if others else said
