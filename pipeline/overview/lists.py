"""The pages that list: the library at a glance, its topics, its languages, its checks, and the page for a meeting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from pipeline.check_docs import documentations
from pipeline.desk import SEVERITIES, gettext_noop
from pipeline.desk.pages import script_of
from pipeline.language import load_language
from pipeline.model import Severity
from pipeline.overview.articles import Frame, Page, level_text, part_names, review_text, split, target_text
from pipeline.overview.gathering import topic_page
from pipeline.overview.model import Cell, Overview, Place, Row
from pipeline.overview.ordering import NEEDS, is_stale, needs, order_cells, reasons

TOP = 12
"""Articles on the page for a meeting, which is to be one sheet of paper."""
LANGUAGE_STATES = ("signed", "unsigned", "draft", "out of date", "partial", "none")
NEED_NAMES = {
    "unreadable": gettext_noop("files that cannot be read"),
    "errors": gettext_noop("errors: a reader could be hurt or shut out"),
    "stale": gettext_noop("translations that are out of date"),
    "review-past": gettext_noop("a review date that has passed"),
    "never-reviewed": gettext_noop("no review by a clinician"),
    "hard": gettext_noop("languages in which it is harder to read than it should be"),
    "warnings": gettext_noop("warnings"),
    "to-review": gettext_noop("findings that a person must look at"),
    "waiting": gettext_noop("languages that wait for a signature"),
    "lacking": gettext_noop("languages in which it is not translated, or not whole"),
    "review-near": gettext_noop("a review that comes near"),
}


@dataclass(slots=True)
class Sums:
    """A language, or a topic, in figures."""

    code: str
    """Of a language, or the folder of a topic."""
    title: str = ""
    articles: int = 0
    translated: int = 0
    """Segments that readers see in the language, as status counts them."""
    total: int = 0
    states: Counter[str] = field(default_factory=Counter)
    """State -> number of articles."""
    severities: Counter[Severity] = field(default_factory=Counter)

    @property
    def page(self) -> str:
        """Of a topic."""
        return topic_page(self.code)


def list_pages(overview: Overview, frame: Frame) -> Iterator[Page]:
    """Every page that lists, the first one among them."""
    yield from _grid("index.html", overview.rows, overview, frame)
    folders = {row.folder: row.topic for row in overview.rows}
    for folder, title in folders.items():
        rows = [row for row in overview.rows if row.folder == folder]
        yield from _grid(topic_page(folder), rows, overview, frame, title)
    for number, code in enumerate(overview.languages):
        yield from _language(number, code, overview, frame)
    yield from _checks(overview, frame)
    yield _meeting(overview, frame)


def _grid(page: str, rows: Sequence[Row], overview: Overview, frame: Frame, topic: str = "") -> Iterator[Page]:
    """Articles by languages, in parts that are not too large."""
    words = frame.words
    template = frame.jinja.get_template("_row.j2")
    depth = "../" * page.count("/")

    def html(row: Row) -> Markup:
        return Markup(
            template.render(
                row=row,
                root=depth,
                reasons=reasons(needs(row), words),
                tag_of=lambda code: load_language(code).tag,
                review_text=lambda review: review_text(review, words),
            )
        )

    # A part's own rows decide which topics and checks can be chosen on it.
    parts = split([(row, html(row)) for row in rows], lambda pair: len(pair[1].encode()))
    names = part_names(page, len(parts))
    for number, (name, part) in enumerate(zip(names, parts, strict=True), 1):
        shown = [row for row, _ in part]
        data = _totals(rows, overview) if topic else {**_totals(rows, overview), "others": _others(overview)}
        data |= {"here": name, "root": depth, "names": names, "number": number, "rows": [made for _, made in part]}
        data |= {"heading": topic or words.say("At a glance"), "topics": {row.folder: row.topic for row in shown}}
        data |= {"checks": sorted({name for row in shown for cell in row.cells for name, _ in cell.checks})}
        data |= {"script": script_of("pipeline.overview", "filter.js"), "NEEDS": NEEDS, "need_names": NEED_NAMES}
        data |= {"topic_rows": [] if topic else _by_topic(rows), "languages": overview.languages}
        yield Page(name, frame.jinja.get_template("glance.j2").render(data))


def _totals(rows: Sequence[Row], overview: Overview) -> dict[str, object]:
    """What the first page and the page for a meeting begin with."""
    cells = [cell for row in rows for cell in row.cells]
    is_whole = rows is overview.rows
    found: Counter[Severity] = Counter()
    for row in rows:
        found += row.severities
    return {
        "rows_all": rows,
        "errors": overview.errors if is_whole else [],
        "severities": overview.severities if is_whole else found,
        "overdue": sum(row.review is not None and row.review.state == "past" for row in rows),
        "stale": sum(map(is_stale, cells)),
        "changed": sum(cell.changes > 0 for cell in cells),
        "release": overview.release,
        "release_note": overview.release_note,
        "language_rows": _by_language(rows, overview),
        "language_states": LANGUAGE_STATES,
        "others": [],
    }


def _others(overview: Overview) -> list[Place]:
    return [place for place in overview.places if not place.article]


def _by_language(rows: Sequence[Row], overview: Overview) -> list[Sums]:
    sums = {code: Sums(code) for code in overview.languages[1:]}
    for row in rows:
        for cell in row.cells[1:]:
            one = sums[cell.language]
            one.articles += 1
            one.states[cell.state] += 1
            one.severities += cell.severities
            if cell.standing:
                one.translated += cell.standing.translated
                one.total += cell.standing.total
    return list(sums.values())


def _by_topic(rows: Sequence[Row]) -> list[Sums]:
    sums: dict[str, Sums] = {}
    for row in rows:
        one = sums.setdefault(row.folder, Sums(row.folder, row.topic))
        one.articles += 1
        one.severities += row.severities
    return list(sums.values())


def _language(number: int, code: str, overview: Overview, frame: Frame) -> Iterator[Page]:
    words = frame.words
    pairs = sorted(((row, row.cells[number]) for row in overview.rows), key=lambda pair: order_cells(pair[1]))
    parts = split(pairs, _cell_size)
    names = part_names(f"languages/{code}.html", len(parts))
    for part_number, (name, part) in enumerate(zip(names, parts, strict=True), 1):
        data: dict[str, object] = {"here": name, "root": "../", "names": names, "number": part_number, "rows": part}
        data |= {"code": code, "is_source": number == 0}
        data |= {"level_text": lambda level: level_text(level, words)}
        data |= {"target_text": lambda level: target_text(level, words)}
        yield Page(name, frame.jinja.get_template("language.j2").render(data))


def _cell_size(pair: tuple[Row, Cell]) -> int:
    row, cell = pair
    return 1500 + 3 * len(row.article.encode()) + len(row.title.encode()) + len(cell.error.encode())


def _checks(overview: Overview, frame: Frame) -> Iterator[Page]:
    by_check: dict[str, list[Place]] = {}
    for place in overview.places:
        by_check.setdefault(place.finding.check, []).append(place)
    rows = [
        {
            "name": name,
            "severities": Counter(place.finding.severity for place in places),
            "articles": len({place.article for place in places}),
        }
        for name, places in sorted(by_check.items(), key=_by_gravity)
    ]
    data: dict[str, object] = {"here": "checks.html", "root": "", "checks": rows}
    yield Page("checks.html", frame.jinja.get_template("checks.j2").render(data))
    for name, places in by_check.items():
        grave = sorted(places, key=lambda place: list(SEVERITIES).index(place.finding.severity))
        parts = split(grave, _place_size)
        names = part_names(f"checks/{name}.html", len(parts))
        for number, (page, part) in enumerate(zip(names, parts, strict=True), 1):
            data = {"here": page, "root": "../", "names": names, "number": number, "name": name, "places": part}
            data |= {"why": frame.words.say(documentations()[name].why)}
            yield Page(page, frame.jinja.get_template("check.j2").render(data))


def _by_gravity(item: tuple[str, Sequence[Place]]) -> tuple[int, ...]:
    found = Counter(place.finding.severity for place in item[1])
    return tuple(-found[severity] for severity in SEVERITIES)


def _place_size(place: Place) -> int:
    return 600 + len(place.finding.message.encode()) + 3 * len(place.page.encode())


def _meeting(overview: Overview, frame: Frame) -> Page:
    top = [(row, reasons(needs(row), frame.words)) for row in overview.rows[:TOP]]
    data = _totals(overview.rows, overview)
    data |= {"here": "meeting.html", "root": "", "top": top}
    return Page("meeting.html", frame.jinja.get_template("meeting.j2").render(data))
