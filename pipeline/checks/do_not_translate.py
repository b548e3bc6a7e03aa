"""A name that the glossary keeps stands in the translation as it is.

source/glossary.toml marks such a name, of a medicine or a service::

    [Warfarin]
    do_not_translate = true

Why: patients look for the name that stands on the box.

Standard: US 45 CFR 92.201

Bad:
    # language: es
    # glossary: [Warfarin]
    # glossary: do_not_translate = true
    msgid "Warfarin thins the blood."
    msgstr "La guerrafarina diluye la sangre."
Good:
    # language: es
    # glossary: [Warfarin]
    # glossary: do_not_translate = true
    msgid "Warfarin thins the blood."
    msgstr "Warfarin diluye la sangre."
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks import Context, Problem, TranslatedArticle, translation_check
from pipeline.checks._glossary import glossary
from pipeline.checks._pairs import pairs
from pipeline.model import Severity


@translation_check(Severity.WARNING, "US 45 CFR 92.201")
def do_not_translate(item: TranslatedArticle, context: Context) -> Iterator[Problem]:
    """Names that a translation should have kept."""
    terms = [term for term in glossary(item) if term.do_not_translate]
    if not terms:
        return
    for pair in pairs(item):
        for term in terms:
            if term.pattern.search(pair.source) and not term.pattern.search(pair.text):
                message = f'"{term.name}" is not to be translated, and does not stand in the translation'
                yield Problem(*item.span(pair.translation), message)
