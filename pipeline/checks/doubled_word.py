"""No word stands twice in a row in a translation by mistake.

Words that a language doubles on purpose, and all words of languages that do so freely, are left out, and so is a word
that the source doubles. ``[script] doubles`` of a language says what it doubles; "*" is every word.

Why: a screen reader says it twice, and readers lose trust.

Standard: NHS service manual

Bad:
    # language: es
    msgid "Call your doctor."
    msgstr "Llame a su su médico."
Good:
    # language: fr
    msgid "We meet. You sit down."
    msgstr "Nous nous rencontrons. Vous vous asseyez."
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.checks import Context, Problem, TranslatedArticle, translation_check
from pipeline.checks._pairs import pairs
from pipeline.language import load_language
from pipeline.messages import say
from pipeline.model import Severity

_MARKS = "\u0300-\u036f\u064b-\u0652\u0670"
_DOUBLED = re.compile(rf"(?<![\w{_MARKS}'’-])([^\W\d_](?:[^\W\d_]|[{_MARKS}])+) \1(?![\w{_MARKS}'’-])", re.IGNORECASE)


@translation_check(Severity.WARNING, "NHS service manual")
def doubled_word(item: TranslatedArticle, context: Context) -> Iterator[Problem]:
    """A word that follows itself."""
    doubles = load_language(item.translated.article.language).data.get("script", {}).get("doubles", ())
    if "*" in doubles:
        return
    for pair in pairs(item):
        words = pair.text.lower().split()
        # The cheap look first: the expression takes five times as long.
        if not any(map(str.startswith, words[1:], words)):
            continue
        found = {match[0]: match[1].lower() for match in _DOUBLED.finditer(pair.text)}
        for text, word in found.items():
            if word not in doubles and text.lower() not in pair.source.lower():
                yield Problem(
                    *item.span(pair.translation),
                    say('"{words}": the word stands twice: take one away, if it is not meant', words=text),
                )
