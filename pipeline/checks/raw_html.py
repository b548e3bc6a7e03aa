"""No HTML within an article.

Why: a translator never sees it, the printed leaflet cannot show it, and it could carry a script. So it is
left out of what is built, and text inside a block of HTML would be lost.

Standard: WCAG 2.2 1.3.1 Info and Relationships (A)

Bad:
    <div>Take it with food.</div>
Bad:
    Take <b>2</b> tablets.
Good:
    Take **2** tablets.
Good:
    <!-- a comment is for editors -->
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline import front_matter
from pipeline.checks import Context, Problem, article_check
from pipeline.dialect import parse_blocks, without_code
from pipeline.messages import say
from pipeline.model import Article, Severity

_TAG = re.compile(r"</?(?P<name>[A-Za-z][A-Za-z0-9-]*)(?:\s[^<>]*)?/?>")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


@article_check(Severity.ERROR, "WCAG 2.2 1.3.1")
def raw_html(article: Article, context: Context) -> Iterator[Problem]:
    """HTML blocks and tags, comments excepted."""
    if "<" not in article.text:
        return
    for segment in article.segments:
        if segment.kind == "field":
            continue
        raw = without_code(article.text[segment.start : segment.end])
        for match in _TAG.finditer(raw):
            if match["name"].casefold() != "br" and not raw[: match.start()].endswith(("\\", "](")):
                start, end = segment.start + match.start(), segment.start + match.end()
                yield Problem(start, end, say("HTML tag {tag} is left out: write it in Markdown", tag=match[0]))
    yield from _blocks(article)


def _blocks(article: Article) -> Iterator[Problem]:
    body_start = front_matter.parse(article.text).body_start
    first_line = article.lines.place(body_start)[0]
    for token in parse_blocks(article.text[body_start:].removeprefix("\ufeff")):
        if token.type == "html_block" and token.map and _COMMENT.sub("", token.content).strip():
            line, last = first_line + token.map[0], first_line + token.map[1] - 1
            start, end = article.lines.offset(line), article.lines.offset(last) + len(article.lines.line(last))
            message = say("a block of HTML is left out of what is built: write its text in Markdown")
            if token.content.lstrip().startswith("<!--"):
                closed = "-->" in token.content
                message = say(
                    "a block of HTML: text on the line of a comment is left out of what is built: put the comment on a line of its own"
                )
                if not closed:
                    message = say(
                        "this comment is not closed with -->: all the text below it is left out of what is built"
                    )
            yield Problem(start, end, message)
