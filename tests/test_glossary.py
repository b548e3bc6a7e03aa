"""The glossary: its file, its mistakes, and what the checks and catalogues make of it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.checks import Context, all_checks
from pipeline.cli import main
from pipeline.glossary import Term, carried_terms, find_terms, parse_glossary
from pipeline.library import parse_article
from pipeline.model import PlainleafError

HERE = Path("glossary.toml")
HEART = """
[murmur]
explanation = "An extra sound that blood makes in the heart."
forms = ["murmurs", "heart murmur"]
es = ["soplo*"]
ru = ["шум в сердце", "шум* в сердце"]
ar = "نفخة"

["heart failure"]
fr = ["insuffisance cardiaque"]

[Warfarin]
do_not_translate = true
"""


def terms() -> dict[str, Term]:
    return {term.name: term for term in parse_glossary(HEART, HERE)}


def test_terms_are_read_with_their_lines() -> None:
    found = terms()
    assert [(term.name, term.line) for term in found.values()] == [
        ("murmur", 2),
        ("heart failure", 9),
        ("Warfarin", 12),
    ]
    assert found["murmur"].translation("ru") == "шум в сердце"
    assert found["murmur"].translation("es") == "", "a word with a star is none to write"
    assert found["murmur"].translation("ar") == "نفخة"
    assert found["Warfarin"].translation("es") == "Warfarin"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("[a]\nes = [\n", 2, "not valid TOML"),
        ("x = 1\n\n[a]\n", 1, "a term is a table: write [x]"),
        ("[a]\n\n[b]\n# note\nexplantion = 'x'\n", 5, "b: unknown key 'explantion'"),
        ("[a]\nexplanation = ['x']\n", 2, "explanation must be a text"),
        ("[a]\nforms = []\n", 2, "forms must be a word or a list of words"),
        ("[a]\nes = [1]\n", 2, "es must be a word"),
        ("[a]\nes = ['*']\n", 2, "es must be a word"),
        ("[a]\nen = 'b'\n", 2, "en is the source language"),
        ("[a]\ndo_not_translate = 'yes'\n", 2, "must be true or false"),
        ("[a]\ndo_not_translate = true\nes = 'x'\n", 3, "has a word for es"),
        ("[a]\nforms = ['as']\n\n['As']\n", 4, '"as" is a form of both a (line 1) and As'),
    ],
)
def test_a_mistake_is_told_with_its_line(text: str, line: int, message: str) -> None:
    with pytest.raises(PlainleafError) as error:
        parse_glossary(text, HERE)
    assert str(error.value).startswith(f"{HERE}:{line}:")
    assert message in str(error.value)


def test_a_mistake_stops_a_command_without_a_traceback(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (library / "source" / "glossary.toml").write_text("[fever]\nexplain = 'x'\n", encoding="utf-8")
    assert main(["--library", str(library), "check"]) == 2
    assert re.search(r"glossary\.toml:2: fever: unknown key 'explain'", capsys.readouterr().err)


def test_a_longer_term_hides_the_shorter_one_within_it() -> None:
    glossary = parse_glossary("[heart]\n['heart failure']\n[Warfarin]\ndo_not_translate = true\n", HERE)
    text = "Heart\nfailure, the heart, hearts, Warfarin and warfarin."
    assert [(text[start:end], term.name) for start, end, term in find_terms(glossary, text)] == [
        ("Heart\nfailure", "heart failure"),
        ("heart", "heart"),
        ("Warfarin", "Warfarin"),
    ]


@pytest.mark.parametrize(
    ("language", "text", "there"),
    [
        ("es", "Los soplos son ruidos.", True),
        ("es", "Los murmullos", False),
        ("es", "resoplo", False),
        ("ru", "Врач слышит шумы в сердце.", True),
        ("ru", "Шум в сердце", True),
        ("ru", "шум мотора", False),
        ("ar", "بالنفخةِ", True),
    ],
)
def test_a_translation_is_found_as_its_script_writes_words(language: str, text: str, there: bool) -> None:
    assert terms()["murmur"].is_in(text, language) is there


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=12), max_size=5))
def test_any_words_can_be_terms(words: list[str]) -> None:
    glossary = tuple(Term(word) for word in dict.fromkeys(w for w in words if w.strip()))
    for term in glossary:
        spans = list(find_terms(glossary, f" {term.name} "))
        assert any(start <= 1 + len(term.name) and end > 1 for start, end, _ in spans), term


def test_terms_in_a_catalogue_point_at_their_lines() -> None:
    text = '# language: es\n# glossary: [a]\nmsgid "x"\n# glossary: explantion = 1\nmsgstr ""\n'
    with pytest.raises(PlainleafError, match=r"x\.po:4: a: unknown key"):
        carried_terms(text, Path("x.po"))


@pytest.mark.parametrize(
    ("check", "text"), [("jargon", "You may have oedema.\n"), ("acronym", "You may have an ECG today.\n")]
)
def test_what_the_glossary_explains_may_stand(check: str, text: str) -> None:
    (function,) = (c.function for c in all_checks() if c.name == check)
    article = parse_article(text, Path("a.md"), "a", "en")
    explained = '[oedema]\nexplanation = "Swelling."\n[tracing]\nforms = ["ECG"]\nexplanation = "A test."\n'
    named = '[oedema]\nes = "edema"\n[tracing]\nforms = ["ECG"]\n'
    assert list(function(article, Context()))
    assert list(function(article, Context(glossary=parse_glossary(named, HERE))))
    assert not list(function(article, Context(glossary=parse_glossary(explained, HERE))))


def test_check_uses_the_glossary_of_the_library(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (library / "source" / "glossary.toml").write_text('[fever]\nes = ["calentura"]\n', encoding="utf-8")
    main(["--library", str(library), "check"])
    assert 'the glossary has "calentura" for "fever"' in capsys.readouterr().out


def test_extract_offers_the_explanations_to_translators(library: Path) -> None:
    (library / "source" / "glossary.toml").write_text('[fever]\nexplanation = "You are hot."\n', encoding="utf-8")
    assert main(["--library", str(library), "extract"]) == 0
    catalogue = (library / "translations" / "es" / "library.po").read_text("utf-8")
    assert '#. glossary > fever > explanation\n#: source/library.toml\nmsgid "You are hot."\nmsgstr ""\n' in catalogue


def test_the_example_of_the_guide_is_a_glossary() -> None:
    page = (Path(__file__).parents[1] / "docs" / "glossary.md").read_text("utf-8")
    example = page.split("```toml\n")[1].split("```")[0]
    assert {term.name for term in parse_glossary(example, HERE)} == set(tomllib.loads(example))
