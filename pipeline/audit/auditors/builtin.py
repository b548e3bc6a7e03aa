"""The built-in rules on HTML pages and EPUBs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from pipeline.audit.book import Book, read_book
from pipeline.audit.dom import Page, parse_html
from pipeline.audit.model import Fault
from pipeline.audit.registry import Rule, all_rules
from pipeline.model import Severity

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


RUNNING = ("text/javascript", "application/javascript", "module", "text/ecmascript", "application/ecmascript")
"""Types of script elements that run."""


def severity_of(rule: Rule, fault: Fault) -> Severity:
    """The fault's own, else the rule's."""
    return fault.severity or rule.severity
