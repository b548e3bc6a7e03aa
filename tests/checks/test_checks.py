"""Every check finds what its docstring and its fixtures say, and nothing else.

A fixture is tests/checks/<check>/<case>.md (or .po). It says at its end what is found in it, one comment a
line: <!-- expect LINE:COLUMN part of the message --> in Markdown, # expect LINE:COLUMN ... in a catalogue.
A fixture whose name begins with "good" expects nothing; any other must expect something. The article of a
catalogue is made of its msgids, one paragraph each, or of the catalogue's lines that begin # source:.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from pipeline import segments
from pipeline.catalogue import read_catalogue
from pipeline.check_docs import documentation
from pipeline.checks import Check, Context, TranslatedArticle, all_checks, finding
from pipeline.desk import Words, page_languages
from pipeline.library import parse_article
from pipeline.model import Article, Finding, Lines
from pipeline.translate import translate

FIXTURES = Path(__file__).parent
EXPECT = re.compile(r"^(?:<!--|#) expect (\d+):(\d+) (.*?)(?: -->)?$", re.MULTILINE)


def run(check: Check, text: str, tmp_path: Path) -> list[Finding]:
    context = Context()
    if check.scope == "article":
        article = parse_article(text, Path("article.md"), "article", "en")
        return [finding(check, p, article.path, article.lines) for p in check.function(article, context)]
    language = re.search(r"^# language: (\w+)$", text, re.MULTILINE)
    assert language, "a catalogue of a test names its # language:"
    path = tmp_path / "x.po"
    path.write_text(text, encoding="utf-8")
    catalogue = read_catalogue(path)
    lines = re.findall(r"^# source: ?(.*)$", text, re.MULTILINE)
    markdown = "\n".join(lines) if lines else "\n\n".join(catalogue.messages)
    source = Article(Path("a.md"), "a", "en", {}, markdown, segments.extract(markdown))
    item = TranslatedArticle(source, translate(source, catalogue, language[1]), path, Lines(text))
    return [finding(check, p, path, item.lines) for p in check.function(item, context)]


def assert_is_said_everywhere(found: Finding) -> None:
    """Pages in every language say all of it, with every word that it quotes."""
    for language in page_languages():
        words = Words(language)
        assert words.knows(found.message), f"{found.check}: no template of {found.message!r} in {language}"
        assert words.is_source or words.tell(found.message) != found.message
        assert set(quoted(found.message)) <= set(quoted(words.tell(found.message)))


def quoted(message: str) -> list[str]:
    return re.findall(r'(?<=["“«])\w+(?=["”»])', message)


def examples(kind: str) -> list[ParameterSet]:
    return list(_examples(kind))


def _examples(kind: str) -> Iterator[ParameterSet]:
    for check in all_checks():
        for number, text in enumerate(getattr(documentation(check), kind), 1):
            yield pytest.param(check, text, id=f"{check.name}-{number}")


@pytest.mark.parametrize(("check", "text"), examples("bad"))
def test_bad_examples_are_found(check: Check, text: str, tmp_path: Path) -> None:
    found = run(check, text, tmp_path)
    assert found
    for result in found:
        assert_is_said_everywhere(result)


@pytest.mark.parametrize(("check", "text"), examples("good"))
def test_good_examples_are_not(check: Check, text: str, tmp_path: Path) -> None:
    assert run(check, text, tmp_path) == []


FILES = sorted(p for p in FIXTURES.glob("*/*") if p.suffix in (".md", ".po"))


@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_fixtures(path: Path, tmp_path: Path) -> None:
    (check,) = (c for c in all_checks() if c.name == path.parent.name)
    text = path.read_bytes().decode("utf-8")
    expected = [(int(line), int(column), part) for line, column, part in EXPECT.findall(text)]
    assert bool(expected) != path.name.startswith("good"), "expectations and the fixture's name disagree"
    found = run(check, text, tmp_path)
    assert [(f.line, f.column) for f in found] == [(line, column) for line, column, _ in expected], found
    for result, (_, _, part) in zip(found, expected, strict=True):
        assert part in result.message
        assert_is_said_everywhere(result)


def test_every_finding_points_at_its_own_text() -> None:
    text = "# One\n\n### Three\n\n![](a.svg) and [here](b.md)\n\n" + "word " * 21 + "end.\n"
    article = parse_article(text, Path("a.md"), "a", "en")
    found = [
        finding(check, problem, article.path, article.lines)
        for check in all_checks()
        if check.scope == "article" and check.name in ("heading-order", "image-alt", "link-text", "long-sentence")
        for problem in check.function(article, Context())
    ]
    spans = {f.check: text[f.start : f.end] for f in found}
    assert spans["heading-order"] == "Three"
    assert spans["image-alt"] == "![]"
    assert spans["link-text"] == "[here]"
    assert spans["long-sentence"].startswith("word word") and spans["long-sentence"].endswith("end.")


def test_every_check_is_documented() -> None:
    page = (FIXTURES.parents[1] / "docs" / "checks.md").read_text("utf-8")
    for check in all_checks():
        assert f"\n## {check.name}\n" in page
