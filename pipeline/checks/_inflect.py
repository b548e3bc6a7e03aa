"""English inflections by rule, for the words of our own lists: not for any word whatever."""

from __future__ import annotations

import re
from collections.abc import Iterator

_PAST = {
    "be": ("was", "been"),
    "bleed": ("bled", "bled"),
    "break": ("broke", "broken"),
    "breathe": ("breathed", "breathed"),
    "bring": ("brought", "brought"),
    "build": ("built", "built"),
    "burst": ("burst", "burst"),
    "buy": ("bought", "bought"),
    "chew": ("chewed", "chewed"),
    "come": ("came", "come"),
    "cut": ("cut", "cut"),
    "drink": ("drank", "drunk"),
    "eat": ("ate", "eaten"),
    "feel": ("felt", "felt"),
    "find": ("found", "found"),
    "get": ("got", "got"),
    "give": ("gave", "given"),
    "go": ("went", "gone"),
    "have": ("had", "had"),
    "hide": ("hid", "hidden"),
    "hold": ("held", "held"),
    "keep": ("kept", "kept"),
    "leak": ("leaked", "leaked"),
    "make": ("made", "made"),
    "meet": ("met", "met"),
    "show": ("showed", "shown"),
    "speed": ("sped", "sped"),
    "spread": ("spread", "spread"),
    "stick": ("stuck", "stuck"),
    "take": ("took", "taken"),
    "tear": ("tore", "torn"),
    "tell": ("told", "told"),
    "undergo": ("underwent", "undergone"),
}
_DOUBLED = frozenset(["ban", "chat", "clot", "cut", "get", "let", "permit", "put", "stop", "submit", "transmit"])
_IRREGULAR = {"person": "people", "child": "children"}
_ONE_DOES = re.compile(r"(?<=that |.who )(has|[a-z]+s)\b")
_HEAD = re.compile(r" (?:of|in|on|to|that|with|when|who|for|not|through)\b")
_SOUNDS = (("isation", "ization"), ("is(?=e|ing)", "iz"), ("our", "or"), ("ae", "e"), ("oe", "e"))


def verb_forms(verb: str) -> dict[str, tuple[str, ...]]:
    """Name of a form -> the verb in it, its first word inflected: past has two where they differ."""
    head, space, rest = verb.partition(" ")
    tail = space + rest
    past = _PAST.get(head) or (_regular_past(head),) * 2
    return {
        "base": (verb,),
        "s": (_add_s(head) + tail,),
        "past": tuple(dict.fromkeys(form + tail for form in past)),
        "ing": (_ing(head) + tail,),
    }


def _regular_past(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if re.search(r"[^aeiou]y$", verb):
        return verb[:-1] + "ied"
    return verb + (verb[-1] if verb in _DOUBLED else "") + "ed"


def _ing(verb: str) -> str:
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if re.search(r"[^eoy]e$", verb) and verb != "be":
        return verb[:-1] + "ing"
    return verb + (verb[-1] if verb in _DOUBLED else "") + "ing"


def _add_s(word: str) -> str:
    if word == "have":
        return "has"
    if word in ("poo", "poop"):
        return word + "s"
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + ("es" if re.search(r"(?:s|x|z|ch|sh|o)$", word) else "s")


def plural(noun: str) -> str:
    """The plural of a noun phrase: of what stands before "of", "in" and the like."""
    match = _HEAD.search(noun)
    head, tail = (noun[: match.start()], noun[match.start() :]) if match else (noun, "")
    first, space, last = head.rpartition(" ")
    return first + space + (_IRREGULAR.get(last) or _add_s(last)) + _ONE_DOES.sub(_they_do, tail)


def _they_do(verb: re.Match[str]) -> str:
    """ "that carries" -> "that carry"."""
    if verb[0] == "has":
        return "have"
    return verb[0][:-3] + "y" if verb[0].endswith("ies") else verb[0][:-1]


def plurals(noun: str) -> Iterator[str]:
    """Every plural that a term may have: the English one, and the Latin or Greek one."""
    yield plural(noun)
    for singular, ending in (("is", "es"), ("um", "a"), ("us", "i"), ("a", "ae"), ("x", "ges"), ("la", "lae")):
        if noun.endswith(singular):
            yield noun.removesuffix(singular) + ending


def spellings(word: str) -> set[str]:
    """A word in British spelling, and as an American would write it."""
    american = word
    for british, other in _SOUNDS:
        american = re.sub(british, other, american)
    return {word, american}
