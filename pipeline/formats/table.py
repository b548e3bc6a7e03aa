"""The table of formats. To add one: a file with a render function, and a row here."""

from __future__ import annotations

from pipeline.formats import Format, brf, docx, epub, html, markdown, pdf, pdf_booklet, pdf_looks, ssml, text

FORMATS = {
    row.name: row
    for row in (
        Format("html", "html", html.render),
        Format("epub", "epub", epub.render),
        Format("pdf", "pdf", pdf.render),
        Format("pdf-large", "large.pdf", pdf.variant(pdf_looks.LARGE)),
        Format("pdf-bilingual", "bilingual.pdf", pdf.variant(pdf_looks.BILINGUAL)),
        Format("pdf-trifold", "trifold.pdf", pdf.variant(pdf_looks.TRIFOLD)),
        Format("pdf-letter", "letter.pdf", pdf.variant(pdf_looks.LETTER)),
        Format("pdf-a5", "a5.pdf", pdf.variant(pdf_looks.A5)),
        Format("pdf-booklet", "booklet.pdf", pdf_booklet.render),
        Format("docx", "docx", docx.render),
        Format("txt", "txt", text.render),
        Format("ssml", "ssml", ssml.render),
        Format("brf", "brf", brf.render),
        Format("md", "md", markdown.render),
    )
}
