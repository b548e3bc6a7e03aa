"""Sentences have at most 25 words, and seldom more than 20.

A sentence of more than 25 words is a finding of its own. Those of 21 to 25 words are one finding a page, at the
longest of them, where they are more than one in 25 of its sentences: now and then one is fine.

Why: a reader who reads slowly has lost the beginning of a long sentence when its end comes. Two short
sentences are also easier to translate.

Standard: GOV.UK: sentences of more than 25 words are not accessible; NHS service manual: 20 words; PEMAT-P 3

Bad:
    You may feel tired and short of breath when you walk up the stairs or carry a bag, and you may also notice that your legs swell.
Bad:
    You may feel tired and short of breath when you walk, and you may also notice that both of your legs swell.
Good:
    You may feel tired and short of breath. Your legs may swell too.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks import Context, Problem, article_check
from pipeline.checks._plain import line_list
from pipeline.messages import say
from pipeline.model import Article, Severity
from pipeline.prose import sentences, units

MOST_WORDS = 25
"""GOV.UK's limit."""
AIM = 20
"""Words: the NHS's advice."""
SELDOM = 0.04
"""Share of a page's sentences up to which those between the two pass: one in 25."""


@article_check(Severity.WARNING, "GOV.UK: 25 words; NHS service manual: 20 words")
def long_sentence(article: Article, context: Context) -> Iterator[Problem]:
    """Sentences with more words than a reader can hold."""
    every = [sentence for unit in units(article) for sentence in sentences(unit)]
    for sentence in every:
        if len(sentence.words) > MOST_WORDS:
            message = say(
                "sentence of {count} words: make two of it, or a list ({most} words at most)",
                count=len(sentence.words),
                most=MOST_WORDS,
            )
            yield Problem(sentence.start, sentence.end, message)
    longish = [sentence for sentence in every if AIM < len(sentence.words) <= MOST_WORDS]
    if len(longish) <= SELDOM * len(every):
        return
    longest = max(longish, key=lambda sentence: len(sentence.words))
    message = say(
        "sentence of {count} words: make two of it, or a list ({aim} words or fewer read best)",
        count=len(longest.words),
        aim=AIM,
    )
    lines = sorted({article.lines.place(sentence.start)[0] for sentence in longish if sentence is not longest})
    if lines:
        message = say(
            "{message}; there are more of over {aim} words on {lines}", message=message, aim=AIM, lines=line_list(lines)
        )
    yield Problem(longest.start, longest.end, message)
