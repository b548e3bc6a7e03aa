"""What a build has to lay out, and what stands in dist/ already."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from pipeline.formats import Leaflet
from pipeline.formats.library_book import FILE as BOOK
from pipeline.formats.table import FORMATS
from pipeline.leaflets import Edition
from pipeline.ledger import Ledger
from pipeline.model import Output

Topics = Mapping[str, Mapping[str, str]]
"""Language -> folder -> title, where it is translated."""


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """One leaflet that has to be laid out."""

    edition: Edition
    leaflet: Leaflet
    keys: Mapping[str, str]
    """Format -> the key of what it is made from, for each format that is missing or stale."""
    is_chapter: bool
    """Whether the book of its language needs it."""


@dataclass(slots=True)
class Plan:
    """The work of a build."""

    tasks: list[Task] = field(default_factory=list)
    standing: list[Output] = field(default_factory=list)
    """Files that an earlier build made, and that this one would make again byte for byte."""
    books: dict[str, str] = field(default_factory=dict)
    """Language -> key of the book of the whole library, for each that has to be made."""


def plan_work(
    leaflets: Sequence[tuple[Edition, Leaflet, Sequence[str]]],
    books: Collection[str],
    topics: Topics,
    ledger: Ledger,
) -> Plan:
    """Leaflets with the formats that are wanted of each, and the languages whose books are wanted, as work.

    leaflets: of a language in ``books`` every one that the library has. topics: titles by language and folder.
    """
    work = Plan()
    keyed = [(e, leaflet, formats, ledger.keys(leaflet, {*formats, "epub"})) for e, leaflet, formats in leaflets]
    for code in books:
        chapters = [keys["epub"] for edition, _, _, keys in keyed if edition.language == code]
        key = ledger.book_key(chapters, topics.get(code, {}))
        stands = ledger.standing("", "", "index", PurePosixPath(code, BOOK), key)
        if stands:
            work.standing.append(stands)
        else:
            work.books[code] = key
    for edition, leaflet, formats, keys in keyed:
        missing = dict(_missing(edition, formats, keys, ledger, work.standing))
        if missing or edition.language in work.books:
            work.tasks.append(Task(edition, leaflet, missing, edition.language in work.books))
    return work


def planned_paths(work: Plan, editions: Iterable[Edition], root: Path) -> set[str]:
    """Paths in dist/, whose folder is ``root``, of all that a build makes or leaves as it is, its pages included."""
    standing = {output.path.relative_to(root).as_posix() for output in work.standing}
    leaflets = {
        f"{task.edition.language}/{task.edition.source.id}.{FORMATS[form].suffix}"
        for task in work.tasks
        for form in task.keys
    }
    pages = {f"{code}/{page}.html" for code in {e.language for e in editions} for page in ("index", "search")}
    return standing | leaflets | {f"{code}/{BOOK}" for code in work.books} | pages | {"index.html"}


def still_right(
    leaflets: Iterable[tuple[Edition, Leaflet]], editions: Collection[Edition], topics: Topics, ledger: Ledger
) -> set[str]:
    """Paths in dist/ of the leaflets and books that a build of all would leave as they are.

    leaflets: of these editions those that can be gathered.
    """
    found: set[str] = set()
    chapters: dict[str, list[str]] = {}
    for edition, leaflet in leaflets:
        name, code = edition.source.id, edition.language
        keys = ledger.keys(leaflet, FORMATS)
        chapters.setdefault(code, []).append(keys["epub"])
        for form, key in keys.items():
            path = PurePosixPath(code, f"{name}.{FORMATS[form].suffix}")
            if ledger.standing(name, code, form, path, key):
                found.add(path.as_posix())
    for code, keyed in chapters.items():
        path = PurePosixPath(code, BOOK)
        key = ledger.book_key(keyed, topics.get(code, {}))
        is_whole = len(keyed) == sum(edition.language == code for edition in editions)
        if is_whole and ledger.standing("", "", "index", path, key):
            found.add(path.as_posix())
    return found


def _missing(
    edition: Edition, formats: Iterable[str], keys: Mapping[str, str], ledger: Ledger, standing: list[Output]
) -> Iterable[tuple[str, str]]:
    """Each format that must be made, with its key; what stands is added to the list."""
    for name in formats:
        path = PurePosixPath(edition.language, f"{edition.source.id}.{FORMATS[name].suffix}")
        stands = ledger.standing(edition.source.id, edition.language, name, path, keys[name])
        if stands:
            standing.append(stands)
        else:
            yield name, keys[name]
