"""No words of the source language are left inside a translation.

In a translation in another script that is any word of the source; in one in the same script, two or more in a row, or
a single word that is common in the source language and not in the other. Right are names, acronyms, units, addresses,
markup, words that the translation's own dictionary has too, and a term in brackets behind its translation.

Why: a reader who knows no English stumbles over it, and a screen reader says it wrongly.

Standard: WCAG 2.2 3.1.2 Language of Parts (AA); US 45 CFR 92.201

Bad:
    # language: es
    msgid "Take the tablets with water."
    msgstr "Tome the tablets con agua."
Bad:
    # language: ar
    msgid "The aortic valve is tight."
    msgstr "الصمام الأورطي tight."
Good:
    # language: ar
    msgid "Atrial fibrillation (AF) is common."
    msgstr "الرجفان الأذيني (atrial fibrillation) شائع ويسمى AF."
Good:
    # language: es
    msgid "An animal virus."
    msgstr "Un virus animal."
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from pipeline.checks import Context, Problem, TranslatedArticle, translation_check
from pipeline.dictionaries import Dictionary, dictionary
from pipeline.language import load_language
from pipeline.messages import say
from pipeline.model import Severity
from pipeline.prose import mask
from pipeline.spelling.lexicon import load
from pipeline.spelling.tokens import is_acronym, skipping, starts_sentence

_WORD = re.compile(r"(?<![A-Za-zÀ-ɏ0-9_])[A-Za-zÀ-ɏ]+(?:['’][A-Za-zÀ-ɏ]+)*(?![A-Za-zÀ-ɏ0-9_])")
"""ASCII, or a digit would take a whole Chinese sentence with it."""
_MAY_HOLD_OTHER = re.compile(r"[`*_\[\]<>{}&\\^~@#/\d]|\w\.\w")
"""What all markup and every skipped stretch hold: most segments need no slow search for them."""
_LETTERS = re.compile("[A-Za-zÀ-ɏ][a-zß-ɏ]+")
_BRACKETS = re.compile(r"[(（\[][^()（）\[\]]*[)）\]]")
_UNITS = frozenset(
    "mg kg mcg ug ng lb oz ml dl cl fl km cm mm nm in ft kcal cal kj mmol mol mmhg hz bpm iu hr min sec ms".split()
)
_LATIN = frozenset("in vitro vivo situ et al bona fide ad hoc per".split())
"""Words of Latin phrases that are the same in many languages. Of English, only "in" and "per" are among them."""
_COMMON = 30
"""Ten times the Zipf frequency from which a word is plain English, and not a term that many languages share."""
_FAR_RARER = 1.2
"""How much rarer (Zipf) a single word must be in the language of the translation than in English."""
_SHORTEST = 4
"""Letters of a single word: shorter ones mean something else in many languages."""


@translation_check(Severity.WARNING, "WCAG 2.2 3.1.2")
def source_words_left(item: TranslatedArticle, context: Context) -> Iterator[Problem]:
    """Stretches of a translation that are still in the language of the source."""
    language = load_language(item.translated.article.language)
    english = item.source.language.partition("_")[0] == "en"
    is_latin = language.script == "Latn"
    known = dictionary(language.code) if is_latin else None
    for translation in item.translated.translations:
        text, source = translation.text, translation.segment.text
        if not translation.printable or not _may_be_left(text, source, known):
            continue
        pair = _Pair(_Text(text), _Text(source), english)
        for left in pair.runs(known) if is_latin else pair.kept():
            message = say('"{source}" is still in the language of the source: translate it', source=left)
            yield Problem(*item.span(translation), message)


def _may_be_left(text: str, source: str, known: Dictionary | None) -> bool:
    """A quick look, which spares most segments the slow one: whether both have a word that only one language has."""
    found = {word.lower() for word in _LETTERS.findall(text)}
    if not found:
        return False
    shared = found.intersection(word.lower() for word in _LETTERS.findall(source))
    return any(not known.lists(word) for word in shared) if known else bool(shared)


class _Token(NamedTuple):
    """A word in Latin script at its place."""

    start: int
    end: int
    word: str
    key: str
    """In small letters."""


def _prose(text: str) -> str:
    masked = mask(text)
    return skipping(masked, is_ascii=True).sub(_blank, masked)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


class _Text:
    """A segment without its markup, and its words."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.prose = _prose(text) if _MAY_HOLD_OTHER.search(text) else text
        self.tokens = [_Token(*m.span(), m[0], m[0].lower()) for m in _WORD.finditer(self.prose)]

    @cached_property
    def bracketed(self) -> frozenset[_Token]:
        """The words inside brackets."""
        spans = [match.span() for match in _BRACKETS.finditer(self.prose)]
        return frozenset(t for start, end in spans for t in self.tokens if start < t.start < end)

    def neighbours(self) -> Iterator[tuple[_Token, _Token]]:
        """Words with nothing but space between them."""
        return ((a, b) for a, b in pairwise(self.tokens) if self.prose[a.end : b.start].isspace())


class _Pair:
    """A translation beside its source."""

    def __init__(self, text: _Text, source: _Text, english: bool) -> None:
        self.text = text
        self.source = source
        self.english = english
        kept = {token.key for token in text.tokens}
        self.ordinary = {t.key for t in source.tokens if t.key in kept and not self._is_name(t)}
        """Words that both have, and that are no names or acronyms in the source."""

    def kept(self) -> Iterator[str]:
        """What stands in Latin letters in a translation that has other ones, neighbours together."""
        left: list[_Token] = []
        for token in self.text.tokens:
            if token.key in _LATIN or not self._is_left(token):
                continue
            if left and not self.text.prose[left[-1].end : token.start].isspace():
                yield from self._written(left)
                left = []
            left.append(token)
        yield from self._written(left)

    def runs(self, known: Dictionary | None) -> Iterator[str]:
        """Words in a row that stand so in the source too, and single ones that can only be English."""
        if not self.ordinary:
            return
        in_source = {(a.key, b.key) for a, b in self.source.neighbours()}
        follows = {b: a for a, b in self.text.neighbours() if (a.key, b.key) in in_source}
        run: list[_Token] = []
        for token in self.text.tokens:
            if run and follows.get(token) != run[-1]:
                if self._is_foreign(run, known):
                    yield from self._written(run)
                run = []
            run.append(token)
        if self._is_foreign(run, known):
            yield from self._written(run)

    def _is_foreign(self, run: list[_Token], known: Dictionary | None) -> bool:
        left = [token for token in run if self._is_left(token)]
        if len(left) < 2:
            return len(run) == len(left) == 1 and known is not None and self._is_only_english(run[0].word, known)
        if all(token.key in _LATIN for token in left):
            return False
        foreign = sum(self._is_plain(t.key) and not (known and known.lists(t.word)) for t in left)
        return foreign > (0 if known else 1)

    def _is_only_english(self, word: str, known: Dictionary) -> bool:
        if not word.islower() or len(word) < _SHORTEST or not self.english or known.lists(word):
            return False
        common = load("en_GB").rank(word)
        return common >= _COMMON and common / 10 - known.frequency(word) >= _FAR_RARER

    def _is_left(self, token: _Token) -> bool:
        """Whether an ordinary word of the source has been kept for no good reason."""
        if token.key not in self.ordinary or len(token.word) < 2 or _is_acronym(token.word):
            return False
        if token in self.text.bracketed and any(
            t.key == token.key and t not in self.source.bracketed for t in self.source.tokens
        ):
            return False
        return not (token.key in _UNITS and self.text.text[: token.start].rstrip()[-1:].isdigit())

    def _is_name(self, token: _Token) -> bool:
        """Whether a word of the source is a name or an acronym: a capital that no sentence asks for."""
        if token.word.islower():
            return token in self._species
        if _is_acronym(token.word) or len(token.word) < 3:
            return True
        return not (starts_sentence(self.source.prose, token.start) and self._is_plain(token.key))

    @cached_property
    def _species(self) -> frozenset[_Token]:
        """Words like coli in E. coli, or Staphylococcus aureus: behind an initial, or no plain word behind a capital."""
        return frozenset(
            b
            for a, b in pairwise(self.source.tokens)
            if a.word[0].isupper()
            and (self.source.prose[a.end : b.start].strip() == "." if len(a.word) == 1 else not self._is_plain(b.key))
        )

    def _is_plain(self, word: str) -> bool:
        """Whether it is a common word; of a source that is not English we cannot say, and assume it."""
        return not self.english or load("en_GB").rank(word) >= _COMMON

    def _written(self, tokens: list[_Token]) -> Iterator[str]:
        if tokens:
            yield " ".join(self.text.prose[tokens[0].start : tokens[-1].end].split())


def _is_acronym(word: str) -> bool:
    return not word.islower() and is_acronym(word)
