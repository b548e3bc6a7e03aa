"""Words that an article explains in a definition list: where one first stands in the text, it leads to its explanation.

The lists are part of the article, so the explanations are in its language and translated with it. For other words the
library's glossary explains, in a list that is added.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape, unescape

from pipeline.formats import Explained
from pipeline.language import Language

_TAG = re.compile(r"(<[^>]*>)")
_NAME = re.compile(r"</?([a-zA-Z0-9]*)")
_DT = re.compile(r"<dt>(.*?)</dt>", re.DOTALL)
_CLOSED = {"a", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "th", "svg", "code", "pre", "figcaption"}
"""No link begins within one of these."""
_MARKS = (
    "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0962\u0963"
    "\u0981-\u0983\u09bc-\u09cd\u200c\u200d"
)
"""Vowel signs: parts of a word, though Python's \\w leaves them out."""
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_ENDING = rf"[\w{_MARKS}]*"
"""What "*" stands for in a form."""
_LEAST = 3
"""Letters that a word must have: a shorter one is too easily part of something else."""


@dataclass(frozen=True, slots=True)
class Linked:
    """A body with its links, and what else is to be explained."""

    body: str
    explained: tuple[tuple[str, str, str], ...] = ()
    """Identifier, the word as it stands in the text, explanation: for a list of the library's own."""


def link_terms(
    body: str, language: Language, forms: Sequence[Sequence[str]] = (), explained: Sequence[Explained] = ()
) -> Linked:
    """The body of an article with links to explanations, from the first place of each word that has one.

    forms: for each term of the body's definition lists other ways to write it. explained: words that the lists
    do not have. A word in another language than the article's, or only in headings and other links, gets none.
    """
    terms = list(_terms(body))
    more = forms if len(forms) == len(terms) else [()] * len(terms)
    waiting = {
        f"word-{number}": _pattern([*own, *(form for form in others if _is_long(form))], language)
        for number, (own, others) in enumerate(zip(terms, more, strict=True), 1)
        if own
    }
    names = iter(range(1, len(terms) + 1))
    body = _DT.sub(lambda m: f'<dt id="word-{next(names)}">{m[1]}</dt>', body)
    added = {f"term-{number}": item for number, item in enumerate(explained, 1)}
    waiting |= {name: _pattern([f for f in item.forms if _is_long(f)], language) for name, item in added.items()}
    if not waiting:
        return Linked(body)
    pieces = _TAG.split(body)
    open_tags: list[tuple[str, bool]] = []
    found: dict[str, str] = {}
    for index, piece in enumerate(pieces):
        if index % 2:
            _follow(piece, open_tags)
        elif piece.strip() and not any(closed for _, closed in open_tags):
            pieces[index] = _linked(piece, waiting, found)
    words = ((name, unescape(found[name]), item.explanation) for name, item in added.items() if name in found)
    return Linked("".join(pieces), tuple(words))


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
    ordered = sorted(dict.fromkeys(forms), key=len, reverse=True)
    if not ordered:
        return re.compile(r"(?P<word>(?!))")
    choices = "|".join(re.escape(escape(form)).replace(r"\*", _ENDING) for form in ordered)
    if _WIDE.search(choices):
        return re.compile(f"(?P<word>{choices})")
    before, after = rf"(?<![\w{_MARKS}&#])", rf"(?![\w{_MARKS}])"
    prefixes = "|".join(map(re.escape, language.data.get("numbers", {}).get("prefixes", ())))
    plural = "(?:e?s)?" if language.code == "en" else ""
    return re.compile(f"{before}(?:{prefixes})?(?P<word>(?:{choices}){plural}){after}", re.IGNORECASE)


def _linked(text: str, waiting: dict[str, re.Pattern[str]], found: dict[str, str]) -> str:
    """A piece of text with its links. A word that has one is waited for no longer, and is noted in ``found``."""
    links: list[tuple[int, int, str]] = []
    matches = ((name, pattern.search(text)) for name, pattern in waiting.items())
    # Of two words at one place the longer is meant: "heart failure", not "heart".
    for name, match in sorted(((n, m) for n, m in matches if m), key=lambda pair: -len(pair[1][0])):
        if not any(start < match.end() and match.start() < end for start, end, _ in links):
            links.append((match.start(), match.end(), name))
            found[name] = match["word"]
            del waiting[name]
    for start, end, name in sorted(links, reverse=True):
        link = f'<a class="term" role="doc-glossref" href="#{name}">{text[start:end]}</a>'
        text = text[:start] + link + text[end:]
    return text


def _follow(tag: str, open_tags: list[tuple[str, bool]]) -> None:
    found = _NAME.match(tag)
    name = found[1] if found else ""
    if tag.startswith("</"):
        while open_tags and open_tags.pop()[0] != name:
            pass
    elif not tag.endswith("/>") and not tag.startswith("<!") and name not in ("br", "img", "hr", "col", "wbr"):
        is_other = " lang=" in tag
        open_tags.append((name, name in _CLOSED or is_other or 'class="card-label"' in tag))
