"""Search within one language: a page that lists every leaflet and section, and an index that a small script reads.

The index stands within the page, since browsers fetch nothing from a file system; without a script the page is
a table of contents. Words are folded the same way here and in templates/search.js: a reader need not type
accents, vowel signs or the right kind of alef.
"""

from __future__ import annotations

import json
import re
import unicodedata
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from typing import Any

from markupsafe import Markup

from pipeline.anchors import heading_ids
from pipeline.formats import web
from pipeline.formats.bidi import isolate_numbers
from pipeline.language import Language, load_language
from pipeline.model import Article
from pipeline.prose import mask

_MARKS = re.compile(
    "[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u093c\u09bc\u200c\u200d\u2060\u00ad\ufe0f]"
)
"""Accents, short vowels, the tatweel, nuktas and joiners: written by some and left out by others."""
_SAME = str.maketrans(
    {
        **dict(zip("٠١٢٣٤٥٦٧٨٩", "0123456789", strict=True)),
        **dict(zip("۰۱۲۳۴۵۶۷۸۹", "0123456789", strict=True)),
        **dict(zip("०१२३४५६७८९", "0123456789", strict=True)),
        **dict(zip("০১২৩৪৫৬৭৮৯", "0123456789", strict=True)),
        **dict(zip("ىیےکہۃةھٱ", "يييكهههها", strict=True)),
        **{"đ": "d", "ø": "o", "ł": "l", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ς": "σ", "ʼ": "'"},
    }
)
"""Letters that readers do not tell apart, or cannot type."""
_WIDE = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
"""Scripts that put no space between words: every two letters are a word."""
_WIDE_OR_NOT = re.compile(f"({_WIDE.pattern})")
_BETWEEN = re.compile(r"[\W_]")
"""What is no letter or figure, and all marks, which Python counts among it."""
_UNTRANSLATED = re.compile(r"\{\.untranslated [^{}]*\}")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the text below it, up to the next one."""

    title: str
    anchor: str
    """Its identifier in the leaflet's page."""
    words: str
    """All words of it, folded, each once, with blanks between them: to be searched and not shown."""
    is_untranslated: bool = False
    """Whether the heading still stands in the source language."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One leaflet as the search page lists it."""

    title: str
    href: str
    """From the search page, without suffix, such as "heart/endocarditis"."""
    words: str
    """Those of its title, other names and summary, and of what stands before the first heading; as in a section."""
    sections: tuple[Section, ...] = ()
    is_draft: bool = False
    is_untranslated: bool = False
    """Whether the title still stands in the source language."""


def fold(text: str) -> str:
    """The text as it is compared: lower case, without accents or vowel signs, one form for each letter."""
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", text).lower())
    return unicodedata.normalize("NFC", bare).translate(_SAME)


def search_words(text: str, prefixes: Sequence[str] = ()) -> Iterator[str]:
    """The words of a text, folded. prefixes: what a language writes together with the next word, such as "ال"."""
    shaped = _BETWEEN.sub(lambda m: m[0] if unicodedata.category(m[0])[0] == "M" else " ", fold(text))
    for token in shaped.split():
        for piece in _WIDE_OR_NOT.split(token) if not token.isascii() else (token,):
            if _WIDE.fullmatch(piece):
                yield from piece
                yield from map("".join, pairwise(piece))
            elif piece:
                prefix = next((p for p in prefixes if piece.startswith(p) and len(piece) > len(p) + 2), "")
                yield piece.removeprefix(prefix)


def word_prefixes(language: Language) -> tuple[str, ...]:
    """The prefixes of a language that may be cut off for a search: those of two letters and more."""
    own: Mapping[str, Sequence[str]] = language.data.get("numbers", {})
    return tuple(fold(prefix) for prefix in own.get("prefixes", ()) if len(prefix) > 1)


def entry(source: Article, article: Article, *, is_draft: bool = False, is_untranslated: bool = False) -> Entry:
    """An article as the search page lists it. ``source`` gives the anchors: they are the same in every language."""
    ids = iter(heading_ids(source))
    opening = [article.title]
    found: list[tuple[str, str, bool, list[str]]] = []
    for segment in article.segments:
        text = " ".join(mask(_UNTRANSLATED.sub("", segment.text)).split())
        if segment.kind == "heading":
            other = _UNTRANSLATED.match(article.text, segment.end) is not None
            found.append((text, next(ids, ""), other, [text]))
        # The same words in every leaflet find none.
        elif segment.trail[:2] != ("front matter", "disclaimer"):
            (found[-1][3] if found else opening).append(text)
    language = load_language(article.language)
    parts = (Section(title, anchor, folded(texts, language), other) for title, anchor, other, texts in found)
    return Entry(article.title, source.id, folded(opening, language), tuple(parts), is_draft, is_untranslated)


def folded(texts: Iterable[str], language: Language) -> str:
    """The words of texts in a language as they are searched, each once, with blanks between them."""
    return " ".join(sorted(set(search_words(" ".join(texts), word_prefixes(language)))))


def search_page(entries: Sequence[Entry], language: Language, page: Mapping[str, Any]) -> bytes:
    """The page. page: what the frame of every page needs, and ``source_language``, ``settings`` and ``url``."""
    words = [words for entry in entries for words in (entry.words, *(section.words for section in entry.sections))]
    code, policy = _script()
    data = search_index(words, language)
    template = web.environment().get_template("search.j2")
    text = template.render(entries=entries, data=data, code=code, policy=policy, language=language, **page)
    if language.direction == "rtl":
        head, opening, rest = text.partition("<body>")
        listed, script, rest = rest.partition("<script")
        text = head + opening + isolate_numbers(listed) + script + rest
    return text.encode()


def search_index(parts: Iterable[str], language: Language) -> Markup:
    """The index as JSON: each word -> the numbers of the sections that have it, in base 36.

    parts: the folded words of each section.
    """
    index: dict[str, list[str]] = {}
    for number, words in enumerate(parts):
        name = _base36(number)
        for word in words.split(" ") if words else ():
            index.setdefault(word, []).append(name)
    data = {
        "words": {word: " ".join(names) for word, names in sorted(index.items())},
        "prefixes": word_prefixes(language),
    }
    # Within a script element only "<" could end it.
    return Markup(json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"))


def _base36(number: int) -> str:
    digits = ""
    while True:
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
        if not number:
            return digits


def _script() -> tuple[Markup, str]:
    """The script of the search page, and the source that its content security policy allows."""
    code = Markup(f"\n{web.style('search.js')}\n")
    digest = b64encode(sha256(code.encode()).digest()).decode()
    return code, f"'sha256-{digest}'"
