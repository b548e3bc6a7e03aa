"""A page as numbered lines: characters mended, list markers taken off."""

from __future__ import annotations

import re
import unicodedata

from pipeline.importing.nouns import Line, Mended

_LINE_END = re.compile(r"\r\n?|\n")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")
_INVISIBLE = re.compile(r"[\u200b\u2060\ufeff]")
_SPACES = re.compile(r"[\u2000-\u200a\u205f]")
_NO_BREAK = re.compile(r"(?<!«)[\u00a0\u202f](?![;:!?»%])")
"""French sets a space that does not break inside its quotation marks and before these signs: that one stays."""
_LATIN_LIGATURE = re.compile(r"[\ufb00-\ufb06]")
_ARABIC_FORM = re.compile(r"[\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc]")
_MENDABLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xa0\xad\u2000-\u200b\u202f\u205f\u2060\ufb00-\ufb06\ufb50-\ufdff\ufe70-\ufeff]"
)

_BULLET = "•·◦▪▫●○■□◆◇►▶▸▹▲△‣⁃∙➢➣➤➥➧➔☛☞◎❍✓✔✗✘★☆❖※❑❒✦✱❯›\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf0e0"
_CHINESE_NUMBER = "一二三四五六七八九十"
MARKER = re.compile(
    rf"""
      (?P<bullet>[{_BULLET}]+)\s*(?=\S)
    | (?P<tatweel>ـ+)\s+(?=\S)
    | (?P<dash>[-–—*+])(?:\s+(?=\S)|(?=[^\W\d_]))
    | (?P<number>
          \d{{1,2}}(?:\.\d{{1,2}}){{0,3}}[.)](?:\s+|(?=[^\W\d_]))
        | \d{{1,2}}\s?[、．]\s*
        | [IVX]{{1,4}}(?:\.\d{{1,2}}){{0,3}}\.\s+(?=[^\W\d_a-z])
        | \d{{1,2}}/\s+
        | \d{{1,2}}[-–](?:\s+(?=[^\W\d_])|(?=[^\W\d_a-z]))
        | [(（]\d{{1,2}}[)）]\s*
        | [①-⑳]\s*
        | [{_CHINESE_NUMBER}]{{1,3}}、\s*
        | [(（][{_CHINESE_NUMBER}]{{1,3}}[)）]\s*
        | [a-z]\)\s+
        | [٠-٩۰-۹]{{1,2}}\s?[.)\-–]\s*
        | [०-९]{{1,2}}[.)]\s*
      )
    | (?P<tabbed>o(?:\t|\ {{2,}}))(?=\S)
    """,
    re.VERBOSE,
)
"""A list marker at the beginning of a line."""


def read_lines(text: str, mended: Mended) -> list[Line]:
    """The non-empty lines of a text, numbered as an editor numbers them. Mends are counted in ``mended``."""
    lines: list[Line] = []
    gap, page = True, False
    for number, raw in enumerate(_LINE_END.split(text), 1):
        page = page or "\x0c" in raw
        soft = raw.rstrip().endswith("\xad")
        mend = _mend(raw, mended) if _MENDABLE.search(raw) else raw
        body = mend.strip()
        if not body:
            gap = True
            continue
        expanded = mend.expandtabs(4) if "\t" in mend else mend
        indent = len(expanded) - len(expanded.lstrip())
        marker, rest = split_marker(body)
        lines.append(Line(number, rest, indent, marker, gap or page, page, soft, raw=raw))
        gap = page = False
    _count_bare(lines)
    _count_dotted(lines)
    _restore_stars(lines)
    return lines


COUNTED = "#"
"""Marker of an item whose number stays in its text, because it could be a quantity: "1 Wash your hands"."""
_BARE = re.compile(r"(\d{1,2})\s+(?=[^\W\d_])")
_DOTTED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,3})\s+(?=[^\W\d_])")


def _count_bare(lines: list[Line]) -> None:
    """Lines whose numbers count without a full stop are items: "1 Rest", "2 Drink", "3 Wait". The number stays."""
    number = 0
    while number < len(lines):
        run: list[Line] = []
        while number + len(run) < len(lines):
            line = lines[number + len(run)]
            match = None if line.marker else _BARE.match(line.text)
            if not match or int(match[1]) != len(run) + 1:
                break
            run.append(line)
        if len(run) >= 2:
            for line in run:
                line.marker = COUNTED
        number += max(len(run), 1)


def _count_dotted(lines: list[Line]) -> None:
    """Numbers such as 1.2 are markers where the one before or after stands on the page too: 2.5 mg is a dose."""
    found = [(line, match) for line in lines if not line.marker and (match := _DOTTED.match(line.text))]
    seen = {match[1] for _, match in found} | {line.marker.rstrip(".") for line in lines if line.marker[:1].isdigit()}
    for line, match in found:
        head, _, last = match[1].rpartition(".")
        beside = {f"{head}.{int(last) - 1}", f"{head}.{int(last) + 1}"} | ({head} if last == "1" else set())
        begins = line.text[match.end()]
        if beside & seen and (begins.isupper() or begins.lower() == begins.upper()):
            line.marker, line.text = match[1], line.text[match.end() :]


_STARRED = re.compile(r"\w\*(?=[\s.,;:)]|$)")
"""A word with the star of a footnote."""


def _restore_stars(lines: list[Line]) -> None:
    """A star before a word is a footnote's, unless the line above or below has one too."""
    for number, line in enumerate(lines):
        beside = [lines[n].marker for n in (number - 1, number + 1) if 0 <= n < len(lines)]
        if line.marker == "*" and "*" not in beside and any(_STARRED.search(other.text) for other in lines[:number]):
            line.text, line.marker = line.raw.strip(), ""
        elif line.marker in ("*", "+") and line.marker not in beside and f"{line.marker}{line.text[:1]}" in line.raw:
            line.text, line.marker = line.marker + line.text, ""


def split_marker(text: str) -> tuple[str, str]:
    """A line's list marker, or "", and what follows it."""
    if text[:1].isalpha() and text[:1] not in "abcdefghijklmnopqrstuvwxyzIVXـ" + _CHINESE_NUMBER:
        return "", text
    match = MARKER.match(text)
    if not match or match.end() == len(text):
        return "", text
    return match[0].strip(), text[match.end() :].strip()


def is_number(marker: str) -> bool:
    """Whether a marker counts: "1.", "(2)", "三、"."""
    return any(character.isalnum() for character in marker) and marker != "o"


def _mend(raw: str, mended: Mended) -> str:
    """One line with characters that only look right turned into those that are."""
    for name, pattern, replacement in (
        ("page break", re.compile("\x0c"), " "),
        ("control character", _CONTROL, ""),
        ("invisible character", _INVISIBLE, ""),
        ("soft hyphen", re.compile("\xad"), ""),
        ("non-breaking space", _NO_BREAK, " "),
        ("thin space", _SPACES, " "),
    ):
        raw, count = pattern.subn(replacement, raw)
        mended.add(name, count)
    for pattern, name in ((_LATIN_LIGATURE, "ligature"), (_ARABIC_FORM, "Arabic presentation form")):
        raw, count = pattern.subn(lambda match: unicodedata.normalize("NFKC", match[0]), raw)
        mended.add(name, count)
    return raw
