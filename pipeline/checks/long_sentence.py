"""Sentences have at most 20 words.

Why: a reader who reads slowly has lost the beginning of a long sentence when its end comes. Two short
sentences are also easier to translate.

Standard: NHS service manual, sentence length; PEMAT-P 3

Bad:
    You may feel tired and short of breath when you walk up the stairs or carry a bag, and you may also notice that your legs swell.
Good:
    You may feel tired and short of breath. Your legs may swell too.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks import Context, Problem, article_check
from pipeline.model import Article, Severity
from pipeline.prose import sentences, units

MOST_WORDS = 20


@article_check(Severity.WARNING, "NHS service manual: 20 words at most")
def long_sentence(article: Article, context: Context) -> Iterator[Problem]:
    """Sentences with more words than a reader can hold."""
    for unit in units(article):
        for sentence in sentences(unit):
            count = len(sentence.words)
            if count > MOST_WORDS:
                message = f"sentence of {count} words: make two of it, or a list ({MOST_WORDS} words at most)"
                yield Problem(sentence.start, sentence.end, message)
