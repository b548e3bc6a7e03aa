"""Findings as they are told: in order, each unknown word once, and read only when somebody asks for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple, overload

from pipeline.messages import say_count
from pipeline.model import Finding, Severity


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings by path and place, whatever the order in which they were found."""
    return tuple(sorted(findings, key=lambda f: (f.path.as_posix(), f.start, f.end, f.check, f.message)))


def is_unknown_word(finding: Finding) -> bool:
    """Whether it is of a word that nobody knows, and that is told once for all of its places."""
    return finding.check == "spelling" and finding.severity is Severity.REVIEW


def unknown_words_once(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Findings in which each unknown word stands only at its first place, with the number of the others."""

    def word(finding: Finding) -> str | None:
        return finding.message.casefold() if is_unknown_word(finding) else None

    places = Counter(name for f in findings if (name := word(f)))
    kept: list[Finding] = []
    for found in findings:
        name = word(found)
        count = places.pop(name, 0) if name else 1
        if count > 1:
            told = say_count("{message} ({count} place)", "{message} ({count} places)", count, message=found.message)
            kept.append(replace(found, message=told))
        elif count:
            kept.append(found)
    return tuple(kept)


class Row(NamedTuple):
    """What a card remembers of its findings."""

    base: str
    """The digest of what all checks depend on."""
    around: str
    """What the rest of the library says to them."""
    epoch: str
    """Of all catalogues of the language, for which ``around`` is known to hold; "" for an article."""
    counts: Sequence[int]
    """How many there are of each severity, words aside that are told once in the library."""
    unknown: Sequence[str]
    """Those words."""
    keys: Sequence[str]
    """Under which the findings stand."""

    @property
    def errors(self) -> int:
        """How many are of severity error."""
        return self.counts[list(Severity).index(Severity.ERROR)]


class Findings(Sequence[Finding]):
    """Findings in order, read from what is remembered when the first is asked for; how many there are is known."""

    def __init__(
        self,
        tally: Mapping[Severity, int],
        rows: Callable[[], Sequence[Row]],
        recall: Callable[[str], Iterable[Finding]],
    ) -> None:
        """tally: how many of each severity. rows: of the cards that were checked. recall: findings by their key."""
        self.tally = tally
        self._rows, self._recall = rows, recall

    @cached_property
    def rows(self) -> Sequence[Row]:
        """What the cards remember of their findings."""
        return self._rows()

    @cached_property
    def errors(self) -> tuple[Finding, ...]:
        """Those of severity error."""
        if not self.tally[Severity.ERROR]:
            return ()
        found = (finding for row in self.rows if row.errors for key in row.keys for finding in self._recall(key))
        return in_order(f for f in found if f.severity is Severity.ERROR)

    @cached_property
    def _all(self) -> tuple[Finding, ...]:
        return unknown_words_once(in_order(f for row in self.rows for key in row.keys for f in self._recall(key)))

    @overload
    def __getitem__(self, index: int) -> Finding: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Finding, ...]: ...
    def __getitem__(self, index: int | slice) -> Finding | tuple[Finding, ...]:
        return self._all[index]

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._all)

    def __len__(self) -> int:
        return sum(self.tally.values())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Findings) and self._all == other._all

    def __hash__(self) -> int:
        return hash(self._all)


def tally(rows: Iterable[Row]) -> Counter[Severity]:
    """How many findings of each severity cards remember; a word that nobody knows counts once in the library."""
    counts = [0] * len(Severity)
    unknown: set[str] = set()
    for row in rows:
        counts = [a + b for a, b in zip(counts, row.counts, strict=True)]
        unknown.update(row.unknown)
    found = Counter(dict(zip(Severity, counts, strict=True)))
    found[Severity.REVIEW] += len(unknown)
    return found
