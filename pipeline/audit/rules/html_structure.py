"""Headings, lists and tables are marked as what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.audit.dom import Element, Page, is_silent, name_of, text_of
from pipeline.audit.model import Fault
from pipeline.audit.registry import rule
from pipeline.model import Severity

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_SCOPES = ("row", "col", "rowgroup", "colgroup")
_BULLET = re.compile(r"^\s*(?:[•‣◦▪●·–*-]|\d{1,2}[.)])\s+\S")


def levels(page: Page) -> list[tuple[int, Element]]:
    """The headings that are announced, with their levels."""
    found = []
    for element in page.root.iter():
        if element.tag in _HEADINGS and element.get("role", "heading") == "heading":
            level = element.get("aria-level") or element.tag[1]
        elif element.get("role") == "heading":
            level = element.get("aria-level") or "2"
        else:
            continue
        if not is_silent(element) and level.isdigit():
            found.append((int(level), element))
    return found


@rule("page", Severity.ERROR, "1.3.1", "2.4.6")
def empty_heading(page: Page) -> Iterator[Fault]:
    """No heading is empty.

    Why: readers who go from heading to heading land on nothing.

    Bad:
        <h2></h2><p>Drink water.</p>
    Good:
        <h2>What helps</h2><p>Drink water.</p>
    """
    for _, heading in levels(page):
        if not name_of(heading, page):
            yield page.fault(heading, "a heading without words")


@rule("page", Severity.WARNING, "1.3.1", other=("best practice",))
def heading_levels(page: Page) -> Iterator[Fault]:
    """Heading levels go down one at a time.

    Why: a level that is left out sounds as if a part were missing.

    Bad:
        <h2>Fever</h2><h4>At night</h4>
    Good:
        <h2>Fever</h2><h3>At night</h3><h2>Cough</h2>
    """
    before = 0
    for level, heading in levels(page):
        if before and level > before + 1:
            yield page.fault(heading, f"a heading of level {level} follows one of level {before}")
        before = level


@rule("web", Severity.WARNING, "1.3.1", "2.4.6", other=("best practice",))
def one_h1(page: Page) -> Iterator[Fault]:
    """A page has one heading of level 1: its title.

    Why: it is where readers of screen readers begin, and what tells them that they are right.

    Bad:
        <!doctype html><html lang="en"><head><title>Fever</title></head><body><main><p>Rest.</p></main></body></html>
    Bad:
        <h1>Fever</h1><h1>Cough</h1>
    """
    found = [heading for level, heading in levels(page) if level == 1]
    if not found:
        yield page.fault(page.root.find("body"), "the page has no heading of level 1")
    for heading in found[1:]:
        yield page.fault(heading, "a second heading of level 1")


@rule("page", Severity.ERROR, "1.3.1", epub="EPUB Accessibility 1.1 2.2")
def table_headers(page: Page) -> Iterator[Fault]:
    """Every table of data has header cells, and each says whether it heads a row or a column.

    Why: a screen reader says the header with each cell. Without it "2" could be tablets, hours or days. Pandoc's and
    many editors' tables have no scope.

    Bad:
        <table><tr><td>What</td><td>How often</td></tr><tr><td>Drink</td><td>Each hour</td></tr></table>
    Bad:
        <table><tr><th>What</th><th>How often</th></tr><tr><td>Drink</td><td>Each hour</td></tr></table>
    Good:
        <table><tr><th scope="col">What</th><th scope="col">Often</th></tr><tr><td>Drink</td><td>2</td></tr></table>
    """
    for table in page.all("table"):
        if table.get("role") in ("presentation", "none"):
            continue
        rows = list(table.iter("tr"))
        cells = list(table.iter("td", "th"))
        heads = [cell for cell in cells if cell.tag == "th" or cell.get("role") in ("columnheader", "rowheader")]
        if not heads and len(cells) > 1:
            yield page.fault(table, f"a table of {len(rows)} rows without a header cell (th)")
        used = {name for cell in cells for name in (cell.get("headers") or "").split()}
        for cell in heads:
            scope = (cell.get("scope") or "").lower()
            if scope and scope not in _SCOPES:
                yield page.fault(cell, f'the scope "{scope}" of a header cell is not one of {", ".join(_SCOPES)}')
            elif cell.tag == "th" and not scope and cell.get("id") not in used and text_of(cell):
                yield page.fault(cell, 'a header cell without scope: write scope="col" or scope="row"')


@rule("page", Severity.ERROR, "1.3.1")
def table_shape(page: Page) -> Iterator[Fault]:
    """The rows of a table have the same number of cells, and a layout table has no headers.

    Why: a cell that is missing puts every later cell of its row under a wrong header.

    Bad:
        <table><tr><th scope="col">A</th><th scope="col">B</th></tr><tr><td>1</td></tr></table>
    Bad:
        <table role="presentation"><tr><th>A</th></tr><tr><td>1</td></tr></table>
    Good:
        <table><tr><th scope="col">A</th><th scope="col">B</th></tr><tr><td colspan="2">1</td></tr></table>
    """
    for table in page.all("table"):
        if table.get("role") in ("presentation", "none"):
            for cell in table.iter("th", "caption"):
                yield page.fault(cell, f"a table marked as layout has a {cell.tag}")
            continue
        widths = _widths(table)
        if len(set(widths)) > 1:
            row = next(n for n, width in enumerate(widths) if width != widths[0])
            message = f"row {row + 1} has {widths[row]} cells and the first row {widths[0]}"
            yield page.fault(list(table.iter("tr"))[row], message)


def _widths(table: Element) -> list[int]:
    widths: list[int] = []
    hanging: list[int] = []
    for row in table.iter("tr"):
        if next(row.iterancestors("table"), None) is not table:
            continue
        width = sum(1 for left in hanging if left > 0)
        hanging = [left - 1 for left in hanging if left > 1]
        for cell in row:
            if cell.tag in ("td", "th"):
                columns = min(_number(cell.get("colspan")), 1000)
                width += columns
                hanging += [_number(cell.get("rowspan")) - 1] * columns
        hanging = [left for left in hanging if left > 0]
        widths.append(width)
    return widths


def _number(text: str | None) -> int:
    return max(1, int(text)) if text and text.strip().isdigit() else 1


@rule("page", Severity.ERROR, "1.3.1")
def list_structure(page: Page) -> Iterator[Fault]:
    """Lists hold list items and nothing else, and no item stands without its list.

    Why: "list of 4 items" helps readers to know where they are. Broken lists are read as loose lines.

    Bad:
        <ul><p>Rest</p></ul>
    Bad:
        <div><li>Rest</li></div>
    Bad:
        <dl><p>Rest</p></dl>
    Good:
        <ul><li>Rest</li></ul><dl><dt>Rest</dt><dd>Lie down.</dd></dl>
    """
    for element in page.all("ul", "ol"):
        if element.get("role") in (None, "list", "doc-endnotes", "doc-toc"):
            wrong = [e for e in element if isinstance(e.tag, str) and e.tag not in ("li", "script", "template")]
            if wrong:
                yield page.fault(wrong[0], f"<{wrong[0].tag}> directly in a list: only list items may be there")
    for element in page.all("li"):
        parent = element.getparent()
        if parent is not None and parent.tag not in ("ul", "ol", "menu") and parent.get("role") != "list":
            yield page.fault(element, "a list item outside of a list")
    for element in page.all("dl"):
        wrong = [
            e for e in element if isinstance(e.tag, str) and e.tag not in ("dt", "dd", "div", "script", "template")
        ]
        if wrong:
            yield page.fault(wrong[0], f"<{wrong[0].tag}> directly in a list of definitions")


@rule("page", Severity.REVIEW, "1.3.1")
def list_in_disguise(page: Page) -> Iterator[Fault]:
    """Lines that begin with bullets or numbers are marked as a list.

    Why: a reader who cannot see them does not know that there is a list, or how long it is.

    Bad:
        <p>• Rest</p><p>• Drink</p><p>• Sleep</p>
    Good:
        <ul><li>Rest</li><li>Drink</li><li>Sleep</li></ul>
    """
    for paragraph in page.all("p"):
        before, after = paragraph.getprevious(), paragraph.getnext()
        if before is not None and before.tag == "p" and _BULLET.match(text_of(before)):
            continue
        if (
            _BULLET.match(text_of(paragraph))
            and after is not None
            and after.tag == "p"
            and _BULLET.match(text_of(after))
        ):
            yield page.fault(paragraph, "paragraphs that look like a list")


@rule("page", Severity.REVIEW, "1.3.1", "2.4.6")
def heading_in_disguise(page: Page) -> Iterator[Fault]:
    """A short paragraph that is bold from end to end may be a heading.

    Why: what only looks like a heading cannot be reached from heading to heading.

    Bad:
        <p><strong>When to call a doctor</strong></p><p>Call when it hurts.</p>
    Good:
        <h2>When to call a doctor</h2><p>Call when it <strong>hurts</strong>.</p>
    """
    for paragraph in page.all("p"):
        children = [child for child in paragraph if isinstance(child.tag, str)]
        text = text_of(paragraph)
        if len(children) != 1 or children[0].tag not in ("b", "strong") or text_of(children[0]) != text:
            continue
        after = paragraph.getnext()
        if 3 < len(text) <= 60 and text[-1] not in ".:!?。؟۔।" and after is not None and after.tag in ("p", "ul", "ol"):
            yield page.fault(paragraph, "a bold line that may be a heading")
