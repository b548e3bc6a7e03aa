"""Telephone numbers are the same in the translation.

A number of seven digits or more, and a short one after a word such as "call" or "dial", must stand in the translation
with the same digits, in any script and however they are grouped; a country code may be added.

Why: who dials a wrong number in an emergency loses minutes.

Standard: US 45 CFR 92.201

Bad:
    # language: es
    msgid "Call 911."
    msgstr "Llame al 912."
Bad:
    # language: ar
    msgid "The helpline is 0800 123 4567."
    msgstr "خط المساعدة هو ٠٨٠٠ ١٢٣ ٤٥٧٦."
Good:
    # language: fr
    msgid "Ring 0800 123 4567."
    msgstr "Appelez le 08 00 12 34 567."
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from pipeline.checks import Context, Problem, TranslatedArticle, translation_check
from pipeline.checks._pairs import pairs
from pipeline.messages import say
from pipeline.model import Severity
from pipeline.numerals import digits

_LONG = re.compile(r"(?<![\w/.,$€£])(?:\+\s?)?\(?\d(?:[ ()\u00a0\u202f\u2009.‑-]{0,2}\d){6,14}(?![\w%/])")
_SHORT = re.compile(
    r"\b(?:call|dial|ring|phone|telephone|text)(?:ing)?(?: (?:us|them|us on|on|at|the|number)){0,2} (\d{3,6})\b", re.I
)
_DATE = re.compile(
    r"\d{4}[ -]\d{1,2}[ -]\d{1,2}|\d{1,2}[. -]\d{1,2}[. -]\d{4}|(?:1[5-9]|20)\d\d\s?[-–]\s?(?:1[5-9]|20)\d\d"
)
_GROUPED = re.compile(r"\d{1,3}(?:[ .\u00a0\u202f\u2009]\d{3})+")


@translation_check(Severity.ERROR, "US 45 CFR 92.201")
def phone_changed(item: TranslatedArticle, context: Context) -> Iterator[Problem]:
    """Telephone numbers of the source that the translation does not have."""
    for pair in pairs(item):
        if not digits(pair.source, pair.source_language):
            continue
        wanted = list(_phones(pair.source))
        if not wanted:
            continue
        theirs = _digits(pair.text)
        for written in wanted:
            number = _digits(written)
            if number not in theirs and number.lstrip("0") not in theirs:
                message = say(
                    'the telephone number "{number}" is missing in the translation: write it as the source has it: "{source}"',
                    number=written,
                    source=pair.raw,
                )
                yield Problem(*item.span(pair.translation), message)


def _phones(text: str) -> Iterator[str]:
    for match in _LONG.finditer(text):
        written = match[0]
        is_phone = written[0] in "+(" or not (_DATE.search(written) or _GROUPED.fullmatch(written) or written.isdigit())
        if is_phone or (written.isdigit() and written[0] == "0"):
            yield written
    yield from (match[1] for match in _SHORT.finditer(text))


def _digits(text: str) -> str:
    return "".join(str(unicodedata.digit(c)) for c in text if c.isdigit() and c.isdecimal())
