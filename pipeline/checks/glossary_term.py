"""A term of the glossary is translated as the glossary says.

source/glossary.toml has a table for each term: ``forms`` are its other forms in the source, and each language has a
word or a list of words of which one must occur (``*``: however it ends). Within a longer term a shorter one does not
count: "heart failure" is not "heart".

Why: patients who read two words for one thing take them for two things.

Standard: NHS service manual

Bad:
    # language: es
    # glossary: [murmur]
    # glossary: es = ["soplo*"]
    msgid "A murmur is a sound."
    msgstr "Un murmullo es un sonido."
Good:
    # language: es
    # glossary: [murmur]
    # glossary: es = ["soplo*"]
    msgid "A murmur is a sound."
    msgstr "Un soplo es un sonido."
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce

from pipeline.checks import Context, Problem, TranslatedArticle, translation_check
from pipeline.checks._pairs import pairs
from pipeline.glossary import carried_terms, find_terms
from pipeline.messages import Message, say
from pipeline.model import Severity


@translation_check(Severity.WARNING, "NHS service manual")
def glossary_term(item: TranslatedArticle, context: Context) -> Iterator[Problem]:
    """Terms of the glossary whose translation does not occur."""
    language = item.translated.article.language
    terms = (*context.glossary, *carried_terms(item.lines.text, item.catalogue))
    if not any(language in term.translations for term in terms):
        return
    for pair in pairs(item):
        for name in dict.fromkeys(term.name for _, _, term in find_terms(terms, pair.source)):
            term = next(term for term in terms if term.name == name)
            if language in term.translations and not term.is_in(pair.text, language):
                message = say(
                    'the glossary has {words} for "{source}", and the translation has not: use it, '
                    "or add the word that is right here to source/glossary.toml",
                    words=_either(term.translations[language]),
                    source=name,
                )
                yield Problem(*item.span(pair.translation), message)


def _either(words: Sequence[str]) -> Message:
    """Words that are all right, as a message names them."""
    first, *others = (say('"{words}"', words=word) for word in words)
    return reduce(lambda said, word: say("{words} or {word}", words=said, word=word), others, first)
