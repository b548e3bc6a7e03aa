"""Language and direction of pages, and of their parts."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from pipeline.audit.dom import Element, Page, direction_of, is_silent, language_of, own_texts, prefixed, text_of
from pipeline.audit.model import Fault
from pipeline.audit.registry import rule
from pipeline.audit.tags import NUMBER_GROUPS, is_right_to_left, mismatch, primary, tag_fault
from pipeline.model import Severity

ISOLATES = frozenset("\u2066\u2067\u2068\u2069")


@rule("page", Severity.ERROR, "3.1.1", epub="EPUB Accessibility 1.1 2.2")
def html_lang(page: Page) -> Iterator[Fault]:
    """The page says which language it is in, with a well-formed tag.

    Why: without it a screen reader reads Arabic or French with an English voice: noise.

    Bad:
        <!doctype html><html><head><title>Fever</title></head><body><p>Drink water.</p></body></html>
    Bad:
        <!doctype html><html lang="english"><head><title>Fever</title></head><body></body></html>
    Good:
        <!doctype html><html lang="en-GB"><head><title>Fever</title></head><body></body></html>
    """
    root = page.root
    tag = root.get("lang") if root.get("lang") is not None else prefixed(root, "xml:lang")
    if tag is None or not tag.strip():
        if page.in_book and page.language:
            return
        yield page.fault(root, 'the page does not say its language: write <html lang="...">')
    elif reason := tag_fault(tag.strip()):
        yield page.fault(root, f'the language "{tag}" {reason}')
    xml = prefixed(root, "xml:lang")
    if xml and root.get("lang") and primary(xml) != primary(root.get("lang")):
        yield page.fault(root, f'lang is "{root.get("lang")}" and xml:lang is "{xml}"')


@rule("page", Severity.ERROR, "3.1.2")
def part_lang(page: Page) -> Iterator[Fault]:
    """Languages that are named on parts of a page are well-formed tags.

    Why: a passage with a wrong tag is read with the wrong voice, or spelt out.

    Bad:
        <p>He said <span lang="francais">bonjour</span>.</p>
    Good:
        <p>He said <span lang="fr">bonjour</span>.</p>
    """
    for element in page.root.iter(etree.Element):
        if element is page.root:
            continue
        tag = element.get("lang") if element.get("lang") is not None else prefixed(element, "xml:lang")
        if tag is not None and tag.strip() and (reason := tag_fault(tag.strip())):
            yield page.fault(element, f'the language "{tag}" {reason}')
        elif tag is not None and not tag.strip() and text_of(element):
            yield page.fault(element, "an empty lang: the language of these words is unknown")


@rule("page", Severity.ERROR, "3.1.1", "3.1.2")
def written_language(page: Page) -> Iterator[Fault]:
    """Text is in a script that its language is written in.

    Why: text that is marked as another language than it is cannot be read aloud.

    Bad:
        <div lang="en"><p>اشرب الكثير من الماء واسترح في السرير حتى تنخفض الحرارة، واتصل بالطبيب إذا لم تنخفض.</p></div>
    Good:
        <div lang="ar" dir="rtl"><p>اشرب الكثير من الماء واسترح في السرير حتى تنخفض الحرارة.</p></div>
    """
    texts: dict[str, list[str]] = {}
    first: dict[str, Element] = {}
    for element, text in own_texts(page):
        tag = language_of(element, page)
        if tag and (wrong := mismatch(text, tag, least=25)):
            texts.setdefault(f"{tag} {wrong}", []).append(text)
            first.setdefault(f"{tag} {wrong}", element)
    for key, found in texts.items():
        if sum(map(len, found)) < 80:
            continue  # A name or an address, which need no mark (WCAG 2.2, 3.1.2).
        tag, _, script = key.partition(" ")
        shown = found[0].strip() if len(found[0].strip()) <= 60 else found[0].strip()[:59] + "…"
        more = f" and {len(found) - 1} more" if len(found) > 1 else ""
        yield page.fault(first[key], f'marked as "{tag}", but in the script {script}: "{shown}"{more}')


@rule("page", Severity.ERROR, "1.3.2")
def text_direction(page: Page) -> Iterator[Fault]:
    """Languages written from right to left are marked so, and the others are not.

    Why: in the wrong direction, full stops, brackets and list marks stand at the wrong end and columns are reversed.

    Bad:
        <!doctype html><html lang="ar"><head><title>حمى</title></head><body><p>اشرب الماء.</p></body></html>
    Bad:
        <p lang="ur">پانی پئیں۔</p>
    Good:
        <!doctype html><html lang="ar" dir="rtl"><head><title>حمى</title></head><body><p>اشرب.</p></body></html>
    """
    for element in page.root.iter(etree.Element):
        tag = element.get("lang") or prefixed(element, "xml:lang")
        if element is page.root and not tag:
            tag = page.language
        if not tag or tag_fault(tag.strip()) or not (text_of(element) or element is page.root):
            continue
        direction = direction_of(element)
        if is_right_to_left(tag) and direction == "ltr":
            yield page.fault(element, f'"{tag}" is written from right to left: write dir="rtl"')
        elif direction == "rtl" and not is_right_to_left(tag) and element.tag in ("html", "body", "p", "div"):
            yield page.fault(element, f'"{tag}" is written from left to right, but its direction is rtl')


@rule("page", Severity.ERROR, "1.3.2")
def number_order(page: Page) -> Iterator[Fault]:
    """Phone numbers, ranges and dates in right-to-left text are kept together.

    Why: the groups of 0300 222 5800 are shown as 5800 222 0300 in Arabic text. Unicode's algorithm asks for it, and a
    patient rings a wrong number or takes a wrong dose.

    Bad:
        <p lang="ar" dir="rtl">اتصل على الرقم 0300 222 5800 الآن.</p>
    Good:
        <p lang="ar" dir="rtl">اتصل على الرقم <bdi dir="ltr">0300 222 5800</bdi> الآن.</p>
    """
    for element, text in own_texts(page):
        if direction_of(element) != "rtl" or element.tag == "bdi" or is_silent(element):
            continue
        for match in NUMBER_GROUPS.finditer(_outside_isolates(text) if ISOLATES & set(text) else text):
            yield page.fault(element, f'"{match[0]}" is shown in another order: put it in <bdi dir="ltr">')


def _outside_isolates(text: str) -> str:
    kept, depth = [], 0
    for character in text:
        depth += (character in "\u2066\u2067\u2068") - (character == "\u2069" and depth > 0)
        kept.append(" x " if depth or character == "\u2069" else character)
    return "".join(kept)
