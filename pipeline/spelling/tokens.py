"""What counts as a word, and which words no dictionary should judge: addresses, acronyms, sounded-out syllables."""

from __future__ import annotations

import re
from functools import cache

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
"""One word; an apostrophe inside belongs to it, a hyphen does not."""
_SKIPPED = (
    ("", r"(?:https?://|www\.)\S+"),
    ("@", r"[^\s@]{1,64}@[^\s@]{1,255}\.\w+"),
    ("", r"[@#]\w+"),
    (
        "[.]",
        r"\b[\w-]{1,64}(?:\.[\w-]{1,64}){0,8}\.(?:com|org|net|gov|edu|uk|int|info|eu|gif|jpe?g|png|svg|pdf|html?|php|aspx?|docx?)\b(?:/\S*)?",
    ),
    (r"\d", r"\w*\d\w*"),
    ("_", r"\w*_\w*"),
    (r"[/\\]", r"\S*[/\\]\w+[/\\]\S*"),
)
"""Stretches that hold no prose: addresses, file names, tags, anything with a digit or an underscore.

Each with what a text must have for it: most take a quadratic time for a long text without any blank.
"""
_SIGNS = tuple(re.compile(sign) for sign, _ in _SKIPPED)
GROUP = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*(?:[-‐‑][^\W\d_]+(?:['’][^\W\d_]+)*)+")
"""Words joined by hyphens."""
DOUBLED = re.compile(r"\b([^\W\d_]+(?:['’][^\W\d_]+)*)(\s+)(\1)\b(?!['’])", re.IGNORECASE)
SENTENCE_START = re.compile(r"(?:^|[.!?:;•*|–—-]|\n[ \t]*\n)[\s\"'“”‘’()\[\]>*_-]*$")
LATIN = re.compile(r"(?:us|is|um|ae|i|a|ense|oides|ans|formis|ium|os|ax|ix|yx|ii|ella|phila)$")


def skipping(text: str, *, is_ascii: bool = False) -> re.Pattern[str]:
    """The pattern of the stretches of this text that hold no prose. is_ascii: made of no letters but those of ASCII."""
    return _skipping(tuple(sign.search(text) is not None for sign in _SIGNS), is_ascii)


@cache
def _skipping(wanted: tuple[bool, ...], is_ascii: bool) -> re.Pattern[str]:
    parts = (part for (_, part), is_wanted in zip(_SKIPPED, wanted, strict=True) if is_wanted)
    return re.compile("|".join(parts), re.IGNORECASE | (re.ASCII if is_ascii else 0))


def is_acronym(word: str) -> bool:
    """All capitals (a plural s aside), or a capital after a small letter: HIV, GPs, HONcode, McArdle."""
    bare = word.removesuffix("s").removesuffix("'").removesuffix("’")
    return (len(bare) > 1 and bare.isupper()) or any(letter.isupper() for letter in bare[1:])


def capitals_apart(word: str) -> list[tuple[str, str]]:
    """The ways to part a word where small letters and capitals meet: "GPsdon't", "withHIV", "fromAfrica"."""
    found = [(word[:cut], word[cut:]) for cut in range(2, len(word) - 1)]
    return [
        (first, second)
        for first, second in found
        if (len(second) > 1 and second.islower() and first.removesuffix("s").isupper() and len(first) > 1)
        or (first.islower() and (second.removesuffix("s").isupper() or (second.istitle() and len(first) > 2)))
    ]


def is_sounded_out(group: str, unknown: int) -> bool:
    """Whether hyphenated parts spell a sound ("bron-KI-tis", "uh-PREK-see-uh"), ``unknown`` of them being no words."""
    parts = re.split("[-‐‑]", group)
    shouted = any(part.isupper() and len(part) > 1 for part in parts)
    return (shouted and unknown > 0) or (len(parts) > 2 and unknown > 1)


def starts_sentence(text: str, start: int) -> bool:
    """Whether a capital at this offset of a block says nothing, since any word there has one."""
    return SENTENCE_START.search(text[max(0, start - 12) : start]) is not None if start else True


def is_title(text: str) -> bool:
    """Whether most longer words of a block have a capital, as in a heading in title case."""
    words = [word for word in WORD.findall(text) if len(word) > 3]
    return len(words) > 1 and sum(word[0].isupper() for word in words) >= 0.6 * len(words)


def in_case_of(word: str, suggestion: str) -> str:
    """The suggestion with the capitals of the word that it replaces."""
    if len(word) > 1 and word.isupper():
        return suggestion.upper()
    return suggestion[0].upper() + suggestion[1:] if word[:1].isupper() else suggestion
