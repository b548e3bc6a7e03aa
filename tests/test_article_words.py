"""The words of articles, which a later process has not to count again."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from pipeline.article_words import ArticleWords
from pipeline.checking import word_use
from pipeline.library import Library, open_library
from pipeline.stamps import CLOCK_STEP
from pipeline.store import FOLDER, Store


@pytest.fixture
def opened(library: Path) -> Library:
    (library / FOLDER).mkdir(exist_ok=True)
    time.sleep(2 * CLOCK_STEP / 1e9)  # Until the times of the files can be trusted.
    return open_library(library)


def looked(library: Library) -> ArticleWords:
    """As a process that has just begun sees them."""
    words = ArticleWords()
    assert words.look(library)
    return words


def counted(library: Library) -> dict[str, int]:
    return dict(word_use(library.read(path) for path in library.article_paths()))


def test_a_later_process_has_the_same_words(opened: Library) -> None:
    assert looked(opened).use() == counted(opened)
    assert Store(opened.root, "article-words").keys() == sorted(looked(opened).article_ids)
    assert looked(opened).use() == counted(opened)


def test_what_was_remembered_goes_with_the_text_that_it_was_counted_in(opened: Library) -> None:
    looked(opened)
    path = opened.article_paths()[0]
    path.write_text(path.read_text("utf-8") + "\nRest in a hammock.\n", "utf-8")
    assert looked(opened).use()["hammock"] == 1
    path.unlink()
    words = looked(opened)
    assert words.use() == counted(opened)
    assert opened.article_id(path) not in words.article_ids


def test_nothing_is_looked_at_twice(opened: Library) -> None:
    words = looked(opened)
    assert not words.look(opened)


def test_a_broken_memory_is_none(opened: Library) -> None:
    looked(opened)
    (opened.root / FOLDER / "article-words.sqlite").write_bytes(b"This is no database." * 300)
    assert looked(opened).use() == counted(opened)


def test_who_only_looks_at_a_library_writes_nothing_into_it(library: Path) -> None:
    opened = open_library(library)
    looked(opened)
    assert not (library / FOLDER).exists()
