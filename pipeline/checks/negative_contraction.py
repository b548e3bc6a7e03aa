"""Negatives are written out: "do not", "cannot".

Counted are orders and rules ("don't drink", "you shouldn't drive", "you can't have grapefruit"): there a slip of
the eye turns the advice round. What merely is so ("it won't hurt", "you can't prevent a stye") is told with them and
is no finding alone. One finding a page, at the first one, names the lines of all contractions. A heading that is
only "Don't", over a list of what not to do, is fine, and so are "you're" and "it's".

Why: "can't" is easily read as "can", and then the reader does what they must not do. People who learn English
know "not" long before "n't".

Standard: NHS A to Z of health writing and GOV.UK style guide: no negative contractions

Bad:
    You shouldn't drive. You can't have grapefruit.
Good:
    You should not drive. It's best to rest, and you're free to go home.
Good:
    You can't always prevent a stye, and they won't hurt.
Good:
    ## Don't

    - burst the blister
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.checks import Context, Problem, article_check
from pipeline.checks._plain import is_english, line_list, searched, unit_at
from pipeline.messages import say
from pipeline.model import Article, Severity

_CONTRACTION = re.compile(
    r"\b(?P<verb>ai|are|ca|could|dare|did|does|do|had|has|have|is|might|must|need|ought|sha|should|was|were|wo|would)n['’]t\b",
    re.IGNORECASE,
)
_NOT = re.compile("n['’]t")
_FULL = {"ca": "cannot", "wo": "will not", "sha": "shall not", "ai": "is not"}
_RULES = frozenset(["must", "ought", "sha", "should"])
_TAKING = re.compile(
    r"\s+(?:\w+ly\s+|ever\s+)?(?:breastfeed|drink|drive|eat|exercise|fly|give|have|smoke|swim|take|touch|use|wear)\b",
    re.IGNORECASE,
)
"""What people do that a page may forbid with "can't"."""
_ORDER = re.compile(r"(?:^|[.!?:;,(\0–-])\s*(?:(?:and|but|also|so|or|please|then|just),?\s+)*$", re.IGNORECASE)
_READER = re.compile(r"\b(?:you|they|who|people|children|babies|your \w+)\s+(?:also\s+|still\s+)?$", re.IGNORECASE)


@article_check(Severity.WARNING, "NHS A to Z of health writing; GOV.UK style guide")
def negative_contraction(article: Article, context: Context) -> Iterator[Problem]:
    """The page's first negative contraction that can turn advice round, with the lines of all."""
    if not is_english(article):
        return
    found = [match for match in searched(article, _CONTRACTION, _NOT) if not _is_list_heading(article, match)]
    grave = [match for match in found if _turns_advice_round(match)]
    if not grave:
        return
    first, verb = grave[0], grave[0]["verb"].lower()
    full = _FULL.get(verb) or f"{verb} not"
    full = full[0].upper() + full[1:] if first[0][0].isupper() else full
    lines = sorted({article.lines.place(match.start())[0] for match in found if match is not first})
    message = say('"{words}" is easily misread: write "{better}"', words=first[0], better=full)
    if lines:
        message = say("{message}; there are more on {lines}", message=message, lines=line_list(lines))
    yield Problem(*first.span(), message, (full,))


def _turns_advice_round(match: re.Match[str]) -> bool:
    verb = match["verb"].lower()
    before = match.string[max(0, match.start() - 30) : match.start()]
    if verb in _RULES:
        return True
    if verb == "ca":
        after = match.string[match.end() : match.end() + 40]
        return _READER.search(before) is not None and _TAKING.match(after) is not None
    return verb == "do" and _ORDER.search(before) is not None


def _is_list_heading(article: Article, match: re.Match[str]) -> bool:
    """Whether the whole heading is "Don't", or "Do and don't"."""
    unit = unit_at(article, match.start())
    heading = unit.text.strip(" :*").replace("’", "'").lower()
    return unit.segment.kind in ("heading", "table-header") and heading in ("don't", "do's and don'ts", "do and don't")
