"""What an EPUB as a whole says of itself, and whether it is true."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.audit.book import DC, OPF, Book
from pipeline.audit.dom import prefixed, text_of
from pipeline.audit.model import Fault
from pipeline.audit.registry import rule
from pipeline.audit.tags import is_right_to_left, mismatch, primary, tag_fault
from pipeline.model import Severity

DISCOVERY = "EPUB Accessibility 1.1, 2 Discoverability"
ACCESS_MODES = frozenset(
    ("auditory", "chartOnVisual", "chemOnVisual", "colorDependent", "diagramOnVisual", "mathOnVisual", "musicOnVisual")
) | frozenset(("tactile", "textOnVisual", "textual", "visual"))
HAZARDS = frozenset(("flashing", "motionSimulation", "sound", "none", "unknown")) | frozenset(
    f"{no}{what}" for no in ("noFlashing", "noMotionSimulation", "noSound", "unknownFlashing") for what in ("Hazard",)
)
_HAZARD = re.compile(r"(?:no|unknown)?(?:flashing|motionSimulation|sound)(?:Hazard)?|none|unknown", re.IGNORECASE)
_CONFORMS = re.compile(
    r"EPUB Accessibility 1\.1 - WCAG 2\.[012] Level (?:A|AA|AAA)"
    r"|http://www\.idpf\.org/epub/a11y/accessibility-20170105\.html#wcag-(?:a|aa|aaa)"
)
_MOVING = re.compile(rb"<(?:animate\w*|set)\b|@keyframes", re.IGNORECASE)


@rule("book", Severity.ERROR, "3.1.1", epub="EPUB 3.3, 5.5.3.2 dc:language")
def book_language(book: Book) -> Iterator[Fault]:
    """The book names its language, well-formed, and it is that of its text.

    Why: reading systems choose the voice and the dictionary by it. Pandoc takes "C" from the computer's locale.
    """
    elements = list(book.package.iter(DC + "language"))
    if not elements:
        yield book.fault(None, "the package has no dc:language")
    for element in elements:
        tag = (element.text or "").strip()
        if reason := tag_fault(tag):
            yield book.fault(element, f'dc:language "{tag}" {reason}')
    languages = {primary(e.text.strip()) for e in elements if e.text}
    for page in book.pages:
        tag = page.root.get("lang") or prefixed(page.root, "xml:lang") or ""
        if tag and languages and primary(tag) not in languages:
            yield page.fault(page.root, f'the document is in "{tag}", the book in "{book.language}"')
    text = " ".join(text_of(page.root) for page in book.pages)
    if book.language and not tag_fault(book.language) and (wrong := mismatch(text, book.language, least=200)):
        yield book.fault(elements[0], f'dc:language is "{book.language}", but the text is in the script {wrong}')


@rule("book", Severity.ERROR, "2.4.2", epub="EPUB 3.3, 5.5.3.3 dc:title")
def book_title(book: Book) -> Iterator[Fault]:
    """The book has a title.

    Why: it is what a reader finds on the shelf.
    """
    if not any(book.metadata("title")):
        yield book.fault(None, "the package has no dc:title")


@rule("book", Severity.ERROR, epub=DISCOVERY)
def accessibility_metadata(book: Book) -> Iterator[Fault]:
    """The book says how it can be read: accessMode, accessibilityFeature and accessibilityHazard.

    Why: a reader who cannot see looks there before buying or borrowing.
    """
    for name in ("accessMode", "accessibilityFeature", "accessibilityHazard"):
        if not any(book.claims(f"schema:{name}")):
            yield book.fault(None, f"the metadata has no schema:{name}")
    for value in book.claims("schema:accessMode"):
        if value not in ACCESS_MODES:
            yield book.fault(None, f'schema:accessMode "{value}" is not in the vocabulary of schema.org')
    for value in book.claims("schema:accessibilityHazard"):
        if not _HAZARD.fullmatch(value):
            yield book.fault(None, f'schema:accessibilityHazard "{value}" is not in the vocabulary of schema.org')


@rule("book", Severity.WARNING, epub=DISCOVERY)
def accessibility_summary(book: Book) -> Iterator[Fault]:
    """The book should say in words how it can be read, and which ways to read it suffice.

    Why: the summary is what a library shows to its readers.
    """
    for name in ("accessibilitySummary", "accessModeSufficient"):
        if not any(book.claims(f"schema:{name}")):
            yield book.fault(None, f"the metadata has no schema:{name}")


@rule("book", Severity.ERROR, "1.1.1", epub=DISCOVERY)
def true_claims(book: Book) -> Iterator[Fault]:
    """What the metadata claims is in the book.

    Why: a reader who relies on a false claim holds a book that they cannot read. Pandoc claims alternative text always.
    """
    features, modes = book.claims("schema:accessibilityFeature"), book.claims("schema:accessMode")
    images = [image for page in book.pages for image in page.root.iter("img")]
    plain = [image for image in images if not (image.get("alt") or "").strip()]
    if {"alternativeText", "longDescription"} & set(features) and plain:
        yield book.fault(None, f"alternativeText is claimed, but {len(plain)} of {len(images)} pictures have none")
    if "tableOfContents" in features and not _has_nav(book, "toc"):
        yield book.fault(None, "tableOfContents is claimed, but there is none")
    if "pageNavigation" in features and not _has_nav(book, "page-list"):
        yield book.fault(None, "pageNavigation is claimed, but there is no list of pages")
    if "visual" in modes and not images and not any(i.media_type.startswith("image/") for i in book.items.values()):
        yield book.fault(None, "accessMode visual is claimed, but there is no picture")
    if "textual" in book.claims("schema:accessModeSufficient") and plain:
        message = f"accessModeSufficient textual is claimed, but {len(plain)} pictures have no words"
        yield book.fault(None, message)
    hazards = {value.lower() for value in book.claims("schema:accessibilityHazard")}
    moving = [i.path for i in book.items.values() if _moves(book, i.path, i.media_type)]
    if moving and hazards & {"none", "nomotionsimulationhazard"}:
        yield book.fault(None, f"no hazard is claimed, but {moving[0]} moves")
    media = [page for page in book.pages if next(page.root.iter("audio", "video"), None) is not None]
    if media and hazards & {"none", "nosoundhazard"}:
        yield book.fault(None, f"no hazard is claimed, but {media[0].file} has sound or film")


def _moves(book: Book, path: str, media_type: str) -> bool:
    content = book.files.get(path, b"")
    return media_type == "image/svg+xml" and bool(_MOVING.search(content))


def _has_nav(book: Book, kind: str) -> bool:
    pages = [book.navigation] if book.navigation else []
    return any(kind in (prefixed(nav, "epub:type") or "").split() for page in pages for nav in page.root.iter("nav"))


@rule("book", Severity.ERROR, epub="EPUB Accessibility 1.1, 4.2 Conformance reporting")
def conformance_claim(book: Book) -> Iterator[Fault]:
    """A claim of conformance is written as the standard asks, and says who vouches for it.

    Why: a claim that nobody has checked is worth nothing. Ace accepts any text (DAISY Ace, issue 443).
    """
    claims = [claim for claim in book.claims("dcterms:conformsTo") if claim]
    about = [claim for claim in claims if re.search(r"a11y|accessib|wcag", claim, re.IGNORECASE)]
    for claim in about:
        if not _CONFORMS.fullmatch(claim):
            yield book.fault(None, f'conformsTo "{claim}" is not one of the claims that the standard knows')
    if about and not any(book.claims("a11y:certifiedBy")):
        yield book.fault(None, "conformance is claimed, but a11y:certifiedBy does not say who vouches for it")


@rule("book", Severity.ERROR, "1.3.2", epub="EPUB 3.3, 5.7.1 page-progression-direction")
def page_progression(book: Book) -> Iterator[Fault]:
    """A book written from right to left turns its pages from right to left.

    Why: "next page" goes back otherwise. EPUBCheck does not notice.
    """
    spine = next(book.package.iter(OPF + "spine"), None)
    direction = spine.get("page-progression-direction") if spine is not None else None
    if is_right_to_left(book.language) and direction != "rtl":
        yield book.fault(spine, f'the language is "{book.language}", but page-progression-direction is not rtl')
    may_be = is_right_to_left(book.language) or primary(book.language) in ("", "zh", "ja")
    if direction == "rtl" and not may_be:
        yield book.fault(spine, f'the language is "{book.language}", but pages progress from right to left')


@rule("book", Severity.ERROR, "2.4.5", epub="EPUB 3.3, 7 Navigation document")
def table_of_contents(book: Book) -> Iterator[Fault]:
    """The book has a table of contents with words in each link, and the links lead into the book.

    Why: it is the way from chapter to chapter.
    """
    if not book.is_epub_3:
        if not any(i.media_type == "application/x-dtbncx+xml" for i in book.items.values()):
            yield book.fault(None, "the book has no table of contents (NCX)")
        return
    page = book.navigation
    if page is None:
        yield book.fault(None, "the book has no navigation document")
        return
    if not _has_nav(book, "toc"):
        yield page.fault(page.root, 'the navigation document has no <nav epub:type="toc">')
    if not _has_nav(book, "landmarks"):
        yield page.fault(page.root, "the navigation document has no landmarks", severity=Severity.WARNING)
    for nav in page.root.iter("nav"):
        if "toc" in (prefixed(nav, "epub:type") or "").split() and not list(nav.iter("a")):
            yield page.fault(nav, "the table of contents is empty")


@rule("book", Severity.WARNING, "2.4.2", epub="EPUB Accessibility 1.1 2.2")
def titles_differ(book: Book) -> Iterator[Fault]:
    """The documents of a book have titles of their own.

    Why: some reading systems say the title at each turn.
    """
    seen: dict[str, str] = {}
    for page in book.pages:
        title = page.root.find("head/title")
        text = text_of(title) if title is not None else ""
        if text and text in seen and page.root.find("body") is not None:
            yield page.fault(title, f'the title "{text}" is also that of {seen[text]}')
        seen.setdefault(text, page.file)


@rule("book", Severity.ERROR, "1.3.2", epub="EPUB 3.3, 5.7 Spine")
def spine_complete(book: Book) -> Iterator[Fault]:
    """The spine names documents, each once, and the contents follow its order.

    Why: readers come to the chapters in the order of the spine.
    """
    if not book.spine:
        yield book.fault(None, "the spine is empty: there is nothing to read")
    page = book.navigation
    navs = page.root.iter("nav") if page else ()
    nav = next((n for n in navs if "toc" in (prefixed(n, "epub:type") or "").split()), None)
    if page is None or nav is None:
        return
    order = {item.path.rpartition("/")[2]: number for number, item in enumerate(book.spine)}
    places = [order.get((a.get("href") or "").partition("#")[0].rpartition("/")[2]) for a in nav.iter("a")]
    known = [place for place in places if place is not None]
    if known != sorted(known):
        yield page.fault(nav, "the table of contents is not in the order of the spine", severity=Severity.WARNING)


@rule("book", Severity.ERROR, epub="EPUB 3.3, 4.2.1 XML conformance")
def readable_documents(book: Book) -> Iterator[Fault]:
    """Every document of the book is there and is well-formed.

    Why: a reading system shows an error in the place of the chapter, or nothing.
    """
    yield from book.faults
