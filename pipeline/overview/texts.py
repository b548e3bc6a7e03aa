"""The text of an article, block by block, with its findings in place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from pipeline.desk import Mark, Words, gettext_noop, marked
from pipeline.model import Article, Finding, Segment, Severity
from pipeline.prose import Sentence, mask

LONGEST = 20_000
"""Characters of one block that are shown; what is longer is no text that a person wrote as one piece."""
MOST_LINES = 4
"""Lines of the file that are shown of a finding outside of the text."""

KINDS = {
    "heading": gettext_noop("Heading"),
    "paragraph": gettext_noop("Paragraph"),
    "list-item": gettext_noop("List item"),
    "table-header": gettext_noop("Table header"),
    "table-cell": gettext_noop("Table cell"),
    "term": gettext_noop("Term"),
    "definition": gettext_noop("Explanation"),
    "footnote": gettext_noop("Footnote"),
    "quote": gettext_noop("Quotation"),
    "link-title": gettext_noop("Title of a link"),
    "field": gettext_noop("Front matter"),
    "outside": gettext_noop("Not part of the text"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding with its number on the page."""

    number: int
    finding: Finding


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a text as it is shown."""

    kind: str
    name: str
    """Of a field: its path in the front matter, such as "title"; else ""."""
    level: int
    line: int
    html: Markup
    severity: Severity | None
    """The gravest finding on the block as a whole."""
    is_cut: bool = False
    """Whether only its beginning is shown."""
    shown: tuple[Shown, ...] = ()
    """The findings that are marked in it."""
    hard: tuple[int, ...] = ()
    """Numbers of the hard sentences that are marked in it, from 1."""


def numbered(findings: Iterable[Finding]) -> list[Shown]:
    """The findings of one file with their numbers, in the order of the text."""
    return [Shown(n, f) for n, f in enumerate(sorted(findings, key=lambda f: (f.start, f.end, f.check)), 1)]


def gravest(one: Shown) -> tuple[int, int]:
    """The key to sort findings by, the gravest first."""
    return list(Severity).index(one.finding.severity), one.number


def blocks(article: Article, shown: Sequence[Shown], hard: Sequence[Sentence], words: Words) -> Iterator[Block]:
    """The segments of an article in the order of the text, and the lines of findings that lie between them.

    hard: the sentences that cost most, marked as #s1, #s2 and so on.
    """
    segments = sorted(article.segments, key=lambda s: (s.start, -s.end))
    waiting = list(shown)
    end = 0
    for segment in segments:
        if segment.start < end:
            continue  # The title of a link stands inside of its paragraph.
        end = segment.end
        while waiting and waiting[0].finding.start < segment.start:
            yield _outside(article, waiting.pop(0), words)
        own = [s for s in waiting if s.finding.start < segment.end]
        waiting = waiting[len(own) :]
        yield _block(article, segment, own, hard, words)
    for left in waiting:
        yield _outside(article, left, words)


def _block(article: Article, segment: Segment, shown: Iterable[Shown], hard: Sequence[Sentence], words: Words) -> Block:
    start = segment.start
    if segment.kind == "field" and (sign := _FOLDED.match(article.text, start)):
        start = min(sign.end(), segment.end)
    stop = min(segment.end, start + LONGEST)
    marks: list[Mark] = []
    whole: list[Severity] = []
    hardest: list[int] = []
    for one in shown:
        found = one.finding
        mark = Mark(found.start - start, found.end - start, found.severity, one.number, found.message)
        if found.start <= segment.start and found.end >= segment.end:
            whole.append(found.severity)
            mark = Mark(stop - start, stop - start, found.severity, one.number, found.message)
        marks.append(mark)
    for number, sentence in enumerate(hard, 1):
        if segment.start <= sentence.start < segment.end:
            marks.append(Mark(sentence.start - start, sentence.end - start, None, name="hard", id=f"s{number}"))
            hardest.append(number)
    html = marked(article.text[start:stop], marks, words, plain=dimmed)
    gravest = next((s for s in Severity if s in whole), None)
    is_cut = stop < segment.end
    name = field_name(segment)
    return Block(segment.kind, name, segment.level, segment.line, html, gravest, is_cut, tuple(shown), tuple(hardest))


def field_name(segment: Segment) -> str:
    """The path of a field of the front matter, such as "also_called"; "" for other segments."""
    return " ".join(segment.trail[1:]) if segment.kind == "field" else ""


def _outside(article: Article, one: Shown, words: Words) -> Block:
    """The lines of a finding that lies in no segment, such as in raw HTML or front matter."""
    found, lines = one.finding, article.lines
    start = lines.offset(found.line)
    last = min(found.end_line, found.line + MOST_LINES - 1)
    stop = lines.offset(last) + len(lines.line(last))
    stop = min(max(stop, start), start + LONGEST)
    mark = Mark(found.start - start, found.end - start, found.severity, one.number, found.message)
    html = marked(article.text[start:stop], [mark], words)
    return Block("outside", "", 0, found.line, html, None, last < found.end_line, (one,))


def dimmed(text: str) -> Markup:
    """A piece of Markdown as HTML: its marks and addresses are there, and stand back."""
    if not _MAY_BE_MARKUP.search(text):
        return escape(text)
    prose = mask(text)
    if len(prose) != len(text):
        return escape(text)
    parts, start = [], 0
    for match in _RUN.finditer("".join("x" if a != b else " " for a, b in zip(text, prose, strict=True))):
        begin, end = match.span()
        parts += [escape(text[start:begin]), Markup('<span class="markup">{}</span>').format(text[begin:end])]
        start = end
    return Markup("").join([*parts, escape(text[start:])])


_MAY_BE_MARKUP = re.compile(r"[*_`\[\]{}<>\\&~^]|://|www\.|@")
_RUN = re.compile("x+")
_FOLDED = re.compile(r"[>|][-+0-9]*\s+")
"""Begins a text of several lines in front matter."""
