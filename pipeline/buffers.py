"""Checks one text as it stands in an editor, saved or not, fast enough to do so at each key.

What a check needs to know beside the text (the library's settings, words, glossary, catalogues) is read once and
kept; a file that has changed on disk since is read again. So a saved text gives the findings that
``plainleaf check`` prints for it, while the words of the library are counted as they are saved.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from threading import RLock

from pipeline.article_words import ArticleWords
from pipeline.catalogue import parse_catalogue
from pipeline.checking import own_words, weights
from pipeline.checks import (
    Context,
    Problem,
    TranslatedArticle,
    all_checks,
    check_article,
    check_translation,
    finding,
    refuse_unknown,
)
from pipeline.checks.translation_grade import hard_to_read
from pipeline.checks.translation_spelling import unknown_words
from pipeline.findings import in_order, unknown_words_once
from pipeline.glossary import GLOSSARY
from pipeline.ignores import read_ignores
from pipeline.library import SETTINGS_FILE, WORD_LIST, Library, Settings, open_library, parse_article
from pipeline.model import Article, Finding, Lines, PlainleafError
from pipeline.prose import words
from pipeline.stamps import Stamp, stamp_of
from pipeline.translate import translate

FRESH = 0.5
"""Seconds for which what is known of the files holds without a look at the disk."""


class Buffers:
    """Checks the texts that people have open. One for a library; threads may share it."""

    def __init__(self, library: Library | None, fresh: float = FRESH) -> None:
        """library: None for files that lie in none. fresh: see FRESH."""
        self.library = library
        self._fresh = fresh
        self._lock = RLock()
        self._looked = float("-inf")
        self._settings_stamp: Mapping[Path, Stamp] = {}
        self._words = ArticleWords()
        self._context: Context | None = None
        self._contexts: dict[str, tuple[Context, Mapping[Path, Stamp], Context]] = {}
        self._sources: dict[Path, tuple[Stamp, Article]] = {}

    def check(self, text: str, path: Path, language: str = "") -> tuple[Finding, ...]:
        """What the checks say of a text in the place of the file at this path, which need not be there.

        A path that ends in .po is taken for a catalogue. language: of an article; "" for that of the library, or
        English. Findings come in the order of the text. Raises PlainleafError when the library's settings or glossary
        are broken, or the text is no catalogue.
        """
        if path.suffix == ".po":
            return self.check_catalogue(text, path)
        return self.check_article(self.article(text, path, language))

    def article(self, text: str, path: Path, language: str = "") -> Article:
        """A text as the article at this path."""
        with self._lock:
            library = self.library
            if library and library.holds(path):
                name = path.resolve().relative_to(library.source.resolve()).with_suffix("").as_posix()
                return parse_article(text, path, name, language or library.settings.language)
            return parse_article(text, path, path.stem, language or "en")

    def check_article(self, article: Article) -> tuple[Finding, ...]:
        """What the checks say of an article. Raises PlainleafError for broken settings."""
        with self._lock:
            context = self.context()
            found = list(check_article(article, context))
            found += _in_another_language(article, context)
            return unknown_words_once(in_order(found))

    def check_catalogue(self, text: str, path: Path) -> tuple[Finding, ...]:
        """What the checks say of a catalogue's text; nothing for a catalogue of no article.

        Raises PlainleafError, with file and line, when it is broken.
        """
        with self._lock:
            catalogue = parse_catalogue(text, path)
            place = self.place(path)
            if self.library is None or place is None:
                return ()
            language, article_id = place
            source = self.source(article_id)
            if source is None:
                return ()
            item = TranslatedArticle(source, translate(source, catalogue, language), path, Lines(text))
            return in_order(check_translation(item, self._translation_context(language)))

    def place(self, catalogue: Path) -> tuple[str, str] | None:
        """Language and article of a catalogue's path; None when the library has no such catalogue."""
        if self.library is None:
            return None
        try:
            relative = catalogue.resolve().relative_to((self.library.root / "translations").resolve())
        except ValueError:
            return None
        language, *rest = relative.with_suffix("").parts
        if len(rest) != 2 or language not in self.library.settings.languages:
            return None
        return language, "/".join(rest)

    def source(self, article_id: str) -> Article | None:
        """An article of the library as it is saved; None when it is not there or cannot be read."""
        with self._lock:
            if self.library is None:
                return None
            path = self.library.source / f"{article_id}.md"
            stamp = stamp_of(path)
            if stamp is None:
                return None
            known = self._sources.get(path)
            if known is None or known[0] != stamp:
                try:
                    known = self._sources[path] = (stamp, self.library.read(path))
                except PlainleafError:
                    return None
            return known[1]

    def context(self) -> Context:
        """What checks of articles may know, as it stands on disk. Raises PlainleafError for broken settings."""
        with self._lock:
            if self.library is None:
                self._context = self._context or Context(Settings(), frozenset(), {}, None)
                return self._context
            if self._context is None or time.monotonic() - self._looked >= self._fresh:
                self._look(self.library)
                self._looked = time.monotonic()
            assert self._context is not None
            return self._context

    def changed(self) -> None:
        """Look at the disk at the next check, whatever the time: something there is known to have changed."""
        with self._lock:
            self._looked = float("-inf")

    def _look(self, library: Library) -> None:
        """Bring the context up to date; it stays the same object where nothing has changed."""
        stamps = _stamps(library.root / name for name in (SETTINGS_FILE, WORD_LIST, GLOSSARY))
        context = self._context
        if context is None or stamps != self._settings_stamp:
            library = replace(open_library(library.root), root=library.root)
            refuse_unknown(library.settings.checks_off, f"{library.root / SETTINGS_FILE}: checks_off")
            terms = library.glossary()
            kept = {word for term in terms if term.do_not_translate for name in term.words for word in words(name)}
            own = own_words(library.root) | kept
            context = Context(library.settings, own, {}, None, terms)
        if not self._words.look(library) and context is self._context:
            return
        use: Mapping[str, int] = weights(self._words.use(), context.settings.spelling)
        # A mapping with the same words is kept: the speller's own memory goes by it.
        use = context.library_words if context.library_words == use else use
        self.library, self._settings_stamp = library, stamps
        self._context = replace(context, library_words=use, article_ids=self._words.article_ids)

    def _translation_context(self, language: str) -> Context:
        """A context for checks that read all catalogues of a language, and remember them as long as it lives."""
        base = self.context()
        assert self.library is not None
        folder = self.library.root / "translations" / language
        stamps = _stamps(folder.rglob("*.po"))
        found = self._contexts.get(language)
        if found is None or found[0] is not base or found[1] != stamps:
            found = self._contexts[language] = (base, stamps, replace(base))
        return found[2]


def _in_another_language(article: Article, context: Context) -> Iterator[Finding]:
    """What two checks of translations say of a text that is the translation of nothing."""
    ours = {check.name: check for check in all_checks() if check.name not in context.settings.checks_off}
    ignores = read_ignores(article.lines)
    problems = [("translation-spelling", problem) for problem in unknown_words(article, context)]
    message = None if article.language.partition("_")[0] == "en" else hard_to_read(article)
    if message and article.segments:
        first = article.segments[0]
        problems.append(("translation-grade", Problem(first.start, first.end, message)))
    for name, problem in problems:
        if name in ours:
            found = finding(ours[name], problem, article.path, article.lines)
            if not any(ignore.covers(name, found.line) for ignore in ignores):
                yield found


def _stamps(paths: Iterable[Path]) -> Mapping[Path, Stamp]:
    return {path: stamp for path in paths if (stamp := stamp_of(path))}
