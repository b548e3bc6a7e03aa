"""The reading level of articles, as a table for people and as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from pipeline.language import load_language
from pipeline.readability import Figures, Reading, Score
from pipeline.report.tables import table, table_text

Row = tuple[str, Reading]
"""An article's id and its figures."""


_RARE = {"Characters": "Rare characters", "Syllables": "Rare syllables"}


def render(rows: Sequence[Row], target: float | None, width: int) -> str:
    """A table for each language, with the formula that it goes by, and why a language has no grade.

    target: the library's own grade, for English; None outside of a library.
    """
    if not rows:
        return "No articles to read."
    parts = []
    for code in dict.fromkeys(reading.language for _, reading in rows):
        own = [(name, reading) for name, reading in rows if reading.language == code]
        parts.append(f"{_heading(own, target)}\n\n{_table(own, target, width)}")
    return "\n\n".join(parts)


def _heading(rows: Sequence[Row], target: float | None) -> str:
    code = rows[0][1].language
    name = f"{load_language(code).english_name} ({code})"
    first = _first(rows)
    if first is None:
        return f"{name}: no grade. {rows[0][1].no_grade}"
    formula = first.formula
    easier = "higher is easier" if formula.higher_is_easier else "lower is easier"
    aim = target_of(first, code, target)
    wanted = f"; target: {aim:g} or {'more' if formula.higher_is_easier else 'less'}" if aim is not None else ""
    return f"{name}: {formula.name} ({formula.source}); {easier}{wanted}"


def _table(rows: Sequence[Row], target: float | None, width: int) -> str:
    first = _first(rows)
    judged = next((reading.judged for _, reading in rows if reading.judged), None)
    unit = judged.unit.capitalize() if judged else "Words"
    figures = ["Prose only", "All units", "Meaning", "Target"] if first else []
    has_rare = any(reading.judged and reading.judged.rare_words is not None for _, reading in rows)
    built = table("Article", *figures, f"{unit} a sentence", *[_RARE.get(unit, "Rare words")] * has_rare)
    for name, reading in rows:
        prose, every, best = reading.prose, reading.all_units, reading.judged
        cells = [name]
        if first:
            score = best.scores[0] if best and best.scores else None
            meets = score.formula.meets(score.value, target_of(score, reading.language, target)) if score else None
            met = {None: "-", True: "met", False: "missed"}[meets]
            cells += [_figure(prose), _figure(every), (score.band if score else "") or "-", met]
        cells.append(f"{best.sentence_length:.1f}" if best else "-")
        if has_rare:
            cells.append(f"{best.rare_words:.0%}" if best and best.rare_words is not None else "-")
        built.add_row(*cells)
    return table_text(built, width)


def _first(rows: Sequence[Row]) -> Score | None:
    """The first score of any of these articles."""
    return next((reading.judged.scores[0] for _, reading in rows if reading.judged and reading.judged.scores), None)


def target_of(score: Score, language: str, target: float | None) -> float | None:
    """What a figure should reach: the library's own grade for English, else the formula's target, where it has one."""
    return target if language.partition("_")[0] == "en" else score.formula.target


def _figure(figures: Figures | None) -> str:
    return f"{figures.scores[0].value:.1f}" if figures and figures.scores else "-"


def render_json(rows: Sequence[Row], target: float | None) -> str:
    """One object for each article and language; every figure with the name and source of its formula."""
    return json.dumps([_object(*row, target) for row in rows], ensure_ascii=False, indent=1)


def _object(name: str, reading: Reading, target: float | None) -> dict[str, Any]:
    return {
        "article": name,
        "language": reading.language,
        "prose_only": _figures(reading.prose, reading.language, target),
        "all_units": _figures(reading.all_units, reading.language, target),
        "no_grade": reading.no_grade,
    }


def _figures(figures: Figures | None, language: str, target: float | None) -> dict[str, Any] | None:
    if figures is None:
        return None
    rare = figures.rare_words
    return {
        "sentences": figures.counts.sentences,
        "words": figures.counts.words,
        "unit": figures.unit,
        "sentence_length": round(figures.sentence_length, 2),
        "rare_words": None if rare is None else round(rare, 4),
        "scores": [_score(score, target_of(score, language, target)) for score in figures.scores],
    }


def _score(score: Score, target: float | None) -> dict[str, Any]:
    return {
        "formula": score.formula.name,
        "source": score.formula.source,
        "value": round(score.value, 2),
        "band": score.band,
        "target": target,
        "meets": score.formula.meets(score.value, target),
    }
