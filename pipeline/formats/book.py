"""An EPUB 3 container: package, navigation and cover around chapters, with metadata that says only what is in it."""

from __future__ import annotations

import io
import re
import textwrap
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from typing import Any
from xml.etree import ElementTree

from pipeline.formats import web
from pipeline.formats.bidi import isolate_numbers
from pipeline.language import Language
from pipeline.library import Settings
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
_INNER_LINK = re.compile(r'(?<= href=")([\w-]+\.xhtml)#([^"]*)(?=")')


@dataclass(frozen=True, slots=True)
class Place:
    """A line of the contents, with the lines below it."""

    text: str
    href: str
    """"" for a group of chapters."""
    language: Language | None = None
    """Where it is not the book's."""
    parts: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """One file of the text. Plain data: it travels from worker processes."""

    file: str
    title: str
    text: str
    """The whole XHTML file."""
    images: Mapping[str, bytes]
    """Those that the text shows, by their names in the book."""
    is_described: bool
    """Whether each of them has an alternative in words."""
    has_svg: bool
    ids: frozenset[str]
    """Identifiers that links may lead to."""
    contents: tuple[Place, ...]
    modified: int
    """Seconds since 1970."""
    title_language: Language | None = None
    """Where it is not the book's."""


@dataclass(frozen=True, slots=True)
class Book:
    """All that a container needs."""

    identifier: str
    title: str
    language: Language
    settings: Settings
    chapters: Sequence[Chapter]
    contents: Sequence[Place]
    strings: Mapping[str, str]
    title_language: Language | None = None
    """Where it is not the book's."""
    metadata: Sequence[tuple[str, str, Language | None]] = ()
    """More of Dublin Core, such as ("dc:rights", "CC-BY-4.0", None)."""

    @property
    def cover_text(self) -> str:
        """What the cover says, for those who do not see it."""
        name = self.settings.name
        return self.title if name in self.title else f"{self.title} – {name}"

    def say(self, text: str, **values: object) -> str:
        """An interface string in the book's language."""
        return (self.strings.get(text) or text).format(**values)


def container(book: Book) -> bytes:
    """The book. The same input gives the same bytes."""
    context = {"book": book, "language": book.language, "settings": book.settings, "say": book.say}
    images = dict(sorted(chain.from_iterable(chapter.images.items() for chapter in book.chapters)))
    package = render(
        "book-package.j2",
        modified=_timestamp(max((chapter.modified for chapter in book.chapters), default=0)),
        accessibility=_accessibility(book, images),
        images=[(name, web.IMAGE_TYPES[web.suffix(name)]) for name in images],
        **context,
    )
    files: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": _CONTAINER,
        "EPUB/package.opf": package,
        "EPUB/nav.xhtml": page("book-nav.j2", **context),
        "EPUB/cover.xhtml": page("book-cover.j2", **context),
        **{f"EPUB/{chapter.file}": text for chapter, text in zip(book.chapters, _linked(book), strict=True)},
        "EPUB/style.css": render(
            "book.css.j2", language=book.language, leading=_LEADING.get(book.language.script, 1.5)
        ),
        "EPUB/cover.svg": _cover(context),
        **{f"EPUB/{name}": content for name, content in images.items()},
    }
    return packed(files)


def render(template: str, **values: Any) -> str:
    """One file of a book from its template."""
    # An XML declaration must be the very first thing in a file.
    return web.environment().get_template(template).render(values).lstrip()


def page(template: str, **values: Any) -> str:
    """An XHTML file from its template; ``language`` is among the values."""
    text = render(template, **values)
    if values["language"].direction == "rtl":
        head, opening, rest = text.partition("<body")
        text = head + opening + isolate_numbers(rest)
    return text


def parse(text: str) -> ElementTree.Element:
    """An XHTML file as a tree. Raises PlainleafError when it is not well-formed."""
    try:
        return ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        raise PlainleafError(f"the text made XHTML that is not well-formed: {error}") from None


def elements(tree: ElementTree.Element, tag: str) -> list[ElementTree.Element]:
    """All elements of one name, in any namespace."""
    return [element for element in tree.iter() if element.tag.rpartition("}")[2] == tag]


def _linked(book: Book) -> Iterator[str]:
    """The chapters' texts; a link to a place that is not in its chapter leads to the chapter's beginning."""
    ids = {chapter.file: chapter.ids for chapter in book.chapters}

    def checked(match: re.Match[str]) -> str:
        return match[0] if match[2] in ids.get(match[1], ()) else match[1]

    return (_INNER_LINK.sub(checked, chapter.text) for chapter in book.chapters)


def _timestamp(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _accessibility(book: Book, images: Mapping[str, bytes]) -> list[tuple[str, str]]:
    """schema.org's accessibility properties, read off the finished text. Nothing is claimed unseen."""
    say = book.say
    found = [("accessMode", "textual")]
    features = ["displayTransformability", "readingOrder", "structuralNavigation", "tableOfContents"]
    summary = [say("The text has headings and a table of contents, and can be made larger or read aloud.")]
    described = all(chapter.is_described for chapter in book.chapters)
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
    joint = "" if book.language.script in web.WIDE_SCRIPTS else " "
    found.append(("accessibilitySummary", joint.join(summary)))
    return found


def _cover(context: Mapping[str, Any]) -> str:
    lines = cover_lines(context["book"].title)
    size = min(112, round(980 / max(max(map(_width, lines)) * 0.6, 1)))
    leading = round(size * 1.45)
    top = 770 - round((len(lines) - 1) * leading / 2) - 30
    return render("book-cover-image.j2", lines=lines, size=size, leading=leading, top=top, **context)


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


def packed(files: Mapping[str, str | bytes]) -> bytes:
    """The files as a ZIP in their order. Stored: what deflate gives differs between versions of zlib."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return buffer.getvalue()
