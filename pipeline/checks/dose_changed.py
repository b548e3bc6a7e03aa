"""A number with a unit says the same in the translation: the same number, the same unit, the same limit.

Quantities may be written in digits of any script or in words; times and measures are compared by their worth, so that
2 days may be 48 hours. "At least 3" must not become "up to 3". A change is an error; a unit that cannot be found is a
warning.

Why: patients were given leaflets that said "under 19" for "59 or younger", and took tablets eleven times for "once".

Standard: US 45 CFR 92.201

Bad:
    # language: es
    msgid "Take 15 mg a day."
    msgstr "Tome 50 mg al día."
Bad:
    # language: ar
    msgid "Wait for 3 days."
    msgstr "انتظر ٣ أسابيع."
Bad:
    # language: es
    msgid "Take two tablets."
    msgstr "Tome tres comprimidos."
Bad:
    # language: zh_Hans
    msgid "For people under 19 years."
    msgstr "适用于 19 岁以上的人。"
Bad:
    # language: fr
    msgid "Keep it at -18 °C."
    msgstr "Conservez-le à 18 °C."
Good:
    # language: ar
    msgid "Wait for 2 days."
    msgstr "انتظر يومين."
Good:
    # language: fr
    msgid "Take it twice a day for 5 to 7 days, at least 6 hours apart."
    msgstr "Prenez-le deux fois par jour pendant 5 à 7 jours, à 6 heures d’intervalle au moins."
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.checks import Context, Problem, TranslatedArticle, translation_check
from pipeline.checks._pairs import pairs
from pipeline.limits import Way, turned_limits
from pipeline.messages import Message, say
from pipeline.model import Severity
from pipeline.numerals import digits, word_values
from pipeline.quantities import Quantity, in_base, named, quantities, worded

_LIKE = {
    frozenset(("celsius", "degree")), frozenset(("fahrenheit", "degree")), frozenset(("times", "beat")),
    frozenset(("times", "dose")), frozenset(("teaspoon", "spoon")), frozenset(("tablespoon", "spoon")),
    frozenset(("tablet", "dose")), frozenset(("capsule", "dose")), frozenset(("puff", "dose")),
    frozenset(("unit", "dose")), frozenset(("capsule", "tablet")),
}  # fmt: skip
"""Units that translators exchange freely."""
_SIGNS = {"percent": "%", "celsius": "°C", "fahrenheit": "°F"}
_UNITS = {
    "second": say("second"),
    "minute": say("minute"),
    "hour": say("hour"),
    "day": say("day"),
    "week": say("week"),
    "month": say("month"),
    "year": say("year"),
    "microgram": say("microgram"),
    "milligram": say("milligram"),
    "gram": say("gram"),
    "kilogram": say("kilogram"),
    "millilitre": say("millilitre"),
    "litre": say("litre"),
    "teaspoon": say("teaspoon"),
    "tablespoon": say("tablespoon"),
    "drop": say("drop"),
    "nanometre": say("nanometre"),
    "micrometre": say("micrometre"),
    "millimetre": say("millimetre"),
    "centimetre": say("centimetre"),
    "metre": say("metre"),
    "kilometre": say("kilometre"),
    "foot": say("foot"),
    "inch": say("inch"),
    "mile": say("mile"),
    "degree": say("degree"),
    "times": say("times"),
    "tablet": say("tablet"),
    "capsule": say("capsule"),
    "puff": say("puff"),
    "dose": say("dose"),
    "spoon": say("spoon"),
    "glass": say("glass"),
    "beat": say("beat"),
    "unit": say("unit"),
}
"""What messages call the units."""

_NEGATION = re.compile(r"\b(?:not|no|never|without|cannot|unless)\b|n['’]t\b", re.IGNORECASE)


_BELOW_ZERO = re.compile(r"(?:^|(?<=[\s(]))[-\u2212\u2013]\u2066?(?=\d)")
_SAYS_MINUS = re.compile(
    r"[-\u2212\u2013\u2011\ufe63\uff0d]\s?[\u200e\u200f\u2066\u2067]*\d|\d[\u200e\u200f]*[-\u2212](?!\s?\d)|minus|menos|moins|"
    r"минус|мінус|ниже нуля|нижче нуля|bajo cero|abaixo de zero|au-dessous de zéro|ناقص|سالب|تحت الصفر|منفی|"
    r"माइनस|शून्य से|মাইনাস|শূন্যের|零下|负|âm\s|dưới 0|laga jaray|ka hooseeya",
    re.IGNORECASE,
)


@translation_check(Severity.ERROR, "US 45 CFR 92.201")
def dose_changed(item: TranslatedArticle, context: Context) -> Iterator[Problem]:
    """Quantities and limits that differ between source and translation."""
    for pair in pairs(item):
        messages = list(_changes(pair.source, pair.text, pair.source_language, pair.language))
        for message, severity in messages:
            told = say('{change}: write what the source says: "{source}"', change=message, source=pair.raw)
            yield Problem(*item.span(pair.translation), told, severity=severity)


def _changes(source: str, text: str, source_language: str, language: str) -> Iterator[tuple[Message, Severity]]:
    in_digits = quantities(source, source_language)
    in_words = worded(source, source_language)
    if in_digits or in_words:
        theirs = quantities(text, language)
        want, have = (
            Counter(in_base(q.value, q.unit) for q in in_digits),
            Counter(in_base(q.value, q.unit) for q in theirs),
        )
        if in_words or want - have:
            yield from _compared(source, text, (source_language, language), (*in_digits, *in_words))
    if digits(source, source_language):
        if _BELOW_ZERO.search(source) and not _SAYS_MINUS.search(text):
            yield say("the minus sign of a number was not found in the translation"), Severity.ERROR
        for value, way in turned_limits(source, text, source_language, language):
            told = say("over {number}", number=value) if way is Way.OVER else say("under {number}", number=value)
            message = say('the limit "{limit}" points the other way in the translation', limit=told)
            yield message, Severity.WARNING if _NEGATION.search(source) else Severity.ERROR


def _compared(
    source: str, text: str, languages: tuple[str, str], wanted: Sequence[Quantity]
) -> Iterator[tuple[Message, Severity]]:
    """What has become of each quantity of the source that the translation does not have."""
    theirs = (*quantities(text, languages[1]), *worded(text, languages[1]))
    have = Counter(in_base(q.value, q.unit) for q in theirs)
    want = Counter(in_base(q.value, q.unit) for q in wanted)
    ours = {(q.value, q.unit): q for q in wanted}
    extra = [q for q in theirs if have[in_base(q.value, q.unit)] > want[in_base(q.value, q.unit)]]
    values = {n.value for n in digits(text, languages[1])} | word_values(text, languages[1])
    for quantity in ours.values():
        base = in_base(quantity.value, quantity.unit)
        if have[base] >= want[base]:
            continue
        other = _instead(quantity, extra, values)
        if have[base]:
            if other and other.value == quantity.value and not quantity.in_words:
                message = say('"{was}" has become "{now}" in one place', was=_written(quantity), now=_written(other))
                yield message, Severity.ERROR
            continue
        if other:
            yield say('"{was}" has become "{now}"', was=_written(quantity), now=_written(other)), Severity.ERROR
        elif quantity.value in values and not _has_unit(quantity.unit, text, languages[1]):
            if named(text, languages[1]) - named(source, languages[0]) or not quantity.in_words:
                message = say('the unit of "{quantity}" was not found in the translation', quantity=_written(quantity))
                yield message, Severity.WARNING
        elif quantity.value not in values and quantity.in_words and quantity.value != "1":
            message = say('"{quantity}" was not found in the translation', quantity=_written(quantity))
            yield message, Severity.WARNING


def _instead(quantity: Quantity, extra: Sequence[Quantity], values: set[str]) -> Quantity | None:
    """The quantity of the translation that stands in the place of one of the source."""
    if quantity.value in values:
        same = [q for q in extra if q.value == quantity.value]
        if any(_are_like(q.unit, quantity.unit) for q in same):
            return None
        if same and (not quantity.in_words or quantity.value != "1"):
            return same[0]
    if quantity.value in values and quantity.in_words:
        return None
    return next((q for q in extra if q.unit == quantity.unit and q.value != quantity.value), None)


def _has_unit(unit: str, text: str, language: str) -> bool:
    return any(unit == other or _are_like(unit, other) for other in named(text, language))


def _are_like(one: str, other: str) -> bool:
    return frozenset((one, other)) in _LIKE


def _written(quantity: Quantity) -> Message:
    unit = _SIGNS.get(quantity.unit) or _UNITS.get(quantity.unit) or quantity.unit
    return say("{number} {unit}", number=quantity.value, unit=unit)
