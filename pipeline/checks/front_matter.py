"""Front matter is complete and makes sense.

A file outside of a library may go without.

Why: readers need the title, the summary and the dates; without a review by a clinician nobody knows
whether the text is still right. What waits for a clinician (review:, no reviewer) is a finding of severity
review.

Standard: WCAG 2.2 2.4.2 Page Titled (A), 3.1.1 Language of Page (A); NHS standard for creating health content

Bad:
    ---
    title: Heart murmur
    sumary: A sound in the heart.
    ---

    Text.
Bad:
    ---
    title: Heart murmur
    summary: A sound in the heart.
    published: 31.02.2026
    ---
Bad:
    ---
    summary: A sound that blood makes in the heart.
    ---

    A file without a title.
Good:
    ---
    title: Heart murmur
    lang: en
    summary: A sound that blood makes in the heart.
    published: 2026-03-01
    last_reviewed: 2026-03-01
    reviewers: [{name: Example, role: example reviewer}]
    ---
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from pipeline.checks import Context, Problem, article_check
from pipeline.front_matter import FrontMatter, parse
from pipeline.messages import say, say_count
from pipeline.model import Article, Severity

_TEXT, _TEXTS, _DATE, _MAPPING, _MAPPINGS = "text", "list of texts", "date", "mapping", "list of mappings"
_SWITCH = "true or false"
FIELDS = {
    "id": _TEXT,
    "title": _TEXT,
    "also_called": _TEXTS,
    "lang": _TEXT,
    "summary": _TEXT,
    "audience": _TEXT,
    "codes": _MAPPING,
    "authors": _MAPPINGS,
    "reviewers": _MAPPINGS,
    "published": _DATE,
    "last_reviewed": _DATE,
    "next_review": _DATE,
    "version": _TEXT,
    "sources": _MAPPINGS,
    "related": _TEXTS,
    "media": _MAPPINGS,
    "emergency_number": _TEXT,
    "licence": _TEXT,
    "disclaimer": _TEXT,
    "review": _TEXTS,
    "publishable": _SWITCH,
    "provenance": _MAPPING,
}
"""Every field that an article may have, with its type."""
_KINDS = {
    _TEXT: say("a text"),
    _TEXTS: say("a list of texts"),
    _DATE: say("a date such as 2026-03-01"),
    _MAPPING: say("a mapping"),
    _MAPPINGS: say("a list of mappings"),
    _SWITCH: say("true or false"),
}

LONGEST_SUMMARY = 200


@article_check(Severity.ERROR, "WCAG 2.2 2.4.2, 3.1.1")
def front_matter(article: Article, context: Context) -> Iterator[Problem]:
    """Mistakes in the front matter, each at its line, and what is missing there."""
    front = parse(article.text)
    for offset, message in front.problems:
        yield Problem(offset, min(offset + 1, len(article.text)), message)
    if front.problems:
        return
    for name, span in front.keys.items():
        yield from _field(name, front.data.get(name), span)
    yield from _identity(article, front, context)
    yield from _missing(article, front, context)
    yield from _for_a_clinician(front)


def _field(name: str, value: Any, span: tuple[int, int]) -> Iterator[Problem]:
    kind = FIELDS.get(name)
    if kind is None:
        near = tuple(get_close_matches(name, FIELDS, 1, 0.7))
        message = (
            say('unknown field "{name}"; did you mean "{meant}"?', name=name, meant=near[0])
            if near
            else say('unknown field "{name}"', name=name)
        )
        yield Problem(*span, message, near, Severity.WARNING)
    elif value is not None and not _is(kind, value):
        if kind is _TEXT and not isinstance(value, list | dict):
            message = say('"{name}" must be a text (put quotation marks around it)', name=name)
        else:
            message = say('"{name}" must be {kind}', name=name, kind=_KINDS[kind])
        yield Problem(*span, message)


def _is(kind: str, value: Any) -> bool:
    if kind is _DATE:
        return isinstance(value, datetime.date) and not isinstance(value, datetime.datetime)
    if kind is _SWITCH:
        return isinstance(value, bool)
    if kind is _MAPPING:
        return isinstance(value, dict)
    if kind is _TEXT:
        return isinstance(value, str)
    item = str if kind is _TEXTS else dict
    return isinstance(value, list) and all(isinstance(entry, item) for entry in value)


def _identity(article: Article, front: FrontMatter, context: Context) -> Iterator[Problem]:
    """What must agree with the file's place in the library."""
    data = front.data
    if data.get("lang") and data["lang"] != article.language:
        message = say(
            '"lang" says {found}, but the library is in {wanted}', found=str(data["lang"]), wanted=article.language
        )
        yield Problem(*front.keys["lang"], message)
    if context.article_ids is None or not _is_of_a_library(article, context):
        return
    if data.get("id") and data["id"] != article.id:
        message = say('"id" is {found}, but the file is {wanted}', found=str(data["id"]), wanted=article.id)
        yield Problem(*front.keys["id"], message, (article.id,))
    listed = data.get("related")
    for related in listed if isinstance(listed, list) else ():
        if isinstance(related, str) and related not in context.article_ids:
            near = tuple(get_close_matches(related, context.article_ids, 1))
            message = say('"related" names {name}, which is no article here', name=related)
            yield Problem(*front.keys["related"], message, near)


def _is_of_a_library(article: Article, context: Context) -> bool:
    return context.article_ids is not None and article.id in context.article_ids


def _missing(article: Article, front: FrontMatter, context: Context) -> Iterator[Problem]:
    start = (0, min(1, len(article.text)))
    if not front.data.get("title") and (front.data or _is_of_a_library(article, context)):
        has_heading = any(segment.kind == "heading" for segment in article.segments)
        message = (
            say("no title in the front matter: its first heading is taken. Write one: title: ...")
            if has_heading
            else say("no title in the front matter: the file's name is taken. Write one: title: ...")
        )
        yield Problem(*start, message, severity=Severity.WARNING)
    summary = front.data.get("summary")
    if isinstance(summary, str) and len(" ".join(summary.split())) > LONGEST_SUMMARY:
        count = len(" ".join(summary.split()))
        message = say("summary of {count} characters: keep it to {most}", count=count, most=LONGEST_SUMMARY)
        yield Problem(*front.keys["summary"], message, severity=Severity.WARNING)


def _for_a_clinician(front: FrontMatter) -> Iterator[Problem]:
    data = front.data
    points = data.get("review")
    if isinstance(points, list) and points:
        message = say_count(
            "{count} point for a clinician to settle: take away what is settled",
            "{count} points for a clinician to settle: take away what is settled",
            len(points),
        )
        yield Problem(*front.keys["review"], message, severity=Severity.REVIEW)
    if data and not (data.get("reviewers") and data.get("last_reviewed")):
        span = front.keys.get("reviewers") or front.keys.get("last_reviewed") or (0, 1)
        yield Problem(
            *span,
            say("no clinician has reviewed this article yet: when one has, write reviewers and last_reviewed"),
            severity=Severity.REVIEW,
        )
