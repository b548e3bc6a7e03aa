"""A translation keeps every placeholder of its source, letter for letter.

Placeholders are ``{{name}}``, ``{name}``, ``${name}``, ``%s`` and ``%(name)s``.

Why: a placeholder that is changed prints no emergency number.

Standard: US 45 CFR 92.201

Bad:
    # language: es
    msgid "Call {{emergency_number}} now."
    msgstr "Llame al {{numero_de_emergencia}} ahora."
Bad:
    # language: fr
    msgid "Page %(page)s of %(pages)s"
    msgstr "Page %(page)s"
Good:
    # language: es
    msgid "Call {{emergency_number}} now. Take 100% of it."
    msgstr "Llame ahora al {{emergency_number}}. Tome el 100 %."
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from pipeline.checks import Context, Problem, TranslatedArticle, translation_check
from pipeline.checks._pairs import lost_and_added, pairs
from pipeline.messages import say
from pipeline.model import Severity

_PLACEHOLDER = re.compile(r"\{\{[^{}]*\}\}|\$?(?<!\{)\{[A-Za-z_]\w*\}|%\([A-Za-z_]\w*\)[sd]|%[sd](?![\w])")


@translation_check(Severity.ERROR, "US 45 CFR 92.201")
def placeholder(item: TranslatedArticle, context: Context) -> Iterator[Problem]:
    """Placeholders that a translation has lost, changed or added."""
    for pair in pairs(item):
        if not any(sign in text for text in (pair.raw, pair.translation.text) for sign in "{%"):
            continue
        before = Counter(_PLACEHOLDER.findall(pair.raw))
        after = Counter(_PLACEHOLDER.findall(pair.translation.text))
        if before != after:
            told = lost_and_added(sorted(before - after), sorted(after - before))
            message = say('{fault}: copy it from the source: "{source}"', fault=told, source=pair.raw)
            yield Problem(*item.span(pair.translation), message)
