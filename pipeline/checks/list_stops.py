"""The items of one list all end with a full stop, or none does.

Why: where only some end with one, a reader wonders whether the others go on or were cut off.

Standard: NHS service manual, lists

Bad:
    - Use a clean needle
    - Get treated early.
    - Finish the tablets.
Good:
    - fever
    - a cough
Good:
    - Rest. Drink water.
    - Take one tablet a day.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks import Context, Problem, article_check
from pipeline.checks._items import lists
from pipeline.messages import say
from pipeline.model import Article, Severity


@article_check(Severity.REVIEW, "NHS service manual, lists")
def list_stops(article: Article, context: Context) -> Iterator[Problem]:
    """The first item that differs from most of its list."""
    for items in lists(article):
        ended = [item for item in items if item.text.rstrip("*_ \"'”’)").endswith((".", "!", "?", "।", "。", "؟", "۔"))]
        if len(items) < 3 or not ended or len(ended) == len(items):
            continue
        odd = ended if len(ended) * 2 < len(items) else [item for item in items if item not in ended]
        others = len(items) - len(odd)
        message = (
            say("this item ends with a full stop, {count} others of its list do not end so", count=others)
            if odd is ended
            else say("this item ends without a full stop, {count} others of its list do not end so", count=others)
        )
        yield Problem(odd[0].start, odd[0].end, message)
