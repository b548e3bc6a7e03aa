"""Tables for a terminal: where translations stand, what was extracted, what was built."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.language import load_language
from pipeline.model import Output, Severity

if TYPE_CHECKING:
    from pipeline.extracting import Extraction
    from pipeline.objection import Objection
    from pipeline.standing import Review, Standing


def standings(rows: Iterable[Standing], width: int) -> str:
    """Language by article: segments translated, fuzzy, missing, and whether anyone has checked them."""
    listed = table("Language", "Article", *["Segments", "Translated", "Fuzzy", "Missing"], "Draft", "Unsigned", "State")
    before = ""
    for row in rows:
        name = load_language(row.language).english_name
        listed.add_row(
            "" if name == before else f"{name} ({row.language})",
            row.article,
            *(str(n) for n in (row.total, row.translated, row.fuzzy, row.missing, row.draft, row.unsigned)),
            _state(row),
        )
        before = name
    return table_text(listed, width)


_STATES = {
    "none": "not translated",
    "partial": "in part",
    "draft": "draft: made by a machine, not checked",
    "unsigned": "translated, not signed",
    "out of date": "out of date: changed since it was signed",
    "signed": "signed",
}


def _state(row: Standing) -> str:
    if row.state != "signed":
        return _STATES[row.state]
    return "signed: " + "; ".join(f"{s.name} ({s.role.value}, {s.date.isoformat()})" for s in row.signatures)


def reviews(rows: Iterable[Review], width: int) -> str:
    """When each article was reviewed by a clinician, and when it must be again."""
    listed = table("Article", "Last reviewed", "Next review", "State")
    for row in rows:
        dates = (day.isoformat() if day else "-" for day in (row.last_reviewed, row.next_review))
        listed.add_row(row.article, *dates, _REVIEWS[row.state])
    return table_text(listed, width)


_REVIEWS = {
    "never": "no clinician has reviewed it",
    "none": "no date for the next review",
    "past": "REVIEW DATE HAS PASSED",
    "near": "review comes near",
    "later": "",
}


def objections(rows: Sequence[Objection], width: int) -> str:
    """Why a release leaves articles out in a language, and what else its editor should know."""
    listed = table("Language", "Article", "Release", "Why", "What to do")
    before = ("", "")
    for row in rows:
        place = (row.language, row.article)
        verdict = "refused" if row.severity is Severity.ERROR else "warning"
        listed.add_row(*(("", "") if place == before else place), verdict, row.message, row.remedy)
        before = place
    return table_text(listed, width)


def extractions(rows: Sequence[Extraction], width: int) -> str:
    """What was done to each catalogue. Rare things have a column only where they happened."""
    names = ["kept", "added", "corrected", "fuzzy", "revived", "obsolete", "moved", "reused", "offered"]
    often = ("kept", "added", "fuzzy")
    names = [name for name in names if name in often or any(getattr(row.changes, name) for row in rows)]
    listed = table("Catalogue", "State", *("New" if name == "added" else name.capitalize() for name in names))
    for row in rows:
        listed.add_row(row.path.as_posix(), row.state, *(str(getattr(row.changes, name)) for name in names))
    return table_text(listed, width)


def outputs(made: Sequence[Output], drafts: Counter[str], order: Sequence[str], width: int) -> str:
    """How many files of each format were made, by language; order: the library's languages."""
    formats = sorted({o.format for o in made if o.article})
    built = {o.language for o in made if o.article}
    languages = [language for language in order if language in built]
    listed = table("Language", "Leaflets", *formats, "Drafts", numbers=formats)
    for language in languages:
        own = [o for o in made if o.language == language and o.article]
        counts = Counter(o.format for o in own)
        name = f"{load_language(language).english_name} ({language})"
        leaflets = len({o.article for o in own})
        listed.add_row(name, str(leaflets), *(str(counts[f]) for f in formats), str(drafts[language] or "-"))
    return table_text(listed, width)


@dataclass(slots=True)
class Listing:
    """A table: the names of its columns, which of them are numbers, and its rows."""

    columns: tuple[str, ...]
    numbers: frozenset[str]
    """Set flush right."""
    rows: list[tuple[str, ...]] = field(default_factory=list)

    def add_row(self, *cells: str) -> None:
        """One more row."""
        self.rows.append(cells)


_NUMBERS = frozenset(
    (
        *"Segments Translated Fuzzy Missing Draft Unsigned Kept New Revived Obsolete Leaflets Drafts".split(),
        *("Texts", "To translate", "Changed", "Done", "Signed"),
    )
)


def table(*columns: str, numbers: Iterable[str] = ()) -> Listing:
    """An empty table. numbers: columns that hold numbers, beside those that always do."""
    return Listing(columns, _NUMBERS.union(numbers))


def table_text(listed: Listing, width: int) -> str:
    """The table as plain text of so many columns."""
    plain = _plain_text(listed, width)
    return plain if plain is not None else _broken_text(listed, width)


def _plain_text(listed: Listing, width: int) -> str | None:
    """The text of a table that needs no line broken; None for any other table. A long table is there at once so."""
    from rich.cells import cell_len  # noqa: PLC0415 - the command that checks prints no table

    columns = list(zip(listed.columns, *listed.rows, strict=True))
    if not all(_is_plain(cell) for column in columns for cell in column):
        return None
    sizes = [max(map(cell_len, column)) for column in columns]
    if sum(sizes) + 3 * len(sizes) > width:
        return None
    is_right = [name in listed.numbers for name in listed.columns]
    rows = []
    for cells in (listed.columns, *listed.rows):
        gaps = [" " * (size - cell_len(cell)) for cell, size in zip(cells, sizes, strict=True)]
        padded = [gap + cell if right else cell + gap for cell, gap, right in zip(cells, gaps, is_right, strict=True)]
        rows.append(" " + "   ".join(padded))
    rows.insert(1, " " + "─" * (sum(sizes) + 3 * (len(sizes) - 1)))
    return "\n".join(row.rstrip() for row in rows).strip("\n")


def _broken_text(listed: Listing, width: int) -> str:
    """The text of any table, cells broken into lines where they must be."""
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    built = Table(box=SIMPLE_HEAD, pad_edge=False)
    for column in listed.columns:
        justify = "right" if column in listed.numbers else "left"
        built.add_column(column, justify=justify, overflow="fold", no_wrap=column in ("Article", "Catalogue", "File"))  # type: ignore[arg-type]
    for row in listed.rows:
        built.add_row(*row)
    stream = io.StringIO()
    Console(file=stream, width=width, color_system=None, legacy_windows=False).print(built)
    return "\n".join(line.rstrip() for line in stream.getvalue().splitlines()).strip("\n")


def _is_plain(cell: str) -> bool:
    """Whether a cell stands for itself: rich reads "[bold]" and ":smile:", and breaks lines."""
    return cell.isprintable() and cell == cell.strip() and "[" not in cell and cell.count(":") < 2
