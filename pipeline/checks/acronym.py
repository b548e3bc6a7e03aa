"""An acronym is explained where it first stands.

Explained are "echocardiogram (echo)", "ECG (electrocardiogram)" and "electrocardiogram, or ECG"; also what the
page's list of words, its title, also_called or the library's glossary names. A few that are better known than what
they stand for need none: NHS, UK, DNA. "MRI" and "CT" may stand before "scan", since the word says what the reader needs.

Why: a reader who does not know the letters cannot guess them, and may take them for something else. A screen
reader spells them out.

Standard: PEMAT-P 3; WCAG 2.2 3.1.4 Abbreviations (AAA); NHS service manual, abbreviations

Bad:
    You may have an ECG.
Good:
    You may have a heart tracing (ECG). The ECG takes five minutes.
Good:
    The test is an electrocardiogram, or ECG. It is free on the NHS.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.checks import Context, Problem, article_check
from pipeline.checks._plain import WELL_KNOWN, in_body, is_english, is_known, prose, shouted, unit_at
from pipeline.messages import say
from pipeline.model import Article, Severity

_ACRONYM = re.compile(
    r"(?<![\w&./-])(?:[A-Z]{2,}|[A-Z]&[A-Z]|[A-Z]{1,3}\d?[A-Z]+)(?P<plural>s?)(?![\w&]|\.\w|-[A-Z]?[a-z]*\.)"
)
_CAPITAL = re.compile(r"[A-Z][A-Z\d&]")
"""What every acronym has, so that most texts are done with at once."""
_NUMBERED = re.compile(r"\b(?:type|stage|grade|class|factor|phase|part|group|level)s? $", re.IGNORECASE)
_ROMAN = re.compile(r"[IVX]+")
_SCAN = re.compile(r"\s+(?:or \w+ )?scan")
_STANDS_FOR = re.compile(
    r"^(?:,? (?:or (?!(?:an? )?[A-Z])|which is|means|is short for|stands for|(?:is|are) (?:an?|the|when))\b|\s?\((?=[^)]*[a-z]{3})| – )"
)
_OR = re.compile(r",? or (?:an? |the )?$")
_NAMED = re.compile(r"(?:(?:called|known as|named|short(?:ened)? (?:to|form)(?: is)?) (?:an? |the )?)$")
_BRACKET = re.compile(r"[\w’'\"”]\s*\((?:or |also |the |an? |called |known as |abbreviated |sometimes )*[^()]{0,12}$")


@article_check(Severity.WARNING, "PEMAT-P 3; WCAG 2.2 3.1.4 (AAA)")
def acronym(article: Article, context: Context) -> Iterator[Problem]:
    """Acronyms that nothing explains at their first use."""
    if not is_english(article):
        return
    loud = shouted(article, context.settings.spelling)
    seen: dict[str, tuple[int, int]] = {}
    explained: set[str] = set()
    for match in _ACRONYM.finditer(prose(article)) if _CAPITAL.search(prose(article)) else ():
        letters = match[0].removesuffix(match["plural"])
        if letters in explained or _is_plain(article, match, letters):
            continue
        if any(start <= match.start() < end for start, end in loud):
            continue
        if is_known(article, context, letters.lower()) or _is_explained(article, match):
            early = letters in seen and in_body(article, seen[letters][0])
            explained.add(letters)
            if not early:
                seen.pop(letters, None)
        elif letters not in seen or not in_body(article, seen[letters][0]):
            seen[letters] = match.span()
    for letters, span in sorted(seen.items(), key=lambda item: item[1]):
        later = say("; it is explained only later") if letters in explained else ""
        message = say(
            '"{letters}" is not explained{later}: write what it stands for, then the letters in brackets',
            letters=letters,
            later=later,
        )
        yield Problem(*span, message)


def _is_plain(article: Article, match: re.Match[str], letters: str) -> bool:
    """Whether these capitals need no explanation."""
    text = match.string
    if letters.upper() in WELL_KNOWN or (letters in ("MRI", "CT", "PET") and _SCAN.match(text, match.end())):
        return True
    if _ROMAN.fullmatch(letters) and (letters not in ("IV", "MI", "MM") or _NUMBERED.search(text[: match.start()])):
        return True
    return unit_at(article, match.start()).segment.kind == "link-title"


def _is_explained(article: Article, match: re.Match[str]) -> bool:
    """Whether the words around an acronym say what it stands for."""
    unit = unit_at(article, match.start())
    begin = match.start() - unit.start
    before = re.sub(r"\s+", " ", unit.text[max(0, begin - 120) : begin])
    after = re.sub(r"\s+", " ", unit.text[match.end() - unit.start :][:120])
    if _STANDS_FOR.match(after) or _NAMED.search(before) or _BRACKET.search(before):
        return True
    # "electrocardiogram, or ECG", but not "an ECG, or an IV drip".
    joined = _OR.search(before)
    return bool(joined and any(word[0] == match[0][0].lower() for word in before[: joined.start()].split()[-8:]))
