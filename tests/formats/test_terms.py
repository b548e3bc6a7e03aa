from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from pipeline.formats.terms import link_terms
from pipeline.language import load_language


def linked(body: str, language: str = "en") -> list[tuple[str, str]]:
    """Each linked word with the term that it leads to."""
    tree = html.fromstring(f"<div>{link_terms(body, load_language(language))}</div>")
    found = tree.xpath("//a[@role='doc-glossref']")
    return [(a.text_content(), tree.get_element_by_id(a.get("href")[1:]).text_content()) for a in found]


LIST = "<dl><dt>Valve</dt><dd>A door. See the valve.</dd><dt>Echocardiogram (echo)</dt><dd>A test.</dd></dl>"


def test_the_first_place_of_a_word_leads_to_its_explanation() -> None:
    assert linked(f"<p>Two valves, one valve.</p><p>An echo is made.</p>{LIST}") == [
        ("valves", "Valve"),
        ("echo", "Echocardiogram (echo)"),
    ]


@pytest.mark.parametrize(
    "body",
    [
        "<h2>Valve</h2>",
        '<p><a href="x">the valve</a></p>',
        '<p><span lang="en">valve</span></p>',
        "<p>valvesque</p>",
        "<p><code>valve</code></p>",
    ],
)
def test_headings_links_and_other_languages_stay(body: str) -> None:
    assert linked(body + LIST) == []


@pytest.mark.parametrize(
    ("language", "term", "text", "word"),
    [
        ("ar", "صمام", "في الصمام دم", "الصمام"),
        ("zh_Hans", "瓣膜", "心脏瓣膜漏血", "瓣膜"),
        ("hi", "वाल्व", "यह वाल्व है", "वाल्व"),
        ("ru", "Клапан", "Этот клапан", "клапан"),
    ],
)
def test_words_are_found_in_every_script(language: str, term: str, text: str, word: str) -> None:
    assert linked(f"<p>{text}</p><dl><dt>{term}</dt><dd>x</dd></dl>", language) == [(word, term)]


def test_an_untranslated_term_is_not_looked_for() -> None:
    assert linked('<p>valve</p><dl><dt><span lang="en">valve</span></dt><dd>x</dd></dl>', "ar") == []


@given(st.lists(st.sampled_from(["<p>", "</p>", "valve ", "echo", "&#39;", "<b>", "</b>", "&amp;", "x"]), max_size=30))
def test_only_links_are_added(pieces: list[str]) -> None:
    body = "".join(pieces) + LIST
    made = link_terms(body, load_language("en"))
    assert re.sub(r'<a class="term"[^>]*>|</a>| id="word-\d+"', "", made) == body
