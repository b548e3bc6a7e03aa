"""What the printed leaflet says around the article, as leaflet.typ and leaflet-parts.typ read it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NoReturn
from urllib.parse import quote

import zxingcpp
from babel import Locale
from babel.core import get_global

from pipeline.formats import Leaflet, Link
from pipeline.formats.web import Facts, read_facts
from pipeline.language import Language, load_language
from pipeline.leaflet_code import leaflet_code
from pipeline.model import PlainleafError

QR_FILE = "web-address.svg"
PAPERS = {"a4": "a4", "letter": "us-letter", "a5": "a5"}

Inlines = list[dict[str, Any]]


def leaflet_data(leaflet: Leaflet, paper: str = "") -> dict[str, Any]:
    """leaflet.json but for the body: plain values, and inlines for what is set like the text.

    paper: another one than the library's.
    """
    language, settings, facts = leaflet.language, leaflet.settings, read_facts(leaflet)
    return {
        "lang": language.code.partition("_")[0],
        "region": region(language.code),
        "script": language.script,
        "dir": language.direction,
        "fonts": _font_chain(language),
        "paper": PAPERS.get(paper or settings.paper) or _unknown_paper(settings.paper),
        "publisher": settings.publisher or settings.name,
        "library": settings.name,
        "language-name": language.name,
        "title-text": facts.title,
        "title-line": facts.title,
        "summary-text": facts.summary,
        "title": _field(leaflet, "title", facts.title),
        "also-called": _also_called(leaflet, facts),
        "summary": _field(leaflet, "summary", facts.summary),
        "notices": list(_notices(leaflet)),
        "related": [_related(leaflet, link) for link in leaflet.related],
        "about": list(_about(leaflet, facts)),
        "imprint": list(_imprint(leaflet, facts)),
        "web": _web(leaflet),
        "page-of": leaflet.say("Page {page} of {pages}", page="\ue000", pages="\ue001"),
        "words": {
            "emergency": leaflet.say("Emergency"),
            "urgent": leaflet.say("Urgent"),
            "see-doctor": leaflet.say("Not urgent"),
            "untranslated": leaflet.say("Not translated yet"),
            "related": leaflet.say("Related leaflets"),
            "about": leaflet.say("About this leaflet"),
        },
    }


def web_address(link: Link) -> str:
    """The web page: a printed or mailed leaflet has no neighbours that it could link to."""
    return f"{link.url}.html" if link.url else ""


def region(code: str) -> str | None:
    """The region that tells Typst which form of a language is meant: zh_Hans -> CN, pt_BR -> BR, ar -> None."""
    parts = code.split("_")
    if len(parts) == 1:
        return None
    likely = get_global("likely_subtags")
    full = code if len(parts[-1]) == 2 else str(likely.get(code) or likely.get(parts[0], ""))
    return full.rpartition("_")[2] if full.startswith(code) else None


def _font_chain(language: Language) -> list[Any]:
    """Among Chinese, quotation marks and dashes come from the Chinese font though Latin fonts have them."""
    if language.script not in ("Hans", "Hant", "Jpan", "Kore"):
        return list(language.fonts)
    *latin, last = language.fonts
    return [*({"name": name, "covers": "latin-in-cjk"} for name in latin), last]


def _unknown_paper(paper: str) -> NoReturn:
    raise PlainleafError(f"unknown paper {paper!r} in library.toml: use {', '.join(PAPERS)}")


def _notices(leaflet: Leaflet) -> Iterator[Inlines]:
    if leaflet.notice:
        yield [{"t": "Strong", "c": _words(leaflet.say(leaflet.notice))}]
    if leaflet.untranslated_segments or leaflet.untranslated_fields:
        source = _name_of(leaflet.source_language, leaflet.language)
        partly = leaflet.say(
            "Some parts of this leaflet are not translated yet. They are shown in {language}.", language=source
        )
        yield _words(partly)


def _also_called(leaflet: Leaflet, facts: Facts) -> Inlines:
    if not facts.also_called:
        return []
    before, _, after = leaflet.say("Also called: {names}", names="\ue000").partition("\ue000")
    return [*_words(before), *_field(leaflet, "also_called", facts.also_called), *_words(after)]


def _related(leaflet: Leaflet, link: Link) -> Inlines:
    title = _link(_words(link.title), web_address(link))
    if link.language.code == leaflet.language.code:
        return [title]
    return [_span(link.language, [title]), *_words(f" ({_name_of(link.language, leaflet.language)})")]


def _about(leaflet: Leaflet, facts: Facts) -> Iterator[Inlines]:
    """The end of the leaflet: what it is not, how fresh it is, where it comes from."""
    say, english = leaflet.say, leaflet.source_language
    if facts.disclaimer:
        yield _field(leaflet, "disclaimer", facts.disclaimer)
    if not facts.last_reviewed:
        yield [{"t": "Strong", "c": _words(say("Not yet reviewed by a clinician"))}]
    for label, text in (
        (say("Published"), facts.published),
        (say("Last reviewed"), facts.last_reviewed),
        (say("Next review"), facts.next_review),
        (say("Reviewed by"), "; ".join(facts.reviewers)),
        (say("Written by"), facts.authors),
    ):
        if text:
            yield _row(leaflet, label, _words(text))
    yield from _identity(leaflet, facts)
    if facts.sources:
        yield _row(leaflet, say("Sources"), _listed([_source(english, s.title, s.url) for s in facts.sources]))
    if facts.licence:
        yield _row(leaflet, say("Licence"), [_source(english, facts.licence, facts.licence_url)])


def _identity(leaflet: Leaflet, facts: Facts) -> Iterator[Inlines]:
    """Which leaflet this is, for whoever does not read its language, and who answers for the translation."""
    say, language = leaflet.say, leaflet.language
    if leaflet.is_translation:
        english = [_span(leaflet.source_language, _words(facts.english_title))]
        yield _row(leaflet, say("English title"), english)
    name = [_span(load_language("en"), _words(language.english_name))]
    if language.name != language.english_name:
        name = [*_words(f"{language.name} ("), *name, *_words(")")]
    yield _row(leaflet, say("Language"), name)
    code = leaflet_code(leaflet.source.id, language.code, facts.version)
    yield _row(leaflet, say("Leaflet code"), [_number(code)])
    if facts.version:
        yield _row(leaflet, say("Version"), _words(facts.version))
    if leaflet.notice:
        yield _words(leaflet.say(leaflet.notice))
    for label, people in ((say("Translated by"), facts.translators), (say("Checked by"), facts.checkers)):
        if people:
            yield _row(leaflet, label, _words("; ".join(people)))
    if leaflet.settings.imprint:
        yield [_span(leaflet.source_language, _words(leaflet.settings.imprint))]


def _web(leaflet: Leaflet) -> dict[str, Any] | None:
    if not leaflet.url:
        return None
    address, words = f"{leaflet.url}.html", leaflet.say("This leaflet on the web")
    return {
        "file": QR_FILE,
        "alt": f"{words}: {address}",
        "text": [
            *_words(words),
            {"t": "LineBreak"},
            _link([_number(address)], address),
        ],
    }


def qr_code(leaflet: Leaflet) -> bytes:
    """An SVG picture of the address of the same page on the web; quiet zone included."""
    # Not every camera knows the letters of every script, and none opens an address with a blank.
    address = quote(f"{leaflet.url}.html", safe=":/?#[]@!$&'()*+,;=%")
    code = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    return code.to_svg().encode()


def _imprint(leaflet: Leaflet, facts: Facts) -> Iterator[str]:
    """The lines at the foot of each page: a stray page still tells what it is and whether it is current."""
    parts = [
        f"{facts.english_title} - {leaflet.language.english_name}" if facts.english_title else "",
        leaflet.say("Version {version}", version=facts.version) if facts.version else "",
        facts.last_reviewed or facts.published,
        leaflet.say("Draft") if leaflet.notice else "",
        leaflet_code(leaflet.source.id, leaflet.language.code, facts.version),
    ]
    if any(parts):
        # On every page: the code is what a recall names.
        yield " · ".join(_isolated(leaflet, part) for part in parts if part)


def _isolated(leaflet: Leaflet, text: str) -> str:
    """Text of either direction, kept apart from its neighbours in a right-to-left line."""
    return f"\u2068{text}\u2069" if leaflet.language.direction == "rtl" else text


# Pandoc's inlines, as leaflet-body.typ sets them


def _words(text: str) -> Inlines:
    return [{"t": "Str", "c": text}] if text else []


def _number(text: str) -> dict[str, Any]:
    """Set in its own order, on one line."""
    return {"t": "Span", "c": [["", ["number"], []], _words(text)]}


def _span(language: Language, inlines: Inlines, *classes: str) -> dict[str, Any]:
    attributes = ["", list(classes), [["lang", language.tag], ["dir", language.direction]]]
    return {"t": "Span", "c": [attributes, inlines]}


def _link(inlines: Inlines, url: str) -> dict[str, Any]:
    return {"t": "Link", "c": [["", [], []], inlines, [url, ""]]} if url else {"t": "Cite", "c": [[], inlines]}


def _field(leaflet: Leaflet, name: str, text: str) -> Inlines:
    """A front-matter field; marked where it still stands in the source language."""
    if not text or name not in leaflet.untranslated_fields:
        return _words(text)
    return [_span(leaflet.source_language, _words(text), "untranslated")]


def _row(leaflet: Leaflet, label: str, inlines: Inlines) -> Inlines:
    # Not every language sets its colon as English does.
    return [{"t": "Strong", "c": _words(leaflet.say("{label}:", label=label))}, *_words(" "), *inlines]


def _source(language: Language, title: str, url: str) -> dict[str, Any]:
    return _span(language, [_link(_words(title), url)])


def _listed(items: Inlines) -> Inlines:
    return [part for item in items for part in (*_words("; "), item)][1:]


def _name_of(language: Language, reader: Language) -> str:
    """What readers of one language call another."""
    if language.pseudo:
        return language.name
    return Locale.parse(language.locale).get_language_name(reader.locale) or language.name
