"""Findings and reading levels as pages show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.library import Settings
from pipeline.messages import Message, named
from pipeline.model import Article, Finding, Severity
from pipeline.readability import measure
from pipeline.serving.place import Place
from pipeline.serving.texts import utf16


@dataclass(frozen=True, slots=True)
class Shown:
    """One finding on a page."""

    finding: Finding
    number: int
    """From 1, in the order of the text; its mark has the same."""
    start: int
    """Where it stands in the text box, as scripts count characters."""
    end: int
    words: str
    """What is marked, shortened."""
    where: str
    """Path from the library's folder with line and column: to be copied."""
    address: str
    """Opens it in the person's editor; "" where that is no address."""


LONGEST = 60
"""Characters of a marked text that a page quotes."""


def shown(place: Place, findings: Sequence[Finding], text: str, path: Path | None) -> list[Shown]:
    """Findings with all that a page says of them. text: of the box. path: of the file; None for a text without one."""
    rows = []
    for number, finding in enumerate(findings, 1):
        words = " ".join(text[finding.start : finding.end].split())
        rows.append(
            Shown(
                finding,
                number,
                utf16(text, finding.start),
                utf16(text, finding.end),
                words if len(words) <= LONGEST else words[:LONGEST].rsplit(" ", 1)[0] + " …",
                f"{shown_path(place, path)}:{finding.line}:{finding.column}" if path else "",
                place.editor.address(path, finding.line, finding.column) if path else "",
            )
        )
    return rows


def shown_path(place: Place, path: Path) -> str:
    """A path as a person knows it: from the library's folder."""
    try:
        return path.resolve().relative_to(place.root).as_posix()
    except ValueError:
        return path.as_posix()


@dataclass(frozen=True, slots=True)
class Level:
    """The reading level of a text."""

    name: Message
    """Of the formula; empty where the language has none."""
    value: float
    target: float | None
    higher_is_easier: bool
    meets: bool | None
    words: int
    unit: str
    """What is counted: words, characters or syllables."""
    sentence: float
    """Mean length of a sentence, in that unit."""
    no_grade: Message
    """Why there is no figure; empty where there is one."""


def level_of(article: Article, settings: Settings) -> Level | None:
    """How hard a text is to read; None where there are no words in it."""
    reading = measure(article)
    figures = reading.judged
    if figures is None:
        return None
    if not figures.scores:
        no_grade = named(reading.no_grade)
        return Level(
            named(""), 0, None, False, None, figures.counts.words, figures.unit, figures.sentence_length, no_grade
        )
    score = figures.scores[0]
    formula = score.formula
    is_english = article.language.partition("_")[0] == "en"
    target = settings.grade if is_english else formula.target
    return Level(
        named(formula.name),
        score.value,
        target,
        formula.higher_is_easier,
        formula.meets(score.value, target),
        figures.counts.words,
        figures.unit,
        figures.sentence_length,
        named(""),
    )


@dataclass(frozen=True, slots=True)
class Box:
    """A text box with what the checks say of it."""

    text: str
    findings: list[Shown]
    counts: Mapping[Severity, int]
    level: Level | None

    @property
    def marks(self) -> list[list[Any]]:
        """For scripts: start, end, severity and number of each finding."""
        return [[row.start, row.end, row.finding.severity.value, row.number] for row in self.findings]


def box_of(place: Place, article: Article, path: Path | None) -> Box:
    """Check a text. path: of the file that it belongs to, None for a text without one. Raises PlainleafError."""
    findings = place.buffers.check_article(article)
    counts = {severity: sum(f.severity is severity for f in findings) for severity in Severity}
    level = level_of(article, place.library.settings)
    return Box(article.text, shown(place, findings, article.text, path), counts, level)
