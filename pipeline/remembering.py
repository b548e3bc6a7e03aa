"""Findings that an earlier run made on the same texts: the checks need not run again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from pipeline.cache import Store, as_json, digest, from_json, own_files, snapshot
from pipeline.checking import word_use
from pipeline.checks import (
    LOOKS_AROUND,
    READS_LANGUAGE,
    WEIGHS_LIBRARY,
    Context,
    TranslatedArticle,
    check_article,
    check_translation,
)
from pipeline.checks._language import language_folder
from pipeline.checks.translation_spelling import own_words_of, shared_words
from pipeline.dictionaries import dictionary
from pipeline.model import Article, Finding

_NO_CHECKS = (
    "formats/", "report/", "cli/", "commands/", "audit/", "importing/", "exchange/", "desk/", "overview/",
)  # fmt: skip
"""Where files of Plainleaf lie that no finding of a check depends on."""


class KnownFindings:
    """Runs the checks on what has changed, and remembers the rest.

    A finding depends on the text in hand, on the library's settings, words and glossary, and on how many articles use
    each of the text's words; all of it is in the key. Checks that look further have keys of their own.
    """

    def __init__(self, root: Path, context: Context) -> None:
        self._context = context
        self._store = Store(root, "findings")
        self._base = digest(own_files(*_NO_CHECKS), replace(context, library_words={}))
        self._words = digest(context.library_words)
        self._languages: dict[Path, str] = {}
        self._dictionaries = [found for code in context.settings.languages if (found := dictionary(code))]
        for found in self._dictionaries:
            found.verdicts.recall_from(root)

    def article(self, article: Article) -> Iterator[Finding]:
        """What the checks say of an article."""
        key = digest(self._base, article, self._use(word_use([article])))
        further = (*LOOKS_AROUND, *WEIGHS_LIBRARY)
        yield from self._remembered(key, lambda: check_article(article, self._context, lambda n: n not in further))
        key = digest("words", self._base, article, self._words)
        yield from self._remembered(key, lambda: check_article(article, self._context, WEIGHS_LIBRARY.__contains__))
        yield from check_article(article, self._context, LOOKS_AROUND.__contains__)

    def translation(self, item: TranslatedArticle) -> Iterator[Finding]:
        """What the checks say of one article in one language."""
        shared = shared_words(item, self._context) & own_words_of(item)
        source, language = item.source, item.translated.article.language
        own = digest(self._base, source, language, item.catalogue, item.lines.text)
        key = digest(own, self._use(word_use([source])), shared)
        yield from self._remembered(
            key, lambda: check_translation(item, self._context, lambda name: name not in READS_LANGUAGE)
        )
        key = digest("language", own, self._language(item))
        yield from self._remembered(key, lambda: check_translation(item, self._context, READS_LANGUAGE.__contains__))

    def write(self, *, is_whole: bool) -> None:
        """Keep what was found for the next run. is_whole: forget the findings of texts that are no longer there."""
        self._store.write(keep_others=not is_whole)
        for found in self._dictionaries:
            found.verdicts.write()

    def _language(self, item: TranslatedArticle) -> str:
        """All catalogues of the language of a translation, as they stand."""
        folder = language_folder(item)
        if folder is None:
            return ""
        if folder not in self._languages:
            self._languages[folder] = snapshot([folder], folder)[0]
        return self._languages[folder]

    def _use(self, own: Iterable[str]) -> dict[str, int]:
        return {word: self._context.library_words.get(word, 0) for word in own}

    def _remembered(self, key: str, find: Callable[[], Iterable[Finding]]) -> list[Finding]:
        rows = self._store.get(key)
        if rows is not None:
            try:
                return [from_json(row) for row in rows]
            except (TypeError, ValueError, KeyError):
                pass  # A broken cache: find them again.
        found = list(find())
        self._store.put(key, [as_json(finding) for finding in found])
        return found
