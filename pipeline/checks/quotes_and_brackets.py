"""Brackets and quotation marks come in pairs in a translation.

Only what is in pairs in the source is looked at, and only marks that look different at their two ends, since "the '90s"
has no pair. A round bracket is a warning where the source has them; the rest is for a person to review.

Why: a bracket that is lost joins what was said apart; a screen reader reads on without a pause.

Standard: WCAG 2.2 1.3.1

Bad:
    # language: es
    msgid "Take the tablet (with water)."
    msgstr "Tome el comprimido (con agua."
Bad:
    # language: fr
    msgid "This is called “a murmur”."
    msgstr "On parle de « souffle."
Good:
    # language: zh_Hans
    msgid "This (a) is called “a murmur”."
    msgstr "这（a）称为“杂音”。"
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from pipeline.checks import Context, Problem, TranslatedArticle, translation_check
from pipeline.checks._pairs import pairs
from pipeline.messages import say
from pipeline.model import Severity

_PAIRS = {"(": ")", "（": "）", "[": "]", "【": "】", "「": "」", "《": "》", "«": "»", "“": "”"}
_ANY = re.compile("[" + "".join(re.escape(c) for c in (*_PAIRS, *_PAIRS.values(), "„")) + "]")
_LIST_MARK = re.compile(r"(?:(?<=\s)|^)[\w٠-٩]{1,3}[)）]")
_KINDS = {"（": "(", "）": ")"}


@translation_check(Severity.WARNING, "WCAG 2.2 1.3.1")
def quotes_and_brackets(item: TranslatedArticle, context: Context) -> Iterator[Problem]:
    """Brackets and quotation marks without their counterpart."""
    for pair in pairs(item):
        alone = _alone(pair.text)
        if alone and not _alone(pair.source):
            is_sure = alone[0] in "()" and "(" in pair.source
            message = say(
                '{marks} without a counterpart: add it, or take this one away. The source: "{source}"',
                marks=" ".join(alone),
                source=pair.raw,
            )
            severity = Severity.WARNING if is_sure else Severity.REVIEW
            yield Problem(*item.span(pair.translation), message, severity=severity)


def _alone(text: str) -> list[str]:
    """The marks that stand without their counterpart."""
    if not _ANY.search(text):
        return []
    found = _count(text)
    if found[")"] > found["("]:
        found = _count(_LIST_MARK.sub(_without_end, text))
    alone = []
    for opening, closing in _PAIRS.items():
        if opening in _KINDS:
            continue
        if opening == "“":
            # German and Polish open with „, and Chinese writers mix the two ends up.
            if (found["“"] + found["”"] + found["„"]) % 2:
                alone.append("“")
        elif found[opening] != found[closing]:
            alone.append(opening if found[opening] > found[closing] else closing)
    return alone


def _count(text: str) -> Counter[str]:
    return Counter(_KINDS.get(mark, mark) for mark in _ANY.findall(text))


def _without_end(match: re.Match[str]) -> str:
    return match[0][:-1]
