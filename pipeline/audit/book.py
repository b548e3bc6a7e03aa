"""An EPUB, opened so that a hostile one can do no harm: bounded in size, nothing expanded, nothing fetched."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from pipeline.audit.dom import Element, Page, parse_xhtml, parse_xml
from pipeline.audit.model import Fault
from pipeline.model import PlainleafError

MOST_FILES = 10_000
LARGEST_FILE = 64 * 2**20
LARGEST_BOOK = 512 * 2**20
"""Bytes, unpacked."""
STEEPEST = 200
"""Times that a file of more than a MiB may grow as it is unpacked: text grows about 10 times, a zip bomb 1000."""

DC = "{http://purl.org/dc/elements/1.1/}"
OPF = "{http://www.idpf.org/2007/opf}"
_CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"


@dataclass
class Item:
    """One row of the manifest."""

    id: str
    path: str
    """Within the archive."""
    media_type: str
    properties: frozenset[str]


@dataclass
class Book:
    """A read EPUB."""

    name: str
    files: dict[str, bytes]
    package_path: str
    package: Element
    items: dict[str, Item] = field(default_factory=dict)
    """id -> row of the manifest."""
    spine: list[Item] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    """The documents that could be read: those of the spine in its order, then the others."""
    faults: list[Fault] = field(default_factory=list)
    """What was wrong already when it was read."""

    @property
    def language(self) -> str:
        """The first dc:language."""
        return next(iter(self.metadata("language")), "")

    @property
    def is_epub_3(self) -> bool:
        """Whether the package says version 3."""
        return (self.package.get("version") or "").startswith("3")

    def metadata(self, name: str) -> list[str]:
        """The values of a Dublin Core element, such as title."""
        return ["".join(e.itertext()).strip() for e in self.package.iter(DC + name)]

    def claims(self, name: str) -> list[str]:
        """The values of a property of schema.org, a11y or dcterms, such as schema:accessMode; EPUB 2's form too."""
        found = []
        for meta in self.package.iter(OPF + "meta"):
            if meta.get("property") == name:
                found.append("".join(meta.itertext()).strip())
            elif meta.get("name") == name:
                found.append((meta.get("content") or "").strip())
        for link in self.package.iter(OPF + "link"):
            if name in (link.get("rel") or "").split():
                found.append(link.get("href") or "")
        return found

    @property
    def navigation(self) -> Page | None:
        """The navigation document of an EPUB 3."""
        return next((page for page in self.pages if "nav" in page.properties), None)

    def fault(self, element: Element | None, message: str, **more: Any) -> Fault:
        """A fault in the package."""
        line = (element.sourceline or 0) if element is not None else 0
        name = posixpath.basename(self.package_path)
        place = f"{name}, line {line}" if line else name
        return Fault(message, place, line, file=self.package_path, **more)


def read_book(content: bytes, name: str) -> Book:
    """An EPUB from its bytes. Raises PlainleafError when it is no EPUB, is broken, or grows without bounds."""
    files = _unpack(content, name)
    container = files.get("META-INF/container.xml")
    if container is None:
        raise PlainleafError(f"{name}: no EPUB: META-INF/container.xml is missing")
    root = parse_xml(container, f"{name}: META-INF/container.xml")
    paths = [e.get("full-path") or "" for e in root.iter(_CONTAINER + "rootfile")]
    if not paths or paths[0] not in files:
        raise PlainleafError(f"{name}: the package document that META-INF/container.xml names is not in the EPUB")
    package = parse_xml(files[paths[0]], f"{name}: {paths[0]}")
    book = Book(name, files, paths[0], package)
    _read_manifest(book)
    _read_pages(book)
    return book


def _unpack(content: bytes, name: str) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if len(entries) > MOST_FILES:
                raise PlainleafError(f"{name}: holds {len(entries)} files; more than {MOST_FILES} are not read")
            total = 0
            for entry in entries:
                # What an entry says of its size may be a lie: read no more than is allowed.
                with archive.open(entry) as file:
                    data = file.read(LARGEST_FILE + 1)
                total += len(data)
                steep = len(data) > 2**20 and len(data) > STEEPEST * max(1, entry.compress_size)
                if len(data) > LARGEST_FILE or total > LARGEST_BOOK or steep:
                    raise PlainleafError(f"{name}: {entry.filename} unpacks to far more than it should (a zip bomb?)")
                files[entry.filename] = data
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise PlainleafError(f"{name}: no EPUB that can be read: {error}") from None
    return files


def _read_manifest(book: Book) -> None:
    folder = posixpath.dirname(book.package_path)
    for element in book.package.iter(OPF + "item"):
        href = unquote(element.get("href") or "")
        path = posixpath.normpath(posixpath.join(folder, href))
        properties = frozenset((element.get("properties") or "").split())
        item = Item(element.get("id") or "", path, element.get("media-type") or "", properties)
        book.items[item.id] = item
    for element in book.package.iter(OPF + "itemref"):
        found = book.items.get(element.get("idref") or "")
        if found:
            book.spine.append(found)


def _read_pages(book: Book) -> None:
    pages = [item for item in book.spine if item.media_type == "application/xhtml+xml"]
    pages += [i for i in book.items.values() if i.media_type == "application/xhtml+xml" and i not in pages]
    for item in pages:
        content = book.files.get(item.path)
        if content is None:
            book.faults.append(Fault(f"{item.path} is in the manifest, but not in the EPUB", item.path, file=item.path))
            continue
        try:
            page = parse_xhtml(content, item.path, file=item.path, language=book.language, properties=item.properties)
        except PlainleafError as error:
            if "entities" in str(error) or "deep" in str(error):
                raise PlainleafError(f"{book.name}: {error}") from None
            book.faults.append(Fault(str(error), item.path, file=item.path))
            continue
        book.pages.append(page)
