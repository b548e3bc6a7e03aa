"""The cards of a library: what a build knows of each article in each language without reading it.

Cards are remembered by the stamps of the files that they were written from. So a build reads what has changed, and a
library of any size need not fit into memory.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from itertools import repeat
from pathlib import Path
from typing import Any

from pipeline.building.card import Card, Key, Written, write_cards
from pipeline.building.inputs import Inputs
from pipeline.cache import SHORT, digest, own_files
from pipeline.glossary import GLOSSARY
from pipeline.language import load_language
from pipeline.library import LIBRARY_CATALOGUE, Library
from pipeline.model import PlainleafError
from pipeline.neighbours import Notes
from pipeline.signatures import INTERFACE
from pipeline.signing import SignOffs
from pipeline.store import Store

_NO_CARD = (
    "report/", "cli/", "commands/", "checks/", "spelling/", "confusions/", "dictionaries/", "readability/", "audit/",
    "importing/", "exchange/", "desk/", "overview/", "serving/", "lsp/", "example/", "languages/", "neighbours.py",
    *(f"formats/{name}" for name in (
        "bidi.py", "book.py", "brf.py", "docx.py", "epub.py", "filter_", "html.py", "index.py", "json_ld.py",
        "leaflet", "library", "linear.py", "louis.py", "lua/", "markdown.py", "pandoc.py", "patience.py", "pdf",
        "ssml.py", "table.py", "templates/", "terms.py", "text", "tree.py",
    )),
)  # fmt: skip
"""Where files of Plainleaf lie on which no card and no gathered leaflet depends, only what becomes of it."""


_MANY, _PORTION = 60, 44
"""Cards that are worth other processes, and how many one of them writes at a time."""


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
        sign_offs: SignOffs,
        inputs: Inputs,
        errors: list[PlainleafError],
        executor: Executor | None = None,
    ) -> None:
        """errors: where is told what cannot be read. executor: where the reading of many files is shared out."""
        self.library = library
        self.notes = Notes(library.root, inputs.began)
        """Of the catalogues that were read."""
        self.inputs = inputs
        self._sign_offs, self._errors = sign_offs, errors
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
        self._bring_up_to_date(executor)
        self.notes.write()

    def of_readers(self) -> list[Card]:
        """Those of which there is something to read, article by article, each in the library's order of languages."""
        return [known.card for known in self.known.values() if known.card.is_publishable]

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

    def _bring_up_to_date(self, executor: Executor | None) -> None:
        remembered = dict(self._store.entries())
        known: dict[Key, Known] = {}
        stale: list[Key] = []
        for key in self._keys():
            found = _again(remembered.get(f"{key[1]}/{key[0]}"), key)
            if found and self._stamps(found.card) == (found.stamp, found.world):
                known[key] = found
            else:
                stale.append(key)
        del remembered
        for written in self._written(stale, executor):
            self._errors += map(PlainleafError, written.errors)
            if written.card:
                stamp, world = self._stamps(written.card)
                # What was told, such as a broken record of signatures, must be told again.
                known[written.key] = Known(written.card, "" if written.errors else stamp, world)
            if written.note:
                catalogue = self.inputs.files_of(*written.key)[1]
                self.notes.add(*written.key, written.note, self.inputs.stamps.get(catalogue))
        # Without its source a translation is not shown, and what its catalogue says is told in other places.
        source = self.library.settings.language
        self.known = {key: known[key] for key in self._keys() if key in known and (key[0], source) in known}
        for key in stale:
            if key in self.known:
                self.keep(key)

    def _keys(self) -> Iterator[Key]:
        """Each article with each language that it has a catalogue in, or that is made up."""
        for article_id in self.inputs.article_ids:
            for language in self.library.languages:
                files = self.inputs.files_of(article_id, language)
                if len(files) == 1 or files[1] in self.inputs.stamps or load_language(language).pseudo:
                    yield article_id, language

    def _stamps(self, card: Card) -> tuple[str, str]:
        return self.inputs.stamp([*self.inputs.files_of(*card.key), *card.images]), self.world(card.language)

    def _written(self, keys: Sequence[Key], executor: Executor | None) -> Iterator[Written]:
        portions = [keys[start : start + _PORTION] for start in range(0, len(keys), _PORTION)]
        is_shared = executor is not None and len(keys) >= _MANY and getattr(executor, "shares_files", False)
        apply = executor.map if executor and is_shared else map
        for portion in apply(write_cards, repeat(self.library), portions):
            yield from portion


_FACTS = tuple(Card.__dataclass_fields__)


def _content(path: Path) -> str:
    try:
        return digest(path.read_bytes())
    except OSError:
        return ""


def _again(entry: Any, key: Key) -> Known | None:
    """The card of an entry; None for one that is none."""
    try:
        stamp, world, facts, leaflet, checked = entry
        values: list[Any] = [tuple(value) if isinstance(value, list) else value for value in facts]
        card = Card(*values)
        if card.key != key or len(facts) != len(_FACTS) or not stamp:
            return None
        return Known(card, str(stamp), str(world), list(leaflet), list(checked))
    except (TypeError, ValueError):
        return None
