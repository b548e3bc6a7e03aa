"""Readability formulas: every one is a constant and some measures of a text, each times a coefficient.

Which measures, the coefficients, the bands and the source stand in the language's TOML file, in [[reading.formulas]]:

    name          as readers of the figure know it
    source        author and year
    constant      what is added to the sum
    coefficients  measure -> coefficient; the measures are those of MEASURES here
    easier        "higher" or "lower": which way an easier text goes
    bands         pairs: from this figure up, this is what it means
    target        what a leaflet for patients should reach; may be absent
    tried_on_leaflets  true where the target was found on such leaflets: the check translation-grade goes by it
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipeline.readability.counting import Counts, reading_data

MEASURES: Mapping[str, Callable[[Counts], float]] = {
    "words_per_sentence": lambda c: c.words / c.sentences,
    "sentences_per_word": lambda c: c.sentences / c.words,
    "letters_per_word": lambda c: c.letters / c.words,
    "syllables_per_word": lambda c: c.syllables / c.words,
    "osman_per_word": lambda c: c.osman / c.words,
    "percent_of_more_than_6_letters": lambda c: 100 * c.long_words / c.words,
    "percent_of_1_syllable": lambda c: 100 * c.words_of_1_syllable / c.words,
    "percent_of_3_or_more_syllables": lambda c: 100 * c.words_of_3_syllables / c.words,
    "percent_of_4_or_more_syllables": lambda c: 100 * c.words_of_4_syllables / c.words,
    "root_of_3_or_more_syllables_in_30_sentences": lambda c: (30 * c.words_of_3_syllables / c.sentences) ** 0.5,
}


@dataclass(frozen=True, slots=True)
class Formula:
    """One formula of one language."""

    name: str
    source: str
    """Author and year."""
    constant: float
    coefficients: tuple[tuple[str, float], ...]
    """Measure and coefficient."""
    higher_is_easier: bool
    bands: tuple[tuple[float, str], ...]
    """From this figure up, what it means; the highest figure first."""
    target: float | None
    """What a leaflet should reach. None: the library's setting (English) or nobody has said."""
    is_tried: bool = False
    """Whether the target was found on leaflets for patients, so that a check may go by it."""

    def value(self, counts: Counts) -> float | None:
        """The figure of a text; None when there is nothing in it."""
        if counts.sentences <= 0 or counts.words <= 0:
            return None
        return self.constant + sum(factor * MEASURES[name](counts) for name, factor in self.coefficients)

    def band(self, value: float) -> str:
        """What a figure means, in words; "" where the formula has no bands."""
        for start, name in self.bands:
            if value >= start:
                return name
        return self.bands[-1][1] if self.bands else ""

    def meets(self, value: float, target: float | None = None) -> bool | None:
        """Whether a figure reaches a target, or the formula's own; None where there is none."""
        target = self.target if target is None else target
        if target is None:
            return None
        return value >= target if self.higher_is_easier else value <= target


@cache
def formulas(language: str) -> tuple[Formula, ...]:
    """The formulas of a language, the accepted one first; empty where there is none."""
    return tuple(_formula(row) for row in reading_data(language).get("formulas", ()))


def _formula(row: Mapping[str, Any]) -> Formula:
    return Formula(
        name=row["name"],
        source=row["source"],
        constant=float(row["constant"]),
        coefficients=tuple((name, float(factor)) for name, factor in row["coefficients"].items()),
        higher_is_easier=row["easier"] == "higher",
        bands=tuple(sorted(((float(start), name) for start, name in row.get("bands", ())), reverse=True)),
        target=float(row["target"]) if "target" in row else None,
        is_tried=bool(row.get("tried_on_leaflets", False)),
    )
