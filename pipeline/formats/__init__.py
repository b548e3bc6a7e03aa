"""The formats that an article is exported to: a table of functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.language import Language
from pipeline.library import Settings
from pipeline.model import Article, PlainleafError, Signature

if TYPE_CHECKING:
    from pipeline.formats.pandoc import Document

MACHINE_NOTICE = "Draft: this translation was made by a machine. No qualified translator has checked it."
UNCHECKED_NOTICE = "Draft: no qualified person has checked this translation yet."


TOO_DEEP = "lists, quotations or marks nest within one another without end; make them fewer"


class Unavailable(PlainleafError):
    """A format cannot be made on this machine, or in this language; the build goes on without it."""


@dataclass(frozen=True, slots=True)
class Link:
    """Where an article stands, as seen from the leaflet that links to it."""

    title: str
    language: Language
    """The language that the reader will find there; English when it is not translated yet."""
    href: str
    """Relative to the leaflet's folder, without suffix, such as "mitral-valve-prolapse" or
    "../../en/heart/mitral-valve-prolapse"."""
    url: str
    """The absolute address without suffix, or "" when the library has no web address."""


@dataclass(frozen=True, slots=True)
class Explained:
    """A word of the library's glossary that the article may use."""

    forms: tuple[str, ...]
    """How it may be written in the leaflet's language; "*" stands for any ending. To find it, never to print it."""
    explanation: str
    """In the leaflet's language."""


@dataclass(frozen=True, slots=True)
class Leaflet:
    """All that a format needs to render one article in one language. Plain data: it travels to workers."""

    article: Article
    """In the language of the leaflet; placeholders are filled in."""
    source: Article
    """The canonical article. The same as ``article`` in the source language."""
    language: Language
    source_language: Language
    settings: Settings
    strings: Mapping[str, str] = field(default_factory=dict)
    """Interface strings: English to the leaflet's language."""
    is_draft: bool = False
    """Whether a part of it was translated by machine and no qualified person has checked it."""
    is_translation: bool = False
    is_checked: bool = False
    """Whether everything that readers see of the translation is signed in every role that the library wants."""
    signatures: tuple[Signature, ...] = ()
    """Who has signed what readers see; empty unless ``is_checked``."""
    untranslated_fields: frozenset[str] = frozenset()
    """Front-matter fields that still stand in the source language, such as "title"."""
    untranslated_segments: int = 0
    heading_ids: tuple[str, ...] = ()
    """One for each heading of the body, in order; the same in every language, so anchors keep working."""
    term_forms: tuple[tuple[str, ...], ...] = ()
    """For each term of the body's definition lists, in order, other ways in which the text may write it."""
    explained: tuple[Explained, ...] = ()
    """Words of the library's glossary that the article does not explain itself."""
    resources: Mapping[str, bytes] = field(default_factory=dict)
    """Images, by the path that the article uses for them (relative to the article)."""
    links: Mapping[str, Link] = field(default_factory=dict)
    """Articles that this one may link to, by the path used in its text, such as "mitral-valve-prolapse.md"."""
    related: tuple[Link, ...] = ()
    other_languages: tuple[Link, ...] = ()
    """The same article in every language that is built, this one included, in the library's order."""
    root: str = "../.."
    """From the leaflet's folder to dist/."""
    modified: int = 0
    """Seconds since 1970 for timestamps inside outputs: reproducible, never the clock."""

    def say(self, text: str, **values: object) -> str:
        """An interface string in the leaflet's language, with {placeholders} filled in."""
        return (self.strings.get(text) or text).format(**values)

    @property
    def notice(self) -> str:
        """What readers must know of an unchecked translation, in English for ``say``; "" for none."""
        if not self.is_translation or self.is_checked:
            return ""
        return MACHINE_NOTICE if self.is_draft else UNCHECKED_NOTICE

    @property
    def locale(self) -> str:
        """CLDR locale for dates: English ones are written as the library spells."""
        return self.settings.spelling if self.language.locale == "en" else self.language.locale

    @property
    def url(self) -> str:
        """Absolute address of this leaflet without suffix, or ""."""
        base = self.settings.web_address.rstrip("/")
        return f"{base}/{self.language.code}/{self.article.id}" if base else ""


@dataclass(frozen=True, slots=True)
class Format:
    """One row of the table."""

    name: str
    suffix: str
    render: Callable[[Leaflet, Document], bytes]
