"""HTML and XHTML as a tree of plain names, read so that a hostile file can do no harm."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

from lxml import etree
from lxml import html as lxml_html

from pipeline.audit.model import Fault
from pipeline.model import PlainleafError

Element: TypeAlias = Any
"""An element of lxml, which has no types of its own."""

_NAMESPACES = ("http://www.w3.org/1999/xhtml", "http://www.w3.org/2000/svg", "http://www.w3.org/1998/Math/MathML")
_PREFIXES = {"xml": "http://www.w3.org/XML/1998/namespace", "epub": "http://www.idpf.org/2007/ops"}
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([\w.-]+)", re.IGNORECASE)
DEEPEST = 250
"""Elements within each other. No person writes more, and a parser may run out of stack on it."""


@dataclass
class Page:
    """One HTML page, or one document of an EPUB."""

    root: Element
    file: str = ""
    """The path within the EPUB; "" for a page."""
    in_book: bool = False
    language: str = ""
    """The language of the book, for a document that has none of its own."""
    properties: frozenset[str] = field(default_factory=frozenset)
    """What the manifest of the EPUB says of it, such as nav."""

    def all(self, *tags: str) -> Iterator[Element]:
        """The elements with one of these names, in the order of the document, that readers can meet."""
        return (e for e in self.root.iter(*tags) if not is_hidden(e))

    @cached_property
    def ids(self) -> dict[str, Element]:
        """id -> the first element that has it."""
        found: dict[str, Element] = {}
        for element in self.root.iter(etree.Element):
            name = element.get("id")
            if name:
                found.setdefault(name, element)
        return found

    @cached_property
    def images(self) -> list[Element]:
        """The pictures, in order."""
        return list(self.root.iter("img"))

    def fault(self, element: Element | None, message: str, **more: Any) -> Fault:
        """A fault with its place."""
        if element is None:
            return Fault(message, self.file, file=self.file, **more)
        line = element.sourceline or 0
        place = f"<{element.tag}>" + (f" on line {line}" if line else "")
        image = self.images.index(element) + 1 if element.tag == "img" and element in self.images else 0
        return Fault(
            message,
            f"{self.file}: {place}" if self.file else place,
            line,
            file=self.file,
            excerpt=excerpt(element),
            text=_clue(element),
            image=image,
            **more,
        )


def _clue(element: Element) -> str:
    """The words that lead to the source: of a table or list its first ones, of a whole page none."""
    if element.tag in ("html", "head", "body", "main", "article"):
        return ""
    if element.tag in ("table", "ul", "ol", "dl", "tr", "figure", "section", "div"):
        leaves = (text_of(e) for e in element.iter("th", "td", "li", "dt", "dd", "p", "figcaption"))
        return next(filter(None, leaves), "") or text_of(element)
    return text_of(element) or str(element.get("alt") or "")


def parse_html(content: bytes, name: str) -> Page:
    """An HTML page. Raises PlainleafError when there is nothing in it to read."""
    head = _decoded(content[:4000]).lstrip("\ufeff")
    if head.startswith("<?xml") and _NAMESPACES[0] in head:
        try:
            return Page(_plain(parse_xml(content, name)))
        except PlainleafError as error:
            if "entities" in str(error):
                raise
    try:
        encoding = _html_encoding(content)
        parser = lxml_html.HTMLParser(encoding=encoding, no_network=True, huge_tree=False)
        root = lxml_html.document_fromstring(content, parser=parser)
    except (etree.ParserError, etree.ParseError, ValueError, LookupError, AssertionError):
        raise PlainleafError(f"{name}: there is no HTML in it that can be read") from None
    _refuse_depth(root, name)
    return Page(root)


def _html_encoding(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    declared = re.search(rb"<meta[^>]+charset\s*=\s*[\"']?([\w-]+)", content[:2048], re.IGNORECASE)
    if declared:
        return declared[1].decode("ascii", "replace")
    return "utf-8"


def parse_xhtml(content: bytes, name: str, **more: Any) -> Page:
    """A document of an EPUB. Raises PlainleafError when it is not well-formed, or would expand entities."""
    return Page(_plain(parse_xml(content, name)), in_book=True, **more)


def parse_xml(content: bytes, name: str) -> Element:
    """An XML file's root, its namespaces kept. No entity is expanded, nothing is fetched.

    Raises PlainleafError when it is not well-formed, declares entities, or is nested without end.
    """
    if _ENTITY.search(_decoded(content)):
        raise PlainleafError(f"{name}: declares XML entities; these are refused, for they can fill the memory")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        message = str(error).partition("(<string>")[0].strip().rstrip(",")
        raise PlainleafError(f"{name}: not well-formed XML: {message}") from None
    _refuse_depth(root, name)
    return root


def _decoded(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or content[:4].count(0) == 2:
        byte_order = "utf-16-be" if content[:1] in (b"\xfe", b"\0") else "utf-16-le"
        return content.decode(byte_order, "replace")
    declared = _XML_ENCODING.search(content[:200])
    try:
        return content.decode(declared[1].decode("ascii") if declared else "utf-8", "replace")
    except LookupError:
        return content.decode("latin-1")


def _refuse_depth(root: Element, name: str) -> None:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            raise PlainleafError(f"{name}: elements within each other more than {DEEPEST} deep; it is not read")


def _plain(root: Element) -> Element:
    """The tree with names as in HTML: without the namespaces of XHTML, SVG and MathML."""
    for element in root.iter(etree.Element):
        name = etree.QName(element)
        if name.namespace in _NAMESPACES:
            element.tag = name.localname
    return root


def prefixed(element: Element, name: str) -> str | None:
    """An attribute with a prefix, such as xml:lang: a page has it by that name, XHTML in a namespace."""
    prefix, _, local = name.partition(":")
    value: str | None = element.get(f"{{{_PREFIXES[prefix]}}}{local}")
    return element.get(name) if value is None else value


def is_hidden(element: Element) -> bool:
    """Whether neither eyes nor ears meet it: hidden, or in a part that is never shown."""
    for e in (element, *element.iterancestors()):
        if e.get("hidden") is not None or e.tag in ("template", "noscript"):
            return True
        if re.search(r"display\s*:\s*none|visibility\s*:\s*hidden", e.get("style") or ""):
            return True
    return False


def is_silent(element: Element) -> bool:
    """Whether screen readers pass over it."""
    return any(e.get("aria-hidden") == "true" for e in (element, *element.iterancestors()))


def text_of(element: Element) -> str:
    """The words within, on one line."""
    return " ".join("".join(_texts(element, spoken=False)).split())


def spoken(element: Element) -> str:
    """What a screen reader says for the content: words, and the names of pictures."""
    return " ".join("".join(_texts(element, spoken=True)).split())


def _texts(element: Element, spoken: bool) -> Iterator[str]:
    if element.tag in ("script", "style", "template") or not isinstance(element.tag, str):
        return
    if spoken and element.get("aria-hidden") == "true":
        return
    if spoken and (label := (element.get("aria-label") or "").strip()):
        yield label
        return
    if spoken and element.tag in ("img", "area"):
        yield f" {element.get('alt') or element.get('title') or ''} "
        return
    yield element.text or ""
    for child in element:
        yield from _texts(child, spoken)
        yield child.tail or ""


def name_of(element: Element, page: Page) -> str:
    """The accessible name, as near as markup tells it (https://www.w3.org/TR/accname-1.2/)."""
    labelled = (page.ids.get(name) for name in (element.get("aria-labelledby") or "").split())
    parts = [spoken(e) for e in labelled if e is not None]
    if any(parts):
        return " ".join(parts)
    if label := (element.get("aria-label") or "").strip():
        return label
    if element.tag in ("img", "area"):
        return (element.get("alt") or element.get("title") or "").strip()
    if element.tag in ("input", "select", "textarea"):
        return _control_name(element, page)
    if element.tag == "svg":
        titles = [text_of(e) for e in element if e.tag == "title"]
        return next(iter(titles), "")
    return spoken(element) or (element.get("title") or "").strip()


def _control_name(element: Element, page: Page) -> str:
    kind = (element.get("type") or "").lower()
    if kind in ("submit", "reset"):
        return element.get("value") or kind
    if kind == "button":
        return element.get("value") or ""
    if kind == "image":
        return element.get("alt") or ""
    labels = [e for e in page.root.iter("label") if e.get("for") and e.get("for") == element.get("id")]
    labels += list(element.iterancestors("label"))
    return " ".join(filter(None, map(spoken, labels))) or (element.get("title") or "").strip()


def excerpt(element: Element, longest: int = 120) -> str:
    """The start tag and some of what follows, on one line."""
    attributes = "".join(f' {k}="{_short(v)}"' for k, v in element.attrib.items() if not k.startswith("{"))
    text = f"<{element.tag}{attributes}>{text_of(element)}"
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _short(value: str) -> str:
    return value if len(value) <= 40 else value[:39] + "…"


def language_of(element: Element, page: Page) -> str:
    """The language that an element is in, as marked on it or above it; "" when nothing says."""
    for e in (element, *element.iterancestors()):
        tag = e.get("lang") if e.get("lang") is not None else prefixed(e, "xml:lang")
        if tag is not None:
            return str(tag).strip()
    return page.language


def direction_of(element: Element) -> str:
    """ltr, rtl or auto, as marked on it or above it."""
    for e in (element, *element.iterancestors()):
        if e.get("dir"):
            return str(e.get("dir")).lower()
    return "ltr"


def own_texts(page: Page) -> Iterable[tuple[Element, str]]:
    """Each piece of running text with the element that it stands in directly."""
    body = page.root.find("body")
    for element in body.iter(etree.Element) if body is not None else ():
        if element.tag in ("script", "style", "template"):
            continue
        pieces = [element.text or "", *(child.tail or "" for child in element)]
        for piece in pieces:
            if piece.strip():
                yield element, piece
