"""Findings that an earlier run made on the same texts: the checks need not run again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from pipeline.cache import SHORT, as_json, digest, from_json, own_files
from pipeline.checks import WEIGHS_LIBRARY, Context, TranslatedArticle, check_article, check_translation
from pipeline.checks._language import neighbours, neighbours_in
from pipeline.dictionaries import dictionary
from pipeline.model import Article, Finding
from pipeline.store import Store

_NO_CHECKS = (
    "formats/", "report/", "cli/", "commands/", "audit/", "importing/", "exchange/", "desk/", "overview/",
)  # fmt: skip
"""Where files of Plainleaf lie that no finding of a check depends on."""


class KnownFindings:
    """Runs the checks on what has changed, and remembers the rest.

    A finding depends on the text in hand and on the library's settings, words and glossary; all of it is in the key.
    Checks that weigh how the whole library writes have keys of their own.
    """

    def __init__(self, root: Path, context: Context) -> None:
        self.context = context
        self._store = Store(root, "findings")
        self.base = digest(own_files(*_NO_CHECKS), replace(context, library_words={}))[:SHORT]
        self._dictionaries = [found for code in context.settings.languages if (found := dictionary(code))]
        for found in self._dictionaries:
            found.verdicts.recall_from(root)

    @cached_property
    def words(self) -> str:
        """The digest of the library's words."""
        return digest(self.context.library_words)

    def article(self, article: Article) -> Iterator[Finding]:
        """What the checks say of an article."""
        for key in self.article_keys(article):
            yield from self.findings(key)

    def translation(self, item: TranslatedArticle) -> Iterator[Finding]:
        """What the checks say of one article in one language."""
        for key in self.translation_keys(item):
            yield from self.findings(key)

    def article_keys(self, article: Article) -> tuple[str, ...]:
        """The keys under which the findings of an article are remembered now."""
        key = digest(self.base, article)[:SHORT]
        weighed = digest("words", self.base, article, self.words)[:SHORT]
        self._remember(key, lambda: check_article(article, self.context, lambda name: name not in WEIGHS_LIBRARY))
        self._remember(weighed, lambda: check_article(article, self.context, WEIGHS_LIBRARY.__contains__))
        return key, weighed

    def translation_keys(self, item: TranslatedArticle) -> tuple[str, ...]:
        """The keys under which the findings of one article in one language are remembered now."""
        source, language = item.source, item.translated.article.language
        key = digest(self.base, source, language, item.catalogue, item.lines.text, self.view(item))[:SHORT]
        self._remember(key, lambda: check_translation(item, self.context))
        return (key,)

    def view(self, item: TranslatedArticle) -> str:
        """The digest of all that the other catalogues of its language say to the findings of a translation."""
        others = neighbours(item, self.context)
        return others.view(item.catalogue) if others else ""

    def view_of(self, folder: Path, catalogue: Path) -> str:
        """The same for a catalogue in the folder of its language."""
        return neighbours_in(folder, self.context).view(catalogue)

    def keys(self) -> frozenset[str]:
        """All keys under which findings are remembered."""
        return frozenset(self._store.keys())

    def findings(self, key: str) -> list[Finding]:
        """Those that are remembered under a key. Raises KeyError when there are none, or they cannot be read."""
        try:
            return [from_json(row) for row in self._store.get(key)]
        except (TypeError, ValueError, KeyError):
            raise KeyError(key) from None

    def write(self, *, is_whole: bool) -> None:
        """Keep what was found for the next run. is_whole: forget the findings of texts that are no longer there."""
        self._store.write(keep_others=not is_whole)
        for found in self._dictionaries:
            found.verdicts.write()

    def use(self, keys: Iterable[str]) -> None:
        """These are of texts that are still there, though nobody asked for them."""
        self._store.use(keys)

    def _remember(self, key: str, find: Callable[[], Iterable[Finding]]) -> None:
        try:
            self.findings(key)
        except KeyError:
            self._store.put(key, [as_json(finding) for finding in find()])
