"""The pages that lead to the leaflets: one index for each language, and one where readers pick theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.formats import Link, search, web
from pipeline.formats.bidi import isolate_numbers
from pipeline.interface import interface_strings
from pipeline.language import Language, load_language
from pipeline.library import Settings


@dataclass(frozen=True, slots=True)
class Listing:
    """What the pages of the library say of one leaflet."""

    id: str
    """Of the article."""
    language: str
    title: str
    summary: str = ""
    is_draft: bool = False
    """Whether it is a translation that nobody has checked."""
    untranslated_fields: frozenset[str] = frozenset()
    """Front-matter fields that still stand in the source language."""


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
    settings: Settings,
    listings: Iterable[Listing],
    topics: Mapping[str, Mapping[str, str]],
    search_entry: Callable[[Listing], search.Entry],
    is_due: Callable[[str], bool] = bool,
) -> Iterator[tuple[str, bytes]]:
    """Every page of a library that leads to its leaflets: (path in dist/, content).

    topics: language -> folder -> title, where translated. search_entry: what the search page has of a leaflet.
    is_due: whether the page of this path is wanted.
    """
    shelves: dict[str, list[Listing]] = {}
    for listing in listings:
        shelves.setdefault(listing.language, []).append(listing)
    order = [code for code in (settings.language, *settings.languages) if code in shelves]
    for code in order:
        if is_due(path := f"{code}/index.html"):
            index = LanguageIndex(
                language=load_language(code),
                source_language=load_language(settings.language),
                settings=settings,
                topics=tuple(_topics(shelves[code], code, settings, topics.get(code, {}))),
                strings=interface_strings(code),
                other_languages=_links("index", order, settings),
            )
            yield path, language_index(index)
        if is_due(path := f"{code}/search.html"):
            yield path, _search_page(shelves[code], order, settings, search_entry)
    if is_due("index.html"):
        choices = (Choice(load_language(c), f"{c}/index", interface_strings(c), len(shelves[c])) for c in order)
        language = load_language(settings.language)
        root = RootIndex(language, settings, tuple(choices), interface_strings(settings.language))
        yield "index.html", root_index(root)


def _links(page: str, codes: list[str], settings: Settings) -> tuple[Link, ...]:
    """The same page in every language."""
    base = settings.web_address.rstrip("/")
    return tuple(
        Link(settings.name, load_language(code), f"../{code}/{page}", base and f"{base}/{code}/{page}")
        for code in codes
    )


def _search_page(
    shelf: Sequence[Listing], codes: list[str], settings: Settings, search_entry: Callable[[Listing], search.Entry]
) -> bytes:
    language = load_language(shelf[0].language)
    strings = interface_strings(language.code)
    base = settings.web_address.rstrip("/")
    entries = [
        replace(search_entry(each), is_draft=each.is_draft, is_untranslated="title" in each.untranslated_fields)
        for each in shelf
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


def _topics(shelf: Iterable[Listing], code: str, settings: Settings, titles: Mapping[str, str]) -> Iterator[Topic]:
    folders: dict[str, list[Listing]] = {}
    for listing in shelf:
        folders.setdefault(listing.id.rpartition("/")[0], []).append(listing)
    for folder, listings in sorted(folders.items()):
        title = titles.get(folder) or settings.topic_title(folder)
        entries = sorted((_entry(listing, settings) for listing in listings), key=lambda e: e.title.casefold())
        yield Topic(title, tuple(entries), code != settings.language and folder not in titles)


def _entry(listing: Listing, settings: Settings) -> Entry:
    return Entry(
        title=listing.title,
        summary=listing.summary,
        href=listing.id,
        is_draft=listing.is_draft,
        untranslated_fields=listing.untranslated_fields & {"title", "summary"},
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
