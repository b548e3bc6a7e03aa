"""The pages that lead to the leaflets: one index for each language, and one where readers pick theirs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from pipeline.formats import Link, search, web
from pipeline.formats.bidi import isolate_numbers
from pipeline.interface import interface_strings
from pipeline.language import Language, load_language
from pipeline.library import Settings
from pipeline.model import Article


class _Translated(Protocol):
    @property
    def untranslated_fields(self) -> frozenset[str]: ...


class Edition(Protocol):
    """One article in one language, as pipeline.leaflets has it."""

    @property
    def source(self) -> Article: ...
    @property
    def article(self) -> Article: ...
    @property
    def language(self) -> str: ...
    @property
    def translated(self) -> _Translated | None: ...
    @property
    def is_checked(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Entry:
    """One leaflet in the index of its language."""

    title: str
    summary: str
    href: str
    """From dist/<lang>/ to the leaflet, without suffix, such as "heart/endocarditis"."""
    is_draft: bool = False
    """Whether no qualified person has checked the translation."""
    untranslated_fields: frozenset[str] = frozenset()
    """Which of "title" and "summary" still stand in the source language."""
    formats: tuple[str, ...] = ()
    """Suffixes of the other files beside the page, such as ("pdf", "epub")."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A group of leaflets: one folder of source/."""

    title: str
    """"" for articles outside any folder."""
    entries: tuple[Entry, ...]
    is_untranslated: bool = False
    """Whether the title stands in the source language."""


@dataclass(frozen=True, slots=True)
class LanguageIndex:
    """All that dist/<lang>/index.html shows."""

    language: Language
    source_language: Language
    settings: Settings
    topics: tuple[Topic, ...]
    strings: Mapping[str, str] = field(default_factory=dict)
    """Interface strings: English to the language."""
    other_languages: tuple[Link, ...] = ()
    """The index of every language that is built, this one included; ``href`` such as "../ar/index"."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One language on the page where readers pick theirs."""

    language: Language
    href: str
    """From dist/ to the index of the language, without suffix, such as "ar/index"."""
    strings: Mapping[str, str] = field(default_factory=dict)
    """Interface strings: English to the language."""
    leaflets: int = 0
    """How many there are."""


@dataclass(frozen=True, slots=True)
class RootIndex:
    """All that dist/index.html shows."""

    language: Language
    """Of the page itself: the library's source language."""
    settings: Settings
    choices: tuple[Choice, ...]
    strings: Mapping[str, str] = field(default_factory=dict)


def index_pages(
    settings: Settings, editions: Iterable[Edition], topics: Mapping[str, Mapping[str, str]]
) -> Iterator[tuple[str, bytes]]:
    """Every index of a library: (path in dist/, content). topics: language -> folder -> title, where translated."""
    shelves: dict[str, list[Edition]] = {}
    for edition in editions:
        shelves.setdefault(edition.language, []).append(edition)
    order = [code for code in (settings.language, *settings.languages) if code in shelves]
    for code in order:
        index = LanguageIndex(
            language=load_language(code),
            source_language=load_language(settings.language),
            settings=settings,
            topics=tuple(_topics(shelves[code], code, settings, topics.get(code, {}))),
            strings=interface_strings(code),
            other_languages=_links("index", order, settings),
        )
        yield f"{code}/index.html", language_index(index)
        yield f"{code}/search.html", _search_page(shelves[code], order, settings)
    choices = (Choice(load_language(c), f"{c}/index", interface_strings(c), len(shelves[c])) for c in order)
    root = RootIndex(load_language(settings.language), settings, tuple(choices), interface_strings(settings.language))
    yield "index.html", root_index(root)


def _links(page: str, codes: list[str], settings: Settings) -> tuple[Link, ...]:
    """The same page in every language."""
    base = settings.web_address.rstrip("/")
    return tuple(
        Link(settings.name, load_language(code), f"../{code}/{page}", base and f"{base}/{code}/{page}")
        for code in codes
    )


def _search_page(editions: Collection[Edition], codes: list[str], settings: Settings) -> bytes:
    language = load_language(next(iter(editions)).language)
    strings = interface_strings(language.code)
    base = settings.web_address.rstrip("/")
    entries = [
        search.entry(
            edition.source,
            edition.article,
            is_draft=edition.translated is not None and not edition.is_checked,
            is_untranslated=edition.translated is not None and "title" in edition.translated.untranslated_fields,
        )
        for edition in editions
    ]
    return search.search_page(
        sorted(entries, key=lambda entry: entry.title.casefold()),
        language,
        {
            "languages": _links("search", codes, settings),
            "settings": settings,
            "say": lambda text, **values: _say(strings, text, **values),
            "source_language": load_language(settings.language),
            "url": base and f"{base}/{language.code}/search",
            "css": web.style("page.css"),
            "search": "",
        },
    )


def _topics(editions: Collection[Edition], code: str, settings: Settings, titles: Mapping[str, str]) -> Iterator[Topic]:
    folders: dict[str, list[Edition]] = {}
    for edition in editions:
        folders.setdefault(edition.source.id.rpartition("/")[0], []).append(edition)
    for folder, shelf in sorted(folders.items()):
        title = titles.get(folder) or settings.topic_title(folder)
        entries = sorted((_entry(edition, settings) for edition in shelf), key=lambda e: e.title.casefold())
        yield Topic(title, tuple(entries), code != settings.language and folder not in titles)


def _entry(edition: Edition, settings: Settings) -> Entry:
    found = edition.translated
    return Entry(
        title=edition.article.title,
        summary=web.text_of(edition.article.meta.get("summary")),
        href=edition.source.id,
        is_draft=found is not None and not edition.is_checked,
        untranslated_fields=found.untranslated_fields & {"title", "summary"} if found else frozenset(),
        formats=tuple(suffix for suffix in ("pdf", "epub") if suffix in settings.formats),
    )


def language_index(index: LanguageIndex) -> bytes:
    """The leaflets of one language by topic, as a page."""

    def say(text: str, **values: object) -> str:
        return _say(index.strings, text, **values)

    base = index.settings.web_address.rstrip("/")
    page = _render(
        "index.j2",
        index=index,
        language=index.language,
        languages=index.other_languages,
        settings=index.settings,
        say=say,
        search="search.html",
        has_drafts=any(entry.is_draft for topic in index.topics for entry in topic.entries),
        url=base and f"{base}/{index.language.code}/index",
        root_url=f"{base}/index.html" if base else "../index.html",
    )
    if index.language.direction == "rtl":
        head, opening, rest = page.partition("<body>")
        page = head + opening + isolate_numbers(rest)
    return page.encode()


def root_index(index: RootIndex) -> bytes:
    """The page where a reader picks a language by its own name."""

    def say(text: str, **values: object) -> str:
        return _say(index.strings, text, **values)

    page = _render(
        "root.j2",
        index=index,
        language=index.language,
        languages=(),
        search="",
        settings=index.settings,
        say=say,
        say_in=lambda choice, text, **values: _say(choice.strings, text, **values),
    )
    return page.encode()


def _say(strings: Mapping[str, str], text: str, **values: object) -> str:
    return (strings.get(text) or text).format(**values)


def _render(template: str, **values: Any) -> str:
    return web.environment().get_template(template).render(css=web.style("page.css"), **values)
