"""Words that an article explains in a definition list: where one first stands in the text, it leads to its explanation.

The lists are part of the article, so the explanations are in its language and translated with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from pipeline.language import Language

_TAG = re.compile(r"(<[^>]*>)")
_DT = re.compile(r"<dt>(.*?)</dt>", re.DOTALL)
_CLOSED = {"a", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "th", "svg", "code", "pre", "figcaption"}
"""No link begins within one of these."""
_MARKS = (
    "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0962\u0963"
    "\u0981-\u0983\u09bc-\u09cd\u200c\u200d"
)
"""Vowel signs: parts of a word, though Python's \\w leaves them out."""
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_LEAST = 3
"""Letters that a word must have: a shorter one is too easily part of something else."""


def link_terms(body: str, language: Language) -> str:
    """The body of an article with links to its definition lists, from the first place of each word that they explain.

    A word in another language than the article's, and one that is only in headings or other links, gets none.
    """
    terms = list(_terms(body))
    if not terms:
        return body
    numbers = iter(range(1, len(terms) + 1))
    body = _DT.sub(lambda m: f'<dt id="word-{next(numbers)}">{m[1]}</dt>', body)
    waiting = {number: _pattern(forms, language) for number, forms in enumerate(terms, 1) if forms}
    pieces = _TAG.split(body)
    open_tags: list[tuple[str, bool]] = []
    for index, piece in enumerate(pieces):
        if index % 2:
            _follow(piece, open_tags)
        elif piece.strip() and not any(closed for _, closed in open_tags):
            pieces[index] = _linked(piece, waiting)
    return "".join(pieces)


def _terms(body: str) -> Iterator[list[str]]:
    """For each term of the lists the ways in which it is written: "Echocardiogram (echo)" is two."""
    for match in _DT.finditer(body):
        is_other = " lang=" in match[1]
        plain = unescape(_TAG.sub("", match[1]))
        forms = [form.strip() for form in re.split(r"[()（）/،,、]", plain)]
        yield [] if is_other else [form for form in forms if _is_long(form)]


def _is_long(form: str) -> bool:
    return len(form) >= (2 if _WIDE.search(form) else _LEAST)


def _pattern(forms: list[str], language: Language) -> re.Pattern[str]:
    choices = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
    if _WIDE.search(choices):
        return re.compile(choices)
    before, after = rf"(?<![\w{_MARKS}&#])", rf"(?![\w{_MARKS}])"
    prefixes = "|".join(map(re.escape, language.data.get("numbers", {}).get("prefixes", ())))
    plural = "(?:e?s)?" if language.code == "en" else ""
    return re.compile(f"{before}(?:{prefixes})?(?:{choices}){plural}{after}", re.IGNORECASE)


def _linked(text: str, waiting: dict[int, re.Pattern[str]]) -> str:
    """A piece of text with its links. A word that has one is waited for no longer."""
    found: list[tuple[int, int, int]] = []
    for number, pattern in list(waiting.items()):
        match = pattern.search(text)
        if match and not any(start < match.end() and match.start() < end for start, end, _ in found):
            found.append((match.start(), match.end(), number))
            del waiting[number]
    for start, end, number in sorted(found, reverse=True):
        link = f'<a class="term" role="doc-glossref" href="#word-{number}">{text[start:end]}</a>'
        text = text[:start] + link + text[end:]
    return text


def _follow(tag: str, open_tags: list[tuple[str, bool]]) -> None:
    name = re.sub(r"^</?([a-zA-Z0-9]*).*$", r"\1", tag, flags=re.DOTALL)
    if tag.startswith("</"):
        while open_tags and open_tags.pop()[0] != name:
            pass
    elif not tag.endswith("/>") and not tag.startswith("<!") and name not in ("br", "img", "hr", "col", "wbr"):
        is_other = " lang=" in tag
        open_tags.append((name, name in _CLOSED or is_other or 'class="card-label"' in tag))
