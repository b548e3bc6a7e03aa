"""The letters and syllables of a line of a PDF of Typst's, each with all that is drawn for it, and what shows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from pipeline.formats.pdf_fonts import Font
from pipeline.formats.pdf_glyphs import GAP, Letter, Run
from pipeline.formats.pdf_outlines import Part

_T = TypeVar("_T")

Known = dict[tuple[Letter, bool], tuple[tuple[int, float, float], ...]]
"""What is shown for a letter that stands alone, as it was set: by it, and whether it runs from right to left."""


@dataclass(slots=True)
class Cluster:
    """Glyphs that are one letter or syllable, with its marks, and the room that it takes on the line."""

    text: str
    left: float
    width: float
    letters: list[tuple[Letter, float, float]]
    """As they are read, each with where it begins and how high it stands."""


def clusters(group: Sequence[Run], *, is_rtl: bool) -> list[Cluster]:
    """Those of text objects that belong together.

    From left to right, side by side without gaps: readers of PDF take a gap for a blank.
    """
    found = list(_joined(group, is_rtl))
    if is_rtl:
        found.reverse()
    for cluster in found:
        if len(cluster.letters) > 1:
            _measure(cluster)
    gap = GAP * group[0].size
    for cluster, after in pairwise(found):
        if after.left > cluster.left and abs(after.left - cluster.left - cluster.width) > gap:
            cluster.width = after.left - cluster.left
    return found


def _joined(group: Sequence[Run], is_rtl: bool) -> Iterator[Cluster]:
    """As they are read, so that a letter comes before its marks.

    Typst marks what of a cluster stands in one text object; one with a glyph above or below the line is in several.
    """
    cluster: Cluster | None = None
    text, span, width, code, before = "", 0, 0.0, 0, None
    first, last = (-1, 0) if is_rtl else (0, -1)
    for run in _in_order(group, is_rtl):
        x, y = run.at
        for piece in _in_order(run.pieces, is_rtl):
            for letter in _in_order(piece.letters, is_rtl):
                head = letter.glyphs[first]
                if cluster is None or letter.text != text:
                    joins = False
                elif run is before:
                    joins = span != 0 and span == piece.span
                else:
                    # A syllable goes on after its mark; the same letter again would be drawn by the same glyph.
                    joins = not head[3] or not (is_rtl or width or head[0] == code)
                if cluster and not joins and letter.is_below and not is_rtl:
                    joins = True
                    cluster.text += letter.text
                if cluster and joins:
                    cluster.letters.append((letter, x + piece.x, y + piece.y))
                else:
                    if cluster:
                        yield cluster
                    left = x + piece.x
                    cluster = Cluster(letter.text, left + letter.left, letter.width, [(letter, left, y + piece.y)])
                    code = head[0]
                text, span, before, width = letter.text, piece.span, run, letter.glyphs[last][3]
    if cluster:
        yield cluster


def _in_order(items: Sequence[_T], is_rtl: bool) -> Iterable[_T]:
    return reversed(items) if is_rtl else items


def _measure(cluster: Cluster) -> None:
    placed = [(left + x, width) for letter, left, _ in cluster.letters for _, _, x, width in letter.glyphs]
    wide = [glyph for glyph in placed if glyph[1]] or placed
    cluster.left = min([x for x, _ in wide])
    cluster.width = sum([width for _, width in wide])


class Setter:
    """Finds what shows the clusters of a line."""

    def __init__(self, font: Font, size: float, line: float, *, is_rtl: bool, known: Known) -> None:
        """line: the height of the line. known: is added to."""
        self._font, self._size, self._line = font, size, line
        self._is_rtl, self._known = is_rtl, known

    def shown(self, word: Sequence[Cluster]) -> list[tuple[int, float, float]]:
        """Code, place and width, in points, of what is shown for some clusters."""
        found: list[tuple[int, float, float]] = []
        for cluster in word:
            letter, _, height = cluster.letters[0]
            left = cluster.left
            if len(cluster.letters) > 1 or cluster.width != letter.width or abs(height - self._line) > _LEVEL:
                found += [(code, left + place, width) for code, place, width in self._pieces(cluster)]
                continue
            pieces = self._known.get((letter, self._is_rtl))
            if pieces is None:
                pieces = self._known[letter, self._is_rtl] = tuple(self._pieces(cluster))
            if len(pieces) == 1:
                code, place, width = pieces[0]
                found.append((code, left + place, width))
            else:
                found += [(code, left + place, width) for code, place, width in pieces]
        return found

    def _pieces(self, cluster: Cluster) -> Iterator[tuple[int, float, float]]:
        """With places from the left of the cluster."""
        font, size = self._font, self._size
        units, width, text = font.units / size, cluster.width, cluster.text
        parts: list[Part] = [
            (code, round((left - cluster.left + x) * units), round((height - self._line) * units))
            for letter, left, height in cluster.letters
            for code, _, x, _ in (reversed(letter.glyphs) if self._is_rtl else letter.glyphs)
        ]
        if not (self._is_rtl and len(text) > 1):
            code = font.code(parts, text, round(width * units))
            yield code, 0.0, font.width(code) * size / 1000
            return
        # Readers of PDF take the letters of one glyph to stand from left to right. So each letter gets its own place,
        # and the last one, which stands on the left, draws them all.
        share = width / len(text)
        for number, letter in enumerate(reversed(text)):
            code = font.code([] if number else parts, letter, round(share * units))
            yield code, number * share, font.width(code) * size / 1000


_LEVEL = 0.0006
"""In points: what stands no farther from the line stands on it."""
