"""The leaflets of a library, gathered one by one when they are to be laid out, and known by digests until then."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.building.card import Card
from pipeline.building.cards import Cards
from pipeline.building.editions import Reader
from pipeline.building.leaflets import Shelf
from pipeline.cache import SHORT, digest, short
from pipeline.formats import Leaflet, search
from pipeline.language import load_language
from pipeline.store import Store


class Leaflets:
    """Every leaflet of the cards that readers may have.

    The digest of a leaflet stands for all that it is laid out from. It is remembered with its card; it holds as long
    as the card and the titles that the leaflet links to.
    """

    def __init__(self, cards: Cards, readable: Sequence[Card], reader: Reader) -> None:
        """readable: those of the cards that may be linked to. Raises PlainleafError for a mistake in the glossary."""
        self._cards, self._reader = cards, reader
        self._shelf = Shelf(cards.library, readable)
        self._source = cards.library.settings.language
        languages = {code: digest(load_language(code)) for code in {card.language for card in readable}}
        self._titles = {
            card.key: f"{card.id}\0{card.language}\0{card.title}\0{languages[card.language]}" for card in readable
        }
        self._epoch = short("\0".join(self._titles.values()))
        self._search = Store(cards.library.root, "search")

    def digest(self, card: Card) -> str | None:
        """The digest of a leaflet that is known without reading it; None where it has to be gathered."""
        known = self._cards.known[card.key]
        if not known.leaflet:
            return None
        epoch, linked, found = known.leaflet
        if epoch != self._epoch:
            if linked != self._linked(card):
                return None
            self._keep(card, found)
        return found

    def gather(self, card: Card) -> tuple[Leaflet, str]:
        """A leaflet with its digest. Raises PlainleafError for what it cannot be laid out without."""
        edition = self._reader.edition(card.id, card.language)
        leaflet = self._shelf.leaflet(edition)
        found = digest(leaflet)[:SHORT]
        self._keep(card, found)
        # Now, as the article is at hand.
        self.entry(card)
        return leaflet, found

    def words(self, card: Card) -> str:
        """A digest that is another one when what the search page has of a leaflet is something else."""
        known = self._cards.known[card.key]
        if found := self.digest(card):
            return found
        return known.stamp + known.world if known.stamp else digest(self._reader.edition(*card.key).article.text)

    def entry(self, card: Card) -> search.Entry:
        """What the search page of its language has of a leaflet. Raises PlainleafError."""
        known = self._cards.known[card.key]
        key = f"{card.language}/{card.id}"
        row = self._search.get(key)
        found = _entry_again(row[1]) if isinstance(row, list) and row[0] == known.stamp + known.world else None
        if found is None:
            edition = self._shelf.filled(self._reader.edition(card.id, card.language))
            found = search.entry(edition.source, edition.article)
            if known.stamp:
                self._search.put(key, [known.stamp + known.world, _as_row(found)])
        return found

    def write(self) -> None:
        """Leave what pages need for the next build."""
        self._search.forget_others({f"{language}/{article_id}" for article_id, language in self._cards.known})
        self._search.write(keep_others=True)

    def _keep(self, card: Card, found: str) -> None:
        self._cards.known[card.key].leaflet = [self._epoch, self._linked(card), found]
        self._cards.keep(card.key)

    def _linked(self, card: Card) -> str:
        """The digest of the titles that a leaflet may link to."""
        own = (self._titles.get((card.id, code), "") for code in self._cards.library.languages)
        others = [*self._shelf.named(card.mentions), "", *card.related]
        found = (
            self._titles.get((name, card.language)) or self._titles.get((name, self._source), "") for name in others
        )
        return short("\0".join([*own, "", *others, "", *found]))


def _as_row(entry: search.Entry) -> list[Any]:
    sections = [[s.title, s.anchor, s.words, s.is_untranslated] for s in entry.sections]
    return [entry.title, entry.href, entry.words, sections]


def _entry_again(row: Any) -> search.Entry | None:
    try:
        title, href, words, sections = row
        return search.Entry(title, href, words, tuple(search.Section(*section) for section in sections))
    except (TypeError, ValueError):
        return None
