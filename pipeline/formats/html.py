"""HTML: one self-contained page for each article. It needs no script, no network and no other file."""

from __future__ import annotations

import re
from base64 import b64encode

from markupsafe import Markup

from pipeline.formats import Leaflet, json_ld, web
from pipeline.formats.article import article_html
from pipeline.formats.bidi import isolate_numbers
from pipeline.formats.pandoc import Document

DOWNLOADS = {
    "pdf": "PDF, to print",
    "epub": "EPUB, for e-readers",
    "docx": "Word, to edit or print",
    "txt": "Plain text",
}
TYPES = {
    "pdf": "application/pdf",
    "epub": "application/epub+zip",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "txt": "text/plain",
}


def render(leaflet: Leaflet, document: Document) -> bytes:
    """The page. Images are embedded, links to other articles are relative to its folder."""
    addresses = web.image_addresses(leaflet)
    links = web.page_links(leaflet.links)
    body = article_html(leaflet, document, links, addresses, portable=False)
    contents = [h for h in web.headings(web.parse_fragment(body)) if h.level == 2]
    facts = web.read_facts(leaflet)
    name = leaflet.article.id.rpartition("/")[2]
    page = (
        web.environment()
        .get_template("html.j2")
        .render(
            leaflet=leaflet,
            facts=facts,
            source_name=web.name_of(leaflet.source_language, leaflet.language),
            language=leaflet.language,
            languages=leaflet.other_languages,
            settings=leaflet.settings,
            say=leaflet.say,
            css=web.style("page.css"),
            body=Markup(_embed(body, leaflet, addresses).replace(" />", ">")),
            contents=contents,
            home=home(leaflet.root),
            search=home(leaflet.root, "search"),
            downloads=[
                (f"{name}.{suffix}", leaflet.say(label), TYPES[suffix])
                for suffix, label in DOWNLOADS.items()
                if suffix in leaflet.settings.formats
            ],
            json_ld=json_ld.page_data(leaflet, facts),
        )
    )
    if leaflet.language.direction == "rtl":
        head, opening, rest = page.partition("<body>")
        page = head + opening + isolate_numbers(rest)
    return page.encode()


def home(root: str, page: str = "index") -> str:
    """From a leaflet to the index, or another page, of its language: one folder below ``root``."""
    return f"{root.rpartition('..')[0]}{page}.html"


def _embed(body: str, leaflet: Leaflet, addresses: dict[str, str]) -> str:
    """The images as data within the page: it can be sent or saved as one file.

    They stay <img>, so nothing within an SVG can run or be fetched.
    """
    paths = {address: path for path, address in addresses.items()}

    def data_uri(match: re.Match[str]) -> str:
        content = leaflet.resources[paths[match[1]]]
        kind = web.IMAGE_TYPES[web.suffix(match[1])]
        return f'<img src="data:{kind};base64,{b64encode(content).decode()}"'

    return re.sub(r'<img src="(image-\d+\.\w+)"', data_uri, body)
