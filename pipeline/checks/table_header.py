"""Every column of a table has a header.

Why: a screen reader says the header before each cell. Without it, a table is a row of loose words.

Standard: WCAG 2.2 1.3.1 Info and Relationships (A); EN 301 549 9.1.3.1; PDF/UA-1 7.5

Bad:
    |   |   |
    |---|---|
    | Mild | No symptoms |
Bad:
    |   | Symptoms |
    |---|---|
    | Mild | None |
Good:
    | Leak | Symptoms |
    |---|---|
    | Mild | None |
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline import front_matter
from pipeline.checks import Context, Problem, article_check
from pipeline.dialect import parse_blocks
from pipeline.messages import say
from pipeline.model import Article, Severity

_DELIMITER_ROW = re.compile(r"^[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*\r?$", re.MULTILINE)


_EMPTY = re.compile(r"\|\s*\|")


@article_check(Severity.ERROR, "WCAG 2.2 1.3.1; EN 301 549 9.1.3.1; PDF/UA-1 7.5")
def table_header(article: Article, context: Context) -> Iterator[Problem]:
    """Tables with an empty header cell."""
    if "|" not in article.text or not any(_may_lack_one(article, row) for row in _DELIMITER_ROW.finditer(article.text)):
        return
    body_start = front_matter.parse(article.text).body_start
    first_line = article.lines.place(body_start)[0]
    body = article.text[body_start:].removeprefix("\ufeff")
    tokens = parse_blocks(body)
    for index, token in enumerate(tokens):
        if token.type != "thead_open" or not token.map:
            continue
        end = next(i for i in range(index, len(tokens)) if tokens[i].type == "thead_close")
        cells = [t.content.strip() for t in tokens[index:end] if t.type == "inline"]
        empty = [number for number, cell in enumerate(cells, 1) if not cell]
        if empty:
            line = first_line + token.map[0]
            start = article.lines.offset(line)
            message = (
                say("table: no header cell has text; say in the first row what the column holds")
                if len(empty) == len(cells)
                else say(
                    "table: no header in column {columns}; say in the first row what the column holds",
                    columns=", ".join(map(str, empty)),
                )
            )
            yield Problem(start, start + len(article.lines.line(line)), message)


def _may_lack_one(article: Article, delimiters: re.Match[str]) -> bool:
    """Whether the line above such a row has an empty cell, so that the parsing is worth its time."""
    row = article.lines.place(delimiters.start())[0]
    return "\r" in article.text or (row > 1 and _EMPTY.search(article.lines.line(row - 1)) is not None)
