"""What needs a person first: how rows of the report are sorted, and why.

Each row is counted by these needs, in this order; the first need in which two rows differ decides, and the row with
more of it comes first. Rows that are alike in all of them stand by the article's id.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pipeline.desk import Words, gettext_noop
from pipeline.model import Severity
from pipeline.overview.model import Cell, Row

STALE = ("out of date",)
WAITING = ("draft", "unsigned")
LACKING = ("partial", "none")


class Need(NamedTuple):
    """One reason why a person is needed, with how it is told of one and of many."""

    name: str
    one: str
    many: str


NEEDS = (
    Need("unreadable", gettext_noop("{count} file cannot be read"), gettext_noop("{count} files cannot be read")),
    Need("errors", gettext_noop("{count} error"), gettext_noop("{count} errors")),
    Need("stale", gettext_noop("{count} translation out of date"), gettext_noop("{count} translations out of date")),
    Need("review-past", gettext_noop("its review date has passed"), gettext_noop("its review date has passed")),
    Need("never-reviewed", gettext_noop("no clinician has reviewed it"), gettext_noop("no clinician has reviewed it")),
    Need("hard", gettext_noop("hard to read in {count} language"), gettext_noop("hard to read in {count} languages")),
    Need("warnings", gettext_noop("{count} warning"), gettext_noop("{count} warnings")),
    Need("to-review", gettext_noop("{count} to review"), gettext_noop("{count} to review")),
    Need("waiting", gettext_noop("{count} language to sign"), gettext_noop("{count} languages to sign")),
    Need("lacking", gettext_noop("{count} language not whole"), gettext_noop("{count} languages not whole")),
    Need("review-near", gettext_noop("its review comes near"), gettext_noop("its review comes near")),
)
"""In the order in which they count."""


def is_stale(cell: Cell) -> bool:
    """Whether readers of a language would get what an older source said, or nothing for it."""
    return cell.state in STALE or bool(cell.standing and cell.standing.fuzzy)


def needs_of_cell(cell: Cell) -> dict[str, int]:
    """How much each need of one article in one language is."""
    found = cell.severities
    return {
        "unreadable": int(cell.state == "unreadable"),
        "errors": found[Severity.ERROR],
        "stale": int(is_stale(cell)),
        "hard": int(cell.level is not None and cell.level.meets is False),
        "warnings": found[Severity.WARNING],
        "to-review": found[Severity.REVIEW],
        "waiting": int(cell.state in WAITING),
        "lacking": int(cell.state in LACKING),
    }


def needs(row: Row) -> tuple[int, ...]:
    """How much each of NEEDS is of an article in all its languages."""
    counts = dict.fromkeys((need.name for need in NEEDS), 0)
    for cell in row.cells:
        for name, number in needs_of_cell(cell).items():
            counts[name] += number
    state = row.review.state if row.review else ""
    counts["review-past"] = int(state == "past")
    counts["never-reviewed"] = int(state == "never")
    counts["review-near"] = int(state == "near")
    return tuple(counts[need.name] for need in NEEDS)


def order(row: Row) -> tuple[tuple[int, ...], str]:
    """The key to sort rows by."""
    return tuple(-number for number in needs(row)), row.article


def order_cells(cell: Cell) -> tuple[tuple[int, ...], str]:
    """The key to sort the articles of one language by."""
    counts = needs_of_cell(cell)
    return tuple(-counts.get(need.name, 0) for need in NEEDS), cell.article


def reasons(counts: tuple[int, ...], words: Words, most: int = 4) -> list[str]:
    """The needs that are there, the first ones, as a person reads them."""
    return list(_told(counts, words))[:most]


def _told(counts: tuple[int, ...], words: Words) -> Iterator[str]:
    for need, number in zip(NEEDS, counts, strict=True):
        if number:
            yield words.count(number, need.one, need.many)
