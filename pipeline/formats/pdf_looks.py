"""The looks of the printed leaflet: one for each PDF format. Sizes follow RNIB Clear Print."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """How a leaflet is set; lengths in points."""

    size: float = 14
    """Of the text: 14 is what RNIB Clear Print advises. Scripts that look smaller are set larger still."""
    least: float = 12
    """Of anything, the foot of the page included: the least that RNIB Clear Print allows."""
    paper: str = ""
    """a4, letter or a5; "" for the library's."""
    columns: int = 1
    """More than one makes a folded sheet, lying on its side."""
    bilingual: bool = False
    """Beside each piece of text stands the same in the source language."""
    pages: int = 0
    """How many there may be; 0 for any number."""

    @property
    def has_tight_setting(self) -> bool:
        """Whether lines may move together a little to save a page."""
        return self.least <= 12


PLAIN = Look()
LARGE = Look(size=18, least=18)
"""No letter is smaller than 18 points, as large print wants it."""
LETTER = Look(paper="letter")
A5 = Look(paper="a5", size=12)
TRIFOLD = Look(size=12, columns=3, pages=2)
"""Three panels on each side of one sheet."""
BILINGUAL = Look(size=12, bilingual=True)
BOOKLET = Look(paper="a5", size=12)
"""Before its pages are put on sheets."""
