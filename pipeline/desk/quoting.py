"""What a finding says, with its quotations marked as what they are: text in a language of their own."""

from __future__ import annotations

import re
from functools import lru_cache

from markupsafe import Markup, escape

from pipeline.desk.words import Words
from pipeline.language import load_language
from pipeline.messages import Message, Value

_QUOTED = re.compile(r'["“]\{(\w+)')
_OF_SOURCE = "source"
"""Begins the name of a value that is quoted from the source text, in a message about a translation."""


def told(message: str, words: Words, language: str, source: str) -> Markup:
    """What a finding says, as HTML. Where the page cannot say it in its own language, it is marked as English.

    language: of the file that the finding is in. source: of the library. What is quoted from either stands apart, so
    that a screen reader says it rightly, and text from right to left does not mix with the words around it.
    """
    if words.knows(message):
        return _told(message, words, language, source)
    return Markup('<span lang="en" dir="ltr">{}</span>').format(_told(message, words, language, source))


def _told(message: str, words: Words, language: str, source: str) -> Markup:
    if not isinstance(message, Message):
        return escape(message)
    quoted = _quoted(message.templates[-1])

    def shown(name: str, value: Value) -> object:
        if isinstance(value, Message):
            return _told(value, words, language, source)
        if isinstance(value, str) and name in quoted:
            return _quotation(value, source if name.startswith(_OF_SOURCE) else language, words)
        return words.figure(value) if isinstance(value, float) else value

    return Markup(escape(words.template(message))).format_map({n: shown(n, v) for n, v in message.values.items()})


@lru_cache(maxsize=1024)
def _quoted(template: str) -> frozenset[str]:
    """The names of the values that stand in quotation marks."""
    return frozenset(_QUOTED.findall(template))


def _quotation(text: str, language: str, words: Words) -> Markup:
    # A line break within it is none of the message.
    text = " ".join(text.split("\n"))
    found = load_language(language)
    if found.code == words.language.code or not any(map(str.isalpha, text)):
        return Markup("<bdi>{}</bdi>").format(text) if not text.isascii() else escape(text)
    return Markup('<bdi lang="{}">{}</bdi>').format(found.tag, text)
