"""From a message of a catalogue to its segment of the article, and from a segment to its translations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline import po
from pipeline.buffers import Buffers
from pipeline.files import read_text
from pipeline.lsp.positions import Positions
from pipeline.model import Article, PlainleafError


@dataclass(frozen=True, slots=True)
class Entry:
    """A message of a catalogue with its place."""

    entry: po.Entry
    start: int
    """Offset of its first line, comments included."""
    keyword: int
    """Offset of its msgid."""
    end: int


@dataclass(frozen=True, slots=True)
class Place:
    """A span of a file."""

    path: Path
    start: int
    end: int
    text: str
    """Of the whole file."""


def entries(text: str) -> Iterator[Entry]:
    """The messages of a catalogue's text; none when it is broken."""
    try:
        found = po.parse(text).entries
    except po.PoError:
        return
    places = Positions(text)
    starts = [places.line_offset(entry.number) for entry in found]
    for entry, start, end in zip(found, starts, [*starts[1:], len(text)], strict=True):
        if entry.msgid and not entry.is_obsolete:
            above = next((i for i, line in enumerate(entry.lines) if line.kind == "keyword"), 0)
            yield Entry(entry, start, places.line_offset(entry.number + above), end)


def entry_at(text: str, offset: int) -> Entry | None:
    """The message that a place of a catalogue belongs to."""
    return next((entry for entry in entries(text) if entry.start <= offset < max(entry.end, entry.start + 1)), None)


def segments_of(article: Article, path: Path, msgid: str) -> list[Place]:
    """Where the text of a message stands in its article."""
    return [Place(path, s.start, s.end, article.text) for s in article.segments if s.text == msgid]


def messages_of(root: Path, buffers: Buffers, article_id: str, msgid: str) -> Iterator[Place]:
    """The messages for a text of an article in every language that has it, as saved."""
    assert buffers.library is not None
    for language in buffers.library.settings.languages:
        path = root / "translations" / language / f"{article_id}.po"
        try:
            text = read_text(path)
        except PlainleafError:
            continue
        places = Positions(text)
        for entry in entries(text):
            if entry.entry.msgid == msgid:
                yield Place(path, entry.keyword, places.line_end(entry.keyword), text)
