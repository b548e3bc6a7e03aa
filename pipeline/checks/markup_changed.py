"""A translation keeps the links, images, notes and stresses of its source.

The check placeholder looks at {{emergency_number}} and the like.
Both texts are compared as parsed: in Chinese, stars next to punctuation marks may stress other words than
was meant.

Why: a link that is lost leads nobody to help, and one that is changed leads to the wrong page.

Standard: WCAG 2.2 1.3.1 Info and Relationships (A)

Bad:
    # language: es
    msgid "Read about [murmurs](murmur.md)."
    msgstr "Lea sobre los soplos."
Bad:
    # language: zh_Hans
    msgid "Take **medicine (twice)** daily."
    msgstr "每天服用**药物（两次）**一次。"
Good:
    # language: es
    msgid "Read about [**murmurs**](murmur.md)."
    msgstr "Lea sobre los [**soplos**](murmur.md)."
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from pipeline.checks import Context, Problem, TranslatedArticle, translation_check
from pipeline.checks._pairs import lost_and_added
from pipeline.messages import say
from pipeline.model import Severity

_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]")
_REFERENCE = re.compile(r"(?<![\\`])\[(?!\^)[^\[\]]+\]\[([^\[\]]*)\]")
_MARKUP = re.compile(r"[\[\]*_`<{]")


@translation_check(Severity.ERROR, "WCAG 2.2 1.3.1")
def markup_changed(item: TranslatedArticle, context: Context) -> Iterator[Problem]:
    """Markup that differs between source and translation, as parsed."""
    for translation in item.translated.translations:
        if not translation.printable:
            continue
        source, text = translation.segment.text, translation.text
        if not _MARKUP.search(source) and not _MARKUP.search(text):
            continue
        if translation.segment.kind == "field":
            continue  # Front matter holds no markup.
        before, after = markup(source), markup(text)
        if before == after:
            continue
        told = lost_and_added(_names(before - after), _names(after - before))
        message = say('{fault}: mark it as the source does: "{source}"', fault=told, source=source)
        yield Problem(*item.span(translation), message)


_KINDS = {"strong_open": say("bold"), "em_open": say("emphasis"), "s_open": say("strike-through")}


def markup(text: str) -> Counter[str]:
    """The markup of an inline text: each kind with its target, counted."""
    found: Counter[str] = Counter()
    found.update(say("note {label}", label=mark) for mark in _FOOTNOTE.findall(text))
    found.update(say("reference {label}", label=label) for label in _REFERENCE.findall(text))
    for token in _parser().parseInline(text)[0].children or ():
        name = _name(token)
        if name:
            found[name] += 1
    return found


def _name(token: Token) -> str:
    if token.type == "link_open":
        return say("link to {address}", address=str(token.attrGet("href")))
    if token.type == "image":
        return say("image {address}", address=str(token.attrGet("src")))
    if token.type == "code_inline":
        return say("code {text}", text=token.content)
    if token.type == "html_inline":
        return say("HTML {text}", text=token.content)
    return _KINDS.get(token.type, "")


def _names(counts: Counter[str]) -> list[str]:
    return [
        name if count == 1 else say("{count} x {name}", count=count, name=name)
        for name, count in sorted(counts.items())
    ]


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("strikethrough")
