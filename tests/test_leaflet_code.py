"""The code by which a leaflet is named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.leaflet_code import is_leaflet_code, leaflet_code

CODES = st.builds(leaflet_code, st.text(), st.sampled_from(["en", "ar", "zh_Hans", "pt_BR"]), st.text())


def test_it_never_changes() -> None:
    """Leaflets in waiting rooms carry it: another way of making it would orphan them."""
    assert leaflet_code("heart/murmur", "ar", "1.0") == "AR-984-982-5871"


def test_each_leaflet_has_its_own() -> None:
    names = [(f"heart/{n}", language, v) for n in range(50) for language in ("en", "ar") for v in ("1.0", "1.1")]
    assert len({leaflet_code(*name) for name in names}) == len(names)


@given(CODES)
def test_it_is_known_however_it_is_typed(code: str) -> None:
    assert is_leaflet_code(code)
    assert is_leaflet_code(code.replace("-", " ").lower())
    assert is_leaflet_code(code.replace("-", ""))


@given(CODES, st.integers(0, 9), st.integers(1, 9))
def test_a_wrong_figure_is_noticed(code: str, place: int, change: int) -> None:
    index = [i for i, char in enumerate(code) if char.isdigit()][place]
    wrong = str((int(code[index]) + change) % 10)
    assert not is_leaflet_code(code[:index] + wrong + code[index + 1 :])


@pytest.mark.parametrize("text", ["", "AR", "482-739-1503", "AR-482-739", "AR-482-739-15033", "A sentence."])
def test_other_text_is_none(text: str) -> None:
    assert not is_leaflet_code(text)
