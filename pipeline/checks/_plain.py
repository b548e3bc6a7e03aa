"""What the plain-language checks share: an article's prose as one text, and whether a term is explained there."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from pipeline.checks import Context
from pipeline.messages import Message, say
from pipeline.model import Article
from pipeline.prose import Unit, units
from pipeline.spelling.lexicon import load

BREAK = "\0"
"""Stands between two units, so that no pattern reaches from one into the next. It is no white space."""
_GAP = 160
"""How far around a term its explanation is looked for, in characters."""
_INTRODUCED = re.compile(
    r"(?:\b(?:called|named|known as|termed|means?|(?:name|names|term|terms|word)(?: (?:for|of) [\w ]{1,40})? (?:is|are)"
    r"|what (?:is|are)|stands for|short for|(?:is|are) when|i\.e\.)|, or|\((?:or|also|the)?)\s*"
    r"(?:also )?(?:an? |the )?[\"'“‘]?(?:[\w-]+ ){0,2}$",
    re.IGNORECASE,
)
_EXPLAINED = re.compile(
    r"^[\"'”’]?(?:\s[\w-]+){0,2}?(?:\s?\(|\s?[–—:] |\s-\s|,? (?:which|that|this) (?:is|are|means)\b"
    r"|,? (?:is|are) (?:an?|when|where|what|called|known|another|the (?:medical )?(?:name|word|term))\b|,? means?\b|,? when\b|, or |, an? |, the )",
)
_BODIES = "NHS UK US USA EU UN BBC"
"""Countries and bodies that say their own name so."""
_EVERYDAY = "TV DVD CD PC PDF SMS ID PIN FAQ URL IT OK AM PM BC AD"
"""Nobody knows these things by their long name."""
_HEALTH = "DNA HIV AIDS COVID GP GPS A&E"
"""Known by these letters alone; NHS pages never spell out GP and A&E."""
_DEGREES = "MD PHD RN"
WELL_KNOWN = frozenset(f"{_BODIES} {_EVERYDAY} {_HEALTH} {_DEGREES}".split())
"""Acronyms better known than what they stand for."""
_EMPHATIC = frozenset(["NOT", "AND", "BUT", "YOU", "ANY", "NOW", "WHY", "HOW", "TOO", "OUT"])
_CAPITALS = re.compile(r"(?<![\w-])[A-Z]{2,}(?:['’][A-Z]+)?(?:[ \t\n]+[A-Z]{2,}(?:['’][A-Z]+)?)*(?![\w-])")
_TWO_CAPITALS = re.compile("[A-Z][A-Z]")
_MNEMONIC = re.compile(r"\s*(?:\(|test|scale|score|study|trial|therapy|method|rule|stands|means)")


def is_english(article: Article) -> bool:
    """Whether the plain-language checks know the article's language."""
    return article.language.partition("_")[0] == "en"


@lru_cache(maxsize=8)
def prose(article: Article) -> str:
    """The article's text, as long as it is, with everything that no reader reads blank and BREAK between units."""
    parts, position = [], 0
    for unit in units(article):
        if unit.start >= position:
            parts += [BREAK * (unit.start - position), unit.text]
            position = unit.start + len(unit.text)
    return "".join([*parts, BREAK * (len(article.text) - position)])


@lru_cache(maxsize=8)
def lowered(article: Article) -> str:
    """The same in lower case, letter for letter."""
    text = prose(article)
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def fold(text: str) -> str:
    """A text, letter for letter, as a pattern for small letters sees it that has no regard to case."""
    # These count as "i", "s" and "i" then, though they stay apart in lower case.
    return text.replace("\u0130", "i").lower().replace("\u017f", "s").replace("\u0131", "i")


@lru_cache(maxsize=8)
def folded(article: Article) -> str:
    """The prose of an article, so."""
    return fold(prose(article))


@lru_cache(maxsize=8)
def unit_texts(article: Article) -> str:
    """The folded texts of all units, one after another: to ask whether something stands in one at all."""
    return fold(BREAK.join(unit.text for unit in units(article)))


@lru_cache(maxsize=8)
def vocabulary(article: Article) -> frozenset[str]:
    """Every word of the article in lower case."""
    return frozenset(re.findall(r"[^\W\d_]+", unit_texts(article)))


def has_any(article: Article, phrases: Sequence[frozenset[str]]) -> bool:
    """Whether all words of one of these phrases stand in the article, wherever: without that, no pattern finds it."""
    known = vocabulary(article)
    return any(phrase <= known for phrase in phrases)


def phrases(text: str) -> tuple[frozenset[str], ...]:
    """The words of phrases that are parted by commas."""
    return tuple(frozenset(phrase.split()) for phrase in text.split(","))


def searched(article: Article, pattern: re.Pattern[str], hint: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """The matches of a pattern in the prose, looked for in the units alone in which a hint is found.

    hint: a pattern for lower case of which a match stands in each match of the other. One that begins with a letter, or
    with one of a few, is many times quicker than one that begins with a boundary.
    """
    low, text, position = folded(article), prose(article), 0
    while match := hint.search(low, position):
        start = low.rfind(BREAK, 0, match.start()) + 1
        end = low.find(BREAK, match.end())
        position = end if end >= 0 else len(low)
        yield from pattern.finditer(text, start, position)


@lru_cache(maxsize=8)
def _starts(article: Article) -> list[int]:
    return [unit.start for unit in units(article)]


def unit_at(article: Article, offset: int) -> Unit:
    """The unit that an offset lies in."""
    return units(article)[max(bisect_right(_starts(article), offset) - 1, 0)]


def in_body(article: Article, offset: int) -> bool:
    """Whether an offset lies in running text: no heading, no front matter, no list of words explained."""
    return unit_at(article, offset).segment.kind not in ("heading", "field", "term", "definition", "table-header")


@lru_cache(maxsize=8)
def known_names(article: Article) -> str:
    """What the article is about or defines, in lower case: title, other names, and the words that it explains."""
    also = article.meta.get("also_called")
    names = [article.meta.get("title"), *(also if isinstance(also, list) else ())]
    terms = [u.text for u in units(article) if u.segment.kind == "term" or u.segment.level == 1]
    return BREAK.join(str(name) for name in [*names, *terms] if name).lower()


def is_known(article: Article, context: Context, term: str) -> bool:
    """Whether the article is about this term, explains it in its list of words, or the glossary explains it."""
    if term in context.explained_words:
        return True
    names = known_names(article)
    return term in names and re.search(rf"(?<!\w){re.escape(term)}(?!\w)", names) is not None


def is_explained(article: Article, start: int, end: int) -> bool:
    """Whether the words around a term say what it means: brackets, "called ...", ", or ...", "is a ..."."""
    text = prose(article)
    before = " ".join(text[max(0, start - _GAP) : start].rpartition(BREAK)[2].split(" ")[-40:])
    before = re.sub(r"\s+", " ", before)
    after = re.sub(r"\s+", " ", text[end : end + _GAP].partition(BREAK)[0])
    if _EXPLAINED.match(after):
        return True
    introduced = _INTRODUCED.search(before)
    return introduced is not None and not (introduced[0].startswith("(") and "," in after.partition(")")[0])


@lru_cache(maxsize=8)
def shouted(article: Article, variant: str) -> tuple[tuple[int, int], ...]:
    """Spans of ordinary words in block capitals. An acronym, or a memory aid such as FAST, is none."""
    text = prose(article)
    if not _TWO_CAPITALS.search(text):
        return ()
    return tuple(
        match.span()
        for match in _CAPITALS.finditer(text)
        if not _MNEMONIC.match(text, match.end())
        and match[0] not in WELL_KNOWN
        and _is_shouted(match[0].split(), load(variant).words)
        and f"({match[0]})" not in text
    )


def _is_shouted(words: list[str], ranks: dict[str, int]) -> bool:
    """A long ordinary word, or a run of words of which one is."""
    common = [word for word in words if ranks.get(word.lower(), 0) >= 43 and len(word) > 3 and word not in WELL_KNOWN]
    if len(words) == 1:
        return bool(common) or words[0] in _EMPHATIC
    return bool(common) or sum(ranks.get(word.lower(), 0) >= 60 for word in words) > 1


def line_list(numbers: Sequence[int]) -> Message:
    """Line numbers as a message names them: "line 3", "lines 3, 5 and 8"."""
    if len(numbers) == 1:
        return say("line {number}", number=numbers[0])
    return say("lines {numbers} and {last}", numbers=", ".join(map(str, numbers[:-1])), last=numbers[-1])


@cache
def data(name: str) -> dict[str, Any]:
    """A list of pipeline/checks/data."""
    return tomllib.loads(files("pipeline.checks").joinpath("data", f"{name}.toml").read_text("utf-8"))
