"""Inline switch-offs cover what they should, and no more."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.checks import Context, check_article
from pipeline.cli import main
from pipeline.library import parse_article


def found(markdown: str, check: str) -> list[int]:
    article = parse_article(markdown, Path("a.md"), "a", "en")
    return [f.line for f in check_article(article, Context()) if f.check == check]


def test_a_comment_above_a_block_covers_the_block_only() -> None:
    markdown = "<!-- plainleaf: ignore link-text -- why -->\n[here](a)\n[here](b)\n\n[here](c)\n"
    assert found(markdown, "link-text") == [5]


def test_a_comment_at_the_end_of_a_line_covers_that_line_only() -> None:
    markdown = "- [here](a) <!-- plainleaf: ignore link-text -- why -->\n- [here](b)\n"
    assert found(markdown, "link-text") == [2]


def test_only_the_named_check_is_switched_off() -> None:
    markdown = "<!-- plainleaf: ignore image-alt -- why -->\n[here](a) ![](b)\n"
    assert found(markdown, "link-text") == [2]
    assert found(markdown, "image-alt") == []


def test_a_comment_in_the_front_matter_covers_its_line() -> None:
    markdown = "---\ntitle: 12 # plainleaf: ignore front-matter -- a number it is\nlang: 13\n---\n"
    lines = found(markdown, "front-matter")
    assert 2 not in lines
    assert 3 in lines


def test_a_comment_is_no_part_of_what_translators_get() -> None:
    article = parse_article("- item <!-- plainleaf: ignore spelling -- why -->\n", Path("a.md"), "a", "en")
    assert [s.text for s in article.segments] == ["item"]


def test_a_comment_in_a_catalogue_covers_its_message(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = library / "translations" / "ar" / "care" / "cough.po"
    text = path.read_text(encoding="utf-8")
    assert main(["--library", str(library), "check"]) == 1
    assert "[stale]" in capsys.readouterr().out
    path.write_text(
        text.replace("#, fuzzy\n", "# plainleaf: ignore stale -- the syrup is the same\n#, fuzzy\n"), encoding="utf-8"
    )
    assert main(["--library", str(library), "check"]) == 0
    assert "[stale]" not in capsys.readouterr().out


def test_an_unknown_check_in_the_settings_is_refused(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = library / "source" / "library.toml"
    path.write_text('checks_off = ["speling"]\n' + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert main(["--library", str(library), "check"]) == 2
    assert "there is no check 'speling'; did you mean spelling?" in capsys.readouterr().err
