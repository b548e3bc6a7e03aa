"""EPUB 3: a book of one article."""

from __future__ import annotations

from collections.abc import Callable
from uuid import NAMESPACE_URL, uuid5

from markupsafe import Markup

from pipeline.formats import Leaflet, Link, web
from pipeline.formats.article import article_html
from pipeline.formats.book import Book, Chapter, Place, container, elements, page, parse
from pipeline.formats.pandoc import Document
from pipeline.language import Language

Address = Callable[[Link], str]


def render(leaflet: Leaflet, document: Document) -> bytes:
    """The book. The same input gives the same bytes."""
    text = chapter(leaflet, document, "text.xhtml", on_the_web, web.image_addresses(leaflet))
    facts = web.read_facts(leaflet)
    return container(
        Book(
            identifier=identifier(leaflet.url, leaflet.settings.name, leaflet.language, leaflet.article.id),
            title=facts.title,
            language=leaflet.language,
            settings=leaflet.settings,
            chapters=(text,),
            contents=text.contents,
            strings=leaflet.strings,
            title_language=text.title_language,
            metadata=[
                ("dc:creator", facts.authors, None),
                ("dc:date", web.text_of(leaflet.article.meta.get("published")), None),
                ("dc:description", facts.summary, _language_of("summary", leaflet)),
                ("dc:rights", facts.licence, None),
            ],
        )
    )


def chapter(leaflet: Leaflet, document: Document, file: str, address: Address, images: dict[str, str]) -> Chapter:
    """An article as one file of a book.

    address: where a link to another article leads, "" for nowhere. images: path in the text -> name in the book.
    """
    links = {path: address(link) for path, link in leaflet.links.items()}
    body = article_html(leaflet, document, links, images, portable=True)
    text = page(
        "book-text.j2",
        body=Markup(body),
        leaflet=leaflet,
        facts=web.read_facts(leaflet),
        language=leaflet.language,
        source_name=web.name_of(leaflet.source_language, leaflet.language),
        address=address,
    )
    tree = parse(text)
    pictures = elements(tree, "img")
    shown = {picture.get("src") for picture in pictures}
    return Chapter(
        file=file,
        title=leaflet.article.title,
        text=text,
        images={name: leaflet.resources[path] for path, name in images.items() if name in shown},
        is_described=all((picture.get("alt") or "").strip() for picture in pictures),
        has_svg=bool(elements(tree, "svg")),
        ids=frozenset(filter(None, (element.get("id") for element in tree.iter()))),
        contents=nest(web.headings(tree), file),
        modified=leaflet.modified,
        title_language=_language_of("title", leaflet),
    )


def nest(headings: list[web.Heading], file: str) -> tuple[Place, ...]:
    """Headings as a tree: each with those below it, up to the next of its level."""
    found = []
    while headings:
        first, *rest = headings
        below = next((n for n, heading in enumerate(rest) if heading.level <= first.level), len(rest))
        found.append(Place(first.text, f"{file}#{first.id}", parts=nest(rest[:below], file)))
        headings = rest[below:]
    return tuple(found)


def identifier(url: str, library: str, language: Language, name: str) -> str:
    """The same for every edition of a book, so that a new one replaces the old on the reader's shelf."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, url or f'plainleaf:{library}/{language.tag}/{name}')}"


def on_the_web(link: Link) -> str:
    """Where a file that travels alone links to: the page on the web, or nowhere."""
    return f"{link.url}.html" if link.url else ""


def _language_of(field: str, leaflet: Leaflet) -> Language | None:
    return leaflet.source_language if field in leaflet.untranslated_fields else None
