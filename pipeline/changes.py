"""What changed between two states of a library, as readers see it, and which printed leaflets are wrong now."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum

from rapidfuzz import fuzz

from pipeline import front_matter
from pipeline.building.leaflets import emergency_number
from pipeline.checking import translated_article
from pipeline.gravity import grave_change, is_emergency
from pipeline.leaflet_code import leaflet_code
from pipeline.library import Library, images_of
from pipeline.messages import joined, say
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


_KINDS = {
    "heading": say("heading"),
    "paragraph": say("paragraph"),
    "list-item": say("list item"),
    "table-header": say("table header"),
    "table-cell": say("table cell"),
    "term": say("term"),
    "definition": say("definition"),
    "footnote": say("footnote"),
    "quote": say("quote"),
    "link-title": say("link title"),
    "field": say("field"),
}
"""What changes call the kinds of segments."""


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
    is_in_language: bool = True
    """Whether that is in their language: else the source text stands in its place."""


@dataclass(frozen=True, slots=True)
class _Frame:
    """What readers of every language see of an article beside its segments."""

    rest: str
    """What stands between the segments and is no markup of a list or a table, such as code."""
    pictures: Mapping[str, bytes]
    facts: Mapping[str, str]
    """Of the leaflet and of its library, such as version, dates, names and sources."""


_FACTS = ("version", "published", "last_reviewed", "next_review", "reviewers", "authors", "sources", "licence")
_OF_LIBRARY = ("name", "publisher", "imprint")
_MARKS = re.compile(
    r"(?s:<!--.*?-->)|^[\s>]*(?:[-*+]|[(]?[\w#]{1,3}[.)])(?=\s|$)|\[\^[^\]]*\]:?|:::.*$|[|:#>+=~-]+", re.M
)
"""Comments, and marks of lists, footnotes, divisions, tables and headings."""


def changed_leaflets(
    before: Library, now: Library, errors: list[PlainleafError], only: Collection[str] | None = None
) -> Iterator[LeafletChange]:
    """Every leaflet of the older state that is not the same now, article by article, language by language.

    What cannot be read is added to the errors, and left out. only: articles to look at, where it is known that the
    others are the same.
    """
    present = {now.article_id(path): path for path in now.article_paths()}
    for path in before.article_paths():
        name = before.article_id(path)
        if only is not None and name not in only:
            continue
        try:
            old = before.read(path)
            new = now.read(present[name]) if name in present else None
        except PlainleafError as error:
            errors.append(error)
            continue
        frames = _frame(before, old), _frame(now, new) if new else None
        for language in before.languages:
            try:
                found = _leaflet(before, now, old, new, language, frames=frames)
            except PlainleafError as error:
                errors.append(error)
                continue
            if found:
                yield found


def _leaflet(
    before: Library,
    now: Library,
    old: Article,
    new: Article | None,
    language: str,
    *,
    frames: tuple[_Frame, _Frame | None],
) -> LeafletChange | None:
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
    if new is None or rows is None or frames[1] is None:
        return replace(blank, reason=say("it is no longer published"))
    changes = (*_changes(was, rows, language, old.language), *_around(frames[0], frames[1], old.language))
    numbers = [emergency_number(a, lib.settings.emergency_number) for a, lib in ((old, before), (new, now))]
    reasons = list(dict.fromkeys(change.reason for change in changes if change.reason))
    if numbers[0] != numbers[1] and is_emergency(*(row.shown for row in was)):
        reasons.insert(0, say("the emergency number was {was} and is {now}", was=numbers[0], now=numbers[1]))
    has_lost = blank.was_signed and not changes and not _is_signed(now, new, language)
    if not changes and not reasons and not has_lost:
        return None
    other = say("a signature was taken back") if has_lost else say("its wording has changed")
    return replace(
        blank,
        advice=Advice.RECALL if reasons else Advice.REPLACE,
        reason=joined("; ", reasons) if reasons else other,
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
    return [
        _Row(t.segment, t.text if t.printable else t.segment.text, t.printable) for t in item.translated.translations
    ]


def _frame(library: Library, article: Article) -> _Frame:
    rest, position = [], front_matter.parse(article.text).body_start
    for segment in sorted((s for s in article.segments if s.start >= position), key=lambda s: s.start):
        rest.append(article.text[position : segment.start])
        position = max(position, segment.end)
    text = _MARKS.sub(" ", "\n".join([*rest, article.text[position:]]))
    try:
        pictures = images_of(article, library.source)
    except PlainleafError:  # The build tells it.
        pictures = {}
    facts = {name: str(article.meta.get(name) or "") for name in _FACTS}
    facts |= {name: str(getattr(library.settings, name)) for name in _OF_LIBRARY}
    return _Frame(" ".join(text.split()), pictures, facts)


def _around(before: _Frame, now: _Frame, source: str) -> Iterator[Change]:
    """What differs in two frames."""
    if before.rest != now.rest:
        reason = grave_change(before.rest, now.rest, source) if before.rest else ""
        yield Change(say("what is not translated"), before.rest, now.rest, reason)
    for path in sorted({*before.pictures, *now.pictures}):
        if before.pictures.get(path) != now.pictures.get(path):
            was, is_now = (path if path in frame.pictures else "" for frame in (before, now))
            yield Change(say("pictures"), was, is_now, "")
    for name, value in before.facts.items():
        if value != now.facts[name]:
            place = say("about the leaflet > {name}", name=name.replace("_", " "))
            yield Change(place, value, now.facts[name], "")


def _is_signed(library: Library, article: Article, language: str) -> bool:
    item = translated_article(library, article, language) if language != article.language else None
    return item is not None and signable_article(library, item).sign_off(library.settings.signatures).is_complete


def _changes(before: Sequence[_Row], now: Sequence[_Row], language: str, source: str) -> Iterator[Change]:
    """The segments that differ, in the order of the new state; what was taken out stands where it was."""
    matcher = SequenceMatcher(None, [r.segment.text for r in before], [r.segment.text for r in now], autojunk=False)
    for how, first, last, begin, end in matcher.get_opcodes():
        for old, new in _paired(before[first:last], now[begin:end]):
            if old is None or new is None or old.segment.text != new.segment.text or old.shown != new.shown:
                change = _change(old, new, language, source, is_instead=how == "replace")
                if change.before != change.after:
                    yield change


def _change(old: _Row | None, new: _Row | None, language: str, source: str, *, is_instead: bool) -> Change:
    """is_instead: whether something stands in the place of something else, though the two are not alike."""
    row = new or old
    assert row is not None
    trail = row.segment.trail
    kind = row.segment.kind
    above = (say("front matter"), *trail[1:]) if kind == "field" else trail
    place = joined(" > ", (*above, _KINDS[kind]))
    if old is None or new is None:
        # What is new does not make the old text wrong, unless it belongs to the emergency card or stands for something.
        is_weighed = new is None or is_instead or is_emergency(*trail, row.segment.text)
        reason = grave_change(row.segment.text, "", source, trail) if is_weighed else ""
    else:
        reason = grave_change(old.segment.text, new.segment.text, source, trail)
        # A dose that was wrong in one language only may have been put right on the way.
        if not reason and old.is_in_language and new.is_in_language and old.shown:
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
