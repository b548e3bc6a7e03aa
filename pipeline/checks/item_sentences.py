"""An item of a list says one thing: it has one sentence where the others have one.

Why: a second sentence within an item is easily skipped, and where others have one it is often a paragraph that lost
its place.

Standard: NHS service manual, lists; PEMAT-P 8

Bad:
    - a fever
    - an infection of the valve. This can scar it.
    - a heart attack
Good:
    - a fever
    - an infection of the valve, which can scar it
Good:
    - Rest for a day. Drink a lot.
    - Take one tablet. Wait for an hour.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks import Context, Problem, article_check
from pipeline.checks._items import lists
from pipeline.messages import say
from pipeline.model import Article, Segment, Severity
from pipeline.prose import Unit, sentences, units


@article_check(Severity.REVIEW, "NHS service manual, lists")
def item_sentences(article: Article, context: Context) -> Iterator[Problem]:
    """Items of more than one sentence in lists where most have one."""
    by_start = {unit.start: unit for unit in units(article)}
    for items in lists(article):
        counts = [_count(item, by_start) for item in items]
        if sum(count >= 2 for count in counts) * 2 >= len(items):
            continue
        for item, count in zip(items, counts, strict=True):
            if count >= 2:
                message = say(
                    "an item of {count} sentences among items of one: make it one, or move the rest below the list",
                    count=count,
                )
                yield Problem(item.start, item.end, message)


def _count(item: Segment, by_start: dict[int, Unit]) -> int:
    unit = by_start.get(item.start)
    return len(sentences(unit)) if unit else 0
