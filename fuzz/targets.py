"""What is fed: each target takes bytes, and raises where a promise is broken. A PlainleafError is a kept promise.

A promise is more than "no crash": a text that is read and written again is the same text, a translation stays within its
own paragraph, an updated catalogue has every translation that it had, a page that was built can do no harm.
"""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from fuzz.harmless import harms
from pipeline import front_matter, po, segments
from pipeline.catalogue import parse_catalogue
from pipeline.checks import Context, TranslatedArticle, check_article, check_translation
from pipeline.checks.raw_html import raw_html
from pipeline.exchange import po_file, xliff_file
from pipeline.formats import Leaflet
from pipeline.glossary import parse_glossary
from pipeline.importing.draft import make_draft
from pipeline.language import load_language
from pipeline.library import Settings, parse_article, read_settings
from pipeline.model import Article, Lines, PlainleafError
from pipeline.rendering import render
from pipeline.signatures import read_signatures
from pipeline.translate import translate
from pipeline.updating import begin

Target = Callable[[bytes], None]
TARGETS: dict[str, tuple[Target, float]] = {}
"""Name -> what is fed, and the seconds that one input may take: far more than any honest one needs."""
NOWHERE = Path("fuzzed")
PLACES = (
    "---\ntitle: {}\n---\n\n{}\n====\n\n## {}\n\n{}\n\n- {}\n\n  - {}\n\n> {}\n\n1. {}\n\n[^1]: {}\n\nTerm\n: {}\n\n"
    '| a | b |\n|---|---|\n| {} | {} |\n\n::: {.urgent}\n{}\n:::\n\n[l]: https://example.org "{}"\n\nEnd[^1] [l].\n'
)
"""Every place that a translation can stand in."""


def target(seconds: float) -> Callable[[Target], Target]:
    """Enter a function into the table, under its name."""

    def enter(function: Target) -> Target:
        TARGETS[function.__name__] = (function, seconds)
        return function

    return enter


def feed(name: str, data: bytes) -> None:
    """Feed one input to a target. Raises whatever shows that a promise is broken."""
    try:
        TARGETS[name][0](data)
    except PlainleafError as error:
        message = str(error)
        assert "Traceback" not in message and "mistake of Plainleaf" not in message, message
        assert message.strip(), "an error that says nothing"


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _halves(data: bytes) -> tuple[str, str]:
    first, _, second = _text(data).partition("\0")
    return first, second


@target(10)
def article(data: bytes) -> None:
    """Segments lie in order within the text, and the identity translation gives every byte back."""
    text = _text(data)
    found = segments.extract(text)
    assert segments.apply(text, found, lambda s: s.text) == text, "the identity translation changed the text"
    end = 0
    for segment in sorted(found, key=lambda s: s.start):
        assert end <= segment.start <= segment.end <= len(text), segment
        end = segment.end
    # Another word in front of each leaves as many, of the same kinds.
    changed = segments.apply(text, found, lambda s: f"x {s.text}")
    again = [s.kind for s in segments.extract(changed) if s.kind != "field"]
    assert again == [s.kind for s in found if s.kind != "field"], changed


@target(10)
def translation(data: bytes) -> None:
    """Whatever a translator writes stays within its own block: every other text is as it was."""
    new = _text(data)
    if not new.strip():
        return
    text = PLACES.replace("{}", "source")
    found = segments.extract(text)
    applied = segments.apply(text, found, lambda s: new if s.text == "source" else s.text)
    again = segments.extract(applied)
    assert [(s.kind, s.level) for s in again] == [(s.kind, s.level) for s in found], applied
    others = [(s.text, t.text) for s, t in zip(found, again, strict=True) if s.text != "source"]
    assert all(before == after for before, after in others), applied


@target(10)
def catalogue(data: bytes) -> None:
    """A catalogue is read and written byte for byte, and an update keeps every translation that it had."""
    text = _text(data)
    try:
        file = po.parse(text)
    except po.PoError:
        file = None
    if file is not None:
        assert file.render() == text, "reading and writing changed the catalogue"
    parse_catalogue(text, NOWHERE)
    before = [(e.msgstr, e.comment) for e in po.parse(text).entries if e.msgid and e.is_translated]
    updated = begin(text, NOWHERE, _small_article().segments, "es", "source/care/cough.md").render()
    after = {(e.msgstr, e.comment) for e in po.parse(updated).entries}
    texts = {msgstr for msgstr, _ in after}
    for msgstr, _ in before:
        assert msgstr in texts, f"the translation {msgstr!r} is lost"
    again = begin(updated, NOWHERE, _small_article().segments, "es", "source/care/cough.md").render()
    assert again == updated, "an update of what is up to date changed it"


@cache
def _small_article() -> Article:
    return parse_article(
        "---\ntitle: Cough\n---\n\nA dry cough.\n\n- Take 5 ml.\n- Rest.\n", NOWHERE, "care/cough", "en"
    )


@target(10)
def front(data: bytes) -> None:
    """Front matter never raises, and the spans of its values lie within it."""
    text = _text(data)
    read = front_matter.parse(text)
    assert all(0 <= s.start <= s.end <= read.body_start for s in read.scalars)
    item = parse_article(text, NOWHERE, "care/cough", "en")
    assert isinstance(item.title, str)
    for scalar in read.scalars:
        quoted = front_matter.quote(scalar.value)
        (back,) = front_matter.parse(f"---\na: {quoted}\n---\n").scalars or [scalar]
        assert back.value == scalar.value, "a value is another when it is quoted"


@target(10)
def checks(data: bytes) -> None:
    """Every check says something or nothing of any article and any translation, in its time."""
    first, second = _halves(data)
    source = parse_article(first, NOWHERE, "care/cough", "en")
    context = Context(Settings(), frozenset(), {}, None)
    for finding in check_article(source, context):
        assert 0 <= finding.start <= finding.end <= len(first), finding
    language = ("es", "ar", "zh_Hans", "hi", "ru")[len(data) % 5]
    lines = [f"msgid {po_string(s.text)}\nmsgstr {po_string(second)}\n\n" for s in source.segments[:20]]
    content = "".join(lines)
    item = TranslatedArticle(
        source, translate(source, parse_catalogue(content, NOWHERE), language), NOWHERE, Lines(content)
    )
    list(check_translation(item, context))


def po_string(text: str) -> str:
    """A text as one string of a PO file."""
    return "".join(po.new_entry(text, (), ()).render()[0][0].removeprefix("msgid ")) if "\n" not in text else '""'


@target(10)
def xliff(data: bytes) -> None:
    """A file that a translator sent back is read or refused."""
    xliff_file.read(data, NOWHERE)


@target(10)
def po_back(data: bytes) -> None:
    """So is a PO file."""
    po_file.read(data, NOWHERE)


@target(10)
def signatures(data: bytes) -> None:
    """A record of signatures is read or refused."""
    with tempfile.NamedTemporaryFile(suffix=".signatures.toml") as file:
        file.write(data)
        file.flush()
        read_signatures(Path(file.name))


@target(10)
def settings(data: bytes) -> None:
    """So are the settings and the glossary of a library."""
    read_settings(_text(data), NOWHERE)


@target(10)
def glossary(data: bytes) -> None:
    """The terms of a glossary can be looked for in any text."""
    for term in parse_glossary(_text(data), NOWHERE):
        term.is_kept_in("a murmur of the heart")


def _import(data: bytes, suffix: str) -> None:
    with tempfile.NamedTemporaryFile(suffix=suffix) as file:
        file.write(data)
        file.flush()
        draft = make_draft(Path(file.name), "2026-01-05")
    read = front_matter.parse(draft.text)
    assert not read.problems, read.problems
    found = parse_article(draft.text, NOWHERE, "a/b", "en")
    if suffix != ".md":
        assert not list(raw_html(found, Context())), "a draft in which words would be taken for HTML"


@target(20)
def import_text(data: bytes) -> None:
    """Any text becomes a draft or is refused."""
    _import(data, ".txt")


@target(20)
def import_markdown(data: bytes) -> None:
    """So does Markdown."""
    _import(data, ".md")


@target(30)
def import_html(data: bytes) -> None:
    """So does a web page."""
    _import(data, ".html")


@target(30)
def import_docx(data: bytes) -> None:
    """So does a document, in which the text is anything."""
    _import(packed("word/document.xml", data), ".docx")


@target(30)
def import_epub(data: bytes) -> None:
    """So does a book."""
    _import(packed("chapter.xhtml", data), ".epub")


@target(30)
def import_archive(data: bytes) -> None:
    """So does an archive that is no archive."""
    _import(data, ".docx" if len(data) % 2 else ".epub")


_EPUB = {
    "mimetype": b"application/epub+zip",
    "META-INF/container.xml": b'<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    b'<rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
    "book.opf": b'<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata/><manifest>'
    b'<item id="c" href="chapter.xhtml" media-type="application/xhtml+xml"/></manifest>'
    b'<spine><itemref idref="c"/></spine></package>',
}
_DOCX = {
    "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    "_rels/.rels": b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
    b' Target="word/document.xml"/></Relationships>',
}


def packed(name: str, content: bytes) -> bytes:
    """An EPUB or DOCX in which one part is anything."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for other, bytes_ in {**(_DOCX if name.startswith("word") else _EPUB), name: content}.items():
            archive.writestr(other, bytes_)
    return buffer.getvalue()


def leaflet(text: str, language: str = "en") -> Leaflet:
    """An article as it goes to the formats, without a library around it."""
    source = parse_article(text, Path("valve.md"), "heart/valve", "en")
    item = Article(source.path, source.id, language, source.meta, source.text, source.segments)
    names = load_language(language)
    return Leaflet(item, source, names, load_language("en"), Settings(), is_translation=language != "en")


def built(text: str, formats: Iterable[str], language: str = "en") -> dict[str, bytes]:
    """An article in these formats; those that refuse it are missing."""
    done = render(leaflet(text, language), tuple(formats))
    for message in done.failed:
        assert "mistake of Plainleaf" not in message and "stopped unexpectedly" not in message, message
    return dict(done.made)


@target(60)
def pages(data: bytes) -> None:
    """Whatever an article says, its web page, e-book and texts can do no harm."""
    made = built(_text(data), ("html", "epub", "txt", "ssml", "docx"), ("en", "ar")[len(data) % 2])
    if "html" in made:
        assert not (found := harms(made["html"].decode())), found
    if "epub" in made:
        with zipfile.ZipFile(io.BytesIO(made["epub"])) as book:
            for name in book.namelist():
                if name.endswith((".xhtml", ".svg")):
                    assert not (found := harms(book.read(name).decode())), found


@target(60)
def print_(data: bytes) -> None:
    """Whatever an article says, it is set or refused in one clear line."""
    built(_text(data), ("pdf", "pdf-trifold"), ("en", "ar")[len(data) % 2])
