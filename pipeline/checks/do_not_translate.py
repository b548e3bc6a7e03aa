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
from pipeline.checks._pairs import pairs
from pipeline.glossary import carried_terms, find_terms
from pipeline.messages import say
from pipeline.model import Severity


@translation_check(Severity.WARNING, "US 45 CFR 92.201")
def do_not_translate(item: TranslatedArticle, context: Context) -> Iterator[Problem]:
    """Names that a translation should have kept."""
    terms = [t for t in (*context.glossary, *carried_terms(item.lines.text, item.catalogue)) if t.do_not_translate]
    if not terms:
        return
    for pair in pairs(item):
        for name in dict.fromkeys(term.name for _, _, term in find_terms(terms, pair.source)):
            term = next(term for term in terms if term.name == name)
            if not term.is_kept_in(pair.text):
                message = say(
                    '"{source}" is not to be translated, and does not stand in the translation: write it as it is',
                    source=name,
                )
                yield Problem(*item.span(pair.translation), message)
