"""Every segment of an article is translated.

Where a translation is missing, readers see the source text in its place, marked as such. One finding for
each article and language says how many segments are missing; it points to the first.

Why: a leaflet in two languages mixed is hard to follow, and what is missing may be what matters most.

Standard: US 45 CFR 92.201; WCAG 2.2 3.1.2 Language of Parts (AA)

Bad:
    # language: es
    msgid "Call a doctor."
    msgstr ""
Good:
    # language: es
    msgid "Call a doctor."
    msgstr "Llame a un médico."
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks import Context, Problem, TranslatedArticle, translation_check
from pipeline.messages import say
from pipeline.model import Severity, State


@translation_check(Severity.WARNING, "US 45 CFR 92.201")
def untranslated(item: TranslatedArticle, context: Context) -> Iterator[Problem]:
    """Segments without a translation."""
    missing = [t for t in item.translated.translations if t.state is State.MISSING]
    if not missing:
        return
    absent = sum(not t.line for t in missing)
    message = say(
        '{missing} of {total} segments have no translation; readers see the source text. The first: "{source}"',
        missing=len(missing),
        total=len(item.translated.translations),
        source=_short(missing[0].segment.text),
    )
    if absent:
        message = say(
            "{message}. {count} are not in the catalogue yet: run plainleaf extract", message=message, count=absent
        )
    start, end = item.span(missing[0])
    yield Problem(start, end, message)


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
