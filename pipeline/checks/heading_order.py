"""Headings go down one level at a time, and there is one main title.

Why: people who use a screen reader jump from heading to heading. A level that is left out sounds like a
part that is missing. The PDF cannot be made accessible with a level left out.

Standard: WCAG 2.2 1.3.1 Info and Relationships (A); EN 301 549 9.1.3.1; PDF/UA-1 7.4.2

Bad:
    ## Symptoms

    #### In children
Bad:
    ---
    title: Heart murmur
    ---

    # Heart murmur
Good:
    ## Symptoms

    ### In children
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks import Context, Problem, article_check
from pipeline.messages import say
from pipeline.model import Article, Severity


@article_check(Severity.ERROR, "WCAG 2.2 1.3.1; EN 301 549 9.1.3.1; PDF/UA-1 7.4.2")
def heading_order(article: Article, context: Context) -> Iterator[Problem]:
    """Headings that leave out a level, and main titles beyond the first."""
    titled = bool(article.meta.get("title"))
    above = 1 if titled else 0
    titles = 1 if titled else 0
    for segment in article.segments:
        if segment.kind != "heading":
            continue
        if segment.level == 1:
            titles += 1
            if titles > 1:
                message = (
                    say(
                        "a second main title: the title stands already in the front matter; make this heading level 2 (##)"
                    )
                    if titled
                    else say("a second main title: the title stands already above; make this heading level 2 (##)")
                )
                yield Problem(segment.start, segment.end, message)
        elif segment.level > above + 1 and above:
            message = say(
                "heading of level {level} below one of level {above}: make it level {wanted}",
                level=segment.level,
                above=above,
                wanted=above + 1,
            )
            yield Problem(segment.start, segment.end, message, ("#" * (above + 1) + " " + segment.text,))
        above = segment.level
