"""What changed between two states of a library, as readers see it, and which printed leaflets are wrong now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum

from rapidfuzz import fuzz

from pipeline.checking import translated_article
from pipeline.gravity import EMERGENCY, grave_change
from pipeline.leaflet_code import leaflet_code
from pipeline.leaflets import emergency_number
from pipeline.library import Library
from pipeline.model import Article, PlainleafError, Segment
from pipeline.signing import signable_article

SAME_TEXT = 50
"""Similarity in per cent (normalised indel) from which a new segment is taken for a change of an old one."""


class Advice(StrEnum):
    """What to do with a leaflet that was printed from the older state."""

    RECALL = "recall"
    """What it says is wrong now, in a number, a dose, a negation or the emergency text."""
    REPLACE = "replace"
    """It is out of date, but what it says is not known to harm."""


@dataclass(frozen=True, slots=True)
class Change:
    """One segment that readers of a language see otherwise than before."""

    place: str
    """The headings above it and its kind."""
    before: str
    """What readers saw; "" for nothing."""
    after: str
    reason: str
    """Why it is grave; "" when it is not."""


@dataclass(frozen=True, slots=True)
class LeafletChange:
    """One printed leaflet that is not what would be printed today."""

    article: str
    language: str
    code: str
    """As printed on it."""
    version: str
    """As printed on it."""
    was_signed: bool
    advice: Advice
    reason: str
    changes: tuple[Change, ...]
    keeps_version: bool
    """Whether the new text still has the old version, and so the code of the old leaflet."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A segment with what readers of a language see for it."""

    segment: Segment
    shown: str


def changed_leaflets(before: Library, now: Library, errors: list[PlainleafError]) -> Iterator[LeafletChange]:
    """Every leaflet of the older state that is not the same now, article by article, language by language.

    What cannot be read is added to the errors, and left out.
    """
    present = {now.article_id(path): path for path in now.article_paths()}
    for path in before.article_paths():
        name = before.article_id(path)
        try:
            old = before.read(path)
            new = now.read(present[name]) if name in present else None
        except PlainleafError as error:
            errors.append(error)
            continue
        for language in before.languages:
            try:
                found = _leaflet(before, now, old, new, language)
            except PlainleafError as error:
                errors.append(error)
                continue
            if found:
                yield found


def _leaflet(before: Library, now: Library, old: Article, new: Article | None, language: str) -> LeafletChange | None:
    was = _rows(before, old, language)
    if was is None:
        return None
    version = str(old.meta.get("version") or "")
    blank = LeafletChange(
        article=old.id,
        language=language,
        code=leaflet_code(old.id, language, version),
        version=version,
        was_signed=_is_signed(before, old, language),
        advice=Advice.RECALL,
        reason="",
        changes=(),
        keeps_version=False,
    )
    rows = _rows(now, new, language) if new and language in now.languages else None
    if new is None or rows is None:
        return replace(blank, reason="it is no longer published")
    changes = tuple(_changes(was, rows, language, old.language))
    numbers = [emergency_number(a, lib.settings.emergency_number) for a, lib in ((old, before), (new, now))]
    reasons = list(dict.fromkeys(change.reason for change in changes if change.reason))
    if numbers[0] != numbers[1] and any(EMERGENCY in row.shown for row in was):
        reasons.insert(0, f"the emergency number was {numbers[0]} and is {numbers[1]}")
    if not changes and not reasons:
        return None
    return replace(
        blank,
        advice=Advice.RECALL if reasons else Advice.REPLACE,
        reason="; ".join(reasons) or "its wording has changed",
        changes=changes,
        keeps_version=str(new.meta.get("version") or "") == version,
    )


def _rows(library: Library, article: Article, language: str) -> list[_Row] | None:
    """What readers of a language see, in order; None when there is no leaflet in it."""
    if language == article.language:
        return [_Row(segment, segment.text) for segment in article.segments]
    item = translated_article(library, article, language)
    if item is None or not item.translated.printable:
        return None
    return [_Row(t.segment, t.text if t.printable else t.segment.text) for t in item.translated.translations]


def _is_signed(library: Library, article: Article, language: str) -> bool:
    item = translated_article(library, article, language) if language != article.language else None
    return item is not None and signable_article(library, item).sign_off(library.settings.signatures).is_complete


def _changes(before: Sequence[_Row], now: Sequence[_Row], language: str, source: str) -> Iterator[Change]:
    """The segments that differ, in the order of the new state; what was taken out stands where it was."""
    matcher = SequenceMatcher(None, [r.segment.text for r in before], [r.segment.text for r in now], autojunk=False)
    for _, first, last, begin, end in matcher.get_opcodes():
        for old, new in _paired(before[first:last], now[begin:end]):
            if old is None or new is None or old.segment.text != new.segment.text or old.shown != new.shown:
                change = _change(old, new, language, source)
                if change.before != change.after:
                    yield change


def _change(old: _Row | None, new: _Row | None, language: str, source: str) -> Change:
    row = new or old
    assert row is not None
    trail = row.segment.trail
    place = " > ".join((*trail, row.segment.kind.replace("-", " ")))
    if old is None or new is None:
        is_emergency = any(EMERGENCY in text for text in (*trail, row.segment.text))
        # What is new does not make the old text wrong, unless it belongs to the emergency card.
        reason = grave_change(row.segment.text, "", source, trail) if new is None or is_emergency else ""
    elif old.segment.text != new.segment.text:
        reason = grave_change(old.segment.text, new.segment.text, source, trail)
    else:
        reason = grave_change(old.shown, new.shown, language, trail)
    return Change(place, old.shown if old else "", new.shown if new else "", reason)


def _paired(before: Sequence[_Row], now: Sequence[_Row]) -> Iterator[tuple[_Row | None, _Row | None]]:
    """Old and new segments of one place in pairs: the likest first, each once, in the order of the new ones."""
    scored = sorted(
        (-fuzz.ratio(old.segment.text, new.segment.text), abs(i - j), i, j)
        for i, old in enumerate(before)
        for j, new in enumerate(now)
    )
    pairs: dict[int, int] = {}
    for score, _, i, j in scored:
        if -score >= SAME_TEXT and i not in pairs.values() and j not in pairs:
            pairs[j] = i
    yield from ((row, None) for i, row in enumerate(before) if i not in pairs.values())
    yield from ((before[pairs[j]] if j in pairs else None, row) for j, row in enumerate(now))
