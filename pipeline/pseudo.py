"""Pseudo-languages: translations made up by rule, to see what a real one would do to the pages.

``en_XA`` is English with accents, about 40 % longer and in brackets: what stands without accents is hard-coded,
what lacks a bracket is cut off. ``ar_XB`` is English from right to left. The codes are those of CLDR and Android.
Placeholders, addresses, markup and figures stay as they are. Nothing of it is for readers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from pipeline import po
from pipeline.catalogue import MACHINE_DRAFT
from pipeline.files import read_text
from pipeline.inline import PLAIN_KINDS, Piece, pieces, written
from pipeline.language import load_language
from pipeline.model import Segment

NOTICE = "Pseudo-language, for tests only. Not for readers."
"""Instead of what other drafts say of themselves; in plain letters, so that nobody is misled."""
DRAFT_COMMENT = f"{MACHINE_DRAFT}: pseudo-language"

_ACCENTS = str.maketrans(
    "AaBbCcDdEeFfGgHhIiJjKkLlMmNnOoPpQqRrSsTtUuVvWwXxYyZz",
    "ÅåƁƀÇçÐðÉéƑƒĜĝĤĥÎîĴĵĶķĻļḾḿÑñÖöÞþǪǫŔŕŠšŢţÛûṼṽŴŵẊẋÝýŽž",
)
_VOWEL = re.compile(r"[AEIOUaeiou]")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_KEPT = re.compile(r"\{[A-Za-z_]\w*\}|%\([A-Za-z_]\w*\)[sd]|%[sd]\b|[\w.+-]+@[\w-]+\.[\w.-]+")
"""Placeholders of interface strings, and e-mail addresses."""
_ISOLATE, _END_ISOLATE = "\u2066", "\u2069"
_RIGHT_TO_LEFT, _END, _MARK = "\u202e", "\u202c", "\u200f"


def pseudo_text(text: str, way: str, is_plain: bool = False) -> str:
    """A text as the pseudo-language says it. way: accented or mirrored. is_plain: it holds no markup."""
    change = _accented if way == "accented" else _mirrored
    found = pieces(text, is_plain)
    parts = [(p.role != "text", p.text if p.role != "text" else _prose(p.text, change)) for p in found]
    if way == "accented" and _has_prose(found):
        parts = [(False, "["), *parts, (False, "]")]
    return written(parts, is_plain)


def pseudo_interface(texts: Iterable[str], way: str) -> dict[str, str]:
    """What outputs say of themselves, as the pseudo-language says it."""
    notice = f"{_ISOLATE}{NOTICE}{_END_ISOLATE}" if way == "mirrored" else NOTICE
    drafts = "Draft: "
    return {t: notice if t.startswith(drafts) else pseudo_text(t, way, is_plain=True) for t in texts}


def catalogue_text(path: Path, segments: Iterable[Segment], language: str, source: str) -> str | None:
    """The text of a catalogue: of the file, or made up for a pseudo-language; None when there is none.

    source: the article's path, as translators see it. Raises PlainleafError when the file cannot be read.
    """
    way = load_language(language).pseudo
    if not way:
        return read_text(path) if path.is_file() else None
    kinds: dict[str, set[str]] = {}
    for segment in segments:
        kinds.setdefault(segment.text, set()).add(segment.kind)
    file = po.PoFile([po.new_entry("", (), (), f"Language: {language}\n")])
    for text, found in kinds.items():
        msgstr = pseudo_text(text, way, is_plain=found <= {*PLAIN_KINDS, "topic"})
        entry = po.new_entry(text, (), (source,), msgstr)
        entry.lines.insert(0, po.Line("translator", f"# {DRAFT_COMMENT}"))
        file.entries.append(entry)
    return file.render()


def _has_prose(found: Iterable[Piece]) -> bool:
    """Whether words stand outside of codes. A picture alone is a figure, and brackets would end that."""
    depth = 0
    for piece in found:
        depth += (piece.role == "open") - (piece.role == "close")
        if piece.role == "text" and depth == 0 and piece.text.strip():
            return True
    return False


def _prose(text: str, change: Callable[[str], str]) -> str:
    parts: list[str] = []
    position = 0
    for match in _KEPT.finditer(text):
        parts += [change(text[position : match.start()]), match[0]]
        position = match.end()
    return "".join([*parts, change(text[position:])])


def _accented(text: str) -> str:
    # Two of every five letters of English are vowels.
    return _VOWEL.sub(lambda m: m[0] + m[0].lower(), text).translate(_ACCENTS)


def _mirrored(text: str) -> str:
    return _WORD.sub(lambda m: f"{_MARK}{_RIGHT_TO_LEFT}{m[0]}{_END}{_MARK}", text)
