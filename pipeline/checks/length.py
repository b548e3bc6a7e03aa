"""A translation is about as long as the language usually needs.

``[script] length`` of a language says how many characters stand for one of English. A segment of some length that is
much shorter or longer may have lost a sentence, or may belong to another source.

Why: a sentence that was left out is not seen by those who cannot read the language.

Standard: US 45 CFR 92.201

Bad:
    # language: es
    msgid "Call your doctor at once if you have chest pain, or if you find it hard to breathe when you lie down."
    msgstr "Llame a su médico."
Good:
    # language: es
    msgid "Call your doctor at once if you have chest pain, or if you find it hard to breathe when you lie down."
    msgstr "Llame enseguida a su médico si le duele el pecho o si le cuesta respirar al acostarse."
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks import Context, Problem, TranslatedArticle, translation_check
from pipeline.checks._pairs import pairs
from pipeline.language import load_language
from pipeline.messages import say
from pipeline.model import Severity

_SHORTEST = 60
_TIMES = 2.2


@translation_check(Severity.REVIEW, "US 45 CFR 92.201")
def length(item: TranslatedArticle, context: Context) -> Iterator[Problem]:
    """Translations that are much shorter or longer than usual."""
    usual = float(load_language(item.translated.article.language).data.get("script", {}).get("length", 0))
    if not usual:
        return
    for pair in pairs(item):
        # What is no prose has become blanks.
        expected = len(" ".join(pair.source.split())) * usual
        if len(pair.source) < _SHORTEST:
            continue
        found = len(" ".join(pair.text.split()))
        if not expected / _TIMES <= found <= expected * _TIMES:
            told = (
                say(
                    "much shorter than usual, {found} characters where {expected:.0f} are: look whether something is missing",
                    found=found,
                    expected=expected,
                )
                if found < expected
                else say(
                    "much longer than usual, {found} characters where {expected:.0f} are: look whether something is added",
                    found=found,
                    expected=expected,
                )
            )
            message = say('{fault}. The source: "{source}"', fault=told, source=pair.raw)
            yield Problem(*item.span(pair.translation), message)
