"""The words that a reader reads: Markdown masked, and text split into units and sentences.

Masking keeps every offset: what is not prose becomes spaces of the same length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from pipeline.model import Article, Segment

_MARKUP = re.compile(
    r"""
      (?P<code>(?<!`)(?P<ticks>`+)(?!`).{1,4000}?(?<!`)(?P=ticks)(?!`))
    | (?P<placeholder>\{\{[^{}]*\}\})
    | (?P<attributes>(?<=[\])`}])\{[^{}\n]*\}|\{[.\#][^{}\n]*\}[ \t]*$)
    | (?P<footnote>\[\^[^\]\s]+\]:?)
    | (?P<target>\](?:\([^()\s]*(?:\([^()]*\)[^()\s]*)*(?P<title>\s+(?:"[^"]*"|'[^']*'))?\s*\)|\[[^\]]*\]))
    | (?P<address><(?:https?|mailto|tel):[^>\s]*>|\b(?:https?://|www\.)[^\s<>)\]]+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,255}\.[\w.]+)
    | (?P<html><!--.{0,4000}?-->|</?[A-Za-z][^<>]*>)
    | (?P<entity>&(?:\#\d+|\#x[0-9a-fA-F]+|[A-Za-z]+);)
    | (?P<escape>\\[!-/:-@\[-`{-~])
    | (?P<mark>!\[|\[|\]|\*+|(?<!\w)_+|_+(?!\w)|~+|\^|\\$)
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
_SIGN = re.compile(r"[`{\[\]<&\\*_~^@]")
"""What has none of these, and no address, has no markup."""
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|approx|Dr|Mr|Mrs|Ms|Prof|St|Rev|No|Nos|Fig|Figs|Tel|Ext|Jan|Feb|Mar|Apr|Jun|"
    r"Jul|Aug|Sept?|Oct|Nov|Dec|a\.m|p\.m|U\.S|U\.K|Ph\.D|spp?|cf|al|Inc|Ltd|Co)|\b[A-Z])\.$"
)
_MAY_END = re.compile(
    r"(?:\b(?:etc|a\.m|p\.m|U\.S|U\.K|Ph\.D|spp?|al|Inc|Ltd|Co)|"
    r"\b(?:vitamins?|hepatitis|group|type|factor|influenza|flu|class|stage|part|plan|step|and|or) [A-Z])\.$",
    re.IGNORECASE,
)
"""Abbreviations that may end a sentence, and letters that are no initials: "a.m.", "vitamin C."."""
_BEGINS = re.compile(
    r"(?:The|A|An|If|You|Your|It|Its|This|That|These|Those|They|Their|There|We|Our|He|She|I|When|While|After|Before|"
    r"In|On|At|For|As|To|Do|Don['’]t|Ask|Call|See|Take|Tell|Talk|Use|Some|Most|Many|Other|Others|People|How|What|"
    r"Why|Where|Who|However|But|And|Or|So|Also|Because|Not|No)\b"
)
"""Words that, with a capital, begin a sentence."""
_STOP = re.compile(
    r"[.!?…。！？।؟۔](?:(?<=[.!?…])(?<![.!?…][.!?…])[.!?…]*[\"'”’)\]»]*(?=\s|$)|(?<=[。！？])[。！？]*[”’」』）]*"
    r"|(?<=[।؟۔])(?<![।؟۔][।؟۔])[।؟۔]*(?=\s|$))"
)
"""What ends a sentence. A search is quickest for a pattern that begins with one of a few characters."""
_STOP_OR_ITEM = re.compile(rf"{_STOP.pattern}|(?<=\S)[^\S\r\n]*[\r\n]\s*(?=[•▪●◦‣]\s)")
_AROUND = 200
"""Characters before and after a full stop that tell whether it ends a sentence."""
_LONGEST = 9
"""Characters that the longest abbreviation of English has before its full stop, and more than one before that."""
BULLETS = "•▪●◦‣"
"""Signs that scraped texts have before the items of a list; Markdown does not know them."""
_AFTER_ITEM = re.compile(r"(?<=[\r\n])(?=[^\W\d_a-z])")
_MARKS = (
    "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0900-\u0963\u0970-\u0dff"
)
"""Vowel signs of Indic scripts and short vowels of Arabic: parts of words, though Python's \\w leaves them out."""
_LETTERS = rf"[^\W_]+(?:[{_MARKS}\u200c\u200d][^\W_]*)*"
_WORD = re.compile(rf"{_LETTERS}(?:['’.\-‑]{_LETTERS})*")


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of text that ends a sentence by its place: a heading, a paragraph, a list item, a cell."""

    segment: Segment
    start: int
    """Offset into the article's text."""
    text: str
    """Masked prose: as long as the span in the article."""
    known: dict[str, tuple[Sentence, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)
    """Its sentences, once they were asked for, by the pattern of abbreviations: each check asks in its turn."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and its place."""

    start: int
    end: int
    text: str
    """With single spaces."""
    words: tuple[str, ...]
    is_full: bool
    """Whether it ends with a full stop or the like: prose, and not a heading or a bare list item."""


def mask(text: str) -> str:
    """The text with everything that is no prose turned into spaces; the length stays."""
    return _MARKUP.sub(_blank, text) if _may_have_markup(text) else text


def _may_have_markup(text: str) -> bool:
    return _SIGN.search(text) is not None or "://" in text or "www." in text


def _blank(match: re.Match[str]) -> str:
    whole = match[0]
    if match.lastgroup == "escape":
        return " " + whole[1]
    if match["title"]:
        start = match.start("title") - match.start()
        title = match["title"]
        kept = " " * (len(title) - len(title.lstrip()) + 1) + title.strip()[1:-1] + " "
        return " " * start + kept + " " * (len(whole) - start - len(kept))
    return re.sub(r"[^\n\r]", " ", whole)


@lru_cache(maxsize=32)
def units(article: Article) -> tuple[Unit, ...]:
    """The units of an article, front-matter fields included, in the order of the text.

    Text that still stands in the source language of a translated article is left out.
    """
    return tuple(_units(article))


def _units(article: Article) -> Iterator[Unit]:
    for segment in article.segments:
        raw = article.text[segment.start : segment.end]
        if segment.kind == "field":
            text = re.sub(r"\A[>|][-+0-9]*|\A[\"']|[\"']\s*\Z", lambda m: " " * len(m[0]), raw)
        else:
            if "{.untranslated " in raw:
                continue
            text = mask(raw)
            if segment.prefix.strip():
                text = re.sub(r"(?<=[\r\n])[ \t>]+", lambda m: " " * len(m[0]), text)
        yield Unit(segment, segment.start, text)


def sentences(unit: Unit, abbreviations: re.Pattern[str] = _ABBREVIATION) -> tuple[Sentence, ...]:
    """The sentences of one unit. The end of the unit ends the last one, and so does a line with a bullet sign after it.
    A line with a bullet sign ends, too, where the next line begins at the margin with a capital.

    "e.g.", "Dr.", initials, decimals and addresses end no sentence.

    abbreviations: matches the end of a text whose full stop ends no sentence, for languages other than English.
    """
    found = unit.known.get(abbreviations.pattern)
    if found is None:
        found = unit.known[abbreviations.pattern] = _sentences(unit.text, unit.start, abbreviations)
    return found


# Of an article that is changed in one place, most is asked for again.
@lru_cache(maxsize=4096)
def _sentences(text: str, offset: int, abbreviations: re.Pattern[str]) -> tuple[Sentence, ...]:
    found, start = [], 0
    has_items = not text.isascii() and any(sign in text for sign in BULLETS)
    for match in (_STOP_OR_ITEM if has_items else _STOP).finditer(text):
        end = match.end()
        if match[0][0] == ".":
            following = text[end : end + _AROUND].lstrip()
            if following[:1].islower() or _goes_on(text, start, match.start(), following, abbreviations):
                continue
        found.append((start, end, bool(match[0].strip())))
        start = end
    if start < len(text):
        found.append((start, len(text), False))
    if has_items:
        found = [part for piece in found for part in _off_the_item(text, *piece)]
    return tuple(s for s in (_sentence(text, offset, *piece) for piece in found) if s.words)


def _off_the_item(text: str, start: int, end: int, is_full: bool) -> Iterator[tuple[int, int, bool]]:
    """A piece that begins with a bullet sign ends before a line that begins with a capital at the margin."""
    begins = start + len(text[start:end]) - len(text[start:end].lstrip())
    line = _AFTER_ITEM.search(text, begins, end) if text[begins : begins + 1] in BULLETS else None
    if line:
        yield start, line.start(), False
        start = line.start()
    yield start, end, is_full


def _goes_on(text: str, start: int, stop: int, following: str, abbreviations: re.Pattern[str]) -> bool:
    """Whether a full stop only ends an abbreviation. Both sides decide for one that may end a sentence: "a.m. You".

    start: where its sentence begins. stop: the full stop's place.
    """
    longest = _LONGEST if abbreviations is _ABBREVIATION else _AROUND
    if not abbreviations.search(text[max(start, stop - longest) : stop + 1]):
        return False
    so_far = text[max(start, stop - _AROUND) : stop + 1]
    return not (_MAY_END.search(so_far) and _BEGINS.match(following))


def _sentence(text: str, offset: int, start: int, end: int, is_full: bool) -> Sentence:
    piece = text[start:end]
    left = start + len(piece) - len(piece.lstrip())
    right = start + len(piece.rstrip())
    return Sentence(offset + left, offset + right, " ".join(piece.split()), words(piece), is_full)


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[str, ...]:
    """The words of a text; a number is a word, a hyphenated word is one."""
    return tuple(_WORD.findall(text))
