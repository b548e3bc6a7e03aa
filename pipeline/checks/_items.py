"""The lists of an article, each with its items."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model import Article, Segment

_BETWEEN = re.compile(r"\s*(?:[-*+•]|\d{1,9}[.)])[ \t]+")


def lists(article: Article) -> Iterator[list[Segment]]:
    """Runs of list items of one level with nothing but their markers between them."""
    run: list[Segment] = []
    for segment in article.segments:
        if run and not (
            segment.kind == "list-item"
            and segment.column == run[-1].column
            and _BETWEEN.fullmatch(article.text, run[-1].end, segment.start)
        ):
            yield run
            run = []
        if segment.kind == "list-item":
            run.append(segment)
    if run:
        yield run
