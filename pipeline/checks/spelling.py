"""Words are spelt right.

American and British spellings are both right here. A word that is unknown, with no likely correction, is
given to a person to look at (severity review): it may be a name or a term for the library's own word list,
source/wordlist.txt, one word a line.

Why: a slip costs trust, and a reader with little schooling cannot guess what was meant. Nor can a
translator's memory or a screen reader.

Standard: WCAG 2.2 3.1.5 Reading Level (AAA); NHS service manual

Bad:
    The mitral vavle leaks. The valve lies on the left.
Bad:
    Read our stepbystep guide.
Good:
    The mitral valve leaks. The haemoglobin (hemoglobin) is low.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks import Context, Problem, article_check
from pipeline.checks._speller import misspellings
from pipeline.messages import say
from pipeline.model import Article, Severity

_FAULTS = {
    "run-together": say("words run together"),
    "split": say("one word written as two"),
    "misspelt": say("not a word"),
}


@article_check(Severity.ERROR, "NHS service manual")
def spelling(article: Article, context: Context) -> Iterator[Problem]:
    """Words that are in no dictionary."""
    for found in misspellings(article, context):
        if found.kind == "doubled":
            continue
        if found.kind == "unknown":
            message = say('unknown word "{word}": correct it, or add it to source/wordlist.txt', word=found.word)
            yield Problem(found.start, found.end, message, found.suggestions, Severity.REVIEW)
            continue
        fault = _FAULTS.get(found.kind, _FAULTS["misspelt"])
        message = (
            say('"{word}": {fault}; did you mean "{meant}"?', word=found.word, fault=fault, meant=found.suggestions[0])
            if found.suggestions
            else say('"{word}": {fault}', word=found.word, fault=fault)
        )
        fix = found.suggestions[0] if found.sure and found.suggestions else None
        yield Problem(found.start, found.end, message, found.suggestions, fix=fix)
