"""What the library's glossary has for the readers of one article in one language."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.catalogue import Catalogue, parse_catalogue
from pipeline.formats import Explained
from pipeline.glossary import Term, explanations, find_terms
from pipeline.library import LIBRARY_CATALOGUE, SETTINGS_FILE, Library
from pipeline.model import PRINTABLE, Article, State
from pipeline.pseudo import catalogue_text


class Explainer:
    """The glossary of a library, and its explanations in each language."""

    def __init__(self, library: Library) -> None:
        """Raises PlainleafError for a mistake in the glossary."""
        self._library = library
        self._terms = library.glossary()
        self._catalogues: dict[str, Catalogue] = {}
        self._found: dict[str, set[str]] = {}

    def term_forms(self, source: Article, language: str) -> tuple[tuple[str, ...], ...]:
        """For each term of the article's definition lists other ways in which a text in a language may write it."""
        return tuple(
            tuple(form for term in self._terms if _is_named(term, segment.text) for form in self._forms(term, language))
            for segment in source.segments
            if segment.kind == "term"
        )

    def explained(self, source: Article, language: str, *, is_checked: bool) -> tuple[Explained, ...]:
        """The words of the glossary in an article that it does not explain itself, where readers may see it.

        is_checked: whether the leaflet is signed; no machine's draft then comes into it.
        """
        states = (State.TRANSLATED,) if is_checked else PRINTABLE
        own = [segment.text for segment in source.segments if segment.kind == "term"]
        found = self._used(source)
        explained = []
        for term in self._terms:
            text = self._explanation(term, language, states)
            forms = self._forms(term, language)
            if term.name in found and text and forms and not any(_is_named(term, name) for name in own):
                explained.append(Explained(forms, text))
        return tuple(explained)

    def _used(self, source: Article) -> set[str]:
        """The names of the terms in an article's text: the same for every language."""
        if source.id not in self._found:
            texts = [segment.text for segment in source.segments if segment.kind not in ("field", "heading")]
            self._found[source.id] = {term.name for text in texts for _, _, term in find_terms(self._terms, text)}
        return self._found[source.id]

    def _forms(self, term: Term, language: str) -> tuple[str, ...]:
        if language == self._library.settings.language or term.do_not_translate:
            return term.words
        return tuple(term.translations.get(language, ()))

    def _explanation(self, term: Term, language: str, states: Sequence[State]) -> str:
        """ "" where there is none, or none that readers may see in this language."""
        if language == self._library.settings.language or not term.explanation:
            return term.explanation
        if language not in self._catalogues:
            path = self._library.catalogue_path(LIBRARY_CATALOGUE, language)
            text = catalogue_text(path, explanations(self._terms), language, SETTINGS_FILE.as_posix())
            self._catalogues[language] = Catalogue(path) if text is None else parse_catalogue(text, path)
        message = self._catalogues[language].get(term.explanation)
        return message.text if message.state in states else ""


def _is_named(term: Term, text: str) -> bool:
    """Whether a term of a definition list is this one: "Echocardiogram (echo)" is named by either."""
    names: Sequence[str] = [name.strip().casefold() for name in re.split(r"[()/,]", text)]
    return any(word.casefold() in names for word in term.words)
