"""Source and translation side by side: each segment with its state, its findings, and what differs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from markupsafe import Markup, escape

from pipeline.checks import TranslatedArticle
from pipeline.checks._numbers import compare
from pipeline.checks._pairs import prose
from pipeline.desk import Mark, Words, marked
from pipeline.exchange.model import unit_id
from pipeline.model import Finding, Severity, State, Translation
from pipeline.negation import Negation, denials, negation
from pipeline.numerals import Number, digits
from pipeline.overview.texts import LONGEST, Shown, dimmed, field_name, gravest
from pipeline.quantities import unit_at, units

_QUOTED = re.compile(r'"([^"]+)"')
_KEPT = 2048
"""Texts of which it is remembered what is in them: some articles in all languages."""
_ESCAPE = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True)
class PairRow:
    """One segment as it is shown beside its translation."""

    number: int
    id: str
    """Of the text, as plainleaf serve and XLIFF name it."""
    kind: str
    name: str
    """Of a field: its path in the front matter; else ""."""
    source: Markup
    text: Markup
    """Empty where nothing is translated."""
    state: State
    notes: Sequence[Shown]
    """The findings on this segment, in their order."""
    severity: Severity | None
    """The gravest of them."""
    was: Markup | None
    """For a stale translation what changed in the source since it was made; None where that is not known."""
    is_cut: bool


def pair_rows(item: TranslatedArticle, shown: Sequence[Shown], words: Words) -> tuple[list[Shown], list[PairRow]]:
    """Findings on the catalogue as a whole, and every segment with its own findings."""
    spans = [item.span(translation) for translation in item.translated.translations]
    by_row: dict[int, list[Shown]] = {}
    whole: list[Shown] = []
    for one in shown:
        place = next((n for n, (a, b) in enumerate(spans) if a <= one.finding.start <= b and b), None)
        if place is None:
            whole.append(one)
        else:
            by_row.setdefault(place, []).append(one)
    rows = [
        _row(number, item, translation, sorted(by_row.get(number - 1, ()), key=gravest), words)
        for number, translation in enumerate(item.translated.translations, 1)
    ]
    return whole, rows


def _row(
    number: int, item: TranslatedArticle, translation: Translation, notes: Sequence[Shown], words: Words
) -> PairRow:
    source, text = translation.segment.text[:LONGEST], translation.text[:LONGEST]
    ours, theirs = item.source.language, item.translated.article.language
    left: list[Mark] = []
    right: list[Mark] = []
    if text and translation.state is not State.FUZZY:
        left, right = _differences(source, text, ours, theirs)
    is_placed = set()
    for one in notes:
        for mark in _placed(one, item, text):
            right.append(mark)
            is_placed.add(one.number)
    severities = [one.finding.severity for one in notes]
    return PairRow(
        number,
        unit_id(translation.segment.text),
        translation.segment.kind,
        field_name(translation.segment),
        _pointed_out(source, tuple(left)),
        marked(text, right, words, plain=dimmed) if is_placed else _pointed_out(text, tuple(right)),
        translation.state,
        notes,
        next((s for s in Severity if s in severities), None),
        changed_words(translation.previous, source) if translation.previous else None,
        len(source) < len(translation.segment.text) or len(text) < len(translation.text),
    )


def _differences(source: str, text: str, ours: str, theirs: str) -> tuple[list[Mark], list[Mark]]:
    """Numbers with their units, and words that deny, on both sides; those that differ by the checks stand out."""
    left, right = _prose(source), _prose(text)
    found = compare(left, right, ours, theirs)
    return (
        [*_numbers(left, ours, found.missing), *_denials(left, ours)],
        [*_numbers(right, theirs, found.added), *_denials(right, theirs)],
    )


def _numbers(text: str, language: str, differing: Sequence[object]) -> Iterator[Mark]:
    for number, end in _with_units(text, language):
        yield Mark(number.start, end, None, name="number differs" if number in differing else "number")


# A source stands beside its translation into every language.
_prose = lru_cache(maxsize=_KEPT)(prose)


@lru_cache(maxsize=_KEPT)
def _with_units(text: str, language: str) -> tuple[tuple[Number, int], ...]:
    """Each number in digits, and where it ends with its unit."""
    known = units(language)
    found = []
    for number in digits(text, language):
        unit, end = unit_at(text, number.end, known)
        found.append((number, end if unit else number.end))
    return tuple(found)


@lru_cache(maxsize=_KEPT)
def _denials(text: str, language: str) -> tuple[Mark, ...]:
    how: Negation | None = negation(language)
    if how is None:
        return ()
    found = [(start, end) for start, end in denials(text, how) if start < end]
    # "非常" is "very", though its first character denies elsewhere.
    harmless = [match.span() for match in how.harmless.finditer(text.lower())] if found and how.harmless else []
    return tuple(
        Mark(start, end, None, name="denial")
        for start, end in found
        if not any(a <= start and end <= b for a, b in harmless)
    )


@lru_cache(maxsize=_KEPT)
def _pointed_out(text: str, marks: tuple[Mark, ...]) -> Markup:
    """A text with marks of which none is a finding: they are the same in every language of the page."""
    return marked(text, marks, Words(), plain=dimmed)


def _placed(one: Shown, item: TranslatedArticle, text: str) -> Iterator[Mark]:
    """Where in a translation a finding lies: at the words that it points to or names, if it does."""
    for piece in _pointed(one.finding, item):
        start = text.find(piece) if piece.strip() and piece != text else -1
        if start >= 0:
            yield Mark(start, start + len(piece), one.finding.severity, one.number, one.finding.message)
            return


def _pointed(found: Finding, item: TranslatedArticle) -> Iterator[str]:
    raw = item.lines.text[found.start : found.end]
    if not raw.startswith('"'):
        yield _ESCAPE.sub(r"\1", re.sub(r'"\r?\n"', "", raw))
    yield from _QUOTED.findall(found.message)[:1]


def changed_words(before: str, now: str) -> Markup:
    """What a text was and what it is, in one line: words that went are <del>, those that came are <ins>."""
    old, new = (re.findall(r"\s+|[^\s]+", text[:LONGEST]) for text in (before, now))
    parts: list[Markup] = []
    for how, first, last, begin, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = "".join(old[first:last]), "".join(new[begin:end])
        if how == "equal":
            parts.append(escape(gone))
            continue
        if gone:
            parts.append(Markup("<del>{}</del>").format(gone))
        if come:
            parts.append(Markup("<ins>{}</ins>").format(come))
    return Markup("").join(parts)


def worst(rows: Iterable[PairRow]) -> list[PairRow]:
    """The rows with findings or without a translation that holds, the gravest first."""
    grave = {severity: number for number, severity in enumerate(Severity)}
    found = [row for row in rows if row.severity or row.state in (State.FUZZY,)]
    return sorted(found, key=lambda row: (grave.get(row.severity, 0) if row.severity else 0, row.number))
