"""What was learned from labelled pages: what it tells, and what it may never do."""

from __future__ import annotations

import json
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st
from labelling import labels

from pipeline.importing.features import FIELDS, OUTSIDE, OWN, names
from pipeline.importing.learned import LABELS, probabilities, weights

PROSE = "Hay fever makes the nose run and the eyes itch. It comes back each spring, and goes when the grass is cut.\n\n"
MENU = "Find a garden near you\n\nAbout Doctor Example\n\nA note for the gardeners\n\nA list of gardens\n\n"


def test_a_menu_that_no_phrase_tells_is_dropped_below_the_title() -> None:
    got = labels(f"Hay fever\n\n{MENU}{PROSE}{PROSE}")
    assert got[1] == "heading"
    assert got[3] == got[5] == "boilerplate"
    assert got[11] == got[13] == "body"


@pytest.mark.parametrize(
    "line",
    [
        "Wash your nose with salt water twice a day.",
        "Call an ambulance if you cannot breathe",
        "You should not do this when:",
        "and then the eyes begin to itch",
        "I feel dizzy when I take it",
    ],
)
def test_text_is_not_dropped_for_its_form_and_place(line: str) -> None:
    page = f"Hay fever\n\n{MENU}{line}\n\nMore of the same as above\n\n{PROSE}{PROSE}"
    assert labels(page)[11] != "boilerplate"


def test_a_page_that_is_hardly_made_of_sentences_keeps_its_lines() -> None:
    page = "Hay fever\n\nThe nose runs\n\nThe eyes itch\n\nThe grass flowers\n\nThe rain helps\n\nIt is over in July.\n"
    assert "boilerplate" not in labels(page).values()


def test_the_weights_hold_names_of_features_and_no_words_of_pages() -> None:
    text = resources.files("pipeline.importing").joinpath("data", "labels.json").read_text(encoding="utf-8")
    kinds = {"", "exact", "starts", "contains", "part", "overview", "True", "False", "out", "none", "before", "among"}
    kinds |= {"after", "bullet", "number", "colon", "clause", "dots", "open", "question", "stop", "verb"}
    kinds |= {"advertising", "box", "byline", "comments", "cookies", "date", "legal", "login", "media", "navigation"}
    kinds |= {"related", "sharing"}
    for name in json.loads(text)["features"]:
        for part in name.split("&"):
            group, _, rest = part.partition(":")
            field, _, value = rest.partition("=")
            assert field in FIELDS[group]
            assert value in kinds or value.lstrip("-").isdigit()


@given(st.lists(st.tuples(*[st.sampled_from([0.0, 1.0, 3.0])] * 3, st.just(1.0)), min_size=1, max_size=30))
def test_probabilities_are_a_share_of_one_and_heed_what_may_not_be(
    votes: list[tuple[float, float, float, float]],
) -> None:
    rows = [(*(_values(group) for group in OWN), OUTSIDE) for _ in votes]
    for vote, likely in zip(votes, probabilities(rows, votes), strict=True):
        assert sum(likely) == pytest.approx(1.0)
        assert all(share == 0 for share, may in zip(likely, vote, strict=True) if may == 0)


def _values(group: str) -> tuple[bool, ...]:
    return (False,) * len(FIELDS[group])


def test_every_feature_has_a_weight_for_each_label() -> None:
    assert all(len(row) == len(LABELS) for row in weights().features.values())
    assert names("last", OUTSIDE)[0] == "last:end=out"
