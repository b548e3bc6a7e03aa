"""Titles and headings have capitals as a sentence has.

A capital at the beginning, and for names, acronyms and people's names in diseases ("Marfan syndrome"). What the
text itself writes with a capital within a sentence is taken for a name.

Why: Capitals On Every Word Slow The Eye, and hide which words are names.

Standard: NHS service manual, headings: sentence case

Bad:
    # How To Treat High Blood Pressure
Good:
    # How to treat high blood pressure
Good:
    ## Living with Parkinson's disease in New York
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.checks import Context, Problem, article_check
from pipeline.checks._plain import BREAK, is_english
from pipeline.messages import say
from pipeline.model import Article, Severity
from pipeline.prose import Unit, units
from pipeline.spelling.lexicon import load

_WORD = re.compile(r"(?<![\w'’])[^\W\d_]+(?:['’][^\W\d_]+)?")
_AFTER_STOP = re.compile(r"(?:[.!?:–—•(\"“‘/]|\s-)\s*$")
_LITTLE = "a an and are as at but by do for from how if in is it of on or that the to what when who why with you your"
_SMALL = frozenset(_LITTLE.split())
_EPONYM = re.compile(
    r"['’]s?\b|\s+(?:syndrome|disease|palsy|sign|test|score|scale|lymphoma|tumou?r|fracture|s[ay]rcoma)\b",
    re.IGNORECASE,
)
_NAMES_TOO = frozenset(["barrett", "bell", "brown", "down", "edwards", "graves", "hunter", "may", "still", "turner"])
"""Everyday words that are names too: in diseases, and a month."""
_ILLNESS = frozenset(["syndrome", "disease", "palsy", "lymphoma", "tumour", "tumor"])
_LETTERED = re.compile(r"\b(?:hepatitis|vitamin|group|type|strep|influenza|plan|part|option|step)\s+$", re.IGNORECASE)
_BODY = re.compile(
    r"(?:[A-Z][\w'’-]*\s+(?:(?:of|for|and|the)\s+)*)*"
    r"(?:Academy|Agency|Alliance|Association|Centres?|Centers?|Charity|Clinic|College|Council|Department|Foundation|Fund"
    r"|Hospital|Institutes?|Library|Ministry|Network|Service|Services|Society|Trust|University)\b(?:\s+(?:of|for)(?:\s+[A-Z]\w+)+)?"
)
"""A body that gives help or advice, whose name has capitals."""


@article_check(Severity.WARNING, "NHS service manual: sentence case")
def sentence_case(article: Article, context: Context) -> Iterator[Problem]:
    """Headings and titles with a capital on words that are no names."""
    if not is_english(article):
        return
    for unit in units(article):
        is_title = unit.segment.trail == ("front matter", "title")
        if is_title or unit.segment.kind == "heading":
            wrong = _wrong(unit, article, context.settings.spelling)
            if wrong:
                better = _lowered(unit, wrong)
                message = say('capitals within a heading: write "{better}"', better=better)
                start = unit.start + len(unit.text) - len(unit.text.lstrip())
                yield Problem(start, unit.start + len(unit.text.rstrip()), message, (better,))


def _wrong(unit: Unit, article: Article, variant: str) -> list[int]:
    """Offsets of the capitals that should be small ones; none when the heading is in sentence case."""
    text = unit.text
    matches = list(_WORD.finditer(text))
    later = [m for m in matches[1:] if not _AFTER_STOP.search(text[: m.start()])]
    bodies = [m.span() for m in _BODY.finditer(text, matches[0].end() if matches else 0)]
    later = [m for m in later if not any(start <= m.start() < end for start, end in bodies)]
    capitals = [m for m in later if _is_capitalised(m)]
    if not capitals:
        return []
    names, small = _usage(article)
    common = [m for m in capitals if m[0] not in names and _is_common(m, variant)]
    edges = {edge for m in capitals if m not in common for edge in (m.start() - 1, m.end() + 1)}
    # Beside a name, a common word may be part of it: New York.
    wrong = [m for m in common if m[0].lower() in _ILLNESS or not {m.start(), m.end()} & edges]
    content = [m for m in later if m[0].lower() not in _SMALL]
    title_case = len(capitals) >= 0.6 * len(content)
    sure = [m for m in wrong if m[0].lower() in small or m[0].lower() in _SMALL]
    return [m.start() for m in wrong] if title_case or sure else []


def _is_capitalised(match: re.Match[str]) -> bool:
    """Whether a word begins with a capital and has no other: no acronym, and not the A of hepatitis A."""
    word = match[0]
    if len(word) == 1:
        alone = match.string[match.end() : match.end() + 1].isspace()
        return word == "A" and alone and not _LETTERED.search(match.string[: match.start()])
    return word[0].isupper() and word[1:].lower() == word[1:]


def _is_common(match: re.Match[str], variant: str) -> bool:
    """Whether a word is an everyday one, rather than a name."""
    lexicon, word = load(variant), match[0].lower()
    rank = lexicon.rank(word)
    if _EPONYM.match(match.string, match.end()):
        return (
            rank > 40 and not lexicon.is_name(word) and word not in _NAMES_TOO and "'" not in word and "’" not in word
        )
    return rank > lexicon.name_rank(word) and word != "may"


@lru_cache(maxsize=8)
def _usage(article: Article) -> tuple[frozenset[str], frozenset[str]]:
    """Words that the running text writes with a capital within a sentence, and those that it writes small."""
    body = BREAK.join(u.text for u in units(article) if u.segment.kind not in ("heading", "field", "table-header"))
    small = frozenset(re.findall(r"(?<![\w'’])[a-z]+", body))
    inside = frozenset(re.findall(r"(?<=[a-z,] )[A-Z][a-z]+", body))
    return frozenset(word for word in inside if word.lower() not in small), small


def _lowered(unit: Unit, wrong: list[int]) -> str:
    letters = list(unit.text)
    for offset in wrong:
        letters[offset] = letters[offset].lower()
    return " ".join("".join(letters).split())
