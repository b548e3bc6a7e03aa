"""People come before their illness.

"People with diabetes" and not "diabetics"; "has asthma" and not "suffers from asthma"; "uses a wheelchair" and not
"wheelchair-bound". Names of things are fine: "diabetic foot", "blind spot". The list is
pipeline/checks/data/person_first.toml.

Why: a leaflet that calls its reader by an illness, or pities them, loses their trust. People who feel judged come
for help later.

Standard: Sydney Health Literacy Lab, person-centred language; CDC, inclusive communication

Bad:
    Diabetics should have their feet checked.
Bad:
    The elderly often fall.
Good:
    People with diabetes should have their feet checked. A diabetic foot ulcer needs care.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from pipeline.checks import Context, Problem, article_check
from pipeline.checks._inflect import spellings
from pipeline.checks._plain import data, is_english, lowered, vocabulary
from pipeline.messages import Message, say
from pipeline.model import Article, Severity

_PEOPLE = r"(?P<people>patients?|people|persons?|men|man|women|woman|children|child|adults?|teenagers?)"
_NO_NOUN = (
    r"(?=\s*(?:[.,;:!?)\0]|$)|\s(?:and|or|but|who|can|may|must|should|will|are|is|was|were|have|has|had|needs?|often|with|to|in|from"
    r"|when|if|do|at|on|lives?|gets?|falls?)\b)"
)


class Rule(NamedTuple):
    """One row of the list."""

    key: str
    """How a word begins without which nothing matches; looked for first, since that is fast."""
    pattern: str
    swap: str
    fault: Message


@article_check(Severity.WARNING, "Sydney Health Literacy Lab: person-centred language; CDC: inclusive communication")
def person_first(article: Article, context: Context) -> Iterator[Problem]:
    """Words that make an illness of a person."""
    if not is_english(article):
        return
    text = lowered(article)
    begun = frozenset().union(*map(_keys_of, vocabulary(article)))
    found = [
        (match.start(), -match.end(), rule, match)
        for rule in _rules()
        if rule.key in begun
        for match in _compiled(rule.pattern).finditer(text)
    ]
    reached = 0
    for start, _, rule, match in sorted(found, key=lambda item: item[:2]):
        if start >= reached:
            reached = match.end()
            named = match.groupdict()
            swap = " ".join([*filter(None, [named.get("people")]), rule.swap])
            if named.get("illness"):
                swap = swap.replace("the condition", named["illness"])
            words = " ".join(article.text[start:reached].split())
            message = say('"{words}" {fault}: write "{swap}"', words=words, fault=rule.fault, swap=swap)
            yield Problem(start, reached, message, (swap,))


@cache
def _rules() -> tuple[Rule, ...]:
    """The list as patterns."""
    table = data("person_first")
    made = [
        (word, swap, rf"{word}s|(?:an?|the|every|each)\s+{word}{_NO_NOUN}") for word, swap in _rows(table["people"])
    ]
    made += [(word, swap, rf"{word}\s+{_PEOPLE}") for word, swap in _rows(table["before-people"])]
    made += [(word, swap, rf"the\s+{word}{_NO_NOUN}") for word, swap in _rows(table["the"])]
    phrases = [(phrase, swap, phrase.replace(" ", r"\s+")) for phrase, swap in table["phrases"].items()]
    return tuple(
        Rule(_key(word), rf"(?<![\w-])(?:{pattern})(?![\w-])", swap, fault)
        for rows, fault in (
            (made, say("puts the illness before the person")),
            (phrases, say("labels, pities or blames people")),
        )
        for word, swap, pattern in rows
    )


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _rows(table: Mapping[str, str]) -> list[tuple[str, str]]:
    """A part of the list, in both spellings."""
    return [(spelling, swap) for word, swap in table.items() for spelling in sorted(spellings(word))]


@lru_cache(maxsize=50_000)
def _keys_of(word: str) -> frozenset[str]:
    """The keys of rules that a word begins with."""
    return frozenset(key for key in _keys().get(word[:3], ()) if word.startswith(key))


@cache
def _keys() -> Mapping[str, Sequence[str]]:
    """The keys of all rules, by their first three letters."""
    found: dict[str, list[str]] = defaultdict(list)
    for rule in _rules():
        found[rule.key[:3]].append(rule.key)
    return found


def _key(pattern: str) -> str:
    """The beginning of a word that every match of a pattern holds."""
    fixed = re.sub(r"\(\?(?::|P<\w+>)[^)]*\)\??|\[[^]]*\]\+?|.\?", " ", pattern)
    found = re.search(r"[a-z]{3,}", fixed)
    return found[0] if found else ""
