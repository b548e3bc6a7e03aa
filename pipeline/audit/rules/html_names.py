"""Pictures, links, buttons and controls have names that say something."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.audit.dom import Page, is_silent, name_of, text_of
from pipeline.audit.model import Fault
from pipeline.audit.registry import rule
from pipeline.model import Severity

EMPTY_WORDS = frozenset(("image", "picture", "photo", "graphic", "drawing", "figure", "icon", "alt", "img", "untitled"))
FILE_NAME = re.compile(r"^[\w./ -]+\.(?:svg|png|jpe?g|gif|webp|bmp|tiff?)$", re.IGNORECASE)
VAGUE_LINKS = frozenset(
    ("here", "click here", "more", "read more", "learn more", "link", "this link", "this page", "click", "details")
)
UNLABELLED = ("hidden", "submit", "reset", "button", "image")


@rule("page", Severity.ERROR, "1.1.1", epub="EPUB Accessibility 1.1 2.2")
def image_alternative(page: Page) -> Iterator[Fault]:
    """Every picture has an alt attribute: what it shows, or nothing when it only adorns.

    Why: a screen reader reads the file's name aloud when there is none.

    Bad:
        <p><img src="heart.png"></p>
    Bad:
        <svg role="img" viewBox="0 0 1 1"><path d="M0 0"/></svg>
    Good:
        <p><img src="heart.png" alt="The heart, seen from the front"></p>
    """
    for image in page.all("img", "area"):
        named = image.get("aria-label") or image.get("aria-labelledby")
        if image.get("alt") is None and not named and image.get("role") not in ("presentation", "none"):
            yield page.fault(image, "a picture without alt")
    for image in page.all("svg"):
        if image.get("role") == "img" and not name_of(image, page) and not is_silent(image):
            yield page.fault(image, "a drawing (svg) without a name: give it a <title> or aria-label")
    for image in page.all("object", "embed"):
        if not text_of(image) and not name_of(image, page):
            yield page.fault(image, "an embedded object without words that stand for it")


@rule("page", Severity.ERROR, "1.1.1", epub="EPUB Accessibility 1.1 2.2")
def image_alternative_says(page: Page) -> Iterator[Fault]:
    """An alternative text says what the picture shows.

    Why: "image" or "heart.png" read aloud tells nothing.

    Bad:
        <p><img src="heart.png" alt="heart.png"></p>
    Bad:
        <p><img src="heart.png" alt="Image"></p>
    Good:
        <p><img src="heart.png" alt="The heart, seen from the front"></p>
    """
    for image in page.all("img", "area"):
        alt = " ".join((image.get("alt") or "").split())
        if alt and (alt.casefold() in EMPTY_WORDS or FILE_NAME.match(alt)):
            yield page.fault(image, f'the alt text "{alt}" does not say what the picture shows')


@rule("page", Severity.ERROR, "1.1.1")
def figure_alternative(page: Page) -> Iterator[Fault]:
    """A picture in a figure is not marked as an ornament, and its caption is not hidden.

    Why: what has a caption carries meaning. With alt="" or a hidden caption, blind readers are left out.

    Bad:
        <figure><img src="heart.png" alt=""><figcaption>The valve leaks</figcaption></figure>
    Bad:
        <figure><img src="h.png" alt="A leak"><figcaption aria-hidden="true">A leak</figcaption></figure>
    Good:
        <figure><img src="h.png" alt="Blood flows back"><figcaption>The valve leaks</figcaption></figure>
    """
    for figure in page.all("figure"):
        captions = [c for c in figure.iter("figcaption") if text_of(c)]
        for image in figure.iter("img"):
            ornament = image.get("alt") == "" or image.get("role") in ("presentation", "none")
            if ornament and captions:
                yield page.fault(image, "a picture with a caption, but marked as an ornament")
        for caption in captions:
            if is_silent(caption):
                yield page.fault(caption, "a caption that is hidden from screen readers")


@rule("page", Severity.ERROR, "2.4.4", "4.1.2")
def link_name(page: Page) -> Iterator[Fault]:
    """Every link has words.

    Why: a link without words is announced as its address, or only as "link".

    Bad:
        <p><a href="https://example.org/"></a></p>
    Bad:
        <p><a href="https://example.org/"><img src="a.png" alt=""></a></p>
    Good:
        <p><a href="https://example.org/"><img src="a.png" alt="Example clinic"></a></p>
    """
    for link in page.all("a"):
        if link.get("href") is not None and not is_silent(link) and not name_of(link, page):
            yield page.fault(link, f"a link without words, to {link.get('href')}")


@rule("page", Severity.WARNING, "2.4.4")
def link_says_where(page: Page) -> Iterator[Fault]:
    """The words of a link say where it leads.

    Why: readers of screen readers go from link to link. "Here" five times tells them nothing.

    Bad:
        <p>For asthma, click <a href="a.html">here</a>.</p>
    Good:
        <p>Read <a href="a.html">living with asthma</a>.</p>
    """
    for link in page.all("a"):
        name = name_of(link, page).casefold().strip(" .…›»>→")
        if link.get("href") is not None and name in VAGUE_LINKS:
            yield page.fault(link, f'the link "{name}" does not say where it leads')


@rule("page", Severity.ERROR, "4.1.2")
def button_name(page: Page) -> Iterator[Fault]:
    """Every button, and every frame, has a name.

    Why: "button" alone does not say what it does.

    Bad:
        <p><button type="button"><svg viewBox="0 0 1 1"></svg></button></p>
    Bad:
        <iframe src="map.html"></iframe>
    Good:
        <p><button type="button" aria-label="Print"><svg viewBox="0 0 1 1"></svg></button></p>
    """
    for element in page.all("button", "summary"):
        if not is_silent(element) and not name_of(element, page):
            yield page.fault(element, f"a {element.tag} without a name")
    for element in page.root.xpath("//*[@role='button']"):
        if element.tag != "button" and not is_silent(element) and not name_of(element, page):
            yield page.fault(element, "a button without a name")
    for frame in page.all("iframe"):
        if not is_silent(frame) and not (frame.get("title") or frame.get("aria-label") or "").strip():
            yield page.fault(frame, "a frame without a title")


@rule("page", Severity.ERROR, "1.3.1", "3.3.2", "4.1.2")
def control_label(page: Page) -> Iterator[Fault]:
    """Every field has a label.

    Why: who cannot see the words beside a field does not know what to type into it.

    Bad:
        <form><input type="text" name="q"></form>
    Good:
        <form><label>Search <input type="text" name="q"></label></form>
    """
    for control in page.all("input", "select", "textarea"):
        kind = (control.get("type") or "text").lower()
        if kind in UNLABELLED and (kind != "button" or control.get("value")) and kind != "image":
            continue
        if not is_silent(control) and not name_of(control, page):
            yield page.fault(control, f"a field ({kind}) without a label")


@rule("page", Severity.ERROR, "2.5.3")
def label_in_name(page: Page) -> Iterator[Fault]:
    """The name of a control holds the words that are seen on it.

    Why: who speaks to the computer says the words that they see.

    Bad:
        <p><button type="button" aria-label="Submit form">Print this page</button></p>
    Good:
        <p><button type="button" aria-label="Print this page, 2 sheets">Print this page</button></p>
    """
    for element in page.all("a", "button"):
        label = (element.get("aria-label") or "").casefold()
        seen = text_of(element).casefold()
        if label and len(re.findall(r"\w", seen)) > 1 and _words(seen) not in _words(label):
            yield page.fault(
                element, f'it reads "{text_of(element)}" and is announced as "{element.get("aria-label")}"'
            )


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text))
