"""The whole pipeline, from source/ to dist/, as one function to read from top to bottom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path

from pipeline.building.card import Card, Key
from pipeline.building.cards import Cards
from pipeline.building.dist import Dist
from pipeline.building.editions import Reader
from pipeline.building.following import AtHand
from pipeline.building.gathering import Leaflets
from pipeline.building.inputs import Inputs
from pipeline.building.inspecting import Inspection
from pipeline.building.leaflets import topic_titles
from pipeline.building.ledger import Ledger
from pipeline.building.pages import Pages
from pipeline.building.planning import Plan, Task, inspect, path_of, still_right
from pipeline.building.releasing import release_objections
from pipeline.building.selection import Selection, everything
from pipeline.building.spreading import spread
from pipeline.building.state import Build, BuildState
from pipeline.formats.book import Chapter
from pipeline.formats.library_book import FILE as BOOK
from pipeline.formats.library_book import library_book
from pipeline.formats.table import FORMATS
from pipeline.interface import interface_strings
from pipeline.language import load_language
from pipeline.library import Library
from pipeline.model import Output, PlainleafError
from pipeline.objection import Objection, refused
from pipeline.rendering import Rendered
from pipeline.signing import SignOffs


def build(
    library: Library,
    selection: Selection,
    executor: Executor,
    progress: Callable[[int, int, str], None],
    state: BuildState | None = None,
    *,
    leave: Callable[[AtHand], None] = lambda _: None,
) -> Build:
    """Check and build a library into dist/.

    executor: where leaflets are laid out; each is a pure function of its inputs. progress: called with how
    many leaflets are done, of at most how many, and the name of the last one. A file that is broken is reported in
    the result and the others go on. state: of the same library and selection, just
    looked at and found changed. leave: called in the end with what the next build in the same process can use.
    """
    if state is None:
        state = BuildState(library, selection)
        if before := state.unchanged():
            return before

    errors: list[PlainleafError] = []
    sign_offs = SignOffs(library, errors)
    reader = Reader(library, sign_offs)
    cards = Cards(library, sign_offs, state.inputs, errors, executor)
    inspection = Inspection(cards, reader)
    # In a release leaflets lead to others, which must have been checked too.
    to_inspect = {key for key in cards.known if selection.is_release or selection.has(key)}
    inspection.prepare(to_inspect, executor)
    raised: list[Objection] = []
    if selection.is_release:
        inspect(inspection, cards.known, errors)
        raised = release_objections(cards, reader, sign_offs, inspection, errors)
    left_out = refused(raised)
    readable = [card for card in cards.of_readers() if card.key not in left_out]
    leaflets = Leaflets(cards, readable, reader)

    # A book holds every leaflet of its language: one that is built anew takes the others with it.
    has_books = library.settings.book and "epub" in selection.formats
    books = {card.language for card in readable if has_books and selection.has(card.key)}
    topics = topic_titles(library)
    ledger = Ledger(library.root, state.outputs)
    work = Plan(_formats(readable, selection, books), cards, leaflets, ledger, errors)
    work.settle_books(sorted(books), topics)
    pages = Pages(cards, readable, leaflets, ledger, topics)
    keep = _not_asked_for(readable, selection, library, books)
    if selection.is_release and keep:
        # An earlier build of drafts may have made it, or one of an older text.
        keep &= still_right(readable, leaflets, topics, ledger)
    dist = Dist(library.root / "dist")
    dist.begin(work.paths() | pages.paths, keep)
    outputs, skipped = work.outputs, set[str]()
    with ledger.kept_when_stopped():
        chapters = _lay_out(work, spread(executor, work.tasks(inspection, to_inspect)), dist, skipped, progress)
        for code, made in chapters.items():
            # A book that lacks a leaflet would look whole: it is left out until the leaflet can be made.
            if len(made) == sum(card.language == code for card in readable):
                book = library_book(
                    made, load_language(code), library.settings, interface_strings(code), topics.get(code, {})
                )
                outputs.append(dist.write_page(f"{code}/{BOOK}", book))
                ledger.note(outputs[-1], work.books[code])
        for path, content in pages.due(outputs):
            outputs.append(dist.write_page(path, content))
            ledger.note(outputs[-1], pages.key(path))
    errors += dist.finish(outputs, keep)
    cards.write()
    leaflets.write()
    inspection.write(is_whole=replace(selection, formats=()) == replace(everything(library), formats=()))
    ledger.write((output.name for output in outputs) if selection == everything(library) else None)

    place = {key: number for number, key in enumerate(cards.known)}
    outputs.sort(key=lambda o: (place.get((o.article, o.language), -1), o.format, o.name))
    result = Build(
        outputs=tuple(outputs),
        findings=inspection.findings(key for key in cards.known if key in to_inspect),
        errors=tuple(_once(errors)),
        drafts=_drafts(readable, outputs),
        objections=tuple(raised),
        skipped=tuple(sorted(skipped)),
    )
    state.keep(result, dist.touched)
    leave(AtHand(cards, ledger, selection))
    return result


def _lay_out(
    work: Plan,
    laid_out: Iterable[tuple[Task, Rendered]],
    dist: Dist,
    skipped: set[str],
    progress: Callable[[int, int, str], None],
) -> dict[str, list[tuple[str, Chapter]]]:
    """Write each leaflet as it comes, and note what failed. Language -> the chapters of its book, with their ids."""
    chapters: dict[str, list[tuple[str, Chapter]]] = {code: [] for code in work.books}
    for done, (task, rendered) in enumerate(laid_out, 1):
        article_id, language = task.card.key
        for form, content in rendered.made:
            work.outputs.append(dist.write(article_id, language, form, content))
            work.ledger.note(work.outputs[-1], task.keys[form])
        work.errors += (PlainleafError(message) for message in rendered.failed)
        skipped |= set(rendered.skipped)
        if rendered.chapter:
            chapters[language].append((article_id, rendered.chapter))
        progress(done, len(work.formats), f"{language}/{article_id}")
    return chapters


def gate(library: Library) -> tuple[list[Objection], list[PlainleafError]]:
    """What a release of the whole library would object to, and what could not be read."""
    errors: list[PlainleafError] = []
    sign_offs = SignOffs(library, errors)
    reader = Reader(library, sign_offs)
    cards = Cards(library, sign_offs, Inputs(library), errors)
    inspection = Inspection(cards, reader)
    inspect(inspection, cards.known, errors)
    return release_objections(cards, reader, sign_offs, inspection, errors), list(_once(errors))


def plan(library: Library, selection: Selection) -> Iterator[Path]:
    """The files that a build would write, without the pages and books of the library itself. Raises PlainleafError."""
    errors: list[PlainleafError] = []
    sign_offs = SignOffs(library, errors)
    cards = Cards(library, sign_offs, Inputs(library), errors)
    for error in errors:
        raise error
    for key, formats in _formats(cards.of_readers(), selection, ()).items():
        yield from (library.root / "dist" / path_of(key, name) for name in formats)


def _formats(readable: Iterable[Card], selection: Selection, books: Collection[str]) -> dict[Key, tuple[str, ...]]:
    """What is wanted, and what the books of the same languages need, with the formats that are wanted of each."""
    keys = [card.key for card in readable]
    return {
        key: selection.formats if selection.has(key) else () for key in keys if selection.has(key) or key[1] in books
    }


def _drafts(readable: Iterable[Card], outputs: Iterable[Output]) -> Counter[str]:
    built = {(output.article, output.language) for output in outputs}
    return Counter(card.language for card in readable if card.has_draft and card.key in built)


def _not_asked_for(
    readable: Iterable[Card], selection: Selection, library: Library, books: Collection[str]
) -> set[str]:
    """Paths in dist/ of what exists and was left out of a build of a part. What failed is not among them."""
    if replace(selection, is_release=False) == everything(library):
        return set()
    keys = [card.key for card in readable]
    kept = {f"{code}/{BOOK}" for _, code in keys if library.settings.book and code not in books}
    return kept | {
        path_of(key, name) for key in keys for name in FORMATS if not (selection.has(key) and name in selection.formats)
    }


def _once(errors: list[PlainleafError]) -> Iterator[PlainleafError]:
    seen: set[str] = set()
    for error in errors:
        if str(error) not in seen:
            seen.add(str(error))
            yield error
