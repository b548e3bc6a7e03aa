"""How grave a change of the source is for a translation that was made from the older text.

The two texts are laid side by side word by word. A change is grave when what was put in, taken out or moved holds a
number, a unit, a word that says no, a limit ("under", "at least"), or when a word became its opposite ("before",
"after"). A changed comma or another turn of phrase is not. Rules err towards grave: "unable" for "not able" is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from rapidfuzz.distance import Indel

from pipeline.language import load_language
from pipeline.limits import limits_in
from pipeline.messages import say
from pipeline.negation import denials, negation
from pipeline.numerals import digits, vocabulary
from pipeline.quantities import unit_at, units

_EMERGENCY = re.compile(r"\{\{\s*emergency_number\s*\}\}")
"""What the article's emergency card holds, as a rule in its heading: as translate.fill_placeholders reads it."""

REASONS = {
    "unknown": say("what has changed is not known"),
    "number": say("a number or its unit has changed"),
    "word": say("a number in words has changed"),
    "negation": say("a negation has changed"),
    "limit": say("a limit has changed"),
    "opposite": say("a word has become its opposite"),
    "emergency": say("it is part of the emergency card"),
}
"""What grave_change may say, by the kind of the change, gravest first."""

_TOKEN = re.compile(r"\w+(?:['’]\w+)*|[.!?;:。！？；।؟۔]")
_RATE = re.compile(r"(?<!\w)(?:a|an|per|each|every)\s+(\w+)", re.IGNORECASE)
_TIMES = frozenset(("second", "minute", "hour", "day", "week", "month", "year"))


class _Atom(NamedTuple):
    """A word of a text, or a mark: a piece of it whose change is grave."""

    kind: str
    """A key of REASONS; "" for a plain word."""
    value: str


def grave_change(old: str, new: str, language: str, trail: Sequence[str] = ()) -> str:
    """Why a translation of ``old`` must not stand for ``new``; "" when the change is not a grave one.

    In: the source text that was translated, "" where it is not known; the source text now; the language of both; the
    headings above the segment. Out: one of the REASONS, a message.
    """
    if not old:
        return REASONS["unknown"]
    if old == new:
        return ""
    ours, theirs = _atoms(old, language), _atoms(new, language)
    kinds = set(_changed(ours, theirs))
    if _is_turned(ours, theirs, language):
        kinds.add("opposite")
    if is_emergency(*trail, old, new):
        kinds.add("emergency")
    return next((reason for kind, reason in REASONS.items() if kind in kinds), "")


def is_emergency(*texts: str) -> bool:
    """Whether one of these texts, such as a segment and the headings above it, holds the emergency number."""
    return any(_EMERGENCY.search(text) for text in texts)


def _changed(ours: list[_Atom], theirs: list[_Atom]) -> Iterator[str]:
    """The kinds of the marks that one text has and the other has not in the same place."""
    numbered: dict[_Atom, int] = {}
    rows = [[numbered.setdefault(atom, len(numbered)) for atom in atoms] for atoms in (ours, theirs)]
    for how, first, last, begin, end in Indel.opcodes(*rows):
        if how != "equal":
            yield from (
                atom.kind for atom in (*ours[int(first) : int(last)], *theirs[int(begin) : int(end)]) if atom.kind
            )


def _atoms(text: str, language: str) -> list[_Atom]:
    """The words of a text in lower case, with its marks in their places."""
    words = vocabulary(language).words
    atoms: list[_Atom] = []
    position = 0
    for start, end, mark in [*sorted(_marks(text, language)), (len(text), len(text), _Atom("", ""))]:
        if start < position:
            continue
        for token in _TOKEN.findall(text[position:start].lower()):
            values = words.get(token)
            atoms.append(_Atom("word", "/".join(values)) if values else _Atom("", token))
        atoms.append(mark)
        position = end
    if any(atom.kind in ("number", "word") for atom in atoms):
        return atoms
    return [atom._replace(kind="") if atom.kind == "limit" else atom for atom in atoms]


def _marks(text: str, language: str) -> Iterator[tuple[int, int, _Atom]]:
    """Start, end and mark of every number in digits with its unit, every rate, negation and limit."""
    known = units(language)
    for number in digits(text, language):
        unit, end = unit_at(text, number.end, known)
        yield number.start, end if unit else number.end, _Atom("number", f"{number.value} {unit}")
    for match in _RATE.finditer(text):
        unit = known.names.get(match[1].lower(), "")
        if unit in _TIMES:
            yield match.start(), match.end(), _Atom("number", f"per {unit}")
    how = negation(language)
    if how:
        yield from ((start, end, _Atom("negation", _denied(text, end))) for start, end in denials(text, how))
    yield from ((start, end, _Atom("limit", way.value)) for start, end, way in limits_in(text, language))


def _denied(text: str, place: int) -> str:
    """The first longer word after a place, within its sentence: what "not" is about, so that it cannot move unseen."""
    for token in _TOKEN.findall(text[place:].lower()):
        if not token[0].isalnum():
            break
        if len(token) > 3:
            return str(token)
    return ""


def _is_turned(ours: Sequence[_Atom], theirs: Sequence[_Atom], language: str) -> bool:
    """Whether a word stands where one of opposite meaning stood."""
    before, after = [a.value for a in ours], [a.value for a in theirs]
    for group in _opposites(language):
        was, now = [w for w in before if w in group], [w for w in after if w in group]
        if was and now and not (_holds(was, now) or _holds(now, was)):
            return True
    return False


def _holds(longer: Sequence[str], shorter: Sequence[str]) -> bool:
    """Whether the words of one are among those of the other, in the same order."""
    rest = iter(longer)
    return all(word in rest for word in shorter)


@cache
def _opposites(language: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(group) for group in load_language(language).data.get("opposites", ()))
