"""What readers are told of the library's glossary."""

from __future__ import annotations

from pathlib import Path

from pipeline.explaining import Explainer
from pipeline.library import Library, open_library, parse_article

GLOSSARY = """
[echo]
forms = ["echocardiogram"]
explanation = "A test of the heart."
es = ["eco*"]

[valve]
explanation = "A door of the heart."
es = ["válvula", "válvulas"]

[stent]
explanation = "A small tube."
"""
ARTICLE = """---
title: Valves
---

A valve and an echo. A stent is not put in.

Echocardiogram (echo)
: A test.
"""
HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'


def library(root: Path, messages: str = "") -> Library:
    (root / "source").mkdir()
    (root / "source/library.toml").write_text('languages = ["es"]\n')
    (root / "source/glossary.toml").write_text(GLOSSARY)
    (root / "translations/es").mkdir(parents=True)
    (root / "translations/es/library.po").write_text(f"{HEAD}\n{messages}")
    return open_library(root)


def explained(made: Library, language: str, *, is_checked: bool = False) -> list[str]:
    article = parse_article(ARTICLE, Path("valves.md"), "care/valves", "en")
    return [e.explanation for e in Explainer(made).explained(article, language, is_checked=is_checked)]


def test_what_the_article_explains_itself_is_not_explained_twice(tmp_path: Path) -> None:
    assert explained(library(tmp_path), "en") == ["A door of the heart.", "A small tube."]


def test_an_explanation_that_is_not_translated_is_left_out(tmp_path: Path) -> None:
    assert explained(library(tmp_path), "es") == []


def test_a_fuzzy_explanation_is_never_printed(tmp_path: Path) -> None:
    made = library(tmp_path, '#, fuzzy\nmsgid "A door of the heart."\nmsgstr "Otra cosa."\n')
    assert explained(made, "es") == []


def test_a_draft_is_for_drafts_only(tmp_path: Path) -> None:
    draft = '# machine-draft: made by a machine\nmsgid "A door of the heart."\nmsgstr "Una puerta."\n'
    made = library(tmp_path, draft)
    assert explained(made, "es") == ["Una puerta."]
    assert explained(made, "es", is_checked=True) == []


def test_forms_of_a_term_in_another_language_are_found(tmp_path: Path) -> None:
    article = parse_article(ARTICLE, Path("valves.md"), "care/valves", "en")
    assert Explainer(library(tmp_path)).term_forms(article, "es") == (("eco*",),)
