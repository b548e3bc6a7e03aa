"""Headings, lists, tables, figures and links in the tags of a PDF."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import pikepdf

from pipeline.audit.model import Fault
from pipeline.audit.paper import HEADINGS, Node, Paper
from pipeline.audit.registry import rule
from pipeline.audit.rules.html_names import EMPTY_WORDS, FILE_NAME
from pipeline.model import Severity

_SCOPES = ("/Row", "/Column", "/Both")
_BULLET = re.compile(r"^\s*(?:[•‣◦▪●]|\d{1,2}[.)])\s+\S")
_ROWS = ("TR", "THead", "TBody", "TFoot", "Caption")
_HELD_BY = {"LI": ("L",), "LBody": ("LI",), "TR": ("Table", "THead", "TBody", "TFoot"), "TH": ("TR",), "TD": ("TR",)}
"""What each type must stand in (ISO 32000-1, 14.8.4.3)."""


def _level(node: Node) -> int:
    return int(node.tag[1])


@rule("pdf", Severity.ERROR, "1.3.1", "2.4.6", pdfua="7.4", matterhorn=("14-002", "14-003", "14-006"))
def pdf_headings(paper: Paper) -> Iterator[Fault]:
    """Headings begin with level 1, leave out no level, and are not empty; a PDF of some length has headings.

    Why: readers of screen readers go from heading to heading.
    """
    headings = paper.all(*HEADINGS)
    before = 0
    for heading in headings:
        if not before and _level(heading) != 1:
            yield paper.fault(heading, f"the first heading is of level {_level(heading)}")
        elif before and _level(heading) > before + 1:
            yield paper.fault(heading, f"a heading of level {_level(heading)} follows one of level {before}")
        before = _level(heading)
        if not paper.text(heading):
            yield paper.fault(heading, "a heading without words")
    if headings and paper.all("H"):
        yield paper.fault(paper.all("H")[0], "headings with a level (H1) and without (H) in one document")
    if paper.nodes and not headings and not paper.all("H") and paper.page_count > 1:
        yield paper.fault(None, f"{paper.page_count} pages without a heading")


@rule("pdf", Severity.WARNING, "1.3.1", "2.4.6", other=("best practice",))
def pdf_one_h1(paper: Paper) -> Iterator[Fault]:
    """A leaflet has one heading of level 1: its title.

    Why: two of them sound like two documents.
    """
    for heading in paper.all("H1")[1:]:
        yield paper.fault(heading, "a second heading of level 1")


@rule("pdf", Severity.ERROR, "1.3.1", pdfua="7.5", matterhorn=("15-003",))
def pdf_tables(paper: Paper) -> Iterator[Fault]:
    """Every table has header cells, and each says what it heads (Scope), or is named by its cells (Headers).

    Why: a screen reader says the header with each cell. Without it "2" could be tablets, hours or days.
    """
    for table in paper.all("Table"):
        heads = table.all("TH")
        rows = table.all("TR")
        if not heads and len(table.all("TD")) > 1:
            yield paper.fault(table, f"a table of {len(rows)} rows without a header cell (TH)")
        named = any(cell.attribute("/Headers") is not None for cell in table.all("TD"))
        for cell in heads:
            scope = cell.attribute("/Scope")
            if scope is not None and str(scope) not in _SCOPES:
                yield paper.fault(cell, f"the Scope {scope} of a header cell is not Row, Column or Both")
            elif scope is None and not (named and "/ID" in cell.obj):
                yield paper.fault(cell, "a header cell without Scope")


@rule("pdf", Severity.ERROR, "1.3.1", pdfua="7.2", matterhorn=("09-004", "15-004"))
def pdf_table_shape(paper: Paper) -> Iterator[Fault]:
    """The rows of a table have the same number of cells.

    Why: a cell that is missing puts every later cell of its row under a wrong header.
    """
    for table in paper.all("Table"):
        rows = table.all("TR")
        widths = [sum(_span(cell, "/ColSpan") for cell in row.kids) for row in rows]
        tall = any(_span(cell, "/RowSpan") > 1 for row in rows for cell in row.kids)
        if len(set(widths)) > 1 and not tall:
            wrong = next(n for n, width in enumerate(widths) if width != widths[0])
            message = f"row {wrong + 1} has {widths[wrong]} cells and the first row {widths[0]}"
            yield paper.fault(rows[wrong], message)


def _span(cell: Node, key: str) -> int:
    value = cell.attribute(key)
    return int(value) if isinstance(value, int) and 0 < value < 1000 else 1


@rule("pdf", Severity.ERROR, "1.3.1", pdfua="7.2", matterhorn=("09-004", "09-005"))
def pdf_nesting(paper: Paper) -> Iterator[Fault]:
    """Parts of lists and tables stand in lists and tables, and those hold nothing else.

    Why: loose items are read without "list of 4 items".
    """
    for node in paper.nodes:
        holders = _HELD_BY.get(node.tag)
        if holders and node.parent is not None and node.parent.tag not in holders:
            yield paper.fault(node, f"{node.tag} within {node.parent.tag}: it belongs in {' or '.join(holders)}")
        if node.tag == "L" and any(kid.tag not in ("LI", "L", "Caption", "Artifact") for kid in node.kids):
            yield paper.fault(node, "a list holds something that is no list item")
        if node.tag == "L" and not node.all("LI"):
            yield paper.fault(node, "a list without items")
        if node.tag == "Table" and any(kid.tag not in (*_ROWS, "Artifact") for kid in node.kids):
            yield paper.fault(node, "a table holds something that is no row")


@rule("pdf", Severity.REVIEW, "1.3.1", pdfua="7.6", matterhorn=("16-003",))
def pdf_list_in_disguise(paper: Paper) -> Iterator[Fault]:
    """Paragraphs that begin with bullets or numbers, one after the other, are tagged as a list.

    Why: a reader who cannot see them does not know that there is a list.
    """
    paragraphs = [node for node in paper.nodes if node.tag == "P"]
    for one, two in pairwise(paragraphs):
        if one.parent is not two.parent or (one.parent and one.parent.tag in ("LBody", "LI", "TD")):
            continue
        if _BULLET.match(paper.text(one)) and _BULLET.match(paper.text(two)):
            yield paper.fault(one, "paragraphs that look like a list")
            return


@rule("pdf", Severity.ERROR, "1.1.1", pdfua="7.3", matterhorn=("13-004",))
def pdf_figure_alternative(paper: Paper) -> Iterator[Fault]:
    """Every figure and formula has a text that says what it shows.

    Why: "graphic" alone tells nothing.
    """
    for node in paper.all("Figure", "Formula"):
        alt = (node.string("/Alt") or node.string("/ActualText") or "").strip()
        if not alt:
            yield paper.fault(node, f"a {node.tag.lower()} without alternative text")
        elif alt.casefold() in EMPTY_WORDS or FILE_NAME.match(alt):
            yield paper.fault(node, f'the alternative text "{alt}" does not say what is shown')


@rule("pdf", Severity.ERROR, "2.4.4", "4.1.2", pdfua="7.18.5", matterhorn=("28-011", "28-012"))
def pdf_links(paper: Paper) -> Iterator[Fault]:
    """Every link is tagged as one, and has words.

    Why: a link without words is announced as its address, or not at all.
    """
    tagged = set()
    for node in paper.all("Link"):
        for annotation in node.annotations:
            if isinstance(annotation, pikepdf.Dictionary):
                tagged.add(annotation.objgen)
        if not paper.text(node) and not (node.string("/Alt") or "").strip():
            yield paper.fault(node, "a link without words")
    for page, annotation in paper.annotations():
        if annotation.get("/Subtype") != "/Link":
            continue
        if paper.tree is not None and annotation.objgen not in tagged:
            yield paper.fault(None, f"a link that is not in the structure{_address(annotation)}", page)
        if not str(annotation.get("/Contents", "")).strip():
            yield paper.fault(None, f"a link without a description (Contents){_address(annotation)}", page)


def _address(annotation: pikepdf.Dictionary) -> str:
    action = annotation.get("/A")
    uri = action.get("/URI") if isinstance(action, pikepdf.Dictionary) else None
    return f": {uri}" if uri is not None else ""


@rule("pdf", Severity.ERROR, "1.3.1", pdfua="7.9", matterhorn=("19-003", "19-004"))
def pdf_notes(paper: Paper) -> Iterator[Fault]:
    """Every note has an identifier of its own.

    Why: a reference finds its note by it.
    """
    seen: set[str] = set()
    for node in paper.all("Note"):
        name = node.string("/ID") or ""
        if not name or name in seen:
            yield paper.fault(node, f'a second note with the ID "{name}"' if name else "a note without an ID")
        seen.add(name)


@rule("pdf", Severity.WARNING, "1.3.1", other=("best practice",))
def pdf_empty_tags(paper: Paper) -> Iterator[Fault]:
    """No paragraph, list item or cell of a header is empty.

    Why: "blank, blank" between the paragraphs.
    """
    for node in paper.all("P", "LBody", "TH"):
        if not node.kids and not node.marks and not node.annotations and not paper.text(node):
            yield paper.fault(node, f"an empty {node.tag}")
