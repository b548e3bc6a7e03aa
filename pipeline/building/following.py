"""What a build leaves in memory for the next one in the same process: the leaflet that somebody writes comes first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.building.card import Key, write_cards
from pipeline.building.cards import Cards, Known
from pipeline.building.dist import Dist
from pipeline.building.editions import Reader
from pipeline.building.gathering import Leaflets
from pipeline.building.ledger import Ledger
from pipeline.building.planning import path_of
from pipeline.building.selection import Selection
from pipeline.formats import Leaflet
from pipeline.model import Output, PlainleafError
from pipeline.rendering import render
from pipeline.signing import SignOffs


@dataclass(frozen=True, slots=True)
class AtHand:
    """A library as a build has left it."""

    cards: Cards
    ledger: Ledger
    selection: Selection

    def touched(self, paths: Iterable[str]) -> list[Key]:
        """The leaflets whose own file is among these, in the order of the library. paths: from the library's folder.

        Other leaflets may depend on the same files: they, and whatever else does, are for the next whole build.
        """
        changed = set(paths)
        source = self.cards.library.settings.language
        found = []
        for key in self.cards.known:
            files = self.cards.inputs.files_of(*key)
            own = files if key[1] == source else files[1:]
            if self.selection.has(key) and changed.intersection(own):
                found.append(key)
        return found

    def make_again(self, key: Key) -> list[Output]:
        """One leaflet, as its files are now, in the formats that stand in dist/ and are others by it.

        Nothing is told of what cannot be read or made: the next whole build does so. Raises PlainleafError when
        dist/ cannot be written.
        """
        dist = Dist(self.cards.library.root / "dist")
        leaflet = self._gathered(key)
        if leaflet is None:
            return []
        content, digest = leaflet
        wanted = {name: self.ledger.key(digest, name) for name in self.selection.formats}
        paths = {name: path_of(key, name) for name in wanted}
        # The manifest of dist/ lists what an earlier build made; anything else must be listed before it is there.
        missing = [
            name
            for name, path in paths.items()
            if self.ledger.knows(path) and not self.ledger.standing(*key, name, path, wanted[name])
        ]
        made = []
        for name, data in render(content, missing).made if missing else ():
            made.append(dist.write(*key, name, data))
            self.ledger.note(made[-1], wanted[name])
        self.ledger.write(None)
        return made

    def warm_up(self) -> None:
        """Start what lays leaflets out, with one of them, so that the first change is not the slow one."""
        card = next((card for card in self.cards.of_readers() if self.selection.has(card.key)), None)
        if card and (leaflet := self._gathered(card.key)):
            render(leaflet[0], self.selection.formats)

    def _gathered(self, key: Key) -> tuple[Leaflet, str] | None:
        library = self.cards.library
        (written,) = write_cards(library, [key])
        if written.card is None or written.errors or not written.card.is_publishable:
            return None
        # Not to be remembered: the next whole build looks at its files in order.
        self.cards.known[key] = Known(written.card, "", "")
        errors: list[PlainleafError] = []
        try:
            reader = Reader(library, SignOffs(library, errors))
            found = Leaflets(self.cards, self.cards.of_readers(), reader).gather(written.card)
        except PlainleafError:
            return None
        return None if errors else found
