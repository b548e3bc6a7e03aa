"""A booklet for the copier: A5 pages, two on each side of A4 sheets, to print on both sides, fold and staple.

For print only. Pages on sheets are out of order for a screen reader, so there is no structure in it, and it
says so: the files to read on a screen are the other ones.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pikepdf

from pipeline.formats import Leaflet
from pipeline.formats.pandoc import Document
from pipeline.formats.pdf import render_look
from pipeline.formats.pdf_looks import BOOKLET

_WIDTH, _HEIGHT = 841.89, 595.276
"""A4 on its side, in points."""


def render(leaflet: Leaflet, document: Document) -> bytes:
    """The booklet as the bytes of a PDF. Raises PlainleafError as the leaflet itself does."""
    with pikepdf.open(io.BytesIO(render_look(leaflet, document, BOOKLET))) as leaves, pikepdf.new() as booklet:
        for left, right in _sides(len(leaves.pages), is_rtl=leaflet.language.direction == "rtl"):
            halves = {"/Left": (left, 0.0), "/Right": (right, _WIDTH / 2)}
            drawn = {name: at for name, at in halves.items() if at[0] < len(leaves.pages)}
            booklet.add_blank_page(page_size=(_WIDTH, _HEIGHT))
            sheet = booklet.pages[-1]
            sheet.Resources = pikepdf.Dictionary(
                XObject=pikepdf.Dictionary(
                    {n: booklet.copy_foreign(leaves.pages[at[0]].as_form_xobject()) for n, at in drawn.items()}
                )
            )
            shown = "".join(f"q 1 0 0 1 {x:.3f} 0 cm {name} Do Q\n" for name, (_, x) in drawn.items())
            sheet.Contents = booklet.make_stream(shown.encode())
        when = datetime.fromtimestamp(leaflet.modified, UTC).strftime("D:%Y%m%d%H%M%SZ")
        purpose = leaflet.say("Booklet, for print only")
        booklet.docinfo["/Title"] = f"{leaflet.article.title} ({purpose})"
        booklet.docinfo["/CreationDate"] = when
        booklet.Root.Lang = pikepdf.String(leaflet.language.tag)
        booklet.Root.ViewerPreferences = pikepdf.Dictionary(
            DisplayDocTitle=True, Duplex=pikepdf.Name.DuplexFlipShortEdge, PrintScaling=pikepdf.Name("/None")
        )
        out = io.BytesIO()
        booklet.save(out, deterministic_id=True)
        return out.getvalue()


def _sides(pages: int, *, is_rtl: bool) -> list[tuple[int, int]]:
    """Left and right page of each side of each sheet, from 0; pages past the last are blank.

    A booklet in a right-to-left script is bound on its right.
    """
    total = -(-pages // 4) * 4
    sides = []
    for sheet in range(total // 4):
        first, last = 2 * sheet, total - 1 - 2 * sheet
        sides += [(last, first), (first + 1, last - 1)]
    return [(right, left) for left, right in sides] if is_rtl else sides
