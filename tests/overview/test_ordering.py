"""What needs a person first."""

from __future__ import annotations

import datetime

from hypothesis import given
from hypothesis import strategies as st

from pipeline.desk import Words
from pipeline.model import Severity
from pipeline.overview.lists import NEED_NAMES
from pipeline.overview.model import Cell, Level, Row
from pipeline.overview.ordering import NEEDS, needs, order, reasons
from pipeline.standing import Review, Standing

GOOD = Level(3.0, "a formula", 6.0, False, True, "", 9.0, "words")
HARD = Level(9.0, "a formula", 6.0, False, False, "", 20.0, "words")
DAY = datetime.date(2026, 1, 1)


def row(name: str, *cells: Cell, review: str = "later") -> Row:
    return Row(name, name, "Care", "care", cells, Review(name, DAY, DAY, review))


def cell(state: str = "signed", level: Level = GOOD, fuzzy: int = 0, **findings: int) -> Cell:
    checks = {("some-check", Severity(name)): number for name, number in findings.items()}
    return Cell("a", "es", state, Standing("a", "es", 9, 9, fuzzy, 0, 0, 0, state), level, checks)


def test_rows_stand_by_the_first_need_in_which_they_differ() -> None:
    want = [
        row("z", cell("unreadable")),
        row("y", cell(error=2)),
        row("x", cell(error=1), cell(fuzzy=1)),
        row("w", cell(error=1, warning=99)),
        row("v", cell("out of date"), cell("partial", fuzzy=3)),
        row("u", cell(fuzzy=1)),
        row("t", cell(), review="past"),
        row("s", cell(), review="never"),
        row("r", cell(level=HARD)),
        row("q", cell(warning=1)),
        row("p", cell(review=5)),
        row("o", cell("draft"), cell("unsigned")),
        row("n", cell("partial")),
        row("m", cell(), review="near"),
        row("a", cell()),
        row("b", cell()),
    ]
    mixed = [*want[1::2], *want[::2]]
    assert [r.article for r in sorted(mixed, key=order)] == [r.article for r in want]


def test_the_reasons_are_told_in_plain_words() -> None:
    told = reasons(needs(row("a", cell(error=1, warning=2), cell("out of date"), review="past")), Words())
    assert told == ["1 error", "1 translation out of date", "its review date has passed", "2 warnings"]
    assert reasons(needs(row("a", cell())), Words()) == []


def test_every_need_has_a_name_in_the_rule() -> None:
    assert [need.name for need in NEEDS] == list(NEED_NAMES)


@given(st.lists(st.tuples(st.sampled_from(["signed", "draft", "out of date"]), st.integers(0, 3)), max_size=4))
def test_one_more_error_never_moves_a_row_down(cells: list[tuple[str, int]]) -> None:
    before = row("a", *(cell(state, warning=number) for state, number in cells))
    after = row("a", *(cell(state, warning=number) for state, number in cells), cell(error=1))
    assert order(after) < order(before)
