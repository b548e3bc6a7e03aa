"""Words of a translation are spelt right.

The language's Hunspell dictionary and its word frequencies judge. A word that they do not know and that is one
slip away from a common word is a finding of its own. Other unknown words of an article, and words that it uses
three times or more (a term, rather than a slip), are told once for the article: a person must look.
Words of the source, names, acronyms, words of the library's word list (source/wordlist.txt) and words that stand
in two of the library's catalogues or in its glossary are right. docs/dictionaries.md says which languages have a dictionary.

Why: a slip costs trust, and a reader with little schooling cannot guess what was meant.

Standard: WCAG 2.2 3.1.5 Reading Level (AAA)

Bad:
    # language: es
    msgid "Call a doctor."
    msgstr "Llame a un médcio."
Bad:
    # language: ar
    msgid "The heart has chambers."
    msgstr "القلب له حجرات، وهو في الصردر."
Good:
    # language: es
    msgid "Call Dr Smithers of the NHS."
    msgstr "Llame al Dr. Smithers, del NHS."
Good:
    # language: fr
    msgid "Drink water."
    msgstr "Buvez de l’eau."
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.checks import Context, Problem, TranslatedArticle, translation_check
from pipeline.checks._language import neighbours
from pipeline.dictionaries import Dictionary, Judgement, Kind, dictionary
from pipeline.messages import Message, joined, say, say_count
from pipeline.model import Article, Severity, Translation
from pipeline.neighbours import WORD
from pipeline.prose import mask, units
from pipeline.spelling.tokens import in_case_of, is_acronym, skipping

_LATIN = re.compile("[A-Za-z]")
_START = re.compile(r"(?:^|[.!?:;…•*|–—¿¡-])[\s\"'“‘«»()\[\]¿¡]*$")
_A_TERM = 3
"""Times in an article from which an unknown word is a term, and not a slip."""
_LISTED = 12
"""Words that the one finding for an article names."""


class _Use(NamedTuple):
    """A word that the dictionary does not know, at one place."""

    word: str
    judgement: Judgement
    translation: Translation


@translation_check(Severity.WARNING, "WCAG 2.2 3.1.5")
def translation_spelling(item: TranslatedArticle, context: Context) -> Iterator[Problem]:
    """Words that the language's dictionary does not know."""
    known = dictionary(item.translated.article.language)
    if known is None:
        return
    uses = _unknown(item, context, known)
    places = Counter(known.term(use.word) for use in uses)
    doubtful: list[_Use] = []
    for use in uses:
        if use.judgement.kind is Kind.MISSPELT and places[known.term(use.word)] < _A_TERM and known.row.warns:
            suggestions = tuple(in_case_of(use.word, word) for word in use.judgement.suggestions)
            message = say(
                '"{word}" is not in the dictionary; did you mean "{meant}"?', word=use.word, meant=suggestions[0]
            )
            yield Problem(*item.span(use.translation), message, suggestions)
        else:
            doubtful.append(use)
    if doubtful:
        yield Problem(*item.span(doubtful[0].translation), _told_once(doubtful), severity=Severity.REVIEW)


def _told_once(uses: list[_Use]) -> Message:
    words = list(dict.fromkeys(use.word for use in uses))
    shown = []
    for word in words[:_LISTED]:
        better = next((u.judgement for u in uses if u.word == word and u.judgement.kind is Kind.MISSPELT), None)
        if better:
            shown.append(say('"{word}" ("{meant}"?)', word=word, meant=better.suggestions[0]))
        else:
            shown.append(say('"{words}"', words=word))
    if len(words) > _LISTED:
        return say(
            "{count} words are not in the dictionary: {words} and {more} more; correct them, or add them to source/wordlist.txt",
            count=len(words),
            words=joined(", ", shown),
            more=len(words) - _LISTED,
        )
    return say_count(
        "{count} word is not in the dictionary: {words}; correct them, or add them to source/wordlist.txt",
        "{count} words are not in the dictionary: {words}; correct them, or add them to source/wordlist.txt",
        len(words),
        words=joined(", ", shown),
    )


def _unknown(item: TranslatedArticle, context: Context, known: Dictionary) -> list[_Use]:
    """What the dictionary does not know, in the order of the article, less what is right for another reason."""
    found = []
    for translation in item.translated.translations:
        if translation.printable:
            for word in judged_words(translation.text, known):
                judgement = known.judge(word)
                if judgement.kind is not Kind.KNOWN:
                    found.append(_Use(word, judgement, translation))
    if not found:
        return []
    right = {word.lower() for segment in item.source.segments for word in WORD.findall(segment.text)}
    right |= {word.lower() for word in context.own_words}
    others = neighbours(item, context)
    listed = (term.translations.get(item.translated.article.language, ()) for term in context.glossary)
    right |= {word.lower() for words in listed for text in words for word in WORD.findall(text)}
    found = [use for use in found if use.word.lower() not in right]
    return [use for use in found if not (others and others.share(use.word.lower()))]


def unknown_words(article: Article, context: Context) -> Iterator[Problem]:
    """The same for a text of its own in a language that has a dictionary, each word where it stands.

    Nothing for English, which the check spelling looks at.
    """
    known = None if article.language.partition("_")[0] == "en" else dictionary(article.language)
    if known is None:
        return
    right = {word.lower() for word in context.own_words}
    for unit in units(article):
        if not unicodedata.is_normalized("NFC", unit.text):
            continue  # A word would not be where it is said to be.
        for match in _words(unit.text, known):
            judgement = known.judge(match[0])
            if judgement.kind is Kind.KNOWN or match[0].lower() in right:
                continue
            start, end = unit.start + match.start(), unit.start + match.end()
            if judgement.kind is Kind.MISSPELT and known.row.warns:
                meant = tuple(in_case_of(match[0], word) for word in judgement.suggestions)
                message = say(
                    '"{word}" is not in the dictionary; did you mean "{meant}"?', word=match[0], meant=meant[0]
                )
                yield Problem(start, end, message, meant)
            else:
                message = say('"{word}" is not in the dictionary', word=match[0])
                yield Problem(start, end, message, severity=Severity.REVIEW)


def judged_words(text: str, known: Dictionary) -> Iterator[str]:
    """The words of a translation that its dictionary is asked for, composed."""
    return (match[0] for match in _words(unicodedata.normalize("NFC", text), known))


def _words(text: str, known: Dictionary) -> Iterator[re.Match[str]]:
    """The words of a composed text that a dictionary can judge."""
    prose = mask(text)
    prose = skipping(prose).sub(lambda m: " " * len(m[0]), prose)
    has_latin = _LATIN.match(known.letters) is not None
    for match in WORD.finditer(prose):
        word = match[0]
        joined = prose[match.end() : match.end() + 1] == "-" or prose.endswith("-", 0, match.start())
        if joined or is_acronym(word) or (not has_latin and _LATIN.search(word)):
            continue
        if (
            word[0].isupper()
            and not known.row.noun_capitals
            and not _START.search(prose[max(0, match.start() - 12) : match.start()])
        ):
            continue
        yield match
