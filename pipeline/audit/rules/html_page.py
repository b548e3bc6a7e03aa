"""What a page as a whole has to have, and what it must not do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree

from pipeline.audit.dom import Page, is_hidden, is_silent, text_of
from pipeline.audit.model import Fault
from pipeline.audit.registry import rule
from pipeline.model import Severity

_EMPTY_TITLES = re.compile(
    r"^(?:untitled(?: document)?|document|index|ch\d+(?:\.x?html)?|page \d+|title)$", re.IGNORECASE
)
_FOCUSABLE = "a[@href] | //button | //input | //select | //textarea | //summary | //*[@tabindex]"


@rule("page", Severity.ERROR, "2.4.2", epub="EPUB Accessibility 1.1 2.2")
def page_title(page: Page) -> Iterator[Fault]:
    """The page has a title that says what it is.

    Why: it is the first thing that a screen reader says, and the name of the tab.

    Bad:
        <!doctype html><html lang="en"><head></head><body><h1>Fever</h1></body></html>
    Bad:
        <!doctype html><html lang="en"><head><title>ch001.xhtml</title></head><body><h1>Fever</h1></body></html>
    Good:
        <!doctype html><html lang="en"><head><title>Fever</title></head><body><h1>Fever</h1></body></html>
    """
    title = page.root.find("head/title")
    text = text_of(title) if title is not None else ""
    if not text:
        yield page.fault(page.root, "the page has no title")
    elif _EMPTY_TITLES.match(text):
        yield page.fault(title, f'the title "{text}" does not say what the page is')


@rule("web", Severity.WARNING, "1.3.1", "2.4.1", other=("best practice",))
def main_landmark(page: Page) -> Iterator[Fault]:
    """A page has one main part.

    Why: one key takes readers of screen readers to it, past what every page repeats. Pandoc's pages have none.

    Bad:
        <!doctype html><html lang="en"><head><title>Fever</title></head><body><h1>Fever</h1></body></html>
    Bad:
        <main><p>One</p></main><main><p>Two</p></main>
    """
    mains = [e for e in page.root.iter(etree.Element) if e.tag == "main" or e.get("role") == "main"]
    shown = [e for e in mains if not is_hidden(e)]
    if not shown:
        yield page.fault(page.root.find("body"), "the page has no <main>")
    for element in shown[1:]:
        yield page.fault(element, "a second main part")


@rule("web", Severity.ERROR, "1.4.4")
def zoom(page: Page) -> Iterator[Fault]:
    """The page may be made larger with two fingers.

    Why: readers with low vision need it on every page.

    Bad:
        <!doctype html><html lang="en"><head><title>x</title><meta name="viewport" content="user-scalable=no"></head>
        <body><p>Rest.</p></body></html>
    Good:
        <!doctype html><html lang="en"><head><title>x</title><meta name="viewport" content="width=device-width"></head>
        <body><p>Rest.</p></body></html>
    """
    for meta in page.root.iter("meta"):
        if (meta.get("name") or "").lower() == "viewport":
            content = (meta.get("content") or "").lower().replace(" ", "")
            largest = re.search(r"maximum-scale=([\d.]+)", content)
            if re.search(r"user-scalable=(?:no|0)", content) or (largest and _number(largest[1]) < 2):
                yield page.fault(meta, "the page forbids to make it larger")


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


@rule("page", Severity.ERROR, "2.2.1", "2.2.2")
def moves_by_itself(page: Page) -> Iterator[Fault]:
    """Nothing reloads, goes elsewhere, scrolls or blinks by itself.

    Why: slow readers lose their place before they are done.

    Bad:
        <!doctype html><html lang="en"><head><title>x</title><meta http-equiv="refresh" content="30"></head>
        <body><p>Rest.</p></body></html>
    Bad:
        <marquee>Wash your hands</marquee>
    Good:
        <p>Wash your hands</p>
    """
    for meta in page.root.iter("meta"):
        if (meta.get("http-equiv") or "").lower() == "refresh" and not (meta.get("content") or "").startswith("0"):
            yield page.fault(meta, "the page reloads, or goes elsewhere, by itself")
    for element in page.all("marquee", "blink"):
        yield page.fault(element, "text that moves or blinks")


@rule("page", Severity.ERROR, "1.2.2")
def media_alternative(page: Page) -> Iterator[Fault]:
    """Films have captions.

    Why: deaf readers get nothing of the sound otherwise. Whether there is a transcript and a description of what is
    seen, a person must tell.

    Bad:
        <video controls src="a.mp4"></video>
    Good:
        <video controls src="a.mp4"><track kind="captions" srclang="en" src="a.vtt"></video>
    """
    for media in page.all("video"):
        if not any(track.get("kind") in ("captions", "subtitles") for track in media.iter("track")):
            yield page.fault(media, "a film without captions")


@rule("page", Severity.ERROR, "1.4.2")
def plays_by_itself(page: Page) -> Iterator[Fault]:
    """No sound starts by itself.

    Why: it drowns the voice of the screen reader.

    Bad:
        <audio autoplay src="a.mp3"></audio>
    Good:
        <audio controls src="a.mp3"></audio>
    """
    for media in page.all("audio", "video"):
        if media.get("autoplay") is not None and media.get("muted") is None:
            yield page.fault(media, "sound that starts by itself")


@rule("page", Severity.ERROR, "1.3.1", "4.1.2")
def unique_ids(page: Page) -> Iterator[Fault]:
    """No id that something refers to is there twice.

    Why: a label, a description or a link then leads to the first one only, which may be the wrong one.

    Bad:
        <form><label for="a">Name</label><input id="a"><input id="a" aria-label="Town"></form>
    Good:
        <form><label for="a">Name</label><input id="a"><input id="b" aria-label="Town"></form>
    """
    counts = Counter(e.get("id") for e in page.root.iter(etree.Element) if e.get("id"))
    used = _references(page)
    for name, count in counts.items():
        if count > 1 and name in used:
            yield page.fault(page.ids[name], f'{count} elements have the id "{name}", and something refers to it')


def _references(page: Page) -> set[str]:
    names: set[str] = set()
    for element in page.root.iter(etree.Element):
        for attribute in ("for", "headers", "aria-labelledby", "aria-describedby", "aria-controls"):
            names.update((element.get(attribute) or "").split())
        if (element.get("href") or "").startswith("#"):
            names.add(unquote(element.get("href")[1:]))
    return names


@rule("page", Severity.ERROR, "2.4.1", "2.4.3")
def anchor_target(page: Page) -> Iterator[Fault]:
    """Links within a page lead to a place that is there.

    Why: who follows a link of the contents, or skips to the text, stays where they are and is not told.

    Bad:
        <p><a href="#what-helps">What helps</a></p>
    Good:
        <p><a href="#what-helps">What helps</a></p><h2 id="what-helps">What helps</h2>
    """
    names = {e.get("name") for e in page.root.iter("a")}
    for link in page.all("a"):
        target = link.get("href") or ""
        name = unquote(target[1:])
        if target.startswith("#") and name and name.lower() != "top" and name not in page.ids and name not in names:
            yield page.fault(link, f"a link to {target}, which is not on this page")


@rule("page", Severity.ERROR, "2.4.3")
def focus_order(page: Page) -> Iterator[Fault]:
    """The order of the focus is that of the page, and nothing that is hidden takes it.

    Why: the keyboard jumps about otherwise, or lands where nothing is seen or said.

    Bad:
        <p><a href="a.html" tabindex="3">Fever</a></p>
    Bad:
        <p aria-hidden="true"><a href="a.html">Fever</a></p>
    Good:
        <p><a href="a.html">Fever</a></p>
    """
    for element in page.root.xpath(f"//{_FOCUSABLE}"):
        order = (element.get("tabindex") or "").strip()
        if order.isdigit() and int(order) > 0:
            yield page.fault(element, f"tabindex={order} takes it out of the order of the page")
        # What is only a reference back, for eyes, may be kept from ears when the keyboard skips it too.
        if is_silent(element) and order != "-1" and element.get("disabled") is None and not is_hidden(element):
            yield page.fault(element, "it takes the focus, but is hidden from screen readers")


@rule("page", Severity.WARNING, other=("RNIB Clear Print", "WCAG 2.2 1.4.8 (AAA)"))
def justified_text(page: Page) -> Iterator[Fault]:
    """Text is not justified.

    Why: the uneven gaps make rivers of white, which readers with dyslexia or low vision lose their way in.

    Bad:
        <p style="text-align: justify">Rest in bed.</p>
    Good:
        <p style="text-align: start">Rest in bed.</p>
    """
    pattern = re.compile(r"text-align\s*:\s*justify", re.IGNORECASE)
    for element in page.root.iter(etree.Element):
        if pattern.search(element.get("style") or "") or (element.get("align") or "").lower() == "justify":
            yield page.fault(element, "justified text")
        elif element.tag == "style" and pattern.search(element.text or ""):
            yield page.fault(element, "a style that justifies text")
