"""What a PDF as a whole has to have."""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf

from pipeline.audit.model import Fault
from pipeline.audit.paper import HEADINGS, Paper
from pipeline.audit.registry import rule
from pipeline.audit.tags import mismatch, tag_fault
from pipeline.model import Severity

LONG = 4
"""Pages, from which on a reader needs bookmarks to find their way."""


@rule("pdf", Severity.ERROR, "1.3.1", "4.1.2", pdfua="7.1", matterhorn=("01-005", "06-001"))
def pdf_tagged(paper: Paper) -> Iterator[Fault]:
    """The PDF is tagged: it has a structure tree with something in it, and says so.

    Why: without tags a screen reader guesses what is a heading, a list or a table, and in which order to read.
    """
    marked = paper.root.get("/MarkInfo")
    if paper.tree is None:
        yield paper.fault(None, "the PDF is not tagged: it has no structure tree")
    elif not paper.nodes:
        yield paper.fault(None, "the structure tree is empty")
    elif not (isinstance(marked, pikepdf.Dictionary) and bool(marked.get("/Marked", False))):
        yield paper.fault(None, "the PDF does not say that it is tagged (MarkInfo/Marked)")
    if isinstance(marked, pikepdf.Dictionary) and bool(marked.get("/Suspects", False)):
        yield paper.fault(None, "the tags are marked as suspect (MarkInfo/Suspects)")


@rule("pdf", Severity.WARNING, pdfua="5", matterhorn=("06-002",))
def pdf_identifier(paper: Paper) -> Iterator[Fault]:
    """The metadata says that the file is PDF/UA.

    Why: readers' software and libraries look for it there.
    """
    if not any(key.endswith("pdfua/ns/id/}part") for key in paper.metadata):
        yield paper.fault(None, "the metadata does not claim PDF/UA (pdfuaid:part)")


@rule("pdf", Severity.ERROR, "2.4.2", pdfua="7.1", matterhorn=("06-003", "07-001"))
def pdf_title(paper: Paper) -> Iterator[Fault]:
    """The PDF has a title, and windows show it in place of the file's name.

    Why: it is the first thing that a screen reader says.
    """
    title = next((value for key, value in paper.metadata.items() if key.endswith("dc/elements/1.1/}title")), "")
    info = paper.pdf.trailer.get("/Info")
    if not title.strip():
        has = isinstance(info, pikepdf.Dictionary) and str(info.get("/Title", "")).strip()
        yield paper.fault(None, "the title is not in the metadata (dc:title)" if has else "the PDF has no title")
    preferences = paper.root.get("/ViewerPreferences")
    if not (isinstance(preferences, pikepdf.Dictionary) and bool(preferences.get("/DisplayDocTitle", False))):
        yield paper.fault(None, "the file's name is shown and not the title (DisplayDocTitle)")


@rule("pdf", Severity.ERROR, "3.1.1", pdfua="7.2", matterhorn=("11-006", "11-007"))
def pdf_language(paper: Paper) -> Iterator[Fault]:
    """The PDF says which language it is in, with a well-formed tag, and it is the language of its text.

    Why: without it a screen reader reads Arabic or French with an English voice.
    """
    tag = paper.language.strip()
    if not tag:
        yield paper.fault(None, "the PDF does not say its language (Lang)")
    elif reason := tag_fault(tag):
        yield paper.fault(None, f'the language "{tag}" {reason}')
    else:
        text = " ".join(glyph.text for page in paper.pages for glyph in page.glyphs)
        wrong = mismatch(text, tag, least=200)
        # Text that is marked as another language, part by part, may stand in any script.
        if wrong and not any(node.string("/Lang") for node in paper.nodes):
            yield paper.fault(None, f'the language is "{tag}", but the text is in the script {wrong}')


@rule("pdf", Severity.ERROR, "3.1.2", pdfua="7.2", matterhorn=("11-001",))
def pdf_part_language(paper: Paper) -> Iterator[Fault]:
    """Languages that are named on parts are well-formed, and are those of the words.

    Why: a passage with a wrong tag is read with the wrong voice.
    """
    for node in paper.nodes:
        tag = node.string("/Lang")
        if tag and (reason := tag_fault(tag)):
            yield paper.fault(node, f'the language "{tag}" {reason}')
        elif tag and (wrong := mismatch(paper.text(node), tag, least=25)):
            yield paper.fault(node, f'marked as "{tag}", but in the script {wrong}')


@rule("pdf", Severity.WARNING, "2.4.5", pdfua="7.17", other=("PDF2 (WCAG techniques)",))
def pdf_bookmarks(paper: Paper) -> Iterator[Fault]:
    """A PDF of more than four pages with headings has bookmarks.

    Why: they are its table of contents, for those who cannot leaf through it.
    """
    outlines = paper.root.get("/Outlines")
    has = isinstance(outlines, pikepdf.Dictionary) and "/First" in outlines
    if paper.page_count > LONG and not has and len(paper.all(*HEADINGS)) > 1:
        yield paper.fault(None, f"{paper.page_count} pages with headings, but no bookmarks")


@rule("pdf", Severity.ERROR, "1.1.1", "1.4.5", pdfua="7.3", other=("Matterhorn 08 (OCR)",))
def pdf_scanned(paper: Paper) -> Iterator[Fault]:
    """No page is a mere picture of text.

    Why: a scan has no words that could be read aloud, searched or enlarged.
    """
    for page in paper.pages:
        if page.images and not any(glyph.text.strip() or glyph.actual is not None for glyph in page.glyphs):
            yield paper.fault(None, "a page with a picture and no text: is it a scan?", page.number)


@rule("pdf", Severity.ERROR, pdfua="7.16", matterhorn=("26-002",))
def pdf_permission(paper: Paper) -> Iterator[Fault]:
    """Encryption does not lock screen readers out.

    Why: some honour the lock, and read nothing.
    """
    if paper.pdf.is_encrypted and not paper.pdf.allow.accessibility:
        yield paper.fault(None, "the PDF forbids access to assistive technology")


@rule("pdf", Severity.ERROR, "4.1.2", pdfua="7.15", matterhorn=("25-001",))
def pdf_forms(paper: Paper) -> Iterator[Fault]:
    """Fields have a name for assistive technology, and no form is dynamic XFA.

    Why: "edit" alone does not say what to type. XFA is read by one program only.
    """
    form = paper.root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary) and "/XFA" in form:
        yield paper.fault(None, "the form is XFA")
    for page, annotation in paper.annotations():
        if annotation.get("/Subtype") == "/Widget" and not int(annotation.get("/F", 0)) & 2:
            parent = annotation.get("/Parent")
            named = "/TU" in annotation or (isinstance(parent, pikepdf.Dictionary) and "/TU" in parent)
            if not named:
                yield paper.fault(None, "a field without a name for screen readers (TU)", page)


@rule("pdf", Severity.ERROR, "2.4.3", pdfua="7.18.3", matterhorn=("28-009",))
def pdf_tab_order(paper: Paper) -> Iterator[Fault]:
    """On pages with links or fields, the keyboard goes in the order of the structure.

    Why: it jumps about otherwise.
    """
    for number, page in enumerate(paper.pdf.pages, 1):
        if page.obj.get("/Annots") and str(page.obj.get("/Tabs", "")) != "/S":
            yield paper.fault(None, "the order of the keyboard is not that of the structure (Tabs is not S)", number)
