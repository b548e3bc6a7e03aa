"""What a check says depends on whether the file is part of a library."""

from __future__ import annotations

from pathlib import Path

from pipeline.checks import Context, check_article
from pipeline.library import parse_article


def messages(check: str, text: str, context: Context) -> list[str]:
    article = parse_article(text, Path("a.md"), "care/a", "en")
    return [found.message for found in check_article(article, context) if found.check == check]


def test_an_article_of_a_library_needs_a_title_and_another_file_does_not() -> None:
    text = "# Cough\n\nText.\n"
    assert messages("front-matter", text, Context()) == []
    (missing,) = messages("front-matter", text, Context(article_ids=frozenset({"care/a"})))
    assert missing.startswith("no title in the front matter: its first heading is taken")
