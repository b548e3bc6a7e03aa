"""Reads a library for the report, by the same functions as check, status and reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import quote

from pipeline.changes import LeafletChange
from pipeline.checking import library_context, read_articles, translated_article
from pipeline.checks import TranslatedArticle
from pipeline.clock import today
from pipeline.findings import in_order, unknown_words_once
from pipeline.library import Library
from pipeline.model import Article, Finding, PlainleafError, Severity
from pipeline.overview.model import Cell, Level, Row, level_of
from pipeline.remembering import KnownFindings
from pipeline.standing import Review, reviews, standing


@dataclass(slots=True)
class Sources:
    """The articles of a library with what the checks say of them."""

    library: Library
    articles: list[Article]
    """Those of the library, by id."""
    others: list[Article]
    """Text files in source/ that are no articles; check tells of them too."""
    unreadable: dict[str, str]
    """Id of an article that cannot be read -> why."""
    errors: list[PlainleafError]
    findings: Mapping[Path, Sequence[Finding]]
    """Of the files in source/."""
    known: KnownFindings
    reviews: Mapping[str, Review]
    word_use: Mapping[str, int]
    """Word in lower case -> number of the articles that use it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One article in one language, with all that its page shows."""

    cell: Cell
    source: Article
    item: TranslatedArticle | None
    """None for the source language, and where there is no catalogue that can be read."""
    findings: Sequence[Finding]
    change: LeafletChange | None = None


@dataclass(slots=True)
class Gatherer:
    """Gives the entries of one article after the other, so that a large library need not be held in memory."""

    sources: Sources
    changes: Mapping[tuple[str, str], LeafletChange] = field(default_factory=dict)
    """(article, language) -> what changed since the last release."""

    def row(self, article: Article, cells: Iterable[Cell]) -> Row:
        """The row of an article and its cells."""
        folder = article.id.partition("/")[0]
        return Row(
            article.id,
            article.title,
            self.sources.library.settings.topic_title(folder),
            folder,
            tuple(cells),
            self.sources.reviews.get(article.id),
        )

    def with_changes(self, cell: Cell) -> Cell:
        """A cell with how much has changed since the last release."""
        change = self.changes.get((cell.article, cell.language))
        return replace(cell, changes=len(change.changes) if change else 0)

    def change(self, article: Article, language: str) -> LeafletChange | None:
        """What changed since the last release."""
        return self.changes.get((article.id, language))

    def source(self, article: Article) -> Entry:
        """An article in the source language."""
        settings = self.sources.library.settings
        own = self.sources.findings.get(article.path, ())
        change = self.changes.get((article.id, article.language))
        cell = Cell(
            article.id,
            article.language,
            "source",
            None,
            level_of(article, settings.grade),
            _checks(own),
            page=page_of(article.id, article.language),
            changes=len(change.changes) if change else 0,
        )
        return Entry(cell, article, None, own, change)

    def translation(self, article: Article, language: str) -> Entry:
        """An article in another language."""
        sources = self.sources
        try:
            item = translated_article(sources.library, article, language)
        except PlainleafError as error:
            sources.errors.append(error)
            return Entry(Cell(article.id, language, "unreadable", None, None, error=str(error)), article, None, ())
        found = in_order(sources.known.translation(item)) if item else ()
        change = self.changes.get((article.id, language))
        try:
            stands = standing(sources.library, article, language, item)
        except PlainleafError as error:
            sources.errors.append(error)
            cell = Cell(article.id, language, "unreadable", None, None, _checks(found), error=str(error))
            return Entry(cell, article, item, found, change)
        level: Level | None = None
        if item and item.translated.printable:
            level = level_of(item.translated.article, sources.library.settings.grade)
        cell = Cell(
            article.id,
            language,
            stands.state,
            stands,
            level,
            _checks(found),
            page=page_of(article.id, language) if item else "",
            changes=len(change.changes) if change else 0,
            signed=tuple(f"{s.name} ({s.role.value}, {s.date.isoformat()})" for s in stands.signatures),
        )
        return Entry(cell, article, item, found, change)


def gather(library: Library) -> Sources:
    """The articles of a library, read and checked. What cannot be read is in the result."""
    articles, errors = read_articles([library.source], library)
    context = library_context(library, articles)
    known = KnownFindings(library.root, context)
    findings = unknown_words_once(in_order(found for article in articles for found in known.article(article)))
    own = [article for article in articles if library.holds(article.path)]
    read = {article.path for article in own}
    unreadable = {}
    for path in library.article_paths():
        if path not in read:
            unreadable[library.article_id(path)] = _why(library, path)
    return Sources(
        library,
        own,
        [article for article in articles if article.path not in read],
        unreadable,
        errors,
        _by_path(findings),
        known,
        {review.article: review for review in reviews(own, today())},
        context.library_words,
    )


def unreadable_row(library: Library, article: str, why: str) -> Row:
    """The row of an article that cannot be read: nothing is known of it in any language."""
    folder = article.partition("/")[0]
    cells = [Cell(article, library.settings.language, "unreadable", None, None, error=why)]
    cells += (Cell(article, language, "unknown", None, None) for language in library.settings.languages)
    return Row(article, article, library.settings.topic_title(folder), folder, tuple(cells), None)


def page_of(article: str, language: str) -> str:
    """Where the page of an article in a language stands in the report, as a path."""
    # After a # an address has a place on the page.
    return f"{language}/{article}.html".replace("#", "%23")


def topic_page(folder: str) -> str:
    """Where the page of a topic stands in the report, as a path."""
    return f"topics/{folder}.html".replace("#", "%23")


def address(page: str, root: str = "") -> str:
    """A link to a page, from one for which ``root`` leads to the report's folder."""
    path, sign, mark = page.partition("#")
    return root + quote(path) + sign + mark


def _why(library: Library, path: Path) -> str:
    try:
        library.read(path)
    except PlainleafError as error:
        return str(error)
    return ""


def _checks(findings: Iterable[Finding]) -> Counter[tuple[str, Severity]]:
    return Counter((found.check, found.severity) for found in findings)


def _by_path(findings: Iterable[Finding]) -> dict[Path, list[Finding]]:
    found: dict[Path, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.path, []).append(finding)
    return found
