"""A translation fits its place in the layout.

A title stands in one line at the foot of each page (60 characters), the name of a topic in the menu of every page (40),
a table's header over a narrow column (40). A Chinese, Japanese or Korean character counts as two. Where the source is
longer, the translation may be as long as the source.

Why: a title that breaks into lines pushes text off the foot of a page, and a long header squeezes the other columns.

Standard: WCAG 2.2 1.4.10 Reflow (AA)

Bad:
    # language: es
    # source: | How long |
    # source: |---|
    msgid "How long"
    msgstr "Durante cuánto tiempo puede durar cada uno de estos síntomas"
Good:
    # language: es
    # source: | How long |
    # source: |---|
    msgid "How long"
    msgstr "Duración"
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks import Context, Problem, TranslatedArticle, translation_check
from pipeline.checks._pairs import prose
from pipeline.lengths import limit, width
from pipeline.messages import say
from pipeline.model import Severity


@translation_check(Severity.WARNING, "WCAG 2.2 1.4.10")
def max_length(item: TranslatedArticle, context: Context) -> Iterator[Problem]:
    """Translations with more characters than their place has room for."""
    for translation in item.translated.translations:
        room = limit(translation.segment) if translation.printable else None
        if not room:
            continue
        found = width(" ".join(prose(translation.text).split()))
        if found > room.most:
            message = say(
                "{count} characters, and there is room for {most}: {reason}. Say it shorter",
                count=found,
                most=room.most,
                reason=room.why,
            )
            yield Problem(*item.span(translation), message)
