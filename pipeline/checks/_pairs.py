"""Source and translation of each segment, as the checks of translations compare them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.checks import TranslatedArticle
from pipeline.messages import Message, joined, say
from pipeline.model import Translation
from pipeline.prose import mask

_MAY_HOLD_MARKUP = re.compile(r"[\\`*_<\[{&^~@]|://|www\.")


class Pair(NamedTuple):
    """One segment that readers see in translation."""

    translation: Translation
    raw: str
    """The source text as written."""
    source: str
    """The source text with everything that is no prose turned into spaces."""
    text: str
    """The translation, likewise."""
    source_language: str
    language: str


class _Same:
    """An item as a key of a cache: by identity, since to hash an article takes long."""

    def __init__(self, item: TranslatedArticle) -> None:
        self.item = item

    def __hash__(self) -> int:
        return id(self.item)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.item is other.item


def pairs(item: TranslatedArticle) -> tuple[Pair, ...]:
    """The printable segments of an article with their prose."""
    return _pairs(_Same(item))


@lru_cache(maxsize=2)
def _pairs(key: _Same) -> tuple[Pair, ...]:
    source, target = key.item.source.language, key.item.translated.article.language
    return tuple(
        Pair(t, t.segment.text, prose(t.segment.text), prose(t.text), source, target)
        for t in key.item.translated.translations
        if t.printable
    )


def prose(text: str) -> str:
    """What a reader reads of a text; as long as the text."""
    return mask(text) if _MAY_HOLD_MARKUP.search(text) else text


def lost_and_added(lost: Sequence[str], added: Sequence[str]) -> Message:
    """What a translation has lost, and what it has that the source has not."""
    parts = []
    if lost:
        parts.append(say("lost: {names}", names=joined(", ", lost)))
    if added:
        parts.append(say("not in the source: {names}", names=joined(", ", added)))
    return joined("; ", parts)
