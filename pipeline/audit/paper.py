"""A PDF: its catalogue, its structure tree, and the glyphs of each page with the marks around them."""

from __future__ import annotations

import io
import logging
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

import pikepdf

from pipeline.audit.glyphs import PageContent, read_content
from pipeline.audit.model import Fault
from pipeline.model import PlainleafError

PdfObject: TypeAlias = Any
"""An object of pikepdf: a dictionary, an array, a name or a number."""

LARGEST_FILE = 256 * 2**20
LARGEST_STREAM = 64 * 2**20
"""Bytes of a text, font or structure stream, unpacked."""
MOST_NODES = 500_000
DEEPEST = 300
MOST_PAGES = 3000

HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")


@dataclass(eq=False)
class Node:
    """One element of the structure tree."""

    tag: str
    """The standard type that it stands for, such as P."""
    obj: PdfObject
    parent: Node | None
    page: int
    """From 1; 0 when nothing says."""
    kids: list[Node] = field(default_factory=list)
    marks: list[tuple[int, int]] = field(default_factory=list)
    """Page (from 1) and MCID of each piece of content directly in it."""
    annotations: list[PdfObject] = field(default_factory=list)
    content: list[Node | tuple[int, int]] = field(default_factory=list)
    """Kids and marks in reading order."""

    def string(self, key: str) -> str | None:
        """A text of the element, such as Alt."""
        value = self.obj.get(key)
        return str(value) if isinstance(value, pikepdf.String) else None

    def attribute(self, key: str) -> PdfObject | None:
        """An attribute, such as Scope, from its attribute objects."""
        found = self.obj.get("/A")
        if found is None:
            return None
        for item in found if isinstance(found, pikepdf.Array) else [found]:
            if isinstance(item, pikepdf.Dictionary) and key in item:
                return item[key]
        return None

    def walk(self) -> Iterator[Node]:
        """The element and all below it, in reading order."""
        yield self
        for kid in self.kids:
            yield from kid.walk()

    def all(self, *tags: str) -> list[Node]:
        """The elements below it with one of these types."""
        return [node for node in self.walk() if node.tag in tags]

    def first_page(self) -> int:
        """The page that it begins on; 0 when nothing says."""
        for node in self.walk():
            for page, _ in node.marks:
                return page
            if node.page:
                return node.page
        return 0


class Paper:
    """A read PDF. Raises PlainleafError when it is none, is locked, or grows without bounds."""

    def __init__(self, content: bytes, name: str) -> None:
        if len(content) > LARGEST_FILE:
            raise PlainleafError(f"{name}: {len(content) >> 20} MB; a PDF over {LARGEST_FILE >> 20} MB is not read")
        self.name = name
        self.bytes = content
        logging.getLogger("pikepdf").setLevel(logging.CRITICAL)
        try:
            self.pdf = pikepdf.open(io.BytesIO(content))
            self.root = self.pdf.Root
            self.page_count = len(self.pdf.pages)
        except pikepdf.PasswordError:
            raise PlainleafError(f"{name}: locked with a password; remove it to have the file audited") from None
        except Exception as error:  # pikepdf raises whatever qpdf meets in a broken file
            raise PlainleafError(f"{name}: no PDF that can be read: {_first_line(error)}") from None
        if self.page_count > MOST_PAGES:
            raise PlainleafError(f"{name}: {self.page_count} pages; more than {MOST_PAGES} are not audited")
        self._refuse_bombs()

    def _refuse_bombs(self) -> None:
        for obj in self.pdf.objects:
            if not isinstance(obj, pikepdf.Stream) or obj.get("/Subtype") == "/Image":
                continue
            filters = obj.get("/Filter")
            names = [str(f) for f in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]
            if len(names) > 2:
                raise PlainleafError(f"{self.name}: a stream packed {len(names)} times over; it is not read")
            if names[:1] == ["/FlateDecode"]:
                unpacked = zlib.decompressobj()
                try:
                    size = len(unpacked.decompress(obj.read_raw_bytes(), LARGEST_STREAM + 1))
                except zlib.error:
                    continue
                if size > LARGEST_STREAM:
                    raise PlainleafError(f"{self.name}: a stream unpacks to more than {LARGEST_STREAM >> 20} MB")

    @cached_property
    def pages(self) -> list[PageContent]:
        """What is on each page."""
        return read_content(self.bytes, self.name)

    @property
    def language(self) -> str:
        """The catalogue's language, or ""."""
        value = self.root.get("/Lang")
        return str(value) if value is not None else ""

    @cached_property
    def metadata(self) -> dict[str, str]:
        """dc:title, pdfuaid:part and the like, from the XMP metadata."""
        try:
            with self.pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as found:
                return {str(key): str(value) for key, value in found.items()}
        except Exception:  # broken XMP is page-validation's to report
            return {}

    @cached_property
    def tree(self) -> Node | None:
        """The structure tree; None when the PDF is not tagged."""
        root = self.root.get("/StructTreeRoot")
        if not isinstance(root, pikepdf.Dictionary):
            return None
        numbers = {page.obj.objgen: number for number, page in enumerate(self.pdf.pages, 1)}
        top = Node("StructTreeRoot", root, None, 0)
        _grow(top, self._roles(root), numbers)
        return top

    @staticmethod
    def _roles(root: PdfObject) -> dict[str, str]:
        found = root.get("/RoleMap")
        return {str(k): str(v) for k, v in found.items()} if isinstance(found, pikepdf.Dictionary) else {}

    @cached_property
    def nodes(self) -> list[Node]:
        """Every element of the structure tree in reading order, without its root."""
        return list(self.tree.walk())[1:] if self.tree else []

    def all(self, *tags: str) -> list[Node]:
        """The elements with one of these types, in reading order."""
        return [node for node in self.nodes if node.tag in tags]

    def text(self, node: Node) -> str:
        """What is read for an element: its ActualText, else that of its content, in reading order."""
        return " ".join("".join(self._texts(node)).split())

    def _texts(self, node: Node) -> Iterator[str]:
        actual = node.string("/ActualText")
        if actual is not None:
            yield actual
            return
        for part in node.content:
            if isinstance(part, Node):
                yield from self._texts(part)
                if part.tag not in ("Span", "Link", "Em", "Strong", "Reference", "Lbl"):
                    yield " "
            else:
                yield self.mark_text(part)

    def mark_text(self, mark: tuple[int, int]) -> str:
        """The text of one piece of marked content."""
        page, mcid = mark
        return self.pages[page - 1].text(mcid) if 0 < page <= len(self.pages) else ""

    def annotations(self) -> Iterator[tuple[int, PdfObject]]:
        """Each annotation with its page (from 1)."""
        for number, page in enumerate(self.pdf.pages, 1):
            found = page.obj.get("/Annots")
            for annotation in found if isinstance(found, pikepdf.Array) else ():
                if isinstance(annotation, pikepdf.Dictionary):
                    yield number, annotation

    def fault(self, node: Node | None, message: str, page: int = 0, **more: Any) -> Fault:
        """A fault with its place: the page, and the element's way from the top."""
        if node is None:
            return Fault(message, f"page {page}" if page else "document", **more)
        page = page or node.first_page()
        leaves = node.all("TH", "TD", "LBody", "P") if node.tag in ("Table", "TR", "L", "Div", "Sect") else [node]
        text = next(filter(None, map(self.text, leaves)), "") or node.string("/Alt") or ""
        figures = self.all("Figure") if node.tag == "Figure" else []
        image = figures.index(node) + 1 if node in figures else 0
        place = ", ".join(part for part in (f"page {page}" if page else "", _way(node)) if part)
        return Fault(message, place, excerpt=text[:120], text=text, image=image, **more)


def _way(node: Node) -> str:
    tags: list[str] = []
    at: Node | None = node
    while at is not None and at.tag not in ("StructTreeRoot", "Document"):
        tags.insert(0, at.tag)
        at = at.parent
    return " > ".join(tags[-4:])


def _grow(top: Node, roles: dict[str, str], numbers: dict[tuple[int, int], int]) -> None:
    """Read the tree below a node. A loop, not a recursion: a hostile tree may be as deep as it likes."""
    waiting = [(top, 0)]
    seen: set[tuple[int, int]] = set()
    count = 0
    while waiting:
        node, depth = waiting.pop()
        kids = node.obj.get("/K")
        for kid in kids if isinstance(kids, pikepdf.Array) else [] if kids is None else [kids]:
            count += 1
            if count > MOST_NODES or depth > DEEPEST:
                raise PlainleafError("the structure tree is larger or deeper than any that a person makes")
            if isinstance(kid, int):
                _add_mark(node, node.page, kid)
            elif isinstance(kid, pikepdf.Dictionary):
                page = numbers.get(kid["/Pg"].objgen, node.page) if "/Pg" in kid else node.page
                if kid.get("/Type") == "/MCR" or ("/MCID" in kid and "/S" not in kid):
                    _add_mark(node, page, kid.get("/MCID"))
                elif kid.get("/Type") == "/OBJR":
                    node.annotations.append(kid.get("/Obj"))
                elif "/S" in kid and kid.objgen not in seen:
                    if kid.objgen != (0, 0):
                        seen.add(kid.objgen)
                    child = Node(_standard(str(kid["/S"]), roles), kid, node, page)
                    node.kids.append(child)
                    node.content.append(child)
                    waiting.append((child, depth + 1))


def _add_mark(node: Node, page: int, mcid: PdfObject) -> None:
    if isinstance(mcid, int):
        node.marks.append((page, mcid))
        node.content.append((page, mcid))


def _standard(name: str, roles: dict[str, str]) -> str:
    seen: set[str] = set()
    while name in roles and name not in seen:
        seen.add(name)
        name = roles[name]
    return name.lstrip("/")


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n")[0][:200]
