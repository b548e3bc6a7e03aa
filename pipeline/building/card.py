"""What a build knows of one article in one language without reading it: a card, as a librarian would write it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from pipeline.building.editions import Reader
from pipeline.building.leaflets import mentioned_files, texts
from pipeline.formats import web
from pipeline.library import Library, image_paths
from pipeline.model import Article, PlainleafError, State
from pipeline.neighbours import Noted, take_note
from pipeline.signing import SignOffs

Key = tuple[str, str]
"""The id of an article, and a language."""


@dataclass(frozen=True, slots=True)
class Card:
    """One article in one language."""

    id: str
    """Of the article."""
    language: str
    title: str
    """As readers of the language see it."""
    summary: str
    is_publishable: bool
    """Whether there is anything to print, and it may be."""
    is_translation: bool = False
    has_draft: bool = False
    """Whether a machine made a part of it, and nobody has checked it."""
    is_signed: bool = False
    """Whether all of its segments that readers see are signed, in every role that the library wants."""
    untranslated_fields: tuple[str, ...] = ()
    """Of the front matter; empty in the source language."""
    mentions: tuple[str, ...] = ()
    """Names of files, without folder and suffix, that the source may link to."""
    related: tuple[str, ...] = ()
    """Ids of the articles that the source names as related."""
    images: tuple[str, ...] = ()
    """Paths of the source's pictures, from the library's folder."""

    @property
    def key(self) -> Key:
        """The id of the article, and the language."""
        return self.id, self.language


class Written(NamedTuple):
    """A card that was written just now, or what stood in the way."""

    key: Key
    card: Card | None
    """None where there is nothing to write one of, or it cannot be read."""
    note: Noted | None
    """Of the catalogue that was read for it."""
    errors: tuple[str, ...]


def write_cards(library: Library, keys: Sequence[Key]) -> list[Written]:
    """The cards of articles in languages, read from their files. A pure function of these: any process may do it."""
    errors: list[PlainleafError] = []
    sign_offs = SignOffs(library, errors)
    reader = Reader(library, sign_offs)
    written = []
    for key in keys:
        card = note = None
        try:
            card, note = _card(library, reader, sign_offs, key)
        except PlainleafError as error:
            errors.append(error)
        written.append(Written(key, card, note, tuple(map(str, errors))))
        errors.clear()
    return written


def _card(library: Library, reader: Reader, sign_offs: SignOffs, key: Key) -> tuple[Card | None, Noted | None]:
    article_id, language = key
    source, note = reader.article(article_id), None
    if language == source.language:
        card = Card(article_id, language, source.title, _summary(source), source.is_publishable)
    else:
        item = reader.translation(article_id, language)
        if item is None:
            return None, None
        note = take_note(item.lines.text, item.catalogue)
        found = item.translated
        has_draft = found.count(State.DRAFT) > 0
        card = Card(
            article_id,
            language,
            found.article.title,
            _summary(found.article),
            source.is_publishable and found.printable > 0,
            is_translation=True,
            has_draft=has_draft,
            is_signed=not has_draft and sign_offs.article(item).is_complete,
            untranslated_fields=tuple(sorted(found.untranslated_fields)),
        )
    card = replace(
        card,
        mentions=mentioned_files(source),
        related=tuple(map(str, texts(source.meta.get("related")))),
        images=tuple(os.path.relpath(path, library.root).replace(os.sep, "/") for path in image_paths(source)),
    )
    return card, note


def _summary(article: Article) -> str:
    return web.text_of(article.meta.get("summary"))
