"""Tables for a terminal: where translations stand, what was extracted, what was built."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from pipeline.language import load_language
from pipeline.model import Output, Severity

if TYPE_CHECKING:
    from rich.table import Table

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
    listed = table("Language", "Leaflets", *formats, "Drafts")
    for language in languages:
        own = [o for o in made if o.language == language and o.article]
        counts = Counter(o.format for o in own)
        name = f"{load_language(language).english_name} ({language})"
        leaflets = len({o.article for o in own})
        listed.add_row(name, str(leaflets), *(str(counts[f]) for f in formats), str(drafts[language] or "-"))
    return table_text(listed, width)


def table(*columns: str) -> Table:
    """An empty table; columns of numbers are set flush right."""
    # Imported here, like the console below: the command that checks prints no table.
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    from pipeline.formats.table import FORMATS  # noqa: PLC0415

    empty = Table(box=SIMPLE_HEAD, pad_edge=False)
    numbers = (
        *"Segments Translated Fuzzy Missing Draft Unsigned Kept New Revived Obsolete Leaflets Drafts".split(),
        *("Texts", "To translate", "Changed", "Done", "Signed"),
        *FORMATS,
    )
    for column in columns:
        justify = "right" if column in numbers else "left"
        empty.add_column(column, justify=justify, overflow="fold", no_wrap=column in ("Article", "Catalogue", "File"))  # type: ignore[arg-type]
    return empty


def table_text(listed: Table, width: int) -> str:
    """The table as plain text of so many columns."""
    plain = _plain_text(listed, width)
    if plain is not None:
        return plain
    from rich.console import Console  # noqa: PLC0415

    stream = io.StringIO()
    Console(file=stream, width=width, color_system=None, legacy_windows=False).print(listed)
    return "\n".join(line.rstrip() for line in stream.getvalue().splitlines()).strip("\n")


def _plain_text(listed: Table, width: int) -> str | None:
    """The same text for a table that needs no line broken, a hundred times sooner; None for any other table."""
    from rich.cells import cell_len  # noqa: PLC0415

    columns = [[str(column.header), *column.cells] for column in listed.columns]
    if not all(isinstance(cell, str) and _is_plain(cell) for column in columns for cell in column):
        return None
    sizes = [max(map(cell_len, column)) for column in columns]
    if sum(sizes) + 3 * len(sizes) > width:
        return None
    rows = []
    for cells in zip(*columns, strict=True):
        padded = (
            " " * (size - cell_len(cell)) + cell if column.justify == "right" else cell + " " * (size - cell_len(cell))
            for cell, size, column in zip(cells, sizes, listed.columns, strict=True)
        )
        rows.append(" " + "   ".join(padded))
    rows.insert(1, " " + "─" * (sum(sizes) + 3 * (len(sizes) - 1)))
    return "\n".join(row.rstrip() for row in rows).strip("\n")


def _is_plain(cell: str) -> bool:
    """Whether a cell stands for itself: rich reads "[bold]" and ":smile:", and breaks lines."""
    return cell.isprintable() and cell == cell.strip() and "[" not in cell and cell.count(":") < 2
