"""Reads source/glossary.toml: what the library's terms mean in plain words, and what each language calls them.

Each term is a table of its own. All of its keys may be left out::

    [murmur]
    explanation = "An extra sound that blood makes as it flows through the heart."
    forms = ["murmurs", "heart murmur"]
    note = "For translators: never a murmur of voices."
    es = ["soplo", "soplos"]
    ru = ["шум в сердце", "шум* в сердце"]

    [Warfarin]
    do_not_translate = true

``forms`` are other forms of the term in the source. A language has a word or a list of words, of which one must occur
in a translation; ``*`` stands for any ending, and the first word without one is what translators are shown.

The words of a language guide translators and checks. They are never printed: what readers see goes through the
catalogues, where each message has a state.

A catalogue that travels without its library may carry terms in its comments, one line of the file in each:
``# glossary: [murmur]``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError

from pipeline.files import read_text
from pipeline.model import PlainleafError, Segment

GLOSSARY = Path("source/glossary.toml")
"""Where the glossary stands in a library."""
CARRIED = "# glossary: "
"""Begins a comment of a catalogue that holds a line of a glossary."""
_KEYS = ("explanation", "forms", "note", "do_not_translate")
_SPACED = r"A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u052f\u1e00-\u1fff"
"""Letters of the scripts whose words stand alone and have clear ends: Latin, Greek, Cyrillic."""

_ENDING = r"[^\s!-/:-@\[-`{-\u00bf\u2000-\u206f\u3000-\u303f]*"
"""What "*" stands for: letters and their marks, and no space or punctuation."""


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a glossary."""

    name: str
    """As the article writes it."""
    explanation: str = ""
    """What it means, in plain words of the source language; "" where none is given."""
    forms: tuple[str, ...] = ()
    """Its other forms in the source, such as plural and short name."""
    note: str = ""
    """For translators."""
    translations: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Language -> accepted words as written; "*" in one stands for any letters."""
    do_not_translate: bool = False
    line: int = 1
    """Line of its table in the file."""

    @property
    def words(self) -> tuple[str, ...]:
        """The name and the other forms, each once."""
        return tuple(dict.fromkeys((self.name, *self.forms)))

    def translation(self, language: str) -> str:
        """What a translator should write for the term: the first word without a star; "" where there is none."""
        if self.do_not_translate:
            return self.name
        return next((word for word in self.translations.get(language, ()) if "*" not in word), "")

    def is_in(self, text: str, language: str) -> bool:
        """Whether a translation into a language that the term has occurs in a text."""
        return _pattern(self.translations[language]).search(text) is not None

    def is_kept_in(self, text: str) -> bool:
        """Whether the term, or one of its forms, stands in a text exactly as it is written."""
        return re.search("|".join(_expression(word) for word in self.words), text) is not None


def read_glossary(path: Path, shown: Path | None = None, source_language: str = "en") -> tuple[Term, ...]:
    """The terms of a glossary file, in its order; none when there is no file.

    shown: the path for messages. Raises PlainleafError, with the line, for a mistake in it.
    """
    return parse_glossary(read_text(path), shown or path, source_language) if path.is_file() else ()


def parse_glossary(text: str, path: Path, source_language: str = "en") -> tuple[Term, ...]:
    """The terms in the text of a glossary.toml. Raises PlainleafError with the line of a mistake."""
    try:
        data = tomllib.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:  # not TOML, a number without end, or lists in lists
        place = re.search(r"line (\d+), column (\d+)", str(error))
        where = f":{place[1]}:{place[2]}" if place else f":{max(len(text.splitlines()), 1)}"
        raise PlainleafError(f"{path}{where}: not valid TOML: {error}") from None
    rows = text.splitlines()
    terms = []
    taken: dict[str, Term] = {}
    for name, row in data.items():
        line = _line_of_table(name, rows)
        if not isinstance(row, dict):
            raise PlainleafError(f'{path}:{line}: a term is a table: write [{name}], and below it explanation = "..."')
        term = _term(name, row, line, _Place(path, rows, line), source_language)
        for form in dict.fromkeys(word.casefold() for word in term.words):
            if form in taken:
                other = taken[form]
                raise PlainleafError(
                    f'{path}:{line}: "{form}" is a form of both {other.name} (line {other.line}) and {name}; '
                    "take it out of one of them"
                )
            taken[form] = term
        terms.append(term)
    return tuple(terms)


def carried_terms(text: str, path: Path) -> tuple[Term, ...]:
    """The terms that the text of a catalogue carries in its comments. Raises PlainleafError."""
    if CARRIED not in text:
        return ()
    # Other lines stay as empty ones, so that a mistake is told with its line in the catalogue.
    rows = (line.removeprefix(CARRIED) if line.startswith(CARRIED) else "" for line in text.splitlines())
    return parse_glossary("\n".join(rows), path)


def find_terms(terms: Sequence[Term], text: str) -> Iterator[tuple[int, int, Term]]:
    """Where terms stand in a text of the source language: (start, end, term), in order.

    Within a longer term a shorter one does not count: "heart failure" is not "heart".
    """
    for start, end, owner in _places(tuple((term.words, term.do_not_translate) for term in terms), text):
        yield start, end, terms[owner]


# The same text is asked for in each language, and by several checks.
@lru_cache(maxsize=4096)
def _places(terms: tuple[tuple[tuple[str, ...], bool], ...], text: str) -> tuple[tuple[int, int, int], ...]:
    pattern, owners = _any_of(terms)
    return tuple((*m.span(), owners[m.lastindex or 0]) for m in pattern.finditer(text)) if owners else ()


def explanations(terms: Sequence[Term]) -> list[Segment]:
    """The explanations as messages for the library's catalogue: what readers see is translated there."""
    return [
        Segment("explanation", term.explanation, 0, 0, term.line, 1, ("glossary", term.name))
        for term in terms
        if term.explanation
    ]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a term stands, for messages."""

    path: Path
    rows: Sequence[str]
    line: int

    def of(self, key: str) -> str:
        """path:line of a key of the term."""
        for number in range(self.line, len(self.rows)):
            if self.rows[number].lstrip().startswith("["):
                break
            if re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", self.rows[number]):
                return f"{self.path}:{number + 1}"
        return f"{self.path}:{self.line}"


def _line_of_table(name: str, rows: Sequence[str]) -> int:
    header = re.compile(rf"\s*(?:\[\s*)?[\"']?{re.escape(name)}[\"']?\s*[\]=.]")
    return next((number for number, row in enumerate(rows, 1) if header.match(row)), 1)


def _term(name: str, row: Mapping[str, Any], line: int, place: _Place, source_language: str) -> Term:
    translations = {}
    for key, value in row.items():
        if key in _KEYS:
            continue
        if not _is_language(key):
            raise PlainleafError(
                f"{place.of(key)}: {name}: unknown key {key!r}; known are {', '.join(_KEYS)}, "
                "and languages such as es or zh_Hans"
            )
        if key == source_language:
            raise PlainleafError(f"{place.of(key)}: {name}: {key} is the source language; write its words in forms")
        translations[key] = _words(value, f"{place.of(key)}: {name}: {key}")
    keeps = row.get("do_not_translate", False)
    if not isinstance(keeps, bool):
        raise PlainleafError(f"{place.of('do_not_translate')}: {name}: do_not_translate must be true or false")
    if keeps and translations:
        key = next(iter(translations))
        raise PlainleafError(
            f"{place.of(key)}: {name} is not to be translated, and yet has a word for {key}; take one of the two out"
        )
    texts = {}
    for key in ("explanation", "note"):
        texts[key] = row.get(key, "")
        if not isinstance(texts[key], str):
            raise PlainleafError(f"{place.of(key)}: {name}: {key} must be a text in quotation marks")
    forms = _words(row["forms"], f"{place.of('forms')}: {name}: forms") if "forms" in row else ()
    return Term(name, " ".join(texts["explanation"].split()), forms, texts["note"], translations, keeps, line)


def _words(value: object, where: str) -> tuple[str, ...]:
    words = [value] if isinstance(value, str) else value
    if not isinstance(words, list) or not words or not all(isinstance(w, str) and w.strip("* ") for w in words):
        raise PlainleafError(f'{where} must be a word or a list of words, such as ["murmur", "murmurs"]')
    return tuple(" ".join(word.split()) for word in words)


@lru_cache(maxsize=256)
def _is_language(code: str) -> bool:
    try:
        Locale.parse(code)
    except (UnknownLocaleError, ValueError, TypeError):
        return False
    return True


@lru_cache(maxsize=4096)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    expressions = (_expression(word).replace(r"\*", _ENDING) for word in words)
    return re.compile("|".join(expressions), re.IGNORECASE)


@lru_cache(maxsize=64)
def _any_of(names: tuple[tuple[tuple[str, ...], bool], ...]) -> tuple[re.Pattern[str], dict[int, int]]:
    """A pattern that finds any of the terms, the longest first, and group of it -> number of the term."""
    words = [(word, keeps, number) for number, (forms, keeps) in enumerate(names) for word in forms]
    words.sort(key=lambda item: (-len(item[0]), item[0]))
    parts = [f"({_expression(word) if keeps else f'(?i:{_expression(word)})'})" for word, keeps, _ in words]
    return re.compile("|".join(parts) or r"(?!)"), {place: number for place, (_, _, number) in enumerate(words, 1)}


def _expression(word: str) -> str:
    """A pattern for a word: whole in a script whose words have clear ends, anywhere in others."""
    begin = rf"(?<![{_SPACED}\d])" if re.match(f"[{_SPACED}\\d]", word) else ""
    end = rf"(?![{_SPACED}\d])" if re.search(f"[{_SPACED}\\d]$", word) else ""
    return begin + re.escape(word).replace(r"\ ", r"\s+") + end
