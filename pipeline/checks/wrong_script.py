"""A translation is written in the letters of its language.

A translation without a single letter of its script, letters that only another language writes (Persian ones in Arabic,
Ukrainian ones in Russian), traditional characters in simplified Chinese, and words that mix two alphabets are found.
Letters in which some countries spell foreign names are a warning. ``[script]`` of a language names such letters:
``foreign``, and of these ``names``.

Why: a leaflet in the wrong language or script helps nobody, and few editors can see it: Arabic and Farsi were mixed.

Standard: WCAG 2.2 3.1.1 Language of Page (A)

Bad:
    # language: ar
    msgid "Call a doctor."
    msgstr "با پزشک تماس بگیرید."
Bad:
    # language: hi
    msgid "Call your doctor."
    msgstr "Apne doctor ko bulaiye."
Bad:
    # language: zh_Hans
    msgid "Call your doctor."
    msgstr "請給醫生打電話。"
Bad:
    # language: ru
    msgid "The heart."
    msgstr "Cердце."
Good:
    # language: hi
    msgid "See ECG."
    msgstr "ECG देखें।"
Good:
    # language: es
    msgid "An α-blocker of 5 µg."
    msgstr "Un bloqueante α de 5 µg."
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.checks import Context, Problem, TranslatedArticle, translation_check
from pipeline.checks._pairs import pairs
from pipeline.language import load_language
from pipeline.messages import Message, say
from pipeline.model import Severity

_LETTERS = {
    "Latn": "A-Za-z\u00c0-\u024f\u1e00-\u1eff",
    "Cyrl": "\u0400-\u052f",
    "Arab": "\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\ufb50-\ufdff\ufe70-\ufeff",
    "Deva": "\u0900-\u097f",
    "Beng": "\u0980-\u09ff",
    "Hans": "\u3400-\u9fff",
    "Hant": "\u3400-\u9fff",
}
_PROSE = re.compile(r"(?<!\w)[a-z]{3,}(?!\w)")
_MIXED = re.compile(r"(?<![^\W\d_])(?:[A-Za-z][а-яёіїєґ]|[А-Яа-яЁёІіЇїЄєҐґ][a-z])[^\W\d_]*")


@dataclass(frozen=True, slots=True)
class _Script:
    own: re.Pattern[str]
    other: re.Pattern[str] | None
    """Letters of other scripts: only for languages in Latin letters, where none is expected."""
    foreign: re.Pattern[str] | None
    names: str
    traditional: frozenset[str]


@cache
def _script(code: str) -> _Script | None:
    language = load_language(code)
    letters = _LETTERS.get(language.script)
    if not letters:
        return None
    own = language.data.get("script", {})
    others = "".join(v for k, v in _LETTERS.items() if k != "Latn")
    foreign = own.get("foreign", "")
    return _Script(
        re.compile(f"[{letters}]"),
        re.compile(f"[{others}]+") if language.script == "Latn" else None,
        re.compile(f"[{foreign}]") if foreign else None,
        own.get("names", ""),
        _traditional() if language.script == "Hans" else frozenset(),
    )


@cache
def _traditional() -> frozenset[str]:
    """Characters that the standard of traditional Chinese has and that of simplified Chinese has not."""
    return frozenset(c for c in map(chr, range(0x4E00, 0xA000)) if _has(c, "big5") and not _has(c, "gb2312"))


def _has(character: str, charset: str) -> bool:
    try:
        character.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


@translation_check(Severity.ERROR, "WCAG 2.2 3.1.1")
def wrong_script(item: TranslatedArticle, context: Context) -> Iterator[Problem]:
    """Translations in letters that are not those of the language."""
    script = _script(item.translated.article.language)
    if script is None:
        return
    for pair in pairs(item):
        found = _wrong(pair.source, pair.text, script)
        if found:
            message = say('{fault}. The source: "{source}"', fault=found[0], source=pair.raw)
            yield Problem(*item.span(pair.translation), message, severity=found[1])


def _wrong(source: str, text: str, script: _Script) -> tuple[Message, Severity] | None:
    if not script.own.search(text):
        if len(_PROSE.findall(source)) > 1 and any(c.isalpha() for c in text):
            message = say("no letter of the language's script stands in the translation: translate it")
            return message, Severity.ERROR
        return None
    if script.foreign and (foreign := set(script.foreign.findall(text))):
        severity = Severity.WARNING if foreign <= set(script.names) else Severity.ERROR
        letters = " ".join(sorted(foreign))
        return say("letters that another language writes, and not this one: {letters}", letters=letters), severity
    if script.traditional and (old := script.traditional.intersection(text)):
        severity = Severity.ERROR if len(old) > 2 else Severity.WARNING
        letters = " ".join(sorted(old))
        return say("traditional characters: {letters}; write the simplified ones", letters=letters), severity
    return _stray(source, text, script)


def _stray(source: str, text: str, script: _Script) -> tuple[Message, Severity] | None:
    """Single words or letters of another alphabet."""
    if script.other:
        match = script.other.search(text)
        if not match:
            return None
        if match[0] not in source:
            message = say('"{words}" is in the letters of another script: translate it', words=match[0])
            return message, Severity.WARNING
    if not text.isascii() and (match := _MIXED.search(text)):
        return say('"{word}" mixes two alphabets: type it again in one', word=match[0]), Severity.WARNING
    return None
