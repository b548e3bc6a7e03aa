"""British spellings of American words, by rule, and the pairs of both that the vocabulary holds."""

from __future__ import annotations

import re

# American spelling -> British spelling, as substitutions on a whole lower-case word. Own work; the patterns are
# those of the usual style guides (ae and oe digraphs, -our, -re, -ise, -yse, -logue, doubled l).
TO_BRITISH = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"iz(e|es|ed|ing|er|ers|ation|ations|able)$", r"is\1"),
        (r"yz(e|es|ed|ing|er|ers)$", r"ys\1"),
        (r"(?<!o)edem(a|as|atous)", r"oedem\1"),
        (r"(?<!o)esoph", "oesoph"),
        (r"(?<!o)estr(og|ad|io)", r"oestr\1"),
        (r"(?<![ct])hem(at|o)", r"haem\1"),
        (r"(?<![ao])emi(a|as|c)$", r"aemi\1"),
        (r"anem", "anaem"),
        (r"anesth", "anaesth"),
        (r"\bped(iat|oph)", r"paed\1"),
        (r"gynec", "gynaec"),
        (r"(rrh)e(a|as|al|ic)", r"\1oe\2"),
        (r"(c)e(liac|cum|cal)", r"\1oe\2"),
        (r"(c)e(cum|cal|sarean)", r"\1ae\2"),
        (r"^fe(ces|cal)", r"fae\1"),
        (r"^fet(us|al|uses)", r"foet\1"),
        (r"^(h|n|r|l|c|f|t|v|rig|od|arm|behavi|neighb|endeav|flav|fav|harb|hum|lab|parl|rum|sav|sav|splend|vap|vig|tum|col)"
         r"or(s|ed|ing|ful|less|al|able|ite|ites|er|ers|y)?$", r"\1our\2"),
        (r"([cbt])er(s|ed)?$", r"\1re\2"),
        (r"og(s)?$", r"ogue\1"),
        (r"([aeiou])l(ed|ing|er|ers|or|ors)$", r"\1ll\2"),
        (r"ol(d|t)(s|ing|ed|y|er)?$", r"oul\1\2"),
        (r"leuk", "leuc"),
        (r"sulf", "sulph"),
        (r"neuver", "noeuvre"),
        (r"pnea", "pnoea"),
        (r"^gonorrhea", "gonorrhoea"),
        (r"ense(s|less)?$", r"ence\1"),
        (r"^program$", "programme"),
        (r"gray", "grey"),
        (r"^(in|ful|instal|enrol)l?(ful|fil|ment|fill)", r"\1\2"),
        (r"ck(s|ed|ing)?$", r"que\1"),
        (r"plow", "plough"),
        (r"^tire", "tyre"),
        (r"^aluminum", "aluminium"),
        (r"etiolog", "aetiolog"),
        (r"orthoped", "orthopaed"),
        (r"cesium", "caesium"),
        )
)  # fmt: skip


def british(word: str) -> set[str]:
    """The British spellings that the rules give for an American word; the word itself is not among them."""
    return {rule.sub(replacement, word) for rule, replacement in TO_BRITISH} - {word}


def british_only(word: str) -> bool:
    """Only the digraphs are safe to derive for words that no list has; -re, -our and the like are not."""
    return re.search(r"aem|oedem|oesoph|oestr|rrhoe|paed|gynaec|pnoea|coel|caec|anaes|aetiol", word) is not None


def variant_pairs(words: dict[str, float], locales: dict[str, set[str]]) -> list[tuple[str, str]]:
    """(American, British) spellings of one word, both in the vocabulary, told apart by SCOWL or by the digraphs."""
    american, australian = locales["US"], locales["AU"]
    pairs = set()
    for word in words:
        for other in british(word):
            if other not in words:
                continue
            listed = word in american and other not in american and other in australian
            derived = word not in australian and other not in american and british_only(other)
            if listed or derived:
                pairs.add((word, other))
    return sorted(pairs)
