"""American and British spelling are not mixed in one article.

The library's setting (spelling = "en_GB" or "en_US") says which is right. An article that is in the other one
throughout is told so once. Words that are right in both are left alone: "practice", "licence" and "license",
"meter", "fetus", "sulfate", and "-ize", which Oxford spelling has in Britain too. So are names ("Center for
Disease Control") and what stands in quotation marks, such as the title of a source. English only.

Why: two spellings of one word look like two words to a reader who is new to the language, and to a search.

Standard: NHS service manual

Bad:
    The tumor is small. A tumour of this colour is harmless.
Bad:
    Anemia makes you tired.
Good:
    The tumour has a grey colour. Organize your medicines. The Center for Health wrote "The color of tumors".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from pipeline.checks import Context, Problem, article_check
from pipeline.checks._plain import vocabulary
from pipeline.messages import say
from pipeline.model import Article, Severity
from pipeline.prose import units
from pipeline.spelling import tokens
from pipeline.spelling.lexicon import load

NAMES = {"en_GB": say("British"), "en_US": say("American")}
OTHER = {"en_GB": "en_US", "en_US": "en_GB"}
RARE = 12
"""A pair in which either word is rarer than this is a product of the rules that made it, such as a drug's name."""
# Right on either side of the sea, in one meaning at least.
SHARED = re.compile(
    r"(?:check|tire|meter|licen[sc]e|storey|rigor|dialog(?:ue)?|catalogue|theatre|program)s?$"
    r"|.*sulf.*|.*(?:estradiol|estriol).*|f(?:o?e)t(?:us|al|uses)$|cancell(?:ed|ing)$"
)
OXFORD = re.compile(r"iz(?:e[drs]?|ers|ing|ings|ations?|able|ational|ability)$")
# American, then British: where only the British form is tied to one side of the sea.
BRITISH_ONLY = """
program programme  programs programmes  practiced practised  practicing practising  aging ageing  fetus foetus  fetal foetal
fetuses foetuses  skillful skilful  fulfill fulfil  pajamas pyjamas  cozy cosy  skeptical sceptical  enroll enrol
""".split()
_AMERICAN = dict(zip(BRITISH_ONLY[1::2], BRITISH_ONLY[::2], strict=True))
QUOTED = re.compile(r"[\"“«‘][^\"“”«»]{1,200}?[\"”»’]")
NAME_GOES_ON = re.compile(r"\s+(?:(?:for|of|the|and|on|in|&)\s+)*[A-Z]")


class _Use(NamedTuple):
    """One word of either spelling."""

    start: int
    form: str
    meant: str
    """Its spelling by the setting; nothing where it has that already."""


@article_check(Severity.WARNING, "NHS service manual")
def mixed_spelling(article: Article, context: Context) -> Iterator[Problem]:
    """Words in the spelling that the library's setting is not."""
    if article.language.partition("_")[0] != "en":
        return
    setting = context.settings.spelling
    ours, other = NAMES[setting], NAMES[OTHER[setting]]
    uses = [use for use in _uses(article, setting) if use.form.lower() not in context.own_words]
    strays = [use for use in uses if use.meant]
    kept = next((use.form for use in uses if not use.meant), "")
    for use in strays if kept else strays[:1]:
        wanted = tokens.in_case_of(use.form, use.meant)
        if kept:
            message = say(
                '"{word}" is {other} spelling, and "{kept}" in this article is {own}: write "{wanted}"',
                word=use.form,
                other=other,
                kept=kept,
                own=ours,
                wanted=wanted,
            )
        else:
            message = say(
                'this article is in {other} spelling ("{word}"), the library in {own}: write "{wanted}"',
                other=other,
                word=use.form,
                own=ours,
                wanted=wanted,
            )
        yield Problem(use.start, use.start + len(use.form), message, (wanted,), fix=wanted if kept else None)


def _uses(article: Article, setting: str) -> Iterator[_Use]:
    """The words that tell one spelling from the other, in order, names and quotations left out."""
    telling = {word for word in vocabulary(article) if _ours(word, setting) or _is_kept(word, setting)}
    for unit in units(article) if telling else ():
        if telling.isdisjoint(map(str.lower, tokens.WORD.findall(unit.text))):
            continue
        skipped = [
            match.span() for pattern in (QUOTED, tokens.skipping(unit.text)) for match in pattern.finditer(unit.text)
        ]
        for match in tokens.WORD.finditer(unit.text):
            word = match[0].lower()
            if word not in telling:
                continue
            apart = not any(start <= match.start() < end for start, end in skipped)
            if apart and not tokens.is_acronym(match[0]) and not _is_name(unit.text, match):
                yield _Use(unit.start + match.start(), match[0], _ours(word, setting))


def _is_name(text: str, match: re.Match[str]) -> bool:
    """Whether a word with a capital belongs to a name: within a sentence, or with more capitals after it."""
    if not match[0][0].isupper():
        return False
    return not tokens.starts_sentence(text, match.start()) or NAME_GOES_ON.match(text, match.end()) is not None


def variants(setting: str) -> dict[str, str]:
    """Each word in the spelling that a setting ("en_GB" or "en_US") is not, with its spelling by the setting."""
    every = (*load(setting).other_variant, *BRITISH_ONLY[1::2])
    return {theirs: ours for theirs in every if (ours := _ours(theirs, setting))}


@lru_cache(maxsize=50_000)
def _ours(theirs: str, setting: str) -> str:
    """The spelling by the setting of a word in the other side's; "" for any other, and for what is right on both."""
    if setting == "en_US" and theirs in _AMERICAN:
        return _AMERICAN[theirs]
    lexicon = load(setting)
    ours = lexicon.other_variant.get(theirs, "")
    is_word = bool(ours) and min(lexicon.rank(theirs), lexicon.rank(ours)) >= RARE
    is_shared = not is_word or SHARED.match(theirs) or (setting == "en_GB" and OXFORD.search(theirs))
    return "" if is_shared else ours


@lru_cache(maxsize=50_000)
def _is_kept(ours: str, setting: str) -> bool:
    """Whether a word has the setting's own spelling, and the other side has another."""
    others = _others(setting).get(ours, ())
    if setting == "en_GB" and (ours in _AMERICAN or any(OXFORD.search(theirs) for theirs in others)):
        return True
    is_shared = SHARED.match(ours) or ours in BRITISH_ONLY[::2]
    return not is_shared and any(_ours(theirs, setting) == ours for theirs in others)


@cache
def _others(setting: str) -> dict[str, list[str]]:
    """Each word in the setting's spelling -> the other side's spellings."""
    found: dict[str, list[str]] = {}
    for theirs, ours in load(setting).other_variant.items():
        found.setdefault(ours, []).append(theirs)
    return found
