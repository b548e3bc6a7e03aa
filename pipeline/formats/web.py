"""What web pages and e-books share: templates, the article as HTML, and the facts of its front matter."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any
from xml.etree import ElementTree

from babel.dates import format_date
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from pipeline.formats import Leaflet, Link
from pipeline.language import Language, load_language
from pipeline.leaflet_code import leaflet_code
from pipeline.library import Settings
from pipeline.model import PlainleafError, Role

IMAGE_TYPES = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
}
"""Suffixes of images that readers' programs can show. Any other stands as its text."""

WIDE_SCRIPTS = ("Hans", "Hant", "Jpan")
"""Written without spaces between words and sentences."""

_COMMAS = {"Arab": "، ", "Hans": "、", "Hant": "、", "Jpan": "、"}
_LICENCE = re.compile(r"CC-(BY(?:-NC)?(?:-ND|-SA)?)-(\d\.\d)")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the body, for tables of contents."""

    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where facts come from."""

    title: str
    url: str
    """Only http and https; "" otherwise."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The front matter as text for readers. What is missing or malformed is "" or empty."""

    title: str
    summary: str
    disclaimer: str
    also_called: str
    english_title: str
    """The title of the canonical article, when this is a translation."""
    authors: str
    reviewers: tuple[str, ...]
    published: str
    last_reviewed: str
    next_review: str
    version: str
    licence: str
    licence_url: str
    sources: tuple[Source, ...]
    translators: tuple[str, ...] = ()
    """Who has signed the translation, with credential and date; empty unless all of it is signed."""
    checkers: tuple[str, ...] = ()
    code: str = ""
    """Names this leaflet, in this language and version."""


@cache
def environment() -> Environment:
    """Jinja2 with the templates beside this file. Everything is escaped unless it is Markup."""
    jinja = Environment(
        loader=PackageLoader("pipeline.formats", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    jinja.globals["own_name"] = own_name
    return jinja


def own_name(text: str, settings: Settings, language: Language) -> Markup:
    """What the library calls itself, or its address: in its own language wherever it stands. XHTML as well."""
    own = load_language(settings.language)
    if own.code == language.code:
        return Markup("<bdi>{}</bdi>").format(text)
    return Markup('<bdi lang="{0}" xml:lang="{0}" dir="{1}">{2}</bdi>').format(own.tag, own.direction, text)


@cache
def style(name: str) -> Markup:
    """A style sheet of ours, without its comments and indents."""
    css = resources.files("pipeline.formats").joinpath("templates", name).read_text(encoding="utf-8")
    css = re.sub(r"/\*.*?\*/\s*", "", css, flags=re.DOTALL)
    return Markup(re.sub(r"\n\s*", "\n", css).strip())


def image_addresses(leaflet: Leaflet) -> dict[str, str]:
    """A short name for each image of the article, such as "image-1.svg", by the path used in the text."""
    shown = [path for path in sorted(leaflet.resources) if suffix(path) in IMAGE_TYPES]
    return {path: f"image-{number}.{suffix(path)}" for number, path in enumerate(shown, 1)}


def suffix(path: str) -> str:
    """What a file's name ends in, in lower case, without the dot."""
    return path.rpartition(".")[2].lower()


def parse_fragment(html: str) -> ElementTree.Element:
    """The fragment as a tree under one root. Raises PlainleafError when it is not well-formed."""
    try:
        return ElementTree.fromstring(f"<body>{html}</body>")
    except ElementTree.ParseError as error:
        raise PlainleafError(f"the text made HTML that is not well-formed: {error}") from None


def headings(body: ElementTree.Element) -> list[Heading]:
    """The headings with an identifier, in order, without the marks on untranslated text."""
    found = []
    for element in body.iter():
        tag = element.tag.rpartition("}")[2]
        if re.fullmatch("h[2-6]", tag) and element.get("id"):
            found.append(Heading(int(tag[1]), element.get("id", ""), " ".join(_words(element).split())))
    return found


def _words(element: ElementTree.Element) -> str:
    parts = [element.text or ""]
    for child in element:
        hidden = child.get("class") == "to-translate" or child.get("role") == "doc-noteref"
        parts += ["" if hidden else _words(child), child.tail or ""]
    return "".join(parts)


def read_facts(leaflet: Leaflet) -> Facts:
    """The front matter of the leaflet's article, in its language."""
    meta, language = leaflet.article.meta, leaflet.language
    licence = text_of(meta.get("licence"))
    match = _LICENCE.fullmatch(licence)
    return Facts(
        title=leaflet.article.title,
        summary=text_of(meta.get("summary")),
        disclaimer=text_of(meta.get("disclaimer")),
        also_called=join([text_of(name) for name in list_of(meta.get("also_called"))], language),
        english_title=leaflet.source.title if leaflet.is_translation else "",
        authors=join([_person(author, language, leaflet.locale) for author in list_of(meta.get("authors"))], language),
        reviewers=tuple(filter(None, (_person(p, language, leaflet.locale) for p in list_of(meta.get("reviewers"))))),
        published=long_date(meta.get("published"), leaflet.locale),
        last_reviewed=long_date(meta.get("last_reviewed"), leaflet.locale),
        next_review=long_date(meta.get("next_review"), leaflet.locale),
        version=text_of(meta.get("version")),
        licence=licence,
        licence_url=f"https://creativecommons.org/licenses/{match[1].lower()}/{match[2]}/" if match else "",
        sources=tuple(filter(None, (_source(item) for item in list_of(meta.get("sources"))))),
        translators=_signed(leaflet, Role.TRANSLATOR),
        checkers=_signed(leaflet, Role.CHECKER),
        code=leaflet_code(leaflet.source.id, leaflet.language.code, text_of(meta.get("version"))),
    )


def _signed(leaflet: Leaflet, role: Role) -> tuple[str, ...]:
    return tuple(
        join([s.name, s.credential, long_date(s.date, leaflet.locale)], leaflet.language)
        for s in leaflet.signatures
        if s.role is role
    )


def text_of(value: Any) -> str:
    """A scalar of the front matter as one line of text; "" for anything else."""
    return " ".join(str(value).split()) if isinstance(value, str | int | float | date) else ""


def list_of(value: Any) -> list[Any]:
    """A list of the front matter; a lone value is a list of one."""
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def join(names: list[str], language: Language) -> str:
    """Names side by side, with the comma of the language's script."""
    return _COMMAS.get(language.script, ", ").join(name for name in names if name)


def long_date(value: Any, locale: str) -> str:
    """A date written out in a CLDR locale; text that is no date stays as it is."""
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value.strip())
        except ValueError:
            return text_of(value)
    return format_date(value, "long", locale=locale) if isinstance(value, date) else ""


def _person(value: Any, language: Language, locale: str) -> str:
    if not isinstance(value, Mapping):
        return text_of(value)
    parts = [text_of(value.get("name")), text_of(value.get("role")), long_date(value.get("date"), locale)]
    return join(parts, language)


def _source(value: Any) -> Source | None:
    fields = value if isinstance(value, Mapping) else {"title": value}
    url = text_of(fields.get("url"))
    title = text_of(fields.get("title")) or url
    if not title:
        return None
    return Source(title, url if re.match(r"https?://", url, re.IGNORECASE) else "")


def name_of(language: Language, reader: Language) -> str:
    """What readers of one language call another."""
    return language.name_for(reader)


def page_links(links: Mapping[str, Link]) -> dict[str, str]:
    """Where links to other articles lead within a folder of web pages."""
    return {path: f"{link.href}.html" for path, link in links.items()}
