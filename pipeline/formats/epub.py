"""EPUB 3: a book of one article, with metadata that says only what is truly in it."""

from __future__ import annotations

import io
import re
import textwrap
import unicodedata
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree

from markupsafe import Markup

from pipeline.formats import Leaflet, web
from pipeline.formats.pandoc import Document
from pipeline.model import PlainleafError

_CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
_LEADING = {"Arab": 1.8, "Deva": 1.7, "Beng": 1.7, "Hans": 1.7, "Hant": 1.7}
_MOVING = {
    "svg": re.compile(rb"<(?:animate\w*|set)\b|@keyframes", re.IGNORECASE),
    "gif": re.compile(rb"\x21\xf9\x04.*\x21\xf9\x04", re.DOTALL),
    "png": re.compile(rb"acTL"),
    "webp": re.compile(rb"ANIM"),
}
"""What an image that moves has in its bytes; a JPEG cannot move."""

Node = tuple[web.Heading, list[Any]]


def render(leaflet: Leaflet, document: Document) -> bytes:
    """The book. The same input gives the same bytes."""
    addresses = web.image_addresses(leaflet)
    links = {path: f"{link.url}.html" if link.url else "" for path, link in leaflet.links.items()}
    body = web.article_html(leaflet, document, links, addresses, portable=True)
    context = {
        "leaflet": leaflet,
        "facts": web.read_facts(leaflet),
        "language": leaflet.language,
        "settings": leaflet.settings,
        "say": leaflet.say,
        "source_name": web.name_of(leaflet.source_language, leaflet.language),
    }
    text = _page("book-text.j2", body=Markup(body), **context)
    tree = _parse(text)
    shown = {image.get("src") for image in _all(tree, "img")}
    images = {name: leaflet.resources[path] for path, name in addresses.items() if name in shown}
    package = _package(leaflet, tree, images, context)
    contents = nest(web.headings(tree))
    files: dict[str, str | bytes] = {
        "META-INF/container.xml": _CONTAINER,
        "EPUB/package.opf": package,
        "EPUB/nav.xhtml": _page("book-nav.j2", contents=contents, **context),
        "EPUB/cover.xhtml": _page("book-cover.j2", **context),
        "EPUB/text.xhtml": text,
        "EPUB/style.css": _render(
            "book.css.j2", language=leaflet.language, leading=_LEADING.get(leaflet.language.script, 1.5)
        ),
        "EPUB/cover.svg": _cover(context),
        **{f"EPUB/{name}": content for name, content in images.items()},
    }
    return _zip(files)


def nest(headings: list[web.Heading]) -> list[Node]:
    """Headings as a tree: each with those below it, up to the next of its level."""
    top: list[Node] = []
    open_lists: list[tuple[int, list[Node]]] = [(0, top)]
    for heading in headings:
        while heading.level <= open_lists[-1][0]:
            open_lists.pop()
        node: Node = (heading, [])
        open_lists[-1][1].append(node)
        open_lists.append((heading.level, node[1]))
    return top


def identifier(leaflet: Leaflet) -> str:
    """The same for every edition of an article in a language, so that a new one replaces the old."""
    name = leaflet.url or f"plainleaf:{leaflet.settings.name}/{leaflet.language.tag}/{leaflet.article.id}"
    return f"urn:uuid:{uuid5(NAMESPACE_URL, name)}"


def _render(template: str, **values: Any) -> str:
    # An XML declaration must be the very first thing in a file.
    return web.environment().get_template(template).render(values).lstrip()


def _page(template: str, **values: Any) -> str:
    page = _render(template, **values)
    if values["leaflet"].language.direction == "rtl":
        head, opening, rest = page.partition("<body")
        page = head + opening + web.isolate_numbers(rest)
    return page


def _parse(text: str) -> ElementTree.Element:
    try:
        return ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        raise PlainleafError(f"the text made XHTML that is not well-formed: {error}") from None


def _all(tree: ElementTree.Element, tag: str) -> list[ElementTree.Element]:
    return [element for element in tree.iter() if element.tag.rpartition("}")[2] == tag]


def _package(
    leaflet: Leaflet, tree: ElementTree.Element, images: Mapping[str, bytes], context: Mapping[str, Any]
) -> str:
    modified = datetime.fromtimestamp(leaflet.modified, UTC)
    return _render(
        "book-package.j2",
        identifier=identifier(leaflet),
        published=web.text_of(leaflet.article.meta.get("published")),
        modified=modified.strftime("%Y-%m-%dT%H:%M:%SZ"),
        accessibility=_accessibility(leaflet, tree, images),
        has_svg=bool(_all(tree, "svg")),
        images=[(name, web.IMAGE_TYPES[web.suffix(name)]) for name in images],
        **context,
    )


def _accessibility(leaflet: Leaflet, tree: ElementTree.Element, images: Mapping[str, bytes]) -> list[tuple[str, str]]:
    """schema.org's accessibility properties, read off the finished text. Nothing is claimed unseen."""
    say = leaflet.say
    found = [("accessMode", "textual")]
    features = ["displayTransformability", "readingOrder", "structuralNavigation", "tableOfContents"]
    summary = [say("The text has headings and a table of contents, and can be made larger or read aloud.")]
    described = all((image.get("alt") or "").strip() for image in _all(tree, "img"))
    if images:
        found.append(("accessMode", "visual"))
        if described:
            features.insert(0, "alternativeText")
            summary.append(say("Each picture is described in words."))
        else:
            summary.append(say("Some pictures are not described in words."))
    if described:
        found.append(("accessModeSufficient", "textual"))
    if images:
        found.append(("accessModeSufficient", "textual,visual"))
    moving = any(
        web.suffix(name) in _MOVING and _MOVING[web.suffix(name)].search(content) for name, content in images.items()
    )
    found += [("accessibilityFeature", feature) for feature in features]
    found.append(("accessibilityHazard", "unknown" if moving else "none"))
    joint = "" if leaflet.language.script in web.WIDE_SCRIPTS else " "
    found.append(("accessibilitySummary", joint.join(summary)))
    return found


def _cover(context: Mapping[str, Any]) -> str:
    lines = cover_lines(context["facts"].title)
    size = min(112, round(980 / max(max(map(_width, lines)) * 0.6, 1)))
    leading = round(size * 1.45)
    top = 770 - round((len(lines) - 1) * leading / 2) - 30
    return _render("book-cover-image.j2", lines=lines, size=size, leading=leading, top=top, **context)


def cover_lines(title: str) -> list[str]:
    """The title in lines for the cover: SVG breaks none itself."""
    if " " not in title.strip() and _width(title) > 14:
        return textwrap.wrap(title, 7, max_lines=6, placeholder="…")
    lines = textwrap.wrap(title, 18, break_long_words=False, break_on_hyphens=False, max_lines=6, placeholder=" …")
    return lines or [title]


def _width(text: str) -> int:
    """Roughly, in Latin letters: Chinese is twice as wide, vowel signs take no room."""
    marks = ("Mn", "Me", "Cf")
    wide = (2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text if unicodedata.category(c) not in marks)
    return sum(wide)


def _zip(files: Mapping[str, str | bytes]) -> bytes:
    """The files as an EPUB container. Stored: what deflate gives differs between versions of zlib."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in {"mimetype": "application/epub+zip", **files}.items():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return buffer.getvalue()
