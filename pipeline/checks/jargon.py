"""Plain words stand instead of jargon.

Formal words ("commence") have a plain one that says the same. A medical term may stay where it is explained
at its first use ("oedema (swelling)", "swelling, called oedema"), where the page is about it (title,
also_called), or where the page's list of words or the library's glossary explains it. Each word is reported once a page, with how often
it stands there. The list is pipeline/checks/data/jargon.toml.

Why: a reader who meets a word that they do not know stops, guesses, or gives up. Common words are understood
by all, also by people who speak English as a second language.

Standard: PEMAT-P 3 and 4; CDC Plain Language Thesaurus; plainlanguage.gov; NHS A to Z of health writing

Bad:
    You may have oedema in your legs.
Bad:
    Take the tablet prior to meals.
Good:
    You may have swelling (oedema) in your legs. The oedema goes away.
Good:
    Take the tablet before meals.
Good:
    Your belly may be sore.

    Oedema
    : Swelling from too much water in the body.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from pipeline.checks import Context, Problem, article_check
from pipeline.checks._inflect import plural, plurals, spellings, verb_forms
from pipeline.checks._plain import data, in_body, is_english, is_explained, is_known, lowered, prose, vocabulary
from pipeline.messages import say
from pipeline.model import Article, Severity


class Entry(NamedTuple):
    """One form of a word of the list."""

    word: str
    """As it stands in the list: all forms of a word are one."""
    swaps: tuple[str, ...]
    """In the same form."""
    is_term: bool


@article_check(Severity.WARNING, "PEMAT-P 3 and 4; CDC Plain Language Thesaurus; plainlanguage.gov")
def jargon(article: Article, context: Context) -> Iterator[Problem]:
    """Words with a plain swap, each at its first use."""
    if not is_english(article):
        return
    found: dict[str, list[tuple[int, int, Entry]]] = defaultdict(list)
    for start, end, entry in _uses(article):
        found[entry.word].append((start, end, entry))
    problems = (_problem(article, context, uses) for uses in found.values())
    yield from sorted((problem for problem in problems if problem), key=lambda problem: problem.start)


def _uses(article: Article) -> Iterator[tuple[int, int, Entry]]:
    forms, keys = _forms()
    hits = keys.keys() & vocabulary(article)
    if not hits:
        return
    text = lowered(article)
    for match in _pattern(frozenset(hits)).finditer(text):
        entry = forms.get(" ".join(match[0].split()))
        if entry and not _is_name(prose(article), *match.span()):
            yield *match.span(), entry


def _is_name(text: str, start: int, end: int) -> bool:
    """Whether a word is part of a proper name: it has a capital, and so has a neighbour, within a sentence."""
    if not text[start].isupper():
        return False
    before = text[max(0, start - 60) : start].rstrip()
    return bool(re.search(r"(?<!\w)[A-Z]\w*$", before)) or bool(re.match(r"[ \t]+[A-Z][a-z]", text[end : end + 20]))


def _problem(article: Article, context: Context, uses: list[tuple[int, int, Entry]]) -> Problem | None:
    """What to say of all uses of one word."""
    body = [use for use in uses if in_body(article, use[0])]
    start, end, entry = (body or uses)[0]
    text = " ".join(article.text[start:end].split())
    if entry.is_term and (
        is_known(article, context, text.lower())
        or is_known(article, context, entry.word)
        or is_explained(article, start, end)
        or any(is_explained(article, *use[:2]) for use in uses if use[0] < start)
    ):
        return None
    swaps = tuple(swap[:1].upper() + swap[1:] if text[:1].isupper() else swap for swap in entry.swaps)
    if entry.is_term:
        message = say('"{word}" is a hard word: write "{swap}", or say what it means', word=text, swap=swaps[0])
    else:
        message = say('"{word}" is a hard word: write "{swap}"', word=text, swap=swaps[0])
    if len(uses) > 1:
        message = say("{message} (it stands here {count} times)", message=message, count=len(uses))
    return Problem(start, end, message, swaps)


@lru_cache(maxsize=256)
def _pattern(hits: frozenset[str]) -> re.Pattern[str]:
    """One pattern for the forms whose key words an article holds, the set phrases first."""
    _, keys = _forms()
    wanted = sorted({form for hit in hits for form in keys[hit]}, key=lambda form: (-len(form), form))
    return re.compile(
        r"(?<![\w-])(?:" + "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in wanted) + r")(?![\w-])"
    )


@cache
def _forms() -> tuple[Mapping[str, Entry | None], Mapping[str, list[str]]]:
    """Form -> entry, None for a phrase that is fine; and longest word of a form -> the forms that hold it."""
    forms: dict[str, Entry | None] = {}
    table = data("jargon")
    for group in ("words", "terms"):
        for kind, words in table[group].items():
            for word, swaps in words.items():
                for form, swapped in _inflected(kind, word, [swaps] if isinstance(swaps, str) else swaps):
                    entry = Entry(word, swapped, group == "terms")
                    for spelling in spellings(form):
                        known = forms.get(spelling)
                        more = known.swaps if known and known.word == word else ()
                        forms[spelling] = entry._replace(swaps=tuple(dict.fromkeys((*more, *swapped))))
    for phrase in table["fine"]["phrases"]:
        forms |= dict.fromkeys([*spellings(phrase), *spellings(plural(phrase))])
    keys: dict[str, list[str]] = defaultdict(list)
    for form in forms:
        keys[max(re.findall(r"[^\W\d_]+", form), key=len)].append(form)
    return forms, keys


def _inflected(kind: str, word: str, swaps: list[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each form of a word with the swaps in that form."""
    if kind == "verbs":
        inflected = [verb_forms(swap) for swap in swaps]
        for name, forms in verb_forms(word).items():
            for form in forms:
                yield form, tuple(one for swap in inflected for one in swap[name])
        return
    yield word, tuple(swaps)
    if kind == "nouns":
        for form in plurals(word):
            yield form, tuple(plural(swap) for swap in swaps)
