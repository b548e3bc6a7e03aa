"""Tables for a terminal: where translations stand, what was extracted, what was built."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from pipeline.extracting import Extraction, Standing
from pipeline.language import load_language
from pipeline.model import Output


def standings(rows: Iterable[Standing], width: int) -> str:
    """Language by article: segments translated, fuzzy, missing, and whether anyone has checked them."""
    table = _table("Language", "Article", *["Segments", "Translated", "Fuzzy", "Missing"], "Draft", "State")
    before = ""
    for row in rows:
        name = load_language(row.language).english_name
        table.add_row(
            "" if name == before else f"{name} ({row.language})",
            row.article,
            *(str(n) for n in (row.total, row.translated, row.fuzzy, row.missing, row.draft)),
            _STATES[row.state],
        )
        before = name
    return _text(table, width)


_STATES = {
    "none": "not translated",
    "partial": "in part",
    "draft": "draft: made by a machine, not checked",
    "unsigned": "translated, not signed",
}


def extractions(rows: Iterable[Extraction], width: int) -> str:
    """What was done to each catalogue."""
    table = _table("Catalogue", "State", "Kept", "New", "Fuzzy", "Revived", "Obsolete")
    for row in rows:
        c = row.changes
        numbers = (c.kept, c.added, c.fuzzy, c.revived, c.obsolete)
        table.add_row(row.path.as_posix(), row.state, *map(str, numbers))
    return _text(table, width)


def outputs(made: Sequence[Output], drafts: Counter[str], order: Sequence[str], width: int) -> str:
    """How many files of each format were made, by language; order: the library's languages."""
    formats = sorted({o.format for o in made if o.article})
    built = {o.language for o in made if o.article}
    languages = [language for language in order if language in built]
    table = _table("Language", "Leaflets", *formats, "Drafts")
    for language in languages:
        own = [o for o in made if o.language == language and o.article]
        counts = Counter(o.format for o in own)
        name = f"{load_language(language).english_name} ({language})"
        leaflets = len({o.article for o in own})
        table.add_row(name, str(leaflets), *(str(counts[f]) for f in formats), str(drafts[language] or "-"))
    return _text(table, width)


def _table(*columns: str) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    texts = ("Language", "Article", "State", "Catalogue")
    for column in columns:
        justify = "left" if column in texts else "right"
        table.add_column(column, justify=justify, overflow="fold", no_wrap=column in ("Article", "Catalogue"))  # type: ignore[arg-type]
    return table


def _text(table: Table, width: int) -> str:
    stream = io.StringIO()
    Console(file=stream, width=width, color_system=None, legacy_windows=False).print(table)
    return "\n".join(line.rstrip() for line in stream.getvalue().splitlines()).strip("\n")
