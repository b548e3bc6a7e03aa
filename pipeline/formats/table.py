"""The table of formats. To add one: a file with a render function, and a row here."""

from __future__ import annotations

from pipeline.formats import Format, brf, docx, epub, html, markdown, pdf, ssml, text

FORMATS = {
    row.name: row
    for row in (
        Format("html", "html", html.render),
        Format("epub", "epub", epub.render),
        Format("pdf", "pdf", pdf.render),
        Format("docx", "docx", docx.render),
        Format("txt", "txt", text.render),
        Format("ssml", "ssml", ssml.render),
        Format("brf", "brf", brf.render),
        Format("md", "md", markdown.render),
    )
}
