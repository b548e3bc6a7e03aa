"""No words that say the same twice, and no missing hyphen in a word that always has one.

Why: every word that says nothing new makes the page longer for somebody who reads slowly.

Standard: CDC Clear Communication Index 5; NHS service manual, plain English

Bad:
    It is common over the age of 55 years old.
Bad:
    This is a life threatening illness.
Good:
    It is common over the age of 55. It is rarely life-threatening.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.checks import Context, Problem, article_check
from pipeline.checks._plain import unit_texts
from pipeline.messages import say
from pipeline.model import Article, Severity
from pipeline.prose import units

_TWICE = (
    (r"(?:over |under |below |above )?the age of \d+ years(?: old)?", say("the age and the years say the same: keep one")),
    (r"\d+ years old of age|age of \d+ years of age", say("the age is said twice: keep one")),
    (r"(?:each and every|first and foremost|one and the same|any and all)", say("two words for one: keep one")),
    (r"(?:completely|totally) (?:eliminated?|fatal|unique|full|empty)", say("the second word says it all")),
    (r"(?:past history|end result|final outcome|future plans|added bonus|basic fundamentals|new innovation)", say("the second word says it all")),
    (r"(?:revert|return|repeat|refer) back|repeat again|combine together|join together|merge together", say("the first word says it all")),
    (r"(?:in close proximity to|at this point in time|due to the fact that|in spite of the fact that)", say("many words for one: near, now, because, although")),
    (r"(?:red|blue|round|large|small) in (?:colour|color|shape|size)", say("the first word says it all")),
    (r"reason (?:is|was) because|reason why", say("reason and because say the same: keep one")),
)  # fmt: skip
_REDUNDANT = re.compile(
    "|".join(rf"(?P<r{n}>\b(?:{pattern})\b)" for n, (pattern, _) in enumerate(_TWICE)), re.IGNORECASE
)
_NEEDED = (
    """
    age of|old of age|each and every|first and foremost|one and the same|any and all|completely |totally |
    past history|end result|final outcome|future plans|added bonus|basic fundamentals|new innovation|revert back|return back|
    repeat back|refer back|repeat again|combine together|join together|merge together|in close proximity to|
    at this point in time|due to the fact|in spite of the fact|in colour|in color|in shape|in size|reason is|reason was|
    reason why| threatening| changing| saving|step by step
""".replace("\n", "")
    .replace("|    ", "|")
    .strip()
    .split("|")
)
"""A match holds one of these: without them there is none."""
_HYPHEN = re.compile(r"\b(?:(?P<a>life|limb|sight) (?P<b>threatening|changing|saving)|(?P<c>step) (?P<d>by) (?P<e>step) (?=guide|plan|instructions))\b", re.IGNORECASE)  # fmt: skip


@article_check(Severity.REVIEW, "NHS service manual, plain English")
def redundant_words(article: Article, context: Context) -> Iterator[Problem]:
    """Phrases that say a thing twice, and words that lost their hyphen."""
    if article.language.partition("_")[0] != "en":
        return
    low = unit_texts(article)
    for unit in units(article) if any(phrase in low for phrase in _NEEDED) else ():
        for match in _REDUNDANT.finditer(unit.text):
            number = int((match.lastgroup or "r0")[1:])
            message = say('"{words}": {fault}', words=match[0], fault=_TWICE[number][1])
            yield Problem(unit.start + match.start(), unit.start + match.end(), message)
        for match in _HYPHEN.finditer(unit.text):
            written = "-".join(match[0].split())
            message = say('write "{better}"', better=written)
            yield Problem(unit.start + match.start(), unit.start + match.end(), message, (written,))
