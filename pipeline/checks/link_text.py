"""A link's text says where it leads.

Why: screen readers list the links of a page without the text around them, and on paper "click here" leads
nowhere.

Standard: WCAG 2.2 2.4.4 Link Purpose (A); EN 301 549 9.2.4.4; NHS service manual, links

Bad:
    For more, [click here](murmur.md).
Bad:
    See [https://example.org/murmur](https://example.org/murmur).
Bad:
    Read about it [](murmur.md).
Good:
    Read about [heart murmurs](murmur.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.checks import Context, Problem, article_check
from pipeline.dialect import without_code
from pipeline.messages import say
from pipeline.model import Article, Severity

_LINK = re.compile(r"(?<![!\\])\[(?P<text>(?:[^\[\]\\]|\\.|!\[[^\]]*\]\([^)]*\))*)\]\(")
_VAGUE = frozenset(
    """click here|here|click|this|this link|link|more|more info|more information|read more|learn more|see more
    |find out more|this page|this article|this website|website|page|details|continue|go|start|download|pdf
    """.replace("\n", "")
    .replace("    ", "")
    .split("|")
)
_ADDRESS = re.compile(r"^(?:https?://|www\.)\S+$", re.IGNORECASE)


@article_check(Severity.WARNING, "WCAG 2.2 2.4.4; EN 301 549 9.2.4.4")
def link_text(article: Article, context: Context) -> Iterator[Problem]:
    """Links whose text is empty, vague or a bare address."""
    for segment in article.segments if "](" in article.text else ():
        raw = article.text[segment.start : segment.end]
        for match in _LINK.finditer(without_code(raw)) if "](" in raw else ():
            start, end = segment.start + match.start(), segment.start + match.end() - 1
            text = " ".join(re.sub(r"[*_`]", "", match["text"]).split())
            if not text:
                message = say("link without text: say where it leads")
                yield Problem(start, end, message, severity=Severity.ERROR)
            elif text.casefold().strip(" .:!>›»") in _VAGUE:
                message = say(
                    'link text "{text}" does not say where it leads: name what the reader finds there', text=text
                )
                yield Problem(start, end, message)
            elif _ADDRESS.match(text):
                yield Problem(start, end, say("a bare address as link text: name the page that it leads to"))
