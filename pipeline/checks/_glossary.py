"""The library's glossary, ``source/glossary.toml``, as two checks of translations use it.

Each term is a table of its own. ``forms`` are other forms of the term in the source; a translation is a word or a list
of words of which one must occur (``*`` at the end: however it ends). ``do_not_translate`` keeps the term as it is::

    [murmur]
    forms = ["murmurs"]
    es = ["soplo*"]
    ar = ["نفخة", "نفخات"]

    [Warfarin]
    do_not_translate = true

A catalogue that travels without its library may carry terms in its comments, one line of the file in each:
``# glossary: [murmur]``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipeline.checks import TranslatedArticle
from pipeline.model import PlainleafError


@dataclass(frozen=True, slots=True)
class Term:
    """One row of the glossary."""

    name: str
    pattern: re.Pattern[str]
    """Finds it in the source."""
    translations: Mapping[str, tuple[str, ...]]
    """Language -> words in lower case; of one that ends in "*" only the beginning counts."""
    do_not_translate: bool

    def is_in(self, text: str, language: str) -> bool:
        """Whether a translation of the term into a language that has one occurs in a text in lower case."""
        return any(_pattern((word,)).search(text) for word in self.translations[language])


def glossary(item: TranslatedArticle) -> tuple[Term, ...]:
    """The terms of an article's library, and those that its catalogue carries."""
    source = item.source
    terms: tuple[Term, ...] = ()
    folder = source.path.with_suffix("").as_posix().removesuffix(source.id)
    path = Path(folder) / "glossary.toml"
    if path.is_file():
        terms = _terms(path.read_text(encoding="utf-8"), str(path))
    if _CARRIED in item.lines.text:
        lines = [line.removeprefix(_CARRIED) for line in item.lines.text.splitlines() if line.startswith(_CARRIED)]
        terms += _terms("\n".join(lines), str(item.catalogue))
    return terms


_CARRIED = "# glossary: "


@lru_cache(maxsize=4)
def _terms(text: str, path: str) -> tuple[Term, ...]:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PlainleafError(f"{path}: the glossary is not TOML: {error}") from None
    return tuple(_term(name, row) for name, row in data.items() if isinstance(row, dict))


def _term(name: str, row: Mapping[str, object]) -> Term:
    forms = _words(row.get("forms", ()))
    keeps = bool(row.get("do_not_translate", False))
    translations = {
        code: tuple(word.lower() for word in _words(words))
        for code, words in row.items()
        if code not in ("forms", "do_not_translate", "definition", "note")
    }
    return Term(name, _pattern((name, *forms), ignore_case=not keeps), translations, keeps)


def _words(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return tuple(str(word) for word in value) if isinstance(value, (list, tuple)) else ()


@lru_cache(maxsize=4096)
def _pattern(words: tuple[str, ...], ignore_case: bool = False) -> re.Pattern[str]:
    parts = []
    for word in words:
        is_cjk = any("\u3400" <= c <= "\u9fff" for c in word)
        edge = "" if is_cjk else r"(?<!\w)" if word[:1].isascii() else ""
        end = "" if is_cjk or word.endswith("*") or not word[-1:].isascii() else r"(?!\w)"
        parts.append(edge + re.escape(word.rstrip("*")) + end)
    return re.compile("|".join(parts), re.IGNORECASE if ignore_case else 0)
