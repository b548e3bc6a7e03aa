"""Links lead to web pages, e-mail, telephone numbers and other leaflets, and to nothing else.

Why: an address such as "javascript:..." is a program, which runs in the reader's browser; "data:..." and "file:..." open
what nobody has checked. Such a link is left out of what is built, and its words stay as plain text.

Standard: OWASP ASVS 5.0 1.2.2

Bad:
    Read the [leaflet](javascript:alert(1)).
Bad:
    Read the [leaflet](&#106;avascript:alert(1)).
Good:
    Read the [leaflet](https://example.org/leaflet).
Good:
    Call [112](tel:112).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from pipeline import front_matter
from pipeline.checks import Context, Problem, article_check
from pipeline.messages import say
from pipeline.model import Article, Severity

SCHEMES = ("http", "https", "mailto", "tel", "sms")
_DOUBTFUL = re.compile(
    r"(?:\]\(\s{0,9}<?|\]:\s{0,9}<?|<(?!/?[A-Za-z][\w-]{0,30}[\s/>]|!--))"
    r"(?!https?://|mailto:|tel:|sms:|[\w./%#~-]{0,999}[\s)>])"
)
"""What is no plain address, so that the parsing is worth its time."""
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028\u2029\ufeff]|%(?:0[0-9a-f]|1[0-9a-f]|20)", re.IGNORECASE)


@article_check(Severity.ERROR, "OWASP ASVS 5.0 1.2.2")
def unsafe_address(article: Article, context: Context) -> Iterator[Problem]:
    """Links, whatever way they are written, to what is no page, address or number."""
    if not _DOUBTFUL.search(article.text):
        return
    body_start = front_matter.parse(article.text).body_start
    first_line = article.lines.place(body_start)[0]
    for token in _parser().parse(article.text[body_start:].removeprefix("\ufeff")):
        for child in token.children or ():
            address = str(child.attrGet("href") or child.attrGet("src") or "")
            scheme = re.match(r"([^/?#:]*):", _UNSEEN.sub("", address))
            if scheme and scheme[1].lower() not in SCHEMES and token.map:
                line = first_line + token.map[0]
                start = article.lines.offset(line)
                yield Problem(
                    start,
                    start + len(article.lines.line(line)),
                    say(
                        "a link or picture leads to {scheme}:, which is no page, address or number: it is left out "
                        "of what is built; give it a web address",
                        scheme=scheme[1].lower(),
                    ),
                )


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table").use(footnote_plugin).use(deflist_plugin)
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    return parser
