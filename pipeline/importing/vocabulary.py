"""The words that tell furniture from text: data/furniture.toml and data/words.toml, ready to look up."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

_EDGE = " \t.,;:!?¡¿…。，；：！？、؟،؛۔।|/\\<>›»«‹()[]{}（）【】《》\"'“”‘’„*#•·▪■►▶▼▲←→↑↓+–—-_=~0123456789"
CJK = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\u3040-\u30ff]")
LONGEST_START = 22
"""Words of a line that a "starts" phrase is looked for in."""
LONGEST_HOLDER = 60
"""Words of a line that a "contains" phrase is looked for in."""


LONGEST_LEAD = 60
"""Characters at the end of a line that words which lead in a list are looked for in."""
LONGEST_BRIEF = 20
"""Words of a line that a "brief" phrase is looked for in."""


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase of furniture found in a line."""

    kind: str
    how: str
    """exact, starts or contains."""
    phrase: str


class Furniture:
    """All phrases of all languages: a page in one often has furniture in another."""

    def __init__(self) -> None:
        self.reasons: dict[str, str] = {}
        self._exact: dict[str, str] = {}
        self._starts: dict[str, list[tuple[str, str]]] = {}
        self._contains: dict[str, list[tuple[str, str]]] = {}
        self._brief: set[str] = set()
        for kind, tables in _load("furniture.toml").items():
            self.reasons[kind] = tables["reason"]
            for table in (t for t in tables.values() if isinstance(t, dict)):
                for phrase in table.get("exact", ()):
                    self._exact.setdefault(phrase.strip(_EDGE) or phrase, kind)
                for phrase in table.get("starts", ()):
                    self._starts.setdefault(phrase[:2], []).append((phrase, kind))
                for phrase in table.get("contains", ()):
                    self._contains.setdefault(_key(phrase), []).append((phrase, kind))
                for phrase in table.get("brief", ()):
                    self._contains.setdefault(_key(phrase), []).append((phrase, kind))
                    self._brief.add(phrase)
        for rows in self._starts.values():
            rows.sort(key=lambda row: -len(row[0]))
        self._any_start: dict[str, tuple[str, ...]] = {}
        for phrase in sorted(phrase for rows in self._starts.values() for phrase, _ in rows):
            self._any_start[phrase[0]] = (*self._any_start.get(phrase[0], ()), phrase)
        self.words = self._own_words()
        self._wide = [row for rows in self._contains.values() for row in rows if CJK.match(row[0])]

    def _own_words(self) -> frozenset[str]:
        """The words of three phrases or more: what sites speak of."""
        phrases = [*self._exact, *(phrase for rows in self._starts.values() for phrase, _ in rows)]
        phrases += (phrase for rows in self._contains.values() for phrase, _ in rows)
        counts = Counter(word for phrase in phrases for word in set(tokens(phrase)))
        common = frozenset().union(*(words_of(code).common for code in _load("words.toml")))
        return frozenset(w for w, n in counts.items() if n >= 3 and len(w) > 2 and w not in common)

    def look_up(self, text: str, words: int) -> Match | None:
        """The phrase that makes a line furniture; None for most lines."""
        folded = text.casefold().replace("’", "'").replace("ـ", "")
        bare = folded.strip(_EDGE)
        if words <= LONGEST_START:
            kind = self._exact.get(bare) or self._exact.get(folded.strip())
            if kind:
                return Match(kind, "exact", bare)
        if words <= LONGEST_HOLDER and (found := self._holds(folded, words)):
            return found
        if words <= LONGEST_START:
            for start in (folded, bare) if folded[:1] != bare[:1] else (folded,):
                if start.startswith(self._any_start.get(start[:1], ())) and (found := self._begins(start)):
                    return found
        return None

    def _begins(self, start: str) -> Match | None:
        for phrase, kind in (*self._starts.get(start[:2], ()), *self._starts.get(start[:1], ())):
            if start.startswith(phrase) and _whole(start, phrase):
                return Match(kind, "starts", phrase)
        return None

    def _holds(self, folded: str, words: int) -> Match | None:
        for key in self._contains.keys() & set(_WORD.findall(folded)):
            for phrase, kind in self._contains[key]:
                if phrase in folded and self._is_short_enough(phrase, words):
                    return Match(kind, "contains", phrase)
        if CJK.search(folded):
            for phrase, kind in self._wide:
                if phrase in folded and self._is_short_enough(phrase, words):
                    return Match(kind, "contains", phrase)
        return None

    def _is_short_enough(self, phrase: str, words: int) -> bool:
        return words <= LONGEST_BRIEF or phrase not in self._brief


_WORD = re.compile(r"[^\W\d_][^\s.,;:!?()\"“”«»،؛؟。，！]*")


def _key(phrase: str) -> str:
    """The longest whole word of a phrase, to look it up by."""
    parts = _WORD.findall(phrase)
    inner = parts if phrase[-1:].isspace() or len(parts) == 1 else parts[:-1]
    return max(inner, key=len) if inner else phrase


def _whole(text: str, phrase: str) -> bool:
    """Whether a phrase ends at the end of a word of the text."""
    last, following = phrase[-1], text[len(phrase) : len(phrase) + 1]
    return not (last.isalpha() and following.isalpha()) or bool(CJK.match(last)) or last in "ًة"


@dataclass(frozen=True, slots=True)
class Words:
    """What is known of one language."""

    code: str
    common: frozenset[str]
    joiners: frozenset[str]
    openers: frozenset[str]
    lead: tuple[str, ...]
    first: frozenset[str]
    emergency: re.Pattern[str]
    sections: dict[str, re.Pattern[str]]

    def is_grave(self, text: str) -> bool:
        """Whether a line speaks of an emergency."""
        return _speaks_of_emergency(self.code, text)

    def section(self, text: str) -> str:
        """What a heading is about, such as "symptoms"; "" when that is not known."""
        return _sections_in(self.code, text)[0]

    def begins_section(self, text: str) -> bool:
        """Whether a line begins or ends with the word for a part of an article."""
        return _sections_in(self.code, text)[1]

    def leads_in(self, text: str) -> bool:
        """Whether a line ends with words that lead in a list."""
        folded = text[-LONGEST_LEAD:].casefold().rstrip(" :：-–—.…")
        return folded.endswith(self.lead) and any(
            folded.endswith(phrase) and (CJK.match(phrase) or not folded[: -len(phrase)][-1:].isalpha())
            for phrase in self.lead
        )


@cache
def furniture() -> Furniture:
    """The table, read once."""
    return Furniture()


@cache
def words_of(code: str) -> Words:
    """The words of a language, or of its base language; empty ones for a language that is not known."""
    tables = _load("words.toml")
    table = tables.get(code) or tables.get(code.split("_", maxsplit=1)[0]) or {}
    return Words(
        code,
        frozenset(table.get("common", "").split()),
        frozenset(table.get("joiners", "").split()),
        frozenset(table.get("openers", "").split()),
        tuple(phrase.casefold() for phrase in table.get("lead", ())),
        frozenset(table.get("first", "").replace("_", " ").split()),
        _any_of(table.get("emergency", ())),
        {kind: _any_of(phrases) for kind, phrases in table.get("sections", {}).items()},
    )


def detect(text: str) -> str:
    """The language of a text, as a code of data/words.toml; "en" when nothing speaks for another."""
    sample = text[:20000].casefold()
    if len(CJK.findall(sample)) * 4 > len(sample.strip()):
        return "zh"
    languages = _languages_of()
    scores: Counter[str] = Counter()
    for word, count in Counter(tokens(sample)).items():
        for code in languages.get(word, ()):
            scores[code] += count
    best = max(_load("words.toml"), key=lambda code: (scores[code], code == "en"))
    return best if scores[best] else "en"


@cache
def _languages_of() -> dict[str, tuple[str, ...]]:
    """The languages that each common word is one of."""
    found: dict[str, tuple[str, ...]] = {}
    for code in _load("words.toml"):
        for word in words_of(code).common:
            found[word] = (*found.get(word, ()), code)
    return found


def tokens(text: str) -> list[str]:
    """The words of a text as they stand between spaces, without the marks around them."""
    pieces = text.replace("’", "'").split()
    return [word for piece in pieces if (word := piece if piece.isalpha() else piece.strip(_EDGE))]


@lru_cache(maxsize=16384)
def words_in(text: str) -> tuple[str, ...]:
    """The words of a line, in small letters: the same line is asked for them again and again."""
    return tuple(tokens(text.casefold()))


@lru_cache(maxsize=16384)
def terms(text: str) -> tuple[str, ...]:
    """The words of a text that carry meaning: four letters or more, or pairs of Chinese characters."""
    words = words_in(text)
    if "'" in text or "’" in text:
        words = tuple(_ELISION.sub("", piece) if "'" in piece else piece for piece in words)
    found = [word for word in words if len(word) >= 4]
    if not text.isascii():
        for run in _HAN.findall(text):
            found += [run[n : n + 2] for n in range(len(run) - 1)]
    return tuple(found)


_ELISION = re.compile(r"^(?:[cdjlmnst]|qu|dell|nell|all|un)'")
"""The article before a vowel in French and Italian: "l'asthme"."""
_HAN = re.compile(r"[\u3400-\u9fff]+")


@lru_cache(maxsize=16384)
def _sections_in(code: str, text: str) -> tuple[str, bool]:
    """What a heading in a language is about, and whether the word for it stands at an end of the heading."""
    folded = text.casefold().replace("’", "'").rstrip(_EDGE)
    begins = _begins_of_sections(code)
    if begins:
        runs = _RUN.findall(folded)
        if all(begin.isdisjoint([run[:length] for run in runs]) for length, begin in begins):
            return "", False
    found, is_at_end = "", False
    for match in _all_sections(code).finditer(folded):
        # "What is" says less than the word behind it: "What is the treatment?"
        if found in ("", "overview"):
            found = match.lastgroup or ""
        is_at_end = is_at_end or match.start() == 0 or match.end() >= len(folded) - 4
    return found, is_at_end


@lru_cache(maxsize=16384)
def _speaks_of_emergency(code: str, text: str) -> bool:
    return bool(words_of(code).emergency.search(text.casefold()))


_RUN = re.compile(r"\w+")
_BEGIN = 4
"""Characters of a word that most lines without any phrase are told by."""


@cache
def _begins_of_sections(code: str) -> tuple[tuple[int, frozenset[str]], ...]:
    """How the first words of the phrases for parts begin, by length; nothing where one may begin within a word."""
    listed = _load("words.toml").get(code, {}).get("sections", {})
    found: dict[int, set[str]] = {}
    for phrase in (phrase.casefold() for phrases in listed.values() for phrase in phrases):
        run = _RUN.match(phrase)
        if CJK.match(phrase) or run is None:
            return ()
        is_open = run.end() == len(phrase) < _BEGIN  # Longer words may begin so too.
        found.setdefault(run.end() if is_open else _BEGIN, set()).add(run[0][:_BEGIN])
    return tuple((length, frozenset(begins)) for length, begins in found.items())


@cache
def _all_sections(code: str) -> re.Pattern[str]:
    """One pattern for the words of every part, whose group is the part."""
    sections = words_of(code).sections
    listed = _load("words.toml").get(code, {}).get("sections", {})
    groups = [f"(?P<{kind}>{pattern.pattern})" for kind, pattern in sections.items()]
    begin = _begin(phrase.casefold() for phrases in listed.values() for phrase in phrases)
    begin = r"(?<!\w)" + begin if _begins_of_sections(code) else begin
    return re.compile(begin + f"(?:{'|'.join(groups)})" if groups else r"(?!)")


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """Matches one of these phrases where a word begins."""
    listed = sorted((p.casefold() for p in phrases), key=len, reverse=True)
    if not listed:
        return re.compile(r"(?!)")
    wide = [re.escape(p) for p in listed if CJK.match(p)]
    spaced = [re.escape(p) for p in listed if not CJK.match(p)]
    choices = [*wide, rf"(?<!\w)(?:{'|'.join(spaced)})"] if spaced else wide
    return re.compile(f"{_begin(listed)}(?:{'|'.join(choices)})")


def _begin(phrases: Iterable[str]) -> str:
    """What looks ahead whether one of the letters stands here that any of the phrases begins with: quicker."""
    letters = sorted({re.escape(phrase[0]) for phrase in phrases if phrase})
    return f"(?=[{''.join(letters)}])" if letters else ""


@cache
def _load(name: str) -> dict[str, Any]:
    text = resources.files("pipeline.importing").joinpath("data", name).read_text(encoding="utf-8")
    return tomllib.loads(text)


NO_WORDS = Words("", frozenset(), frozenset(), frozenset(), (), frozenset(), re.compile(r"(?!)"), {})
"""Of a language of which nothing is known."""
