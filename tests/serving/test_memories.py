"""The translation memory of a server, which the next one has not to read again."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from pipeline.library import Library, open_library
from pipeline.serving.memories import Memories
from pipeline.stamps import CLOCK_STEP
from pipeline.store import FOLDER, Store


@pytest.fixture
def opened(library: Path) -> Library:
    (library / FOLDER).mkdir()
    time.sleep(2 * CLOCK_STEP / 1e9)  # Until the times of the files can be trusted.
    return open_library(library)


def catalogue(library: Library) -> Path:
    return next((library.root / "translations" / "es").rglob("*.po"))


def known(library: Library) -> set[tuple[str, str, str]]:
    """What a server that has just been started knows: article, source and translation."""
    memory = Memories().of(library, "es")
    texts = re.findall(r'^msgid "(.+)"$', catalogue(library).read_text("utf-8"), re.MULTILINE)
    return {(unit.article, unit.msgid, unit.msgstr) for text in texts for unit in memory.exact(text)}


def test_the_next_server_has_the_same_memory(opened: Library) -> None:
    first = known(opened)
    assert first
    assert Store(opened.root, "memory-es").keys()
    assert known(opened) == first


def test_a_translation_that_was_saved_meanwhile_is_offered(opened: Library) -> None:
    path = catalogue(opened)
    article_id = path.relative_to(opened.root / "translations" / "es").with_suffix("").as_posix()
    source, text = next((source, text) for article, source, text in known(opened) if article == article_id)
    path.write_text(path.read_text("utf-8").replace(f'"{text}"', '"Otra cosa"'), "utf-8")
    assert (article_id, source, "Otra cosa") in known(opened)
    assert (article_id, source, text) not in known(opened)


def test_a_catalogue_whose_article_is_gone_offers_nothing(opened: Library) -> None:
    path = catalogue(opened)
    article_id = path.relative_to(opened.root / "translations" / "es").with_suffix("").as_posix()
    assert any(article == article_id for article, _, _ in known(opened))
    (opened.source / f"{article_id}.md").unlink()
    assert not any(article == article_id for article, _, _ in known(opened))
