"""What a build knows of each article in each language without reading it: a card, as a librarian would write it.

Cards are remembered by the stamps of the files that they were written from. So a build reads what has changed, and a
library of any size need not fit into memory.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pipeline.building.editions import Reader
from pipeline.building.inputs import Inputs
from pipeline.building.leaflets import mentioned_files, texts
from pipeline.cache import SHORT, digest, own_files
from pipeline.formats import web
from pipeline.glossary import GLOSSARY
from pipeline.language import load_language
from pipeline.library import LIBRARY_CATALOGUE, Library, image_paths
from pipeline.model import Article, PlainleafError, State
from pipeline.neighbours import Notes
from pipeline.signatures import INTERFACE
from pipeline.signing import SignOffs
from pipeline.store import Store

_NO_CARD = (
    "report/", "cli/", "commands/", "checks/", "spelling/", "confusions/", "dictionaries/", "readability/", "audit/",
    "importing/", "exchange/", "desk/", "overview/", "serving/", "lsp/", "example/", "languages/", "neighbours.py",
    *(f"formats/{name}" for name in (
        "bidi.py", "book.py", "brf.py", "docx.py", "epub.py", "html.py", "index.py", "json_ld.py", "leaflet", "library",
        "linear.py", "louis.py", "lua/", "markdown.py", "pandoc.py", "patience.py", "pdf", "ssml.py", "table.py",
        "templates/", "terms.py", "text",
    )),
)  # fmt: skip
"""Where files of Plainleaf lie on which no card and no gathered leaflet depends, only what becomes of it."""


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


@dataclass(slots=True)
class Known:
    """A card with all that an earlier build found out about it."""

    card: Card
    stamp: str
    """Of the files that it was written from; "" where they may have changed since without a new stamp."""
    world: str
    leaflet: list[str] = field(default_factory=list)
    """What pipeline.building.gathering remembers of it."""
    checked: list[Any] = field(default_factory=list)
    """What pipeline.building.inspecting remembers of it."""


class Cards:
    """The cards of a library, brought up to date: those whose files have changed are written anew."""

    def __init__(
        self,
        library: Library,
        reader: Reader,
        sign_offs: SignOffs,
        inputs: Inputs,
        errors: list[PlainleafError],
    ) -> None:
        """errors: where is told what cannot be read."""
        self.library = library
        self.notes = Notes(library.root, inputs.began)
        """Of the catalogues that were read."""
        self.inputs = inputs
        self._reader, self._sign_offs, self._errors = reader, sign_offs, errors
        self._store = Store(library.root, "cards")
        self._worlds: dict[str, str] = {}
        self._program = digest(
            own_files(*_NO_CARD),
            library.settings,
            library.languages,
            os.environ.get("SOURCE_DATE_EPOCH"),
            _content(library.root / GLOSSARY),
            sorted({article_id.partition("/")[0] for article_id in inputs.article_ids}),
        )
        self.known: dict[Key, Known] = {}
        remembered = dict(self._store.entries())
        for article_id in inputs.article_ids:
            for language in library.languages:
                known = self._look(article_id, language, remembered.get(f"{language}/{article_id}"))
                if known:
                    self.known[article_id, language] = known
                elif language == library.settings.language:
                    break
        self.notes.write()

    def of_readers(self) -> list[Card]:
        """Those of which there is something to read, article by article, each in the library's order of languages."""
        return [known.card for known in self.known.values() if known.card.is_publishable]

    def source(self, card: Card) -> Card:
        """The card of the same article in the source language."""
        return self.known[card.id, self.library.settings.language].card

    def is_checked(self, card: Card) -> bool:
        """Whether all that readers see of it in their language is signed, the words that outputs add included."""
        return card.is_signed and self._sign_offs.interface(card.language).is_complete

    def keep(self, key: Key) -> None:
        """Remember what is known of a card now."""
        known = self.known[key]
        if known.stamp:
            facts = [getattr(known.card, name) for name in _FACTS]
            self._store.put(f"{key[1]}/{key[0]}", [known.stamp, known.world, facts, known.leaflet, known.checked])

    def write(self) -> None:
        """Leave the cards for the next build; those of what is no longer there are forgotten."""
        there = {f"{language}/{article_id}" for article_id, language in self.known}
        self._store.forget_others(there)
        self._store.write(keep_others=True)

    def world(self, language: str) -> str:
        """The digest of what all cards and leaflets of a language depend on beside their own files."""
        if language not in self._worlds:
            folder = self.library.root / "translations" / language
            own = [_content(folder / name) for name in (f"{LIBRARY_CATALOGUE}.po", f"{INTERFACE}.signatures.toml")]
            languages = [load_language(code) for code in (language, self.library.settings.language)]
            self._worlds[language] = digest(self._program, languages, own)[:SHORT]
        return self._worlds[language]

    def _look(self, article_id: str, language: str, entry: Any) -> Known | None:
        files = self.inputs.files_of(article_id, language)
        is_source = len(files) == 1
        if not (is_source or files[1] in self.inputs.stamps or load_language(language).pseudo):
            return None
        known = _again(entry, article_id, language)
        if known and [known.stamp, known.world] == [
            self.inputs.stamp([*files, *known.card.images]),
            self.world(language),
        ]:
            return known
        told = len(self._errors)
        try:
            card = self._read(article_id, language)
        except PlainleafError as error:
            self._errors.append(error)
            return None
        if card is None:
            return None
        # What was told, such as a broken record of signatures, must be told again.
        stamp = self.inputs.stamp([*files, *card.images]) if len(self._errors) == told else ""
        self.known[article_id, language] = Known(card, stamp, self.world(language))
        self.keep((article_id, language))
        return self.known[article_id, language]

    def _read(self, article_id: str, language: str) -> Card | None:
        source = self._reader.article(article_id)
        if language == source.language:
            card = Card(article_id, language, source.title, _summary(source), source.is_publishable)
        else:
            item = self._reader.translation(article_id, language)
            if item is None:
                return None
            catalogue = self.inputs.files_of(article_id, language)[1]
            self.notes.note(article_id, language, item.catalogue, item.lines.text, self.inputs.stamps.get(catalogue))
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
                is_signed=not has_draft and self._sign_offs.article(item).is_complete,
                untranslated_fields=tuple(sorted(found.untranslated_fields)),
            )
        return replace(
            card,
            mentions=mentioned_files(source),
            related=tuple(map(str, texts(source.meta.get("related")))),
            images=tuple(self.inputs.name(path) for path in image_paths(source)),
        )


_FACTS = tuple(Card.__dataclass_fields__)


def _summary(article: Article) -> str:
    return web.text_of(article.meta.get("summary"))


def _content(path: Path) -> str:
    try:
        return digest(path.read_bytes())
    except OSError:
        return ""


def _again(entry: Any, article_id: str, language: str) -> Known | None:
    """The card of an entry; None for one that is none."""
    try:
        stamp, world, facts, leaflet, checked = entry
        values: list[Any] = [tuple(value) if isinstance(value, list) else value for value in facts]
        card = Card(*values)
        if (card.id, card.language) != (article_id, language) or len(facts) != len(_FACTS) or not stamp:
            return None
        return Known(card, str(stamp), str(world), list(leaflet), list(checked))
    except (TypeError, ValueError):
        return None
