"""The pages of the library itself, which lead to its leaflets: those whose listings have changed are made again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.building.card import Card
from pipeline.building.cards import Cards
from pipeline.building.gathering import Leaflets
from pipeline.building.ledger import Ledger
from pipeline.building.planning import Topics
from pipeline.cache import digest, short
from pipeline.formats.index import Listing, index_pages
from pipeline.formats.search import Entry
from pipeline.language import load_language
from pipeline.model import Output


class Pages:
    """index.html, and index.html and search.html of each language."""

    def __init__(
        self, cards: Cards, readable: Sequence[Card], leaflets: Leaflets, ledger: Ledger, topics: Topics
    ) -> None:
        """readable: the cards that are listed. topics: titles by language and folder."""
        self._cards, self._readable, self._leaflets, self._ledger = cards, readable, leaflets, ledger
        self._settings, self._topics = cards.library.settings, topics
        codes = {card.language for card in readable}
        self._order = [code for code in cards.library.languages if code in codes]
        self.paths = {f"{code}/{page}.html" for code in codes for page in ("index", "search")} | {"index.html"}
        """In dist/."""
        self._keys: dict[str, str] = {}
        self._listings = [self._listing(card) for card in readable]
        self._listed: dict[str, list[Listing]] = {code: [] for code in self._order}
        for listing in self._listings:
            self._listed[listing.language].append(listing)

    def due(self, outputs: list[Output]) -> Iterator[tuple[str, bytes]]:
        """Each page that has to be made: (path in dist/, content). outputs: those that stand are added."""

        def is_due(path: str) -> bool:
            stands = self._ledger.standing("", "", "index", path, self.key(path))
            if stands:
                outputs.append(stands)
            return stands is None

        cards = {card.key: card for card in self._readable}

        def search_entry(listing: Listing) -> Entry:
            return self._leaflets.entry(cards[listing.id, listing.language])

        yield from index_pages(self._settings, self._listings, self._topics, search_entry, is_due)

    def key(self, path: str) -> str:
        """The key of a page: of all that it is made from."""
        if path not in self._keys:
            self._keys[path] = self._ledger.key(self._content(path), "index")
        return self._keys[path]

    def _content(self, path: str) -> str:
        code, _, page = path.rpartition("/")
        listed = [digest(self._settings, self._order, [load_language(c) for c in self._order], page)]
        if code:
            listed += [digest(self._topics.get(code, {})), *map(_told, self._listed[code])]
        else:
            listed += [f"{c} {len(self._listed[c])}" for c in self._order]
        if page == "search.html":
            listed += [self._leaflets.words(card) for card in self._readable if card.language == code]
        return short("\0".join(listed))

    def _listing(self, card: Card) -> Listing:
        is_draft = card.is_translation and not self._cards.is_checked(card)
        return Listing(card.id, card.language, card.title, card.summary, is_draft, frozenset(card.untranslated_fields))


def _told(listing: Listing) -> str:
    fields = " ".join(sorted(listing.untranslated_fields))
    return "\x01".join([listing.id, listing.title, listing.summary, str(listing.is_draft), fields])
