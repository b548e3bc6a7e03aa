"""The same source text has the same translation throughout the library.

The catalogues of the language that stand beside this one are read too: a translation is told when as many others, or
more, have another one, so that a single odd one is told and not the thousand that agree. Within one article, texts that
differ only in capitals or in their last punctuation mark are compared as well. What differs is for a person to review:
one word may need two translations.

Why: patients who read two words for one thing take them for two things, and a term that was mended in one leaflet stays
wrong in the next.

Standard: NHS service manual

Bad:
    # language: es
    msgid "Chest pain"
    msgstr "Dolor de pecho"

    msgid "chest pain"
    msgstr "angina"
Good:
    # language: es
    msgid "Chest pain"
    msgstr "Dolor de pecho"

    msgid "chest pain"
    msgstr "dolor de pecho"
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks import Context, Problem, TranslatedArticle, translation_check
from pipeline.checks._language import neighbours
from pipeline.checks._pairs import pairs
from pipeline.messages import say
from pipeline.model import Severity
from pipeline.neighbours import bare


@translation_check(Severity.REVIEW, "NHS service manual")
def inconsistent(item: TranslatedArticle, context: Context) -> Iterator[Problem]:
    """Segments whose source is translated in another way elsewhere."""
    others = neighbours(item, context)
    here: dict[str, str] = {}
    for pair in pairs(item):
        source, text = pair.raw, pair.translation.text
        if others and (found := others.otherwise(item.catalogue, source, text)):
            path, other = found
            message = say(
                '"{source}" is translated as "{other}" in {article}: use one of the two, if they mean the same',
                source=source,
                other=other,
                article=path.stem,
            )
            yield Problem(*item.span(pair.translation), message)
        first = here.setdefault(bare(source), text)
        if bare(first) != bare(text):
            message = say(
                '"{source}" is translated as "{other}" in this article too: use one of the two, if they mean the same',
                source=source,
                other=first,
            )
            yield Problem(*item.span(pair.translation), message)
