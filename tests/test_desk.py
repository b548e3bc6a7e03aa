"""What pages for editors share: marks in a text, words, style."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from pipeline.desk import Mark, Words, marked, policy
from pipeline.desk.pages import stylesheet
from pipeline.desk.quoting import told
from pipeline.messages import say
from pipeline.model import PlainleafError, Severity

ENGLISH, SPANISH = Words("en"), Words("es")


def test_a_mark_names_its_severity_and_leads_to_its_finding() -> None:
    found = marked("A vavle leaks", [Mark(2, 7, Severity.ERROR, 3, "not a word")], ENGLISH)
    (mark,) = html.fromstring(f"<p>{found}</p>").iter("mark")
    link = mark.getnext()
    assert mark.text_content() == "Error 3 begins: vavle"
    assert (mark.get("id"), link.get("href")) == ("m3", "#f3")
    assert "Error" in link.text_content()
    assert "not a word" in link.get("title")


def test_what_is_in_an_article_is_never_taken_for_markup() -> None:
    found = marked("<script>x</script> & <b>", [Mark(0, 8, Severity.REVIEW, 1, '"><img src=x>')], ENGLISH)
    tree = html.fromstring(f"<p>{found}</p>")
    assert {e.tag for e in tree.iter()} == {"p", "mark", "span", "a"}


@given(
    st.text("ab <&\n", max_size=30),
    st.lists(st.tuples(st.integers(-2, 34), st.integers(-2, 34), st.sampled_from([*Severity, None])), max_size=6),
)
def test_every_character_stays_wherever_marks_lie(text: str, spans: list[tuple[int, int, Severity | None]]) -> None:
    marks = [Mark(min(a, b), max(a, b), s, n) for n, (a, b, s) in enumerate(spans, 1)]
    found = re.sub(r'<span class="vh">.*?</span>|<a .*?</a>', "", marked(text, marks, ENGLISH))
    assert html.fromstring(f"<pre>x{found}</pre>").text_content() == "x" + text
    numbers = re.findall(r'href="#f(\d+)"', marked(text, marks, ENGLISH))
    assert sorted(map(int, numbers)) == [m.number for m in marks if m.severity]


def test_pages_are_in_languages_with_a_catalogue_only() -> None:
    assert Words("es").count(2, "{count} error", "{count} errors") == "2 errores"
    with pytest.raises(PlainleafError, match="known are en, es"):
        Words("tlh")


def test_only_named_scripts_run() -> None:
    assert "script-src 'none'" in policy()
    assert re.search(r"script-src 'sha256-[\w+/=]+';", policy(["let a = 1;"]))


def test_signs_of_severity_differ_in_shape_and_in_print_and_forced_colours() -> None:
    css = stylesheet()
    styles = {re.search(rf"mark\.{s.value} \{{[^}}]*text-decoration-style: (\w+)", css)[1] for s in Severity}  # type: ignore[index]
    assert len(styles) == len(Severity)
    assert "@media print" in css
    assert "forced-colors" in css


def test_quotations_are_marked_with_the_language_that_they_are_in() -> None:
    fault = say('"{word}" is not in the dictionary', word="جر")
    message = say('{fault}. The source: "{source}"', fault=fault, source="A b")
    page = html.fromstring(f"<p>{told(message, SPANISH, 'ar', 'en')}</p>")
    assert [(e.get("lang"), e.text) for e in page.iter("bdi")] == [("ar", "جر"), ("en", "A b")]
    own = html.fromstring(f"<p>{told(message, ENGLISH, 'ar', 'en')}</p>")
    assert own.text_content() == message
    assert [e.get("lang") for e in own.iter("bdi")] == ["ar"], "the source is in the language of the page"


def test_what_a_page_cannot_say_is_marked_as_english() -> None:
    message = say("nobody says this of {count} things & <b>", count=3)
    assert told(message, SPANISH, "es", "en") == (
        '<span lang="en" dir="ltr">nobody says this of 3 things &amp; &lt;b&gt;</span>'
    )


@given(st.text("ab<>&\"'{}\n ", max_size=12))
def test_what_a_message_quotes_is_never_taken_for_markup(text: str) -> None:
    for words in (ENGLISH, SPANISH):
        found = told(say('"{word}" is not in the dictionary', word=text), words, "fr", "en")
        tree = html.fromstring(f"<p>{found}</p>")
        assert {e.tag for e in tree.iter()} <= {"p", "bdi"}
        assert " ".join(text.split()) in " ".join(tree.text_content().split())
