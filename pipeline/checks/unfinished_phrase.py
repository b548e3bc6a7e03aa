"""A phrase that promises a second half has it: "ranging from ... to", "not only ... but", "either ... or".

Why: half of a phrase leaves the reader searching for the other half, and it is often what a cut lost.

Standard: PEMAT-P 3

Bad:
    It causes symptoms ranging from cough, breathlessness, swollen legs.
Good:
    It causes symptoms ranging from a cough to swollen legs.
Good:
    Take either one tablet or two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.checks import Context, Problem, article_check
from pipeline.checks._plain import fold
from pipeline.messages import say
from pipeline.model import Article, Severity
from pipeline.prose import sentences, units

_PAIRS = (
    # What a text must hold, the first half, the second half, and how the second is called.
    ("rang", re.compile(r"\brang(?:e|es|ed|ing) from\b", re.IGNORECASE), re.compile(r"\b(?:to|up|through)\b|[–—]", re.IGNORECASE), "to"),
    ("not only", re.compile(r"\bnot only\b", re.IGNORECASE), re.compile(r"\b(?:but|also|too|as well)\b", re.IGNORECASE), "but"),
    ("either", re.compile(r"^either\b|\bby either\b", re.IGNORECASE), re.compile(r"\b(?:or|way|side|one|of)\b", re.IGNORECASE), "or"),
    ("neither", re.compile(r"\bneither\b", re.IGNORECASE), re.compile(r"\b(?:nor|of|is|do|does|are|was|were)\b", re.IGNORECASE), "nor"),
    ("between", re.compile(r"\banywhere between\b|\bfrom between\b", re.IGNORECASE), re.compile(r"\b(?:and|to)\b|[–—]", re.IGNORECASE), "and"),
)  # fmt: skip


@article_check(Severity.REVIEW, "PEMAT-P 3")
def unfinished_phrase(article: Article, context: Context) -> Iterator[Problem]:
    """First halves without their second."""
    if article.language.partition("_")[0] != "en":
        return
    low = fold(article.text)
    pairs = [pair for pair in _PAIRS if pair[0] in low]
    for unit in units(article) if pairs else ():
        for sentence in sentences(unit):
            text = article.text[sentence.start : sentence.end]
            if text.rstrip().endswith(":"):
                continue
            for _, first, second, missing in pairs:
                match = first.search(text)
                if match and not second.search(text, match.end()):
                    start = sentence.start + match.start()
                    message = say('"{words}" has no "{missing}": finish the phrase', words=match[0], missing=missing)
                    yield Problem(start, start + len(match[0]), message)
