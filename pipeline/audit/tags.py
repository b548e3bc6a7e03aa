"""Language tags, scripts and numbers: what the rules of every kind of file ask about."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache

from babel import Locale

_TAG = re.compile(
    r"(?:(?P<language>[a-z]{2,3})(?:-[a-z]{3}){0,3}|(?P<long>[a-z]{4,8}))"
    r"(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*"
    r"(?:-[0-9a-wy-z](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?",
    re.IGNORECASE,
)
"""RFC 5646, section 2.1, without the grandfathered tags."""

_SCRIPT_NAMES = {
    "LATIN": "Latn", "CYRILLIC": "Cyrl", "ARABIC": "Arab", "HEBREW": "Hebr", "DEVANAGARI": "Deva", "BENGALI": "Beng",
    "CJK": "Hani", "HIRAGANA": "Hani", "KATAKANA": "Hani", "HANGUL": "Hani", "GREEK": "Grek", "TAMIL": "Taml",
    "THAI": "Thai", "GUJARATI": "Gujr", "GURMUKHI": "Guru", "ETHIOPIC": "Ethi", "GEORGIAN": "Geor", "ARMENIAN": "Armn",
    "TELUGU": "Telu", "KANNADA": "Knda", "MALAYALAM": "Mlym", "SINHALA": "Sinh", "KHMER": "Khmr", "LAO": "Laoo",
    "MYANMAR": "Mymr", "TIBETAN": "Tibt",
}  # fmt: skip
_WRITTEN_IN = {
    "Arab": "ar fa ur ps sd ckb ug arz ary prs", "Hebr": "he yi", "Deva": "hi mr ne sa mai bho", "Beng": "bn as",
    "Hani": "zh ja ko yue", "Cyrl": "ru uk bg mk be kk ky mn tg", "Grek": "el", "Taml": "ta", "Thai": "th",
    "Gujr": "gu", "Ethi": "am ti", "Geor": "ka", "Armn": "hy", "Telu": "te", "Knda": "kn", "Mlym": "ml", "Sinh": "si",
    "Khmr": "km", "Laoo": "lo", "Mymr": "my", "Tibt": "bo",
    "Latn": "en es fr pt de it nl pl so vi tr sw id ms tl ro cs sk hu sv da nb nn no fi et lv lt hr sl sq ca eu gl ht",
}  # fmt: skip
SCRIPT_OF = {code: script for script, codes in _WRITTEN_IN.items() for code in codes.split()}
"""Language -> the script that it is written in, where there is but one in use."""
RIGHT_TO_LEFT = frozenset(("Arab", "Hebr"))

NUMBER_GROUPS = re.compile(r"(?<![\w-])\+?\d[\d٠-٩۰-۹]*(?:[ \u00a0\u202f-]\d+)+(?![\w-])|(?<!\w)\d+\s?[-–]\s?\d+(?!\w)")
"""What the bidirectional algorithm turns round in right-to-left text: groups of European digits with a blank or a
hyphen between, such as a phone number, a range or a date."""


def tag_fault(tag: str) -> str:
    """What is wrong with a language tag (BCP 47), or ""."""
    match = _TAG.fullmatch(tag)
    if not match or "_" in tag:
        return "is no well-formed language tag (BCP 47)"
    language = (match["language"] or match["long"]).lower()
    if match["long"] or language not in _known_languages():
        return "names no language that is registered"
    return ""


def primary(tag: str) -> str:
    """The language of a tag, without script and region."""
    return tag.partition("-")[0].partition("_")[0].lower()


def script_wanted(tag: str) -> str:
    """The script that a language is written in, or "" when there are several or it is not known."""
    match = re.search(r"-([A-Za-z]{4})(?=-|$)", tag)
    if match:
        script = match[1].title()
        return "Hani" if script in ("Hans", "Hant", "Jpan", "Kore") else script
    return SCRIPT_OF.get(primary(tag), "")


def is_right_to_left(tag: str) -> bool:
    """Whether the language is written from right to left."""
    return script_wanted(tag) in RIGHT_TO_LEFT


def scripts(text: str) -> Counter[str]:
    """How many letters of each script a text has."""
    return Counter(script for c in text if c.isalpha() and (script := _script(c)))


@cache
def _script(character: str) -> str:
    return _SCRIPT_NAMES.get(unicodedata.name(character, "").partition(" ")[0], "")


@cache
def _known_languages() -> frozenset[str]:
    names = {str(name) for name in Locale("en").languages if "_" not in str(name)}
    return frozenset(names - {"und", "mul", "zxx", "root"}) | {"mis"}


def mismatch(text: str, tag: str, least: int = 30) -> str:
    """The script that a text is mostly written in where its language is written in another one, else ""."""
    wanted = script_wanted(tag)
    counts = scripts(text)
    total = sum(counts.values())
    if not wanted or total < least or counts[wanted] >= total * 0.2:
        return ""
    return counts.most_common(1)[0][0]
