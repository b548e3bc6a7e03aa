"""A page begins with its gist.

The front matter has a summary; or the page opens with a paragraph before its first section; or a section says so
(Summary, Key points, Overview, At a glance). A summary says something: a sentence, not the title again.

Why: many read no further than the first lines. They must hold what the reader needs most.

Standard: PEMAT-P 11: the material provides a summary; NHS service manual, lead paragraph

Bad:
    # Chickenpox

    ## Symptoms

    - red spots
Bad:
    ---
    title: Chickenpox
    summary: Chickenpox.
    ---

    ## Symptoms

    - red spots
Good:
    # Chickenpox

    Chickenpox gives you itchy red spots. It mostly goes away by itself.

    ## Symptoms
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.checks import Context, Problem, article_check
from pipeline.checks._plain import is_english
from pipeline.messages import say
from pipeline.model import Article, Severity
from pipeline.prose import sentences, units, words

_HEADINGS = re.compile(
    r"(?:in )?(?:summary|short|brief)|(?:the )?key (?:points|facts|messages)|at a glance|overview|main points|the basics",
    re.IGNORECASE,
)
_FEWEST_WORDS = 5


@article_check(Severity.WARNING, "PEMAT-P 11")
def summary_present(article: Article, context: Context) -> Iterator[Problem]:
    """Pages that nowhere say the gist."""
    if not is_english(article) or not article.segments:
        return
    for unit in units(article):
        if unit.segment.trail == ("front matter", "summary"):
            text = unit.text.strip()
            title = set(words(article.title.lower()))
            if len(words(text)) >= _FEWEST_WORDS and set(words(text.lower())) - title:
                return
            message = say("the summary says too little: a sentence or two with what the reader needs most")
            yield Problem(unit.start, unit.segment.end, message)
            return
    if not _opens_with_gist(article):
        first = article.segments[0]
        message = say("no summary: begin with a sentence or two that say what the reader needs most")
        yield Problem(first.start, first.end, message)


def _opens_with_gist(article: Article) -> bool:
    """Whether a paragraph stands before the first section, or a section is a summary."""
    opening = True
    for unit in units(article):
        kind = unit.segment.kind
        if kind == "heading":
            if _HEADINGS.fullmatch(unit.text.strip(" :?")):
                return True
            opening = opening and unit.segment.level == 1
        elif opening and kind == "paragraph" and any(s.is_full for s in sentences(unit)):
            return True
    return False
