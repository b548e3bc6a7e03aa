"""Every number of the source stands in the translation too.

Numbers are compared by value, in digits of any script; a word may stand for a number, a dual for two, and the name of
a month for its number. A number that the source repeats may stand once. A number with a unit (a dose, a time) that is
missing is an error, any other a warning. One finding for each segment names all that are missing.

Why: a dose or a time that changes on its way into another language can kill.

Standard: US 45 CFR 92.201

Bad:
    # language: es
    msgid "Take 15 mg a day."
    msgstr "Tome 50 mg al día."
Bad:
    # language: ar
    msgid "Your heart has 4 valves."
    msgstr "في قلبك صمامات."
Good:
    # language: ar
    msgid "Wait 15 minutes."
    msgstr "انتظر ١٥ دقيقة."
Good:
    # language: es
    msgid "Take it 2 times a day."
    msgstr "Tómelo dos veces al día."
Good:
    # language: zh_Hans
    msgid "Since 3 March, more than 300,000 people came."
    msgstr "自三月三日以来，有超过 30 万人前来。"
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks import Context, Problem, TranslatedArticle, translation_check
from pipeline.checks._numbers import compare
from pipeline.checks._pairs import pairs
from pipeline.messages import joined, say, say_count
from pipeline.model import Severity
from pipeline.quantities import unit_at, units


@translation_check(Severity.WARNING, "US 45 CFR 92.201")
def number_missing(item: TranslatedArticle, context: Context) -> Iterator[Problem]:
    """Numbers of the source without a counterpart in what readers see."""
    known = units(item.source.language)
    for pair in pairs(item):
        missing = compare(pair.source, pair.text, pair.source_language, pair.language).missing
        if not missing:
            continue
        ends = [unit_at(pair.source, number.end, known) for number in missing]
        written = [pair.source[n.start : end if unit else n.end] for n, (unit, end) in zip(missing, ends, strict=True)]
        names = joined(", ", (say('"{source}"', source=name) for name in written))
        severity = Severity.ERROR if any(unit for unit, _ in ends) else Severity.WARNING
        message = say_count(
            '{numbers} is missing in the translation: write what the source says: "{source}"',
            '{numbers} are missing in the translation: write what the source says: "{source}"',
            len(missing),
            numbers=names,
            source=pair.raw,
        )
        yield Problem(*item.span(pair.translation), message, severity=severity)
