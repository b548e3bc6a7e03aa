"""What a person asks to be built."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.library import Library


@dataclass(frozen=True, slots=True)
class Selection:
    """What is to be built."""

    articles: frozenset[str] | None = None
    """Ids; None for all."""
    languages: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    is_release: bool = False
    """Whether only what may go to patients is built."""

    def has(self, key: tuple[str, str]) -> bool:
        """Whether an article in a language is among it: its id, and the language."""
        return key[1] in self.languages and (self.articles is None or key[0] in self.articles)


def everything(library: Library) -> Selection:
    """All articles, languages and formats of a library."""
    return Selection(None, library.languages, library.settings.formats)
