"""Every number of the source stands in the translation too.

Numbers are compared by value, in digits of any script; a number from 0 to 20 may also be written as a word
of the language. A number with a unit (a dose, a time) that is missing is an error, any other a warning.

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
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks import Context, Problem, TranslatedArticle, translation_check
from pipeline.language import load_language
from pipeline.model import Severity
from pipeline.numerals import missing_numbers
from pipeline.prose import mask


@translation_check(Severity.WARNING, "US 45 CFR 92.201")
def number_missing(item: TranslatedArticle, context: Context) -> Iterator[Problem]:
    """Numbers of the source without a counterpart in what readers see."""
    words = load_language(item.translated.article.language).data.get("number_words", ())
    for translation in item.translated.translations:
        if not translation.printable or not any(c.isdigit() for c in translation.segment.text):
            continue
        missing = missing_numbers(mask(translation.segment.text), mask(translation.text), words)
        for number in missing:
            written = f"{number.value} {number.unit}".strip()
            message = f'"{written}" is missing in the translation of "{translation.segment.text}"'
            severity = Severity.ERROR if number.unit else Severity.WARNING
            yield Problem(*item.span(translation), message, severity=severity)
