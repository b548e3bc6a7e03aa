"""What a build has to lay out, and what stands in dist/ already."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from pipeline.building.card import Card, Key
from pipeline.building.cards import Cards
from pipeline.building.gathering import Leaflets
from pipeline.building.inspecting import Inspection
from pipeline.building.ledger import Ledger
from pipeline.cache import SHORT, digest
from pipeline.formats import Leaflet
from pipeline.formats.library_book import FILE as BOOK
from pipeline.formats.table import FORMATS
from pipeline.model import Output, PlainleafError

Topics = Mapping[str, Mapping[str, str]]
"""Language -> folder -> title, where it is translated."""


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """One leaflet that has to be laid out."""

    card: Card
    leaflet: Leaflet
    keys: Mapping[str, str]
    """Format -> the key of what it is made from, for each format that is missing or stale."""
    is_chapter: bool
    """Whether the book of its language needs it."""


@dataclass(slots=True)
class Plan:
    """The work of a build, found out step by step: a leaflet is gathered when it is about to be laid out."""

    formats: Mapping[Key, Sequence[str]]
    """The leaflets that are wanted, or that a book needs, with the formats that are wanted of each."""
    cards: Cards
    leaflets: Leaflets
    ledger: Ledger
    errors: list[PlainleafError]
    books: dict[str, str] = field(default_factory=dict)
    """Language -> key of the book of the whole library, for each that has to be made."""
    outputs: list[Output] = field(default_factory=list)
    """What was made, and what an earlier build made and this one would make again byte for byte."""
    _books_standing: set[str] = field(default_factory=set)

    def settle_books(self, languages: Iterable[str], topics: Topics) -> None:
        """Find out which of the books of these languages have to be made.

        topics: titles by language and folder. A language of which a leaflet cannot be gathered has no book.
        """
        for code in languages:
            digests = [self._digest(self.cards.known[key].card) for key in self.formats if key[1] == code]
            if None not in digests:
                path = f"{code}/{BOOK}"
                key = book_key(self.ledger, digests, topics.get(code, {}))
                if stands := self.ledger.standing("", "", "index", path, key):
                    self.outputs.append(stands)
                    self._books_standing.add(code)
                else:
                    self.books[code] = key

    def paths(self) -> set[str]:
        """Paths in dist/ of all leaflets and books that the build makes or leaves as they are."""
        leaflets = {path_of(key, name) for key, formats in self.formats.items() for name in formats}
        return (
            leaflets | {f"{code}/{BOOK}" for code in self.books} | {f"{code}/{BOOK}" for code in self._books_standing}
        )

    def tasks(self, inspection: Inspection, to_inspect: Collection[Key]) -> Iterator[Task]:
        """Every leaflet that has to be laid out, article by article.

        The checks run on an article while it is at hand. to_inspect: on which of them.
        """
        for _, keys in groupby(self.cards.known, key=lambda key: key[0]):
            listed = list(keys)
            for key in listed:
                if key in self.formats and (task := self._task(key)):
                    yield task
            inspect(inspection, (key for key in listed if key in to_inspect), self.errors)

    def _task(self, key: Key) -> Task | None:
        card = self.cards.known[key].card
        is_chapter = card.language in self.books
        found = self.leaflets.digest(card)
        missing = self._missing(key, found) if found else None
        if missing == {} and not is_chapter:
            return None
        try:
            leaflet, found = self.leaflets.gather(card)
        except PlainleafError as error:
            self.errors.append(error)
            return None
        if missing is None:
            missing = self._missing(key, found)
        return Task(card, leaflet, missing, is_chapter) if missing or is_chapter else None

    def _missing(self, key: Key, found: str) -> dict[str, str]:
        """Each format that must be made, with its key; what stands is noted."""
        missing = {}
        for name in self.formats[key]:
            wanted = self.ledger.key(found, name)
            if stands := self.ledger.standing(*key, name, path_of(key, name), wanted):
                self.outputs.append(stands)
            else:
                missing[name] = wanted
        return missing

    def _digest(self, card: Card) -> str | None:
        found = self.leaflets.digest(card)
        if found is None:
            try:
                _, found = self.leaflets.gather(card)
            except PlainleafError as error:
                self.errors.append(error)
        return found


def inspect(inspection: Inspection, keys: Iterable[Key], errors: list[PlainleafError]) -> None:
    """Run the checks where they have to."""
    for key in keys:
        try:
            if inspection.needs(key):
                inspection.check(key)
            else:
                inspection.hold(key)
        except PlainleafError as error:
            errors.append(error)


def path_of(key: Key, format_name: str) -> str:
    """Where an article in a language and a format stands in dist/."""
    return f"{key[1]}/{key[0]}.{FORMATS[format_name].suffix}"


def still_right(readable: Iterable[Card], leaflets: Leaflets, topics: Topics, ledger: Ledger) -> set[str]:
    """Paths in dist/ of the leaflets and books that a build of all would leave as they are."""
    found: set[str] = set()
    chapters: dict[str, list[str | None]] = {}
    for card in readable:
        content = leaflets.digest(card)
        if content is None:
            with contextlib.suppress(PlainleafError):
                _, content = leaflets.gather(card)
        chapters.setdefault(card.language, []).append(content)
        if content is not None:
            paths = ((name, path_of(card.key, name)) for name in FORMATS)
            found |= {p for name, p in paths if ledger.standing(*card.key, name, p, ledger.key(content, name))}
    for code, digests in chapters.items():
        wanted = book_key(ledger, digests, topics.get(code, {}))
        if None not in digests and ledger.standing("", "", "index", f"{code}/{BOOK}", wanted):
            found.add(f"{code}/{BOOK}")
    return found


def book_key(ledger: Ledger, digests: Iterable[str | None], topics: Mapping[str, str]) -> str:
    """The key of the book of a language, of the digests of its leaflets. topics: folder -> title, where translated."""
    return ledger.key(digest("book", sorted(map(str, digests)), topics)[:SHORT], "epub")
