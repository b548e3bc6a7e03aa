"""The whole pipeline, from source/ to dist/, as one function to read from top to bottom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline import front_matter
from pipeline.build_state import Build, BuildState
from pipeline.checking import (
    in_order,
    library_context,
    translated_article,
    translated_articles,
    unknown_words_once,
)
from pipeline.checks import TranslatedArticle, ignored_errors
from pipeline.clock import today
from pipeline.dist import Dist
from pipeline.formats import Leaflet, louis
from pipeline.formats.book import Chapter
from pipeline.formats.index import index_pages
from pipeline.formats.library_book import FILE as BOOK
from pipeline.formats.library_book import library_book
from pipeline.formats.table import FORMATS
from pipeline.gates import Candidate, Objection, objections, refused
from pipeline.interface import interface_strings
from pipeline.language import load_language
from pipeline.leaflets import Edition, Shelf, topic_titles
from pipeline.ledger import Ledger
from pipeline.library import Library
from pipeline.model import Article, Finding, Output, PlainleafError, State
from pipeline.planning import plan_work, planned_paths, still_right
from pipeline.remembering import KnownFindings
from pipeline.signing import SignOffs
from pipeline.spreading import spread


@dataclass(frozen=True, slots=True)
class Selection:
    """What is to be built."""

    articles: frozenset[str] | None = None
    """Ids; None for all."""
    languages: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    is_release: bool = False
    """Whether only what may go to patients is built."""


def build(
    library: Library, selection: Selection, executor: Executor, progress: Callable[[int, int, str], None]
) -> Build:
    """Check and build a library into dist/.

    executor: where leaflets are laid out; each is a pure function of its inputs. progress: called with how
    many leaflets are done, of how many, and the name of the last one. A file that is broken is reported in
    the result and the others go on.
    """
    braille = louis.installed() if "brf" in selection.formats else ""
    state = BuildState(library, selection, today() if selection.is_release else None, braille)
    if before := state.unchanged():
        return before

    errors: list[PlainleafError] = []
    articles = list(_read(library, errors))
    translations = list(translated_articles(library, articles, errors))
    sign_offs = SignOffs(library, errors)
    editions = _editions(articles, translations, library, sign_offs)
    checks = _check(library, articles, translations, selection)
    findings = list(checks) if selection.is_release else []
    raised = _objections(library, articles, translations, sign_offs, findings) if selection.is_release else []
    editions = [e for e in editions if (e.source.id, e.language) not in refused(raised)]
    shelf = Shelf(library, editions)

    # A book holds every leaflet of its language: one that is built anew takes the others with it.
    has_books = library.settings.book and "epub" in selection.formats
    books = {e.language for e in editions if has_books and _is_wanted(e, selection)}
    leaflets = list(_leaflets(editions, selection, books, shelf, errors))
    whole = {code for code in books if sum(e.language == code for e, _, _ in leaflets) == _count(editions, code)}
    topics = topic_titles(library)
    ledger = Ledger(library.root)
    work = plan_work(leaflets, whole, topics, ledger)
    keep = _not_asked_for(editions, selection, library, books)
    if selection.is_release and keep:
        # An earlier build of drafts may have made it, or one of an older text.
        every = _leaflets(editions, replace(everything(library), formats=()), (), shelf, [])
        keep &= still_right(((e, leaflet) for e, leaflet, _ in every), editions, topics, ledger)
    dist = Dist(library.root / "dist")
    dist.begin(planned_paths(work, editions, dist.root), keep)
    outputs, skipped = work.standing, set[str]()
    chapters: dict[str, list[tuple[str, Chapter]]] = {code: [] for code in work.books}
    with ledger.kept_when_stopped():
        # Outside of a release the checks run while leaflets are laid out elsewhere.
        for done, (task, rendered) in enumerate(spread(executor, work.tasks, map(findings.append, checks)), 1):
            name, code = task.edition.source.id, task.edition.language
            for form, content in rendered.made:
                outputs.append(dist.write(name, code, form, content))
                ledger.note(outputs[-1], task.keys[form])
            errors += (PlainleafError(message) for message in rendered.failed)
            skipped |= set(rendered.skipped)
            if rendered.chapter:
                chapters[code].append((name, rendered.chapter))
            progress(done, len(work.tasks), f"{code}/{name}")
        findings += checks
        for code, made in chapters.items():
            # A book that lacks a leaflet would look whole: it is left out until the leaflet can be made.
            if len(made) == _count(editions, code):
                book = library_book(
                    made, load_language(code), library.settings, interface_strings(code), topics.get(code, {})
                )
                outputs.append(dist.write_page(f"{code}/{BOOK}", book))
                ledger.note(outputs[-1], work.books[code])
    for path, content in index_pages(library.settings, map(shelf.filled, editions), topics):
        outputs.append(dist.write_page(path, content))
    errors += dist.finish(outputs, keep)
    ledger.write(is_whole=selection == everything(library))

    order = {(e.source.id, e.language): n for n, e in enumerate(editions)}
    outputs.sort(key=lambda o: (order.get((o.article, o.language), -1), o.format, o.path))
    result = Build(
        outputs=tuple(outputs),
        findings=unknown_words_once(in_order(findings)),
        errors=tuple(_once(errors)),
        drafts=_drafts(editions, outputs),
        objections=tuple(raised),
        skipped=tuple(sorted(skipped)),
    )
    state.keep(result)
    return result


def everything(library: Library) -> Selection:
    """All articles, languages and formats of a library."""
    return Selection(None, library.languages, library.settings.formats)


def gate(library: Library) -> tuple[list[Objection], list[PlainleafError]]:
    """What a release of the whole library would object to, and what could not be read."""
    errors: list[PlainleafError] = []
    articles = list(_read(library, errors))
    translations = list(translated_articles(library, articles, errors))
    findings = list(_check(library, articles, translations, replace(everything(library), is_release=True)))
    return _objections(library, articles, translations, SignOffs(library, errors), findings), errors


def plan(library: Library, selection: Selection) -> Iterator[Path]:
    """The files that a build would write, without the pages and books of the library itself. Raises PlainleafError."""
    for path in library.article_paths():
        article = library.read(path)
        if not article.is_publishable:
            continue
        for language in library.languages:
            item = translated_article(library, article, language) if language != article.language else None
            if language != article.language and not (item and item.translated.printable):
                continue
            if _is_wanted(Edition(article, article, language, None), selection):
                for name in selection.formats:
                    yield library.root / "dist" / language / f"{article.id}.{FORMATS[name].suffix}"


def _editions(
    articles: Sequence[Article], translations: Sequence[TranslatedArticle], library: Library, sign_offs: SignOffs
) -> list[Edition]:
    """What readers can have, article by article: the source, and each language with something to show."""
    # A draft whose rights are not cleared is checked, and never printed.
    editions = [Edition(article, article, article.language, None) for article in articles if article.is_publishable]
    editions += (
        Edition(
            item.source,
            item.translated.article,
            item.translated.article.language,
            item.translated,
            sign_offs.article(item),
            sign_offs.is_checked(item),
        )
        for item in translations
        if item.translated.printable and item.source.is_publishable
    )
    place = {code: number for number, code in enumerate(library.languages)}
    return sorted(editions, key=lambda e: (e.source.id, place[e.language]))


def _check(
    library: Library, articles: Sequence[Article], translations: Sequence[TranslatedArticle], selection: Selection
) -> Iterator[Finding]:
    """What the checks say of the chosen articles and languages; of all in a release, as leaflets lead to others."""
    if selection.is_release:
        selection = everything(library)
    known = KnownFindings(library.root, library_context(library, articles))
    for article in articles:
        if selection.articles is None or article.id in selection.articles:
            yield from known.article(article)
    for item in translations:
        if _is_wanted(Edition(item.source, item.source, item.translated.article.language, None), selection):
            yield from known.translation(item)
    known.write(is_whole=replace(selection, formats=()) == replace(everything(library), formats=()))


def _leaflets(
    editions: Iterable[Edition],
    selection: Selection,
    books: Collection[str],
    shelf: Shelf,
    errors: list[PlainleafError],
) -> Iterator[tuple[Edition, Leaflet, tuple[str, ...]]]:
    """What is wanted, and what the books of the same languages need, with the formats that are wanted of each."""
    for edition in editions:
        is_wanted = _is_wanted(edition, selection)
        if is_wanted or edition.language in books:
            try:
                yield edition, shelf.leaflet(edition), selection.formats if is_wanted else ()
            except PlainleafError as error:
                errors.append(error)


def _drafts(editions: Iterable[Edition], outputs: Iterable[Output]) -> Counter[str]:
    built = {(o.article, o.language) for o in outputs}
    return Counter(
        e.language
        for e in editions
        if e.translated and e.translated.count(State.DRAFT) and (e.source.id, e.language) in built
    )


def _count(editions: Iterable[Edition], language: str) -> int:
    return sum(edition.language == language for edition in editions)


def _objections(
    library: Library,
    articles: Sequence[Article],
    translations: Sequence[TranslatedArticle],
    sign_offs: SignOffs,
    findings: Sequence[Finding],
) -> list[Objection]:
    """The gates, for every article and every translation of which there is anything to print."""
    candidates = [
        Candidate(item, sign_offs.article(item), sign_offs.interface(item.translated.article.language))
        for item in translations
        if item.translated.printable
    ]
    context = library_context(library, articles)
    items: list[Article | TranslatedArticle] = [*articles, *translations]
    ignored = (found for item in items for found in ignored_errors(item, context))
    return objections(library, articles, candidates, findings, ignored=ignored, today=today())


def _read(library: Library, errors: list[PlainleafError]) -> Iterator[Article]:
    for path in library.article_paths():
        try:
            article = library.read(path)
        except PlainleafError as error:
            errors.append(error)
            continue
        # Without its front matter an article would be printed under a wrong title.
        problems = front_matter.parse(article.text).problems
        for offset, message in problems:
            line, column = article.lines.place(offset)
            errors.append(PlainleafError(f"{path}:{line}:{column}: {message}; the article is not built"))
        if not problems:
            yield article


def _not_asked_for(
    editions: Sequence[Edition], selection: Selection, library: Library, books: Collection[str]
) -> set[str]:
    """Paths in dist/ of what exists and was left out of a build of a part. What failed is not among them."""
    if replace(selection, is_release=False) == everything(library):
        return set()
    return {f"{e.language}/{BOOK}" for e in editions if library.settings.book and e.language not in books} | {
        f"{edition.language}/{edition.source.id}.{row.suffix}"
        for edition in editions
        for row in FORMATS.values()
        if not (_is_wanted(edition, selection) and row.name in selection.formats)
    }


def _is_wanted(edition: Edition, selection: Selection) -> bool:
    return edition.language in selection.languages and (
        selection.articles is None or edition.source.id in selection.articles
    )


def _once(errors: list[PlainleafError]) -> Iterator[PlainleafError]:
    seen: set[str] = set()
    for error in errors:
        if str(error) not in seen:
            seen.add(str(error))
            yield error
