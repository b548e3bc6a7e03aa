"""What an article refers to is there, and what it defines is used.

Footnotes, link definitions ([label]: address), links to other articles (.md) and to headings (#heading).
A note or a definition that nothing uses is text that no reader sees.

Why: a dose in a note that is never printed is lost, and a link that leads nowhere leads nobody to help.

Standard: WCAG 2.2 2.4.4 Link Purpose (A)

Bad:
    Take it with food.

    [^1]: Never more than 4 a day.
Bad:
    Take it with food.[^2]
Bad:
    [Note]: never-with-alcohol
Bad:
    Read about [signs](#sings).

    ## Signs
Good:
    Take it with food.[^1] Read [the signs](#signs) and [more][help].

    ## Signs

    [^1]: Never more than 4 a day.

    [help]: https://example.org
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from difflib import get_close_matches
from urllib.parse import unquote

from pipeline import front_matter
from pipeline.anchors import heading_ids
from pipeline.checks import Context, Problem, article_check
from pipeline.dialect import parse_blocks, without_code
from pipeline.messages import say
from pipeline.model import Article, Severity

_NOTE = re.compile(r"\[\^([^\]\s]+)\](?!:)")
_NOTE_DEFINITION = re.compile(r"^ {0,3}\[\^([^\]\s]+)\]:", re.MULTILINE)
_LINK = re.compile(r"(?<!\\)\]\(\s*<?([^\s)>]+)")
_LABEL = re.compile(r"(?<!\\)\[([^\[\]]+)\]")


@article_check(Severity.ERROR, "WCAG 2.2 2.4.4")
def reference(article: Article, context: Context) -> Iterator[Problem]:
    """Notes, definitions and links that lead nowhere or come from nowhere."""
    if "](" not in article.text and "]:" not in article.text and "[^" not in article.text:
        return
    yield from _notes(article)
    yield from _definitions(article)
    yield from _links(article, context)


def _prose(article: Article) -> Iterator[tuple[int, str]]:
    """Each segment of the body that has a bracket, with code blanked out."""
    for segment in article.segments:
        if segment.kind != "field":
            raw = article.text[segment.start : segment.end]
            if "[" in raw or "]" in raw:
                yield segment.start, without_code(raw)


def _notes(article: Article) -> Iterator[Problem]:
    used = [(start + m.start(), start + m.end(), m[1]) for start, raw in _prose(article) for m in _NOTE.finditer(raw)]
    first_segments = {segment.start for segment in article.segments if segment.kind == "footnote"}
    defined: dict[str, tuple[int, int]] = {}
    for match in _NOTE_DEFINITION.finditer(article.text):
        after = match.end() + len(article.text[match.end() :]) - len(article.text[match.end() :].lstrip())
        if after in first_segments:
            defined.setdefault(match[1], match.span())
    for start, end, label in used:
        if label not in defined:
            message = say("there is no note [^{label}]: write one, such as [^{label}]: Text of the note.", label=label)
            yield Problem(start, end, message)
    labels = {label for _, _, label in used}
    for label, (start, end) in defined.items():
        if label not in labels:
            message = say(
                "nothing refers to the note [^{label}], so no reader sees it: write [^{label}] where it belongs, or take the note away",
                label=label,
            )
            yield Problem(start, end, message)


def _definitions(article: Article) -> Iterator[Problem]:
    body_start = front_matter.parse(article.text).body_start
    first_line = article.lines.place(body_start)[0]
    body = article.text[body_start:].removeprefix("\ufeff")
    if not re.search(r"^[ >\t]*\[[^\]]+\]:", body, re.MULTILINE):
        return
    used = {" ".join(m[1].split()).casefold() for _, raw in _prose(article) for m in _LABEL.finditer(raw)}
    for token in parse_blocks(body):
        if token.type == "definition" and token.map and " ".join(token.meta["label"].split()).casefold() not in used:
            line = first_line + token.map[0]
            start = article.lines.offset(line)
            message = say(
                "nothing refers to [{label}], so no reader sees this line: use it, or take it away",
                label=str(token.meta["label"]),
            )
            yield Problem(start, start + len(article.lines.line(line)), message)


def _is_there(target: str, article: Article, context: Context) -> bool:
    """Whether an address leads from this article to another: one of the library, where it is in one itself."""
    if context.article_ids is None or article.id not in context.article_ids:
        return (article.path.parent / target).is_file()
    return posixpath.normpath(f"{posixpath.dirname(article.id)}/{target}").removesuffix(".md") in context.article_ids


def _links(article: Article, context: Context) -> Iterator[Problem]:
    anchors = frozenset(heading_ids(article)) if "#" in article.text else frozenset()
    for begin, raw in _prose(article):
        for match in _LINK.finditer(raw) if "](" in raw else ():
            target, _, anchor = match[1].partition("#")
            start, end = begin + match.start(1), begin + match.end(1)
            if not target and anchor and anchor not in anchors:
                near = tuple(f"#{a}" for a in get_close_matches(anchor, anchors, 1))
                message = (
                    say(
                        "there is no heading #{anchor} in this article; did you mean {meant}?",
                        anchor=anchor,
                        meant=near[0],
                    )
                    if near
                    else say(
                        "there is no heading #{anchor} in this article: correct it, or give the heading the id {{#id}}",
                        anchor=anchor,
                    )
                )
                yield Problem(start, end, message, near)
            is_article = target.endswith(".md") and "://" not in target and not target.startswith("/")
            if is_article and not _is_there(unquote(target), article, context):
                message = say(
                    "there is no article {target}: correct the address, which goes from this file's folder",
                    target=target,
                )
                yield Problem(start, end, message)
