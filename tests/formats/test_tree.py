"""The tree that formats are made from: pandoc writes the same of it as of its own."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator

import pypandoc
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pdf_samples import ARABIC_BODY, ARABIC_META, BODY, META, leaflet

from pipeline.dialect import READER
from pipeline.formats import pdf
from pipeline.formats.pandoc import Worker
from pipeline.formats.tree import Node, bottom_up, dropped, stringify, topdown

TEXTS = st.lists(
    st.sampled_from(
        [
            *(
                "word",
                "النص",
                "中文",
                "☐",
                "☒",
                '"q"',
                "it's",
                "a--b",
                "...",
                "&amp;",
                "\\*",
                "*em*",
                "**st**",
                "`c d`",
            ),
            *("~~s~~", "x^2^", "[a b](c.md 't u')", "![a b](c.svg)", "[s t]{.number}", "<br>", "<b>", "^[n *o*]"),
            *(" ", " ", " ", "\n", "\n", "\n\n", "\n- ", "\n1. ", "\n> ", "\n# "),
            "\n\n| a b | c |\n|---|:-:|\n| d | *e* f |\n\n",
            *("\n::: emergency\n", "\n:::\n", "\n\n: definition\n", "  \n", "\\\n"),
        ]
    ),
    max_size=25,
).map(lambda parts: "".join(parts) + "\n")


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker() as running:
        yield running


@settings(max_examples=60, deadline=None)
@given(TEXTS)
@example("- ☐ to do\n- ☒ done\n- a ☐ b\n- ☐\n- ☐ *x* y")
def test_joined_words_are_written_as_pandoc_writes_them(worker: Worker, text: str) -> None:
    document = worker.read(text)
    apart = json.loads(pypandoc.convert_text(text, "json", format=READER, verify_format=False))["blocks"]
    options = {"wrap_text": "none"}
    assert document.write("html5", document.blocks(), options) == document.write("html5", apart, options)


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_words_stand_side_by_side_in_one_string(worker: Worker, text: str) -> None:
    def check(nodes: list[Node]) -> None:
        pairs = itertools.pairwise(node["t"] for node in nodes)
        assert ("Str", "Str") not in pairs, nodes

    topdown(worker.read(text).blocks(), {}, check)


def test_what_is_changed_is_a_copy(worker: Worker) -> None:
    document = worker.read("# One\n\ntwo *three*")
    topdown(document.blocks(), {"Header": dropped})
    assert stringify(document.blocks()) == "Onetwo three"


def test_orders_of_walking(worker: Worker) -> None:
    blocks = worker.read("::: outer\n::: inner\nx\n:::\n:::").blocks()
    seen: list[str] = []
    changes = {"Div": lambda node: seen.append(node["c"][0][1][0])}
    topdown(blocks, changes)
    bottom_up(blocks, changes)
    assert seen == ["outer", "inner", "inner", "outer"]


def test_a_leaflet_is_the_same_whatever_came_before(worker: Worker) -> None:
    samples = {
        "en": (BODY, META),
        "ar": (ARABIC_BODY, ARABIC_META),
        "hi": ("## क्या करें\n\nआराम करें, हिम्मत रखें और पानी पिएँ।\n", META),
    }
    made: dict[str, set[bytes]] = {code: set() for code in samples}
    for order in itertools.permutations(samples):
        for code in order:
            body, meta = samples[code]
            one = leaflet(body, code, meta)
            made[code].add(pdf.render(one, worker.read(one.article.text)))
    assert {code: len(found) for code, found in made.items()} == dict.fromkeys(samples, 1)
