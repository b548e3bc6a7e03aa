"""Translates the made-up articles: known texts as they are translated, others word by word into words of a language.

What comes out means nothing, but it is of real words in the real script, and holds what checks look for: the numbers,
units, negations, links, marks and placeholders of its source. For measuring only.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import util
from pathlib import Path
from zlib import crc32

from babel.units import format_unit

from pipeline.catalogue import MACHINE_DRAFT, read_catalogue
from pipeline.glossary import read_glossary
from pipeline.language import load_language
from pipeline.merging import plain_notes
from pipeline.model import Segment
from pipeline.po_strings import keyword_lines

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = (
    *("zh_Hans", "hi", "es", "ar", "fr", "bn", "pt_BR", "ru", "ur", "de", "vi", "tr", "it", "pl", "uk", "nl", "so"),
    *("sv", "pt"),
)
"""Those that Plainleaf has data and fonts for, by how many people speak them, the most first."""
DRAFT = f"# {MACHINE_DRAFT}: made by a machine; no qualified translator has checked it"
VOCABULARY = 4000
"""Words of a language that stand for the English ones."""
_NEGATIONS = frozenset("no not never without cannot".split())
_UNITS = {f"{name}s": name for name in ("minute", "hour", "day", "week", "month")}
_TOKEN = re.compile(r"\{\{\w+\}\}|\]\([^)\s]*(?:\)| \x22)|\x22\)|[^\W\d_]+(?:['’][^\W\d_]+)*|\d+|\*\*|[^\w\s]|\s+")
_MARKS = {
    "zh_Hans": {".": "。", ",": "，", "?": "？", ":": "：", "(": "（", ")": "）"},
    "hi": {".": "।"},
    "bn": {".": "।"},
    "ar": {",": "،", "?": "؟"},
    "ur": {".": "۔", ",": "،", "?": "؟"},
}
_NEGATIVE = {"fr": "sans"}
"""The word for "not" where the language's first denies only together with another."""
_BLANKS = {"zh_Hans": ""}
"""What stands between words."""


class Translator:
    """Translates into one language; the same text always in the same way."""

    def __init__(self, code: str) -> None:
        self.code = code
        self._known = known_translations(code)
        self._terms = _terms(code)
        data = load_language(code).data
        self._negation = _NEGATIVE.get(code) or next(iter(data.get("negation", {}).get("words", ())), "")
        units = data.get("numbers", {}).get("units", {})
        self._units = {
            plural: units[name][0] if name in units else _unit(name, code) for plural, name in _UNITS.items()
        }
        self._words = words_of(code)
        self._marks = _MARKS.get(code, {})
        self._blank = _BLANKS.get(code, " ")
        self._mapped: dict[str, str] = {}
        self._entries: dict[str, str] = {}

    def text(self, source: str) -> str:
        """The translation of one text."""
        if known := self._known.get(source):
            return known
        parts: list[str] = []
        for token in self._terms.pattern.split(source) if self._terms.pattern else [source]:
            if token.lower() in self._terms.words:
                parts.append(self._terms.words[token.lower()])
            else:
                parts += (self._token(piece) for piece in _TOKEN.findall(token))
        return "".join(parts)

    def catalogue(self, path: str, segments: Iterable[Segment]) -> str:
        """A catalogue of an article's segments. path: of the article, as translators see it."""
        fields = ("Report-Msgid-Bugs-To: ", "PO-Revision-Date: YEAR-MO-DA HO:MI+ZONE", "Last-Translator: ")
        fields += ("Language-Team: ", f"Language: {self.code}", "MIME-Version: 1.0")
        fields += ("Content-Type: text/plain; charset=UTF-8", "Content-Transfer-Encoding: 8bit")
        header = [f'"{row}\\n"' for row in (f"Project-Id-Version: {path}", *fields)]
        rows = ["# Made up by a program to measure with. Not for readers.", 'msgid ""', 'msgstr ""', *header, "", ""]
        entries = []
        for text, segment in {segment.text: segment for segment in segments}.items():
            notes = "".join(f"#. {' '.join(note.split())}\n" for note in plain_notes(segment))
            entries.append(f"{DRAFT}\n{notes}#: {path}\n{self._messages(text)}")
        return "\n".join(rows) + "".join(entries).removesuffix("\n")

    def _messages(self, source: str) -> str:
        if source not in self._entries:
            rows = [*keyword_lines("msgid", source), *keyword_lines("msgstr", self.text(source)), "", ""]
            self._entries[source] = "\n".join(rows)
        return self._entries[source]

    def _token(self, token: str) -> str:
        if token.isspace():
            return self._blank
        if token in self._marks:
            return self._marks[token]
        if not token[0].isalpha():
            return token
        if token not in self._mapped:
            self._mapped[token] = self._word(token)
        return self._mapped[token]

    def _word(self, word: str) -> str:
        lower = word.lower()
        if lower in _NEGATIONS and self._negation:
            found = self._negation
        elif lower in self._units:
            found = self._units[lower]
        else:
            found = self._words[crc32(lower.encode()) % len(self._words)]
        return found[0].upper() + found[1:] if word[0].isupper() else found


def _unit(name: str, code: str) -> str:
    """What CLDR calls some hours, days or the like."""
    return format_unit(5, f"duration-{name}", locale=load_language(code).locale).lstrip("5 \u00a0")


class _Terms:
    """What the example library's glossary calls its terms in a language."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self.words = words
        names = "|".join(re.escape(name) for name in sorted(words, key=len, reverse=True))
        self.pattern = re.compile(rf"\b({names})\b", re.IGNORECASE) if words else None


def _terms(code: str) -> _Terms:
    glossary = read_glossary(ROOT / "source" / "glossary.toml", source_language="en")
    found = {term.name.lower(): term.translation(code) for term in glossary}
    return _Terms({name: word.replace("*", "") for name, word in found.items() if word})


def known_translations(code: str) -> dict[str, str]:
    """Source text to translation, of the example library of this repository."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / "translations" / code).glob("*/*.po")):
        messages = read_catalogue(path).messages
        found |= {msgid: m.text for msgid, m in messages.items() if m.text}
    return found


@cache
def words_of(code: str) -> tuple[str, ...]:
    """Common words of a language, without those that checks of numbers and negation count."""
    counted = set(_counted(load_language(code).data))
    script = re.compile(_script(code))
    foreign = set(load_language(code).data.get("script", {}).get("foreign", ""))
    english = set(_frequent("en", 20000))
    texts = known_translations(code).values()
    ours = dict.fromkeys(word for text in texts for word in re.findall(r"[^\W\d_]+", text.lower()))
    is_wide = code == "zh_Hans"

    def is_good(word: str) -> bool:
        if (
            not script.fullmatch(word)
            or word in english
            or foreign.intersection(word)
            or not (1 if is_wide else 3) <= len(word) <= 9
        ):
            return False
        return not (any(c in word for c in counted) if is_wide else word.startswith(tuple(counted)))

    frequent = _frequent(code.partition("_")[0], VOCABULARY * 4) or tuple(ours)
    found = tuple(word for word in frequent if is_good(word))[:VOCABULARY]
    if not found:
        raise SystemExit(f"{code}: no words to translate into; pip install wordfreq")
    return found


def _frequent(code: str, count: int) -> tuple[str, ...]:
    """A language's most frequent words, where wordfreq is installed and has them."""
    if not util.find_spec("wordfreq"):
        return ()
    import wordfreq  # noqa: PLC0415

    try:
        return tuple(wordfreq.top_n_list(code, count))
    except LookupError:
        return ()


def _counted(value: object) -> Iterator[str]:
    """Every word under the tables of numbers and negation of a language's data."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            if key not in ("fonts", "braille", "reading", "script"):
                yield from _counted(item)
    elif isinstance(value, list):
        for item in value:
            yield from _counted(item)
    elif isinstance(value, str):
        yield value.strip("*-").lower()


def _script(code: str) -> str:
    """A regular expression of a word in the language's script."""
    script = load_language(code).script
    if code == "ur":
        return "[اآبپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوہھیےئؤ]+"
    blocks = {
        "Arab": r"[\u0621-\u064a\u0679-\u06d3]+",
        "Beng": r"[\u0985-\u09cd]+",
        "Cyrl": r"[\u0400-\u045f\u0490\u0491]+",
        "Deva": r"[\u0905-\u094d]+",
        "Hans": r"[\u4e00-\u9fff]+",
    }
    return blocks.get(script, r"[^\W\d_]+")


def settings(codes: Iterable[str], topics: Iterable[str]) -> str:
    """The library.toml of a made-up library."""
    text = (ROOT / "source" / "library.toml").read_text(encoding="utf-8")
    values = tomllib.loads(text)
    rows = ['name = "Made-up library"', 'publisher = "Example Health Library"', 'language = "en"']
    rows += [f"languages = {json.dumps(list(codes))}"]
    rows += [f'{name} = "{values[name]}"' for name in ("spelling", "web_address", "emergency_number", "imprint")]
    # Three files for each article and language are measured, and no book of a thousand articles beside them.
    rows += [
        'formats = ["html", "epub", "pdf"]',
        "book = false",
        "",
        "[topics]",
        *(f'{t} = "{t.capitalize()}"' for t in topics),
    ]
    return "\n".join(rows) + "\n"
