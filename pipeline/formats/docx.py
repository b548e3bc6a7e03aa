"""Word: the leaflet to edit, to fill in or to print, with its headings, languages and descriptions of pictures.

Pandoc writes it from the finished page of the e-book, so it holds the same text in the same order. The container is
then packed anew: always the same bytes, a date that is not the clock's, and our own look for pandoc's styles.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime
from typing import Any

import typst

from pipeline.formats import Leaflet, epub, web
from pipeline.formats.book import packed
from pipeline.formats.pandoc import Document
from pipeline.formats.pdf import environment

_CARDS = {"emergency": "A3120A", "urgent": "6A3A00", "see-doctor": "0B4F4A"}
_SIZE = 28
"""Of the body, in half points: RNIB Clear Print advises 14 pt."""
_PIXELS_PER_INCH = 192
_SETUP = b'#set page(width: auto, height: auto, margin: 0pt)\n#image("a.svg")\n'


def render(leaflet: Leaflet, document: Document) -> bytes:
    """The bytes of a .docx file; the same for the same input."""
    addresses = web.image_addresses(leaflet)
    made = epub.chapter(leaflet, document, "text.xhtml", epub.on_the_web, addresses)
    body = _for_word(made.text)
    for name, content in made.images.items():
        if web.suffix(name) == "svg":
            body = body.replace(f'src="{name}"', f'src="{name}.png"')
            document.keep(f"{name}.png", _raster(content))
        else:
            document.keep(name, content)
    meta = {"lang": leaflet.language.tag, "dir": leaflet.language.direction, "title": leaflet.article.title}
    return _packed(document.convert(body, "html", "docx", meta), leaflet)


def _for_word(xhtml: str) -> str:
    """The body of the page as pandoc's reader wants it; the h1 is the document's title."""
    body = xhtml[xhtml.index("<main>") + len("<main>") : xhtml.rindex("</main>")]
    body = re.sub(r"<svg\b.*?</svg> ?", "", body, flags=re.DOTALL)
    body = re.sub(r"<h1>.*?</h1>", "", body, count=1, flags=re.DOTALL)
    # Word has no place to lead to within a list of terms.
    body = re.sub(r'<a class="term"[^>]*>(.*?)</a>', r"\1", body, flags=re.DOTALL)
    body = re.sub(r"<(/?)h([2-6])\b", lambda m: f"<{m[1]}h{int(m[2]) - 1}", body)
    body = re.sub(r"<div>(<dt>.*?</dd>)</div>", r"\1", body, flags=re.DOTALL)
    for kind in _CARDS:
        body = re.sub(
            rf'(<section class="card {kind}"[^>]*>\s*)<p class="card-label"[^>]*>(.*?)</p>',
            rf'\1<div custom-style="{_style_name(kind)}"><p>\2</p></div>',
            body,
            flags=re.DOTALL,
        )
    notice = r'<div custom-style="Notice"><p>\1</p></div>'
    return re.sub(r'<p class="notice[^"]*">(.*?)</p>', notice, body, flags=re.DOTALL)


def _style_name(kind: str) -> str:
    return f"Card {kind}"


def _raster(svg: bytes) -> bytes:
    """A drawing as PNG, with the fonts of our packages: not every Word shows an SVG."""
    files: Any = {"main.typ": _SETUP, "a.svg": svg}
    made = typst.compile(files, format="png", ppi=_PIXELS_PER_INCH, **environment())
    assert isinstance(made, bytes)
    return made


def _packed(docx: bytes, leaflet: Leaflet) -> bytes:
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    date = datetime.fromtimestamp(leaflet.modified, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    core = files["docProps/core.xml"].decode()
    core = re.sub(r"(<dcterms:(created|modified)[^>]*>)[^<]*", rf"\g<1>{date}", core)
    files["docProps/core.xml"] = core.encode()
    if leaflet.language.direction == "rtl":
        files["word/document.xml"] = _turned(files["word/document.xml"].decode()).encode()
    files["word/styles.xml"] = _styled(files["word/styles.xml"].decode()).encode()
    # Word looks for the list of types first.
    first = "[Content_Types].xml"
    return packed({first: files.pop(first), **dict(sorted(files.items()))})


def _turned(text: str) -> str:
    """What pandoc leaves from left to right: the title, and the columns of tables."""
    text = text.replace('<w:pStyle w:val="Title" />', '<w:pStyle w:val="Title" /><w:bidi />')
    return re.sub(r"(<w:tblPr><w:tblStyle [^>]*/>)", r"\1<w:bidiVisual />", text)


def _styled(styles: str) -> str:
    """Pandoc's styles with letters of 14 pt, a title at the side where the text begins, and our cards."""
    styles = re.sub(
        r'(<w:rPrDefault>.*?)<w:sz w:val="\d+" ?/>(\s*)<w:szCs w:val="\d+" ?/>',
        rf'\1<w:sz w:val="{_SIZE}"/>\2<w:szCs w:val="{_SIZE}"/>',
        styles,
        count=1,
        flags=re.DOTALL,
    )
    styles = styles.replace('<w:jc w:val="center" />', "").replace('<w:jc w:val="center"/>', "")
    own = "".join(_style(_style_name(kind), colour) for kind, colour in _CARDS.items()) + _style("Notice", "6A3A00")
    for name in (*map(_style_name, _CARDS), "Notice"):
        identifier = name.replace(" ", "")
        styles = re.sub(rf'<w:style [^>]*w:styleId="{identifier}".*?</w:style>', "", styles, flags=re.DOTALL)
    return styles.replace("</w:styles>", f"{own}</w:styles>")


def _style(name: str, colour: str) -> str:
    """A paragraph in a frame, bold and in its colour, kept with what follows."""
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="24" w:space="4" w:color="{colour}"/>'
        for side in ("top", "left", "bottom", "right")
    )
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{name.replace(" ", "")}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="BodyText"/><w:qFormat/><w:pPr><w:keepNext/><w:pBdr>{sides}</w:pBdr></w:pPr>'
        f'<w:rPr><w:b/><w:bCs/><w:color w:val="{colour}"/></w:rPr></w:style>'
    )
