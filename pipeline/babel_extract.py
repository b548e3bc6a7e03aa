"""Entry point for Babel: ``pybabel extract`` reads source/ with the same segments as plainleaf does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from pipeline import segments
from pipeline.files import decode
from pipeline.merging import plain_notes


def extract(
    file: IO[bytes], keywords: Sequence[str], comment_tags: Sequence[str], options: Mapping[str, Any]
) -> Iterator[tuple[int, None, str, list[str]]]:
    """Babel's extraction method: yields line, function (none), message and comments for each segment.

    The keywords, comment tags and options that Babel hands over have no meaning for Markdown.
    """
    del keywords, comment_tags, options
    text = decode(file.read(), Path(getattr(file, "name", "article")))
    for segment in segments.extract(text):
        yield segment.line, None, segment.text, plain_notes(segment)
