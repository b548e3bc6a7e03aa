"""Reads source/: the settings, the articles and their images."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cache, lru_cache
from math import isfinite
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from pipeline import front_matter, segments
from pipeline.files import read_bytes, read_text, refuse_endless
from pipeline.glossary import GLOSSARY, Term, explanations, read_glossary
from pipeline.model import Article, Lines, PlainleafError, Role, Segment
from pipeline.pictures import harm_in

SETTINGS_FILE = Path("source/library.toml")
WORD_LIST = Path("source/wordlist.txt")
LIBRARY_CATALOGUE = "library"
"""Name of the catalogue that holds what the library itself says, such as the titles of its topics."""
SUFFIXES = (".md", ".markdown", ".txt")
"""Text files that may be checked. Articles of a library end in .md."""


@dataclass(frozen=True, slots=True)
class Settings:
    """source/library.toml. Every setting has a default, so a single file can be checked without one."""

    name: str = "Health library"
    """What the library calls itself: the masthead of every leaflet."""
    publisher: str = ""
    """Who answers for it: at the foot of every page."""
    language: str = "en"
    """CLDR identifier of the language that the articles are written in."""
    languages: tuple[str, ...] = ()
    """Languages to translate into, in the order in which readers see them."""
    spelling: str = "en_GB"
    """en_GB or en_US."""
    grade: float = 6.0
    """The highest reading grade that an article may have."""
    formats: tuple[str, ...] = ("html", "epub", "pdf")
    """What build makes: html, epub, pdf, pdf-large (large print), pdf-bilingual (beside the source), pdf-trifold (a
    folded sheet), pdf-letter, pdf-a5, pdf-booklet (for print only), docx, txt (plain text), ssml (for speech),
    brf (braille), md."""
    paper: str = "a4"
    """a4, letter or a5."""
    web_address: str = ""
    """Where dist/ will stand on the web, such as https://health.example.org."""
    emergency_number: str = "112"
    """Stands for {{emergency_number}} in every article that names none of its own."""
    imprint: str = ""
    """One line for the foot of every leaflet, such as an address."""
    signatures: tuple[str, ...] = ("translator", "checker")
    """Who must have signed a translation before it is released: translator, checker, or both."""
    coverage: float = 95.0
    """How many of a hundred segments must be translated before a leaflet is released."""
    source_in_place: bool = True
    """Whether a released leaflet may show a sentence in the source language, marked as such, where its
    translation is missing or stale."""
    review_needed: bool = True
    """Whether an article is released only after a clinician has reviewed it."""
    leaflet_seconds: float = 60.0
    """How long one article in one language may take to be laid out. One that takes longer is told and left out."""
    leaflet_megabytes: float = 1024.0
    """How much memory pandoc may take for one article in one language."""
    book: bool = True
    """Whether each language also gets one EPUB of all its articles, where epub is among the formats. One changed
    sentence makes the book of its language anew: a library of a thousand articles does better without."""
    checks_off: tuple[str, ...] = ()
    """Names of checks that this library does not want."""
    topics: Mapping[str, str] = field(default_factory=dict)
    """What readers see for a folder of source/, such as heart = "Heart and blood". A table of its own: [topics]."""

    def topic_title(self, folder: str) -> str:
        """The title of a topic in the source language: as set, else from the folder's name."""
        title = folder.replace("-", " ").replace("_", " ").replace("/", " – ")
        return self.topics.get(folder) or title[:1].upper() + title[1:]


_CHOICES = {
    "paper": ("a4", "letter", "a5"),
    "spelling": ("en_GB", "en_US"),
    "signatures": tuple(role.value for role in Role),
    "formats": (
        *("html", "epub", "pdf", "pdf-large", "pdf-bilingual", "pdf-trifold", "pdf-letter", "pdf-a5", "pdf-booklet"),
        *("docx", "txt", "ssml", "brf", "md"),
    ),
}


@dataclass(frozen=True, slots=True)
class Library:
    """A folder with source/library.toml in it."""

    root: Path
    settings: Settings

    @property
    def source(self) -> Path:
        """The folder of the articles."""
        return self.root / "source"

    @property
    def languages(self) -> tuple[str, ...]:
        """The source language, then the target languages."""
        return (self.settings.language, *self.settings.languages)

    def article_paths(self) -> list[Path]:
        """The library's articles, sorted by id: source/<topic>/<article>.md. What a program hides is none."""
        return sorted(p for p in self.source.glob("*/*.md") if p.is_file() and not is_hidden(p, self.source))

    def article_id(self, path: Path) -> str:
        """topic/name of an article's path."""
        return path.relative_to(self.source).with_suffix("").as_posix()

    def topics(self) -> tuple[str, ...]:
        """The folders that hold articles, sorted."""
        return tuple(sorted({path.parent.name for path in self.article_paths()}))

    def catalogue_path(self, article_id: str, language: str) -> Path:
        """Where the translations of an article into a language stand."""
        return self.root / "translations" / language / f"{article_id}.po"

    def signatures_path(self, article_id: str, language: str) -> Path:
        """Where it is recorded who has signed these translations."""
        return self.catalogue_path(article_id, language).with_suffix(".signatures.toml")

    def read(self, path: Path) -> Article:
        """One article. Raises PlainleafError when it is not there or not UTF-8."""
        return read_article(path, self.article_id(path), self.settings.language)

    def glossary(self) -> tuple[Term, ...]:
        """The terms of source/glossary.toml. Raises PlainleafError, with the line, for a mistake in it."""
        return read_glossary(self.root / GLOSSARY, source_language=self.settings.language)

    def own_segments(self) -> tuple[Segment, ...]:
        """What the library itself says and translators get: titles of topics, explanations of terms.

        Raises PlainleafError for a mistake in the glossary.
        """
        titles = (Segment("topic", self.settings.topic_title(folder), 0, 0, 1, 1) for folder in self.topics())
        return (*titles, *explanations(self.glossary()))

    def holds(self, path: Path) -> bool:
        """Whether this path is one of the library's articles."""
        try:
            relative = path.resolve().relative_to(self.source.resolve())
        except ValueError:
            return False
        return len(relative.parts) == 2 and relative.suffix == ".md"


def find_library(start: Path) -> Library | None:
    """The library that a folder lies in, looked for upwards; None when there is none."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / SETTINGS_FILE).is_file():
            return open_library(folder)
    return None


def open_library(root: Path) -> Library:
    """The library in this folder. Raises PlainleafError, with the line, when its settings are wrong."""
    path = root / SETTINGS_FILE
    if not path.is_file():
        raise PlainleafError(
            f"{root}: no library here ({SETTINGS_FILE} is missing). Make one with: plainleaf init {root}"
        )
    try:
        shown = path.relative_to(Path.cwd())
        root = root.relative_to(Path.cwd())
    except ValueError:
        shown = path
    return Library(root, read_settings(read_text(path), shown))


def read_settings(text: str, path: Path) -> Settings:
    """The settings in the text of a library.toml. Raises PlainleafError with the line of the mistake."""
    try:
        values = tomllib.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:  # not TOML, a number without end, or lists in lists
        place = re.search(r"line (\d+), column (\d+)", str(error))
        where = f":{place[1]}:{place[2]}" if place else ""
        raise PlainleafError(f"{path}{where}: not valid TOML: {error}") from None
    defaults = Settings()
    known = {f.name: getattr(defaults, f.name) for f in fields(Settings)}
    read: dict[str, Any] = {}
    for name, value in values.items():
        where = f"{path}:{_line_of(name, text)}"
        if name not in known:
            raise PlainleafError(f"{where}: unknown setting {name!r}; known are {', '.join(known)}")
        read[name] = _checked(name, value, known[name], where)
        if name == "coverage" and not 0 <= read[name] <= 100:
            raise PlainleafError(f"{where}: coverage must lie between 0 and 100: it is a part of a hundred")
        if name in ("leaflet_seconds", "leaflet_megabytes") and read[name] < 1:
            raise PlainleafError(f"{where}: {name} must be 1 or more")
        if name == "signatures" and not value:
            raise PlainleafError(f'{where}: signatures must name a role, such as ["checker"]')
    settings = Settings(**read)
    if settings.language in settings.languages:
        where = f"{path}:{_line_of('languages', text)}"
        raise PlainleafError(f"{where}: {settings.language!r} is the source language; take it out of languages")
    return settings


def _line_of(name: str, text: str) -> int:
    match = re.search(rf"^\s*\[?\s*[\"']?{re.escape(name)}\b", text, re.MULTILINE)
    return text.count("\n", 0, match.start()) + 1 if match else 1


def _checked(name: str, value: Any, default: Any, where: str) -> Any:
    if isinstance(default, tuple):
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise PlainleafError(f'{where}: {name} must be a list of texts, such as ["es", "ar"]')
        value = tuple(value)
        if len(set(value)) != len(value):
            raise PlainleafError(f"{where}: {name} names something twice")
    elif isinstance(default, Mapping):
        if not isinstance(value, dict) or not all(isinstance(item, str) for item in value.values()):
            raise PlainleafError(f'{where}: {name} must be a table of texts, such as [{name}] and heart = "Heart"')
        return value
    elif isinstance(default, bool):
        if not isinstance(value, bool):
            raise PlainleafError(f"{where}: {name} must be true or false")
    elif isinstance(default, float):
        if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
            raise PlainleafError(f"{where}: {name} must be a number")
        value = float(value)
    elif not isinstance(value, str):
        raise PlainleafError(f'{where}: {name} must be a text in quotation marks, such as {name} = "..."')
    choices = _CHOICES.get(name, ())
    for item in value if isinstance(value, tuple) else (value,):
        if choices and item not in choices:
            raise PlainleafError(f"{where}: {name}: {item!r} is not one of {', '.join(choices)}")
    return value


def read_article(path: Path, article_id: str, language: str) -> Article:
    """One Markdown file as an article. Raises PlainleafError when it cannot be read, is not UTF-8 or has no end."""
    text = read_text(path)
    refuse_endless(text, str(path))
    return parse_article(text, path, article_id, language)


def parse_article(text: str, path: Path, article_id: str, language: str) -> Article:
    """A decoded Markdown text as an article. Broken front matter gives empty ``meta``, never an error."""
    data = front_matter.parse(text).data
    return Article(path, article_id, language, data, text, segments.LazySegments(text))


def text_files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files among these paths and in these folders that can be checked, each once, in order.

    Raises PlainleafError for a path that is not there.
    """
    seen: set[Path] = set()
    for path in paths:
        if path.is_dir():
            found = sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
            found = [p for p in found if not is_hidden(p, path)]
        elif path.exists():
            found = [path]
        else:
            raise PlainleafError(f"{path}: no such file or folder")
        for file in found:
            if file not in seen:
                seen.add(file)
                yield file


def images_of(article: Article, root: Path) -> dict[str, bytes]:
    """The images that an article uses: path as pandoc reads it -> content.

    Only files inside ``root`` are read. Raises PlainleafError, with the line, for a missing image or a path
    that leads out of the library.
    """
    images: dict[str, bytes] = {}
    for source, line in _image_sources(article):
        written = _as_written(source, article)
        if written in images:
            continue
        where = f"{article.path}:{line}"
        if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//|/", written):
            raise PlainleafError(f"{where}: the image {written} must be a file of the library, such as ../images/x.svg")
        path = Path(os.path.normpath(article.path.parent / unquote(written)))
        if not path.resolve().is_relative_to(root.resolve()):
            raise PlainleafError(f"{where}: the image {written} lies outside the library")
        if not path.is_file():
            raise PlainleafError(f"{where}: there is no image {written} (looked for {path})")
        images[written] = read_bytes(path)
        if harm := harm_in(images[written]):
            raise PlainleafError(f"{where}: the image {written} holds {harm}: save it as a plain drawing without it")
    return images


def image_paths(article: Article) -> list[Path]:
    """Where the pictures of an article are to be found, each once, whether they are there or not."""
    paths = (article.path.parent / unquote(_as_written(source, article)) for source, _ in _image_sources(article))
    return list(dict.fromkeys(Path(os.path.normpath(path)) for path in paths))


def _as_written(source: str, article: Article) -> str:
    """An address as pandoc has it: markdown-it writes blanks and other letters as %20."""
    return source if source in article.text else unquote(source)


def _image_sources(article: Article) -> Sequence[tuple[str, int]]:
    """Each image's address, as markdown-it has it, with the line of the block that it stands in."""
    return _image_sources_in(article.text) if "![" in article.text else ()


@lru_cache(maxsize=4)
def _image_sources_in(text: str) -> Sequence[tuple[str, int]]:
    body_start = front_matter.parse(text).body_start
    first_line = Lines(text).place(body_start)[0]
    return [
        (str(child.attrGet("src") or ""), first_line + (token.map[0] if token.map else 0))
        for token in _image_parser().parse(text[body_start:].removeprefix("\ufeff"))
        for child in token.children or ()
        if child.type == "image"
    ]


@cache
def _image_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table").use(footnote_plugin).use(deflist_plugin)
    # What the parser would not take for a picture, pandoc does: file:, data: and the like.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    return parser


def stray_files(library: Library) -> list[Path]:
    """Text files in source/ that look like articles and are none: they are in no topic, or too deep."""
    articles = set(library.article_paths())
    found = (p for p in library.source.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
    seen = (p for p in found if not is_hidden(p, library.source))
    return sorted(p for p in seen if p not in articles and p != library.root / WORD_LIST)


def is_hidden(path: Path, folder: Path) -> bool:
    """Whether a file, or a folder that it lies in, below this one is hidden: programs put things there, not editors."""
    return any(part.startswith(".") for part in path.relative_to(folder).parts)
