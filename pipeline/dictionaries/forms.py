"""The forms under which a word may stand in a dictionary: marks, nukta, clitics, endings, hyphens and elisions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_JOINERS = re.compile("[\u00ad\u200c-\u200f]")
_ARABIC_MARKS = re.compile("[\u064b-\u065f\u0670\u0640]")
_ARABIC_PREFIX = re.compile("[وف]?(?:[بكل]?(?:ال)?|لل|س)")
_ARABIC_BEFORE = re.compile("^(?:[وف]?[بكل]?ال|[وف]?لل|[وف]?[بكل]?)(?=\\w{3})")
_ARABIC_SUFFIX = re.compile("(?:هما|كما|ها|هم|هن|كم|كن|نا|ني|ين|ان|ون|ات|ية|ه|ك|ي|ا)$")
_NUKTA = "\u093c"
_NASAL = re.compile("[ङञणनम]\u094d(?=[क-नप-म])")
_GLIDE = re.compile("([ा-ौ])य([ीेि])")
_VOWELS = {"ी": "ई", "े": "ए", "ि": "इ"}
_HINDI_ENDING = re.compile("(?:ियों|ियाँ|ियां|ाओं|ाएँ|ाएं|ओं|एँ|एं|ों|ें|ी|े|ा)$")
_VIETNAMESE_TONE = re.compile("(?<!q)((?<=o)[ae]|(?<=u)y)([\u0300\u0301\u0303\u0309\u0323])$")
_ENCLITICS = [re.compile(f"{one}$") for one in ("(?:l[aeo]s?|me|te|se|nos|os)", "(?:me|te|se|nos|os)l[aeo]s?")]
_ACUTE = str.maketrans("áéíóú", "aeiou")
_ELISION = {
    "fr": re.compile(r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|presqu|quelqu)'(?=\w)", re.IGNORECASE),
    "it": re.compile(r"\w{1,8}'(?=\w)"),
}


def normal(word: str, language: str) -> str:
    """The word composed, with one kind of apostrophe and hyphen, and without marks that may be left out."""
    text = _JOINERS.sub("", unicodedata.normalize("NFC", word)).replace("’", "'").replace("‑", "-")
    return _ARABIC_MARKS.sub("", text) if language == "ar" else text


def folded(word: str, language: str) -> str:
    """A key that is the same for spellings that are all right: हिन्दी and हिंदी, with a nukta or without; tùy and tuỳ."""
    if language == "vi":
        return _VIETNAMESE_TONE.sub(r"\2\1", unicodedata.normalize("NFD", word.lower()))
    text = unicodedata.normalize("NFD", word).replace(_NUKTA, "").replace("ँ", "ं")
    return _GLIDE.sub(lambda m: m[1] + _VOWELS[m[2]], _NASAL.sub("ं", text))


def term(word: str, language: str) -> str:
    """The word without what a sentence puts before it, so that the places of one term can be counted together."""
    bare = normal(word, language).lower()
    return _ARABIC_BEFORE.sub("", bare) if language == "ar" else bare


def stems(word: str, language: str) -> Iterator[str]:
    """Shorter words that this one may be built on: without Arabic clitics, Spanish enclitics, or a Hindi ending."""
    if language == "ar":
        prefix = _ARABIC_PREFIX.match(word)
        suffix = _ARABIC_SUFFIX.search(word)
        for start in range(prefix.end() + 1 if prefix else 1):
            for end in {len(word), suffix.start() if suffix else len(word)}:
                if end - start > 2:
                    yield word[start:end]
    elif language == "es":
        plain = word.lower().translate(_ACUTE)
        if plain != word.lower():
            ends = [match.start() for match in (one.search(plain) for one in _ENCLITICS) if match]
            yield from (plain[:end] for end in ends if end > 2)
    elif language == "hi":
        ending = _HINDI_ENDING.search(word)
        if ending and ending.start() > 2:
            yield from (word[: ending.start()] + vowel for vowel in ("", "ा", "ी", "ि"))


def parts(word: str, language: str) -> list[str]:
    """The words that hyphens and elisions join, such as eau and oxygénée in l'eau-oxygénée."""
    elision = _ELISION.get(language)
    return [part for part in (elision.sub("", word, count=1) if elision else word).split("-") if part]
