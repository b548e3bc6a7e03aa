"""No word stands twice in a row by mistake.

Why: the eye skips it, so the writer does not see it; a screen reader says it twice.

Standard: NHS service manual

Bad:
    Call the the nurse.
Good:
    You should know that that valve is fine. She had had a fever.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks import Context, Problem, article_check
from pipeline.checks._speller import misspellings
from pipeline.messages import say
from pipeline.model import Article, Severity


@article_check(Severity.ERROR, "NHS service manual")
def repeated_word(article: Article, context: Context) -> Iterator[Problem]:
    """A word that follows itself within a block."""
    for found in misspellings(article, context):
        if found.kind == "doubled":
            fix = found.suggestions[0] if found.sure and found.suggestions else None
            message = say('"{words}": the word stands twice', words=found.word)
            yield Problem(found.start, found.end, message, found.suggestions, fix=fix)
