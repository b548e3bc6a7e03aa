"""Joins an article with a catalogue: the same article in another language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline import front_matter, segments
from pipeline.catalogue import Catalogue
from pipeline.dialect import without_code
from pipeline.fit import fit
from pipeline.language import load_language
from pipeline.model import Article, Segment, State, Translation

UNTRANSLATED_CLASS = "untranslated"


@dataclass(frozen=True, slots=True)
class Translated:
    """An article in another language, and where each of its segments stands."""

    article: Article
    translations: tuple[Translation, ...]
    """One for each segment of the source, in its order."""

    def count(self, state: State) -> int:
        """How many segments stand in this state."""
        return sum(translation.state is state for translation in self.translations)

    @property
    def printable(self) -> int:
        """How many segments readers may see in their language."""
        return sum(translation.printable for translation in self.translations)

    @property
    def untranslated_fields(self) -> frozenset[str]:
        """Names of the front-matter fields that readers still see in the source language."""
        return frozenset(
            t.segment.trail[-1] for t in self.translations if t.segment.kind == "field" and not t.printable
        )


def translate(source: Article, catalogue: Catalogue, language: str) -> Translated:
    """The article in another language.

    A segment without a printable translation keeps its source text, wrapped in a span that carries the
    source language and the class ``untranslated``: readers and screen readers are told.
    """
    found = tuple(_translation(segment, catalogue) for segment in source.segments)
    tag = load_language(source.language).tag
    text = segments.splice(source.text, [_spliced(t, source.text, tag) for t in found])
    data = front_matter.parse(text).data
    article = Article(source.path, source.id, language, data, text, segments.LazySegments(text))
    return Translated(article, found)


def _translation(segment: Segment, catalogue: Catalogue) -> Translation:
    message = catalogue.get(segment.text)
    return Translation(segment, message.text, message.state, message.line, message.previous)


def _spliced(translation: Translation, text: str, tag: str) -> tuple[int, int, str]:
    segment = translation.segment
    raw = text[segment.start : segment.end]
    if translation.printable:
        new = raw if translation.text == segment.text else fit(translation.text, segment, text)
    elif segment.kind in ("field", "link-title") or not _balanced(raw):
        new = raw
    else:
        # A backslash at the end would escape the bracket.
        end = "\\" if (len(raw) - len(raw.rstrip("\\"))) % 2 else ""
        new = f"[{raw}{end}]{{.{UNTRANSLATED_CLASS} lang={tag} dir=ltr}}"
    return segment.start, segment.end, new


def _balanced(raw: str) -> bool:
    """Whether square brackets come in pairs, so that a span around the text stays one span."""
    depth = 0
    outside_code = without_code(raw, "")
    for character in re.sub(r"\\.", "", outside_code, flags=re.DOTALL):
        depth += (character == "[") - (character == "]")
        if depth < 0:
            return False
    return depth == 0


def fill_placeholders(text: str, values: Sequence[tuple[str, str]]) -> str:
    """The text with each {{name}} replaced by its value; blanks within the braces do not matter."""
    for name, value in values:
        text = re.sub(r"\{\{\s*" + re.escape(name) + r"\s*\}\}", value.replace("\\", r"\\"), text)
    return text
