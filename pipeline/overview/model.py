"""What the report knows of a library: rows of articles with a cell for each language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.model import Article, Finding, Severity
from pipeline.readability import judged
from pipeline.report.readings import target_of
from pipeline.standing import Review, Standing


@dataclass(frozen=True, slots=True)
class Level:
    """The reading level of one article in one language, by the language's first formula."""

    value: float | None
    """None where no formula is accepted, or there is too little text."""
    formula: str
    target: float | None
    higher_is_easier: bool
    meets: bool | None
    """Whether the target is reached; None where there is none."""
    band: str
    sentence_length: float
    """Mean, in ``unit``; 0 where there are no words."""
    unit: str


def level_of(article: Article, grade: float) -> Level:
    """The reading level of an article. grade: the library's own target, for English."""
    figures = judged(article)
    score = figures.scores[0] if figures and figures.scores else None
    if figures is None or score is None:
        length, unit = (figures.sentence_length, figures.unit) if figures else (0.0, "words")
        return Level(None, "", None, False, None, "", length, unit)
    target = target_of(score, article.language, grade)
    formula = score.formula
    meets = formula.meets(score.value, target)
    return Level(
        score.value,
        formula.name,
        target,
        formula.higher_is_easier,
        meets,
        score.band,
        figures.sentence_length,
        figures.unit,
    )


@dataclass(frozen=True, slots=True)
class Cell:
    """One article in one language."""

    article: str
    language: str
    state: str
    """As in pipeline.standing.Standing; source for the source language, unreadable for what cannot be read."""
    standing: Standing | None
    """None for the source language, and for what cannot be read."""
    level: Level | None
    """None where readers have nothing in this language."""
    checks: Mapping[tuple[str, Severity], int] = field(default_factory=dict)
    """(check, severity) -> how many findings."""
    error: str = ""
    """What is wrong with a file that cannot be read."""
    page: str = ""
    """Where its own page stands in the report; "" where it has none."""
    changes: int = 0
    """What readers see otherwise than in the last release."""
    signed: tuple[str, ...] = ()
    """Who has signed it, with role and date."""

    @property
    def severities(self) -> Counter[Severity]:
        """How many findings there are of each severity."""
        found: Counter[Severity] = Counter()
        for (_, severity), number in self.checks.items():
            found[severity] += number
        return found


@dataclass(frozen=True, slots=True)
class Row:
    """One article in all languages."""

    article: str
    title: str
    topic: str
    """Title of its topic."""
    folder: str
    """The topic's folder."""
    cells: tuple[Cell, ...]
    """The source language first, then the library's languages in their order."""
    review: Review | None
    """None for an article that cannot be read."""

    @property
    def severities(self) -> Counter[Severity]:
        """How many findings there are of each severity, in all languages."""
        found: Counter[Severity] = Counter()
        for cell in self.cells:
            found += cell.severities
        return found


@dataclass(frozen=True, slots=True)
class Place:
    """A finding with the page that shows it."""

    finding: Finding
    """Without what only the page shows."""
    article: str
    """"" for a file that is no article of the library."""
    language: str
    page: str
    """With the mark, such as "es/heart/murmur.html#f3"; "" where no page shows it."""


def place_of(finding: Finding, article: str = "", language: str = "", page: str = "") -> Place:
    """A finding with its page. Of a large library there are many: what lists do not tell is left out."""
    return Place(replace(finding, excerpt="", suggestions=(), standard="", fix=None), article, language, page)


@dataclass(slots=True)
class Overview:
    """Everything that the pages of the report show."""

    rows: list[Row]
    """Sorted by what needs a person first."""
    errors: list[str]
    """Files that could not be read, each with what to do."""
    places: list[Place]
    """Every finding, as check tells them."""
    languages: Sequence[str]
    release: str = ""
    """The revision that changes are told since; "" where there is none."""
    release_note: str = ""
    """Why there is none."""

    @property
    def severities(self) -> Counter[Severity]:
        """How many findings there are of each severity: the same as check tells."""
        return Counter(place.finding.severity for place in self.places)
