"""The built-in rules on HTML pages, EPUBs and PDFs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import pikepdf

from pipeline.audit.book import Book, read_book
from pipeline.audit.dom import Page, parse_html
from pipeline.audit.model import Fault
from pipeline.audit.paper import Paper
from pipeline.audit.registry import Rule, all_rules

Found = tuple[Rule, Fault]
_COUNTED = {
    "images": ("img", "svg", "object", "canvas"),
    "media": ("audio", "video", "iframe", "embed"),
    "controls": ("input", "select", "textarea", "button", "form"),
    "scripts": ("script",),
    "links": ("a",),
    "tables": ("table",),
}


def audit_html(content: bytes, name: str) -> tuple[list[Found], Counter[str]]:
    """What the rules say of a page, and what is in it. Raises PlainleafError when it cannot be read."""
    page = parse_html(content, name)
    return list(_on_page(page, ("page", "web"))), contents([page])


def audit_epub(content: bytes, name: str) -> tuple[list[Found], Counter[str]]:
    """What the rules say of a book, and what is in it. Raises PlainleafError when it cannot be read."""
    book = read_book(content, name)
    return list(_on_book(book)), contents(book.pages)


def audit_pdf(content: bytes, name: str) -> tuple[list[Found], Counter[str]]:
    """What the rules say of a PDF, and what is in it. Raises PlainleafError when it cannot be read."""
    paper = Paper(content, name)
    found = [(rule, fault) for rule in all_rules() if rule.scope == "pdf" for fault in rule.function(paper)]
    return found, _contents_of(paper)


def _contents_of(paper: Paper) -> Counter[str]:
    counts: Counter[str] = Counter(dict.fromkeys(_COUNTED, 0))
    counts["images"] = sum(page.images for page in paper.pages) + len(paper.all("Figure", "Formula"))
    counts["tables"] = len(paper.all("Table"))
    for _, annotation in paper.annotations():
        counts[_ANNOTATIONS.get(str(annotation.get("/Subtype")), "other")] += 1
    for obj in paper.pdf.objects:
        if isinstance(obj, pikepdf.Dictionary) and obj.get("/S") == "/JavaScript":
            counts["scripts"] += 1
    return counts


def _on_page(page: Page, scopes: tuple[str, ...]) -> Iterator[Found]:
    for rule in all_rules():
        if rule.scope in scopes:
            for fault in rule.function(page):
                yield rule, fault


def _on_book(book: Book) -> Iterator[Found]:
    for rule in all_rules():
        if rule.scope == "book":
            for fault in rule.function(book):
                yield rule, fault
    for page in book.pages:
        yield from _on_page(page, ("page",))


def contents(pages: Iterable[Page]) -> Counter[str]:
    """How many elements of each kind there are: what is not there need not be judged."""
    counts: Counter[str] = Counter(dict.fromkeys(_COUNTED, 0))
    for page in pages:
        for kind, tags in _COUNTED.items():
            for element in page.root.iter(*tags):
                # Data within a script element, such as JSON-LD, does not run.
                if kind != "scripts" or (element.get("type") or "text/javascript") in RUNNING:
                    counts[kind] += 1
    return counts


_ANNOTATIONS = {
    "/Link": "links",
    "/Widget": "controls",
    **dict.fromkeys(("/Movie", "/Sound", "/Screen", "/RichMedia", "/3D"), "media"),
}
RUNNING = ("text/javascript", "application/javascript", "module", "text/ecmascript", "application/ecmascript")
"""Types of script elements that run."""
