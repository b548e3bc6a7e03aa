"""An article that is marked publishable: false is not built.

plainleaf import marks every draft so. An editor takes the mark out when it is settled who owns the text, that it may
be used, and that a clinician has checked it.

Why: text of somebody else must not be printed without leave, and nobody knows yet whether what it says is right.

Standard: copyright; NHS standard for creating health content, principle 5

Bad:
    ---
    title: Heart murmur
    publishable: false
    ---

    A murmur is a sound in the heart.
Good:
    ---
    title: Heart murmur
    ---

    A murmur is a sound in the heart.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks import Context, Problem, article_check
from pipeline.front_matter import parse
from pipeline.messages import say
from pipeline.model import Article, Severity


@article_check(Severity.ERROR, "NHS standard for creating health content")
def rights_not_cleared(article: Article, context: Context) -> Iterator[Problem]:
    """The mark, while it stands."""
    if article.is_publishable:
        return
    message = say("this article is not built: clear its rights and facts, then take out this line")
    yield Problem(*parse(article.text).keys["publishable"], message)
