from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from pipeline.formats import Explained
from pipeline.formats.terms import link_terms
from pipeline.language import load_language


def linked(body: str, language: str = "en") -> list[tuple[str, str]]:
    """Each linked word with the term that it leads to."""
    tree = html.fromstring(f"<div>{link_terms(body, load_language(language)).body}</div>")
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


def test_other_forms_of_a_term_lead_to_it_too() -> None:
    body = "<p>تعمل الصمامات</p><dl><dt>صمام</dt><dd>باب</dd></dl>"
    assert "<a" not in link_terms(body, load_language("ar")).body
    assert ">الصمامات</a>" in link_terms(body, load_language("ar"), [["صمام*"]]).body


def test_the_glossary_explains_what_the_article_does_not() -> None:
    items = [
        Explained(("heart failure",), "The heart is weak."),
        Explained(("heart",), "A pump."),
        Explained(("x-ray",), ""),
    ]
    made = link_terms("<p>Heart failure &amp; more.</p>", load_language("en"), (), items)
    assert made.explained == (("term-1", "Heart failure", "The heart is weak."),)
    assert '<a class="term" role="doc-glossref" href="#term-1">Heart failure</a>' in made.body


def test_what_is_explained_is_the_word_without_what_is_written_together_with_it() -> None:
    made = link_terms("<p>يسمى بالتهاب الشغاف</p>", load_language("ar"), (), [Explained(("التهاب الشغاف",), "عدوى")])
    assert made.explained[0][1] == "التهاب الشغاف"
    assert ">بالتهاب الشغاف</a>" in made.body


@given(st.lists(st.sampled_from(["<p>", "</p>", "valve ", "echo", "&#39;", "<b>", "</b>", "&amp;", "x"]), max_size=30))
def test_only_links_are_added(pieces: list[str]) -> None:
    body = "".join(pieces) + LIST
    made = link_terms(body, load_language("en")).body
    assert re.sub(r'<a class="term"[^>]*>|</a>| id="word-\d+"', "", made) == body
