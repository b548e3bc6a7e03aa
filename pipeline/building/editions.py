"""Articles and their translations, read when they are needed: a library need not fit into memory."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline import front_matter
from pipeline.checking import translated_article
from pipeline.checks import TranslatedArticle
from pipeline.library import Library
from pipeline.model import Article, PlainleafError
from pipeline.signatures import SignOff
from pipeline.signing import SignOffs
from pipeline.translate import Translated


@dataclass(frozen=True, slots=True)
class Edition:
    """One article in one language, before it is laid out."""

    source: Article
    article: Article
    language: str
    translated: Translated | None
    """None in the source language."""
    sign_off: SignOff | None = None
    """How far it is signed; None in the source language."""
    is_checked: bool = False
    """Whether all that readers see in their language is signed, the words that outputs add included."""

    @property
    def id(self) -> str:
        """Of the article."""
        return self.source.id

    @property
    def title(self) -> str:
        """As readers of this language see it."""
        return self.article.title


class Reader:
    """Reads articles of a library, and holds the last one with its translations."""

    def __init__(self, library: Library, sign_offs: SignOffs) -> None:
        self._library = library
        self._sign_offs = sign_offs
        self._article: Article | None = None
        self._items: dict[str, TranslatedArticle | None] = {}

    def article(self, article_id: str) -> Article:
        """Raises PlainleafError when it cannot be read, or for its front matter: its title would be wrong."""
        if self._article is None or self._article.id != article_id:
            self._article, self._items = None, {}
            article = self._library.read(self._library.source / f"{article_id}.md")
            for offset, message in front_matter.parse(article.text).problems:
                line, column = article.lines.place(offset)
                raise PlainleafError(f"{article.path}:{line}:{column}: {message}; the article is not built")
            self._article = article
        return self._article

    def translation(self, article_id: str, language: str) -> TranslatedArticle | None:
        """An article in another language; None where it has no catalogue. Raises PlainleafError."""
        article = self.article(article_id)
        if language not in self._items:
            self._items[language] = translated_article(self._library, article, language)
        return self._items[language]

    def edition(self, article_id: str, language: str) -> Edition:
        """An article in one of the library's languages. Raises PlainleafError, also where it has no catalogue."""
        article = self.article(article_id)
        if language == article.language:
            return Edition(article, article, language, None)
        item = self.translation(article_id, language)
        if item is None:
            raise PlainleafError(f"{self._library.catalogue_path(article_id, language)}: no such file")
        return Edition(
            article,
            item.translated.article,
            language,
            item.translated,
            self._sign_offs.article(item),
            self._sign_offs.is_checked(item),
        )
