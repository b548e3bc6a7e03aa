"""Creates and updates the catalogues."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.files import read_text, replace_text
from pipeline.language import load_language
from pipeline.library import LIBRARY_CATALOGUE, SETTINGS_FILE, Library
from pipeline.merging import Changes, Correction, Rules
from pipeline.model import Article, PlainleafError, Segment
from pipeline.notes import notes_for, terms_in
from pipeline.pretranslating import fill, memory_of
from pipeline.signatures import pair_digest, read_signatures
from pipeline.updating import Update, begin

if TYPE_CHECKING:
    from pipeline.corrections import Corrections
    from pipeline.spelling import Speller

WRITERS = 8
"""Catalogues that are written at a time."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was done to one catalogue."""

    path: Path
    source: str
    """The article's path in the library."""
    language: str
    changes: Changes
    state: str
    """new, changed or unchanged."""
    corrections: tuple[Correction, ...] = ()
    """The translations that were kept although their source text is another now."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """What was done to a library's catalogues."""

    catalogues: tuple[Extraction, ...]
    refused: tuple[tuple[Article, Segment, str], ...]
    """The texts that --keep named and whose translations became fuzzy all the same, with the reason."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to update."""

    dry_run: bool = False
    keep: Sequence[str] = ()
    """Articles, or places in them, whose changed texts keep their translations: see named_segments."""
    use_memory: bool = True


@dataclass(frozen=True, slots=True)
class _Source:
    """What one catalogue in each language is for."""

    name: str
    shown: str
    """Its path as translators see it."""
    segments: Sequence[Segment]


def extract(
    library: Library, articles: Sequence[Article], languages: Sequence[str], options: Options = Options()
) -> Extracted:
    """Bring the catalogues of these articles and languages up to date.

    Every catalogue is computed before the first is written, so that a broken one stops nothing half-way.
    Raises PlainleafError for an unknown language, a broken catalogue or a --keep that fits nothing.
    """
    for language in languages:
        load_language(language)
    sources = _sources(library, articles)
    corrections = _corrections(library, articles, named_segments(options.keep, articles))
    terms = terms_in(library.glossary())
    planned = []
    for language in languages:
        rules = Rules(library.settings.language, notes_for(language, terms), lambda *change: corrections().why(*change))
        planned += _planned(library, sources, language, rules, options)
    if not options.dry_run:
        _write((e.path, before, text) for before, text, e in planned if e.state != "unchanged")
    named = articles if options.keep else ()
    refused = [(a, s, reason) for a in named for s in a.segments if (reason := corrections().refusal(s))]
    return Extracted(tuple(extraction for _, _, extraction in planned), tuple(refused))


def _write(catalogues: Iterable[tuple[Path, str | None, str]]) -> None:
    """Write each catalogue's new text over its old one. Several at a time: most of it is waiting for the disk."""
    with ThreadPoolExecutor(WRITERS) as pool:
        try:
            for _ in pool.map(replace_text, *zip(*catalogues, strict=True)):
                pass
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def _sources(library: Library, articles: Sequence[Article]) -> list[_Source]:
    """Everything that has a catalogue: the library itself, then its articles."""
    own = _Source(LIBRARY_CATALOGUE, SETTINGS_FILE.as_posix(), library.own_segments())
    return [own, *(_Source(a.id, f"source/{a.id}.md", a.segments) for a in articles)]


def _planned(
    library: Library, sources: Sequence[_Source], language: str, rules: Rules, options: Options
) -> list[tuple[str | None, str, Extraction]]:
    """The text that each catalogue of a language has and the one that it is to have, and what was done to it."""
    before: list[str | None] = []
    updates: list[tuple[_Source, Update]] = []
    for source in sources:
        path = library.catalogue_path(source.name, language)
        before.append(read_text(path) if path.is_file() else None)
        updates.append((source, begin(before[-1], path, source.segments, language, source.shown, rules=rules)))
    if options.use_memory and any(True for _, update in updates for _ in update.missing()):
        is_signed = _Signed(library, language)
        memory = memory_of(((source.name, update) for source, update in updates), is_signed)
        for _, update in updates:
            fill(update, memory)
    return [
        _finished(library, source, language, content, update)
        for content, (source, update) in zip(before, updates, strict=True)
    ]


class _Signed:
    """Whether a translation is signed in an article, in each role that the library wants."""

    def __init__(self, library: Library, language: str) -> None:
        self._library, self._language = library, language
        self._digests: dict[str, frozenset[str]] = {}

    def __call__(self, article: str, msgid: str, msgstr: str) -> bool:
        if article not in self._digests:
            self._digests[article] = self._signed(article)
        digests = self._digests[article]
        return bool(digests) and pair_digest(self._language, msgid, msgstr) in digests

    def _signed(self, article: str) -> frozenset[str]:
        try:
            signatures = read_signatures(self._library.signatures_path(article, self._language))
        except PlainleafError:
            return frozenset()  # The build tells; what a broken record signed counts as unsigned.
        roles = [
            {d for s in signatures if s.role == role for d in s.segments} for role in self._library.settings.signatures
        ]
        return frozenset.intersection(*map(frozenset, roles)) if roles else frozenset()


def _finished(
    library: Library, source: _Source, language: str, content: str | None, update: Update
) -> tuple[str | None, str, Extraction]:
    text = update.render()
    state = "new" if content is None else "unchanged" if text == content else "changed"
    path = library.catalogue_path(source.name, language)
    return content, text, Extraction(path, source.shown, language, update.changes, state, tuple(update.corrections))


def named_segments(patterns: Sequence[str], articles: Sequence[Article]) -> Callable[[Segment], bool]:
    """Tells whether --keep names a segment.

    A pattern is ARTICLE or ARTICLE:LINE, in which the article is an id such as heart/murmur, or one with * and ?; the
    line is one that the segment stands on. Raises PlainleafError for a pattern that fits no segment.
    """
    chosen: set[int] = set()
    for pattern in patterns:
        name, _, line = pattern.partition(":")
        name = name.removeprefix("source/").removesuffix(".md")
        fitting = [a for a in articles if fnmatchcase(a.id, name)]
        if not fitting or (line and not line.isdigit()):
            raise PlainleafError(
                f"--keep {pattern}: name an article such as heart/murmur, or a line of it: heart/murmur:12"
            )
        found = {id(s) for a in fitting for s in a.segments if not line or _is_on(s, a, int(line))}
        if not found:
            where = f"on line {line} of {fitting[0].path}" if line else f"in {fitting[0].path}"
            raise PlainleafError(f"--keep {pattern}: no text that is translated stands {where}")
        chosen |= found
    return lambda segment: id(segment) in chosen


def _is_on(segment: Segment, article: Article, line: int) -> bool:
    return segment.line <= line <= article.lines.place(max(segment.start, segment.end - 1))[0]


def _corrections(
    library: Library, articles: Sequence[Article], is_named: Callable[[Segment], bool]
) -> Callable[[], Corrections]:
    """Gives what knows which changes are mere corrections, made when the first text has changed: it reads much."""

    @cache
    def made() -> Corrections:
        from pipeline.corrections import Corrections  # noqa: PLC0415 - most extracts find no changed text

        return Corrections(library.settings.language, lambda: _speller(library, articles), is_named)

    return made


def _speller(library: Library, articles: Sequence[Article]) -> Speller:
    """Made only when a text has changed so little that it may be a spelling."""
    from pipeline.checking import own_words, word_use  # noqa: PLC0415 - as above
    from pipeline.spelling import Speller  # noqa: PLC0415

    return Speller(library.settings.spelling, own_words(library.root), word_use(articles))
