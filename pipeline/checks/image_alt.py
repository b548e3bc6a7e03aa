"""Every image says in words what it shows.

Why: a reader who cannot see the image hears its text instead. A file's name or "image" tells them nothing.

Standard: WCAG 2.2 1.1.1 Non-text Content (A); EN 301 549 9.1.1.1; PDF/UA-1 7.3

Bad:
    ![](heart.svg)
Bad:
    ![heart.svg](heart.svg)
Bad:
    ![Picture](heart.svg)
Good:
    ![The heart, cut open, seen from the front](heart.svg)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.checks import Context, Problem, article_check
from pipeline.dialect import without_code
from pipeline.messages import say
from pipeline.model import Article, Severity

_IMAGE = re.compile(r"!\[(?P<alt>(?:[^\[\]\\]|\\.|\[[^\]]*\])*)\](?:\(\s*<?(?P<target>[^\s)>]*)|\[)")
_EMPTY_WORDS = frozenset(("image", "picture", "photo", "graphic", "drawing", "figure", "icon", "alt", "img"))
_FILE_NAME = re.compile(r"^[\w./ -]+\.(?:svg|png|jpe?g|gif|webp|bmp|tiff?)$", re.IGNORECASE)
LONGEST = 250
"""Characters. Longer texts belong under the image, where everyone can read them."""


@article_check(Severity.ERROR, "WCAG 2.2 1.1.1; EN 301 549 9.1.1.1; PDF/UA-1 7.3")
def image_alt(article: Article, context: Context) -> Iterator[Problem]:
    """Images without a text alternative, or with one that says nothing."""
    for segment in article.segments:
        raw = without_code(article.text[segment.start : segment.end])
        for match in _IMAGE.finditer(raw):
            start, end = segment.start + match.start(), segment.start + match.end("alt") + 1
            alt = " ".join(match["alt"].split())
            if not alt:
                yield Problem(start, end, say("image without alt text: write between the brackets what it shows"))
            elif alt.casefold() in _EMPTY_WORDS or _FILE_NAME.match(alt) or alt == match["target"]:
                message = say('alt text "{alt}" does not say what the image shows: write that in a sentence', alt=alt)
                yield Problem(start, end, message)
            elif len(alt) > LONGEST:
                message = say(
                    "alt text of {count} characters: keep it under {most}, and say the rest below",
                    count=len(alt),
                    most=LONGEST,
                )
                yield Problem(start, end, message, severity=Severity.WARNING)
