"""The article as HTML for web pages and e-books: pandoc writes it once, and only its links are each output's."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from html import escape, unescape

from pipeline.formats import Leaflet, Link
from pipeline.formats.filter_common import settle
from pipeline.formats.filter_html import Page, finish
from pipeline.formats.filter_safe import make_safe
from pipeline.formats.pandoc import Document
from pipeline.formats.terms import Linked, link_terms
from pipeline.formats.web import WIDE_SCRIPTS, environment, image_addresses, text_of

LABELS = (
    "Emergency",
    "Urgent",
    "Not urgent",
    "Not translated yet",
    "Note",
    "Notes",
    "Back to the text",
    "Table",
)
"""Interface strings that filter_html puts into the text."""

_MARK = "x-plainleaf"
"""The scheme of links that are not settled yet: with a number it stands for a link of the leaflet (filter_safe)."""
_LINK = re.compile(rf'<a href="{_MARK}(?:-(\d+))?:([^"]*)"([^>]*)>(.*?)</a>', re.DOTALL)
_IMAGE = re.compile(r'(?<=<img src=")image-\d+\.\w+(?=")')
_ID = re.compile(r' id="[^"]*"')
_WEB = re.compile(r"https?:", re.IGNORECASE)


def article_html(
    leaflet: Leaflet, document: Document, links: Mapping[str, str], images: Mapping[str, str], *, portable: bool
) -> str:
    """The body of the article as well-formed HTML, free of scripts.

    links, images: path in the text -> address in the output. portable: the file travels alone, so
    relative links become plain text, but for those of ``links``.
    """
    inside = {target for target in links.values() if ":" not in target}
    html = "".join(_settled(_written(leaflet, document), leaflet, links, inside if portable else None))
    names = {name: images[path] for path, name in image_addresses(leaflet).items()}
    if any(name != address for name, address in names.items()):
        html = _IMAGE.sub(lambda match: names.get(match[0], match[0]), html)
    linked: Linked = document.once(
        html, lambda: link_terms(html, leaflet.language, leaflet.term_forms, leaflet.explained)
    )
    if not linked.explained:
        return linked.body
    template = environment().get_template("words.j2")
    return linked.body + template.render(title=leaflet.say("More words explained"), words=linked.explained)


def _written(leaflet: Leaflet, document: Document) -> str:
    """The body for every output alike; links that lead elsewhere in each are marked."""
    marks = {path: f"{_MARK}-{number}:" for number, path in enumerate(leaflet.links)}
    page = Page(
        tag=leaflet.language.tag,
        direction=leaflet.language.direction,
        title=leaflet.article.title,
        has_title=bool(text_of(leaflet.article.meta.get("title"))),
        is_wide=leaflet.language.script in WIDE_SCRIPTS,
        has_untranslated=".untranslated" in leaflet.article.text,
        labels={text: leaflet.say(text) for text in LABELS},
        images=image_addresses(leaflet),
        foreign={marks[path]: _foreign(link) for path, link in leaflet.links.items() if _is_foreign(link, leaflet)},
    )

    def write() -> str:
        blocks = document.blocks()
        settle(blocks, leaflet.heading_ids, marks)
        make_safe(blocks, marks.values(), f"{_MARK}:")
        finish(blocks, page)
        html = document.write("html5", blocks, {"wrap_text": "none", "html_math_method": "plain"}).decode()
        # A caption equal to the alt text is hidden from screen readers by pandoc; it is for every reader.
        html = html.replace('<figcaption aria-hidden="true">', "<figcaption>")
        return re.sub(r"<th\b[^>]*></th>", "<td></td>", html)

    made: str = document.once("article", write)
    return made


def _is_foreign(link: Link, leaflet: Leaflet) -> bool:
    return link.language.code != leaflet.language.code


def _foreign(link: Link) -> dict[str, str]:
    return {"tag": link.language.tag, "dir": link.language.direction, "name": link.language.name}


def _settled(html: str, leaflet: Leaflet, links: Mapping[str, str], inside: Collection[str] | None) -> Iterator[str]:
    """The HTML with links that lead somewhere.

    inside: relative addresses that lead somewhere; None for all.
    """
    paths = list(leaflet.links)
    at = 0
    for match in _LINK.finditer(html):
        yield html[at : match.start()]
        at = match.end()
        number, target, attributes, content = match.groups()
        if number:
            path = paths[int(number)]
            address = links.get(path, "")
            leads_on = bool(address) and (":" not in address or _WEB.match(address) is not None)
            name = _name_after(leaflet.links[path], leaflet)
            if not leads_on and name and html.startswith(name, at):
                at += len(name)
            target = escape(address) + target
        else:
            leads_on = inside is None or unescape(target).partition("#")[0] in inside
        identifier = _ID.search(attributes)
        if leads_on:
            yield f'<a href="{target}"{attributes}>{content}</a>'
        elif identifier:
            yield f"<span{identifier[0]}>{content}</span>"
        else:
            yield content
    yield html[at:]


def _name_after(link: Link, leaflet: Leaflet) -> str:
    """What filter_html writes after a link to a page in another language."""
    if not _is_foreign(link, leaflet):
        return ""
    tag, direction, name = _foreign(link).values()
    return f' (<span lang="{tag}" xml:lang="{tag}" dir="{direction}">{escape(name)}</span>)'
