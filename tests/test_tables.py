"""Tables of the terminal: the quick way to write one gives what the slow one gives."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.report.tables import Listing, _broken_text, _plain_text, table, table_text

CELLS = st.text(st.sampled_from("aé中ي🙂 :[x\n-"), max_size=12)


@given(rows=st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=6), width=st.sampled_from([20, 40, 80, 200]))
def test_a_table_that_needs_no_line_broken_is_the_same_both_ways(rows: list[tuple[str, ...]], width: int) -> None:
    listed = Listing(("Catalogue", "State", "Kept"), frozenset(["Kept"]), rows)
    plain = _plain_text(listed, width)
    assert plain is None or plain == _broken_text(listed, width)


def test_numbers_stand_flush_right() -> None:
    listed = table("Catalogue", "Kept", "html", numbers=["html"])
    listed.add_row("es/cough.po", "5", "12")
    listed.add_row("es/a.po", "105", "3")
    assert table_text(listed, 80).splitlines()[2:] == [" es/cough.po      5     12", " es/a.po        105      3"]


def test_a_name_in_brackets_is_shown_as_it_is_where_lines_are_broken() -> None:
    listed = table("Catalogue", "State")
    listed.add_row("es/" + "a" * 30 + ".po", "changed")
    assert "a" * 20 in table_text(listed, 30)
