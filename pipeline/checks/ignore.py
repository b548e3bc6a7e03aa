"""A comment that switches a check off names the check and a reason, and still switches something off.

Write it in a line of its own above a block, or at the end of a line: <!-- plainleaf: ignore spelling -- brand
name -->. In front matter: # plainleaf: ignore front-matter -- the reason.

Why: a switch that is forgotten hides the next mistake, and that one may be a dose.

Standard: house rule

Bad:
    The valve. <!-- plainleaf: ignore spelling -- a brand name -->
Bad:
    The Xyzzyvalve. <!-- plainleaf: ignore spelling -->
Bad:
    <!-- plainleaf: ignore speling -- a brand name -->
    The Xyzzyvalve.
Good:
    <!-- plainleaf: ignore long-sentence -- quoted from the law -->
    You may feel tired and short of breath when you walk up the stairs or carry a bag, and you may also notice that your legs swell.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from pipeline.checks import Context, Problem, all_checks, article_check, switched_off
from pipeline.ignores import read_ignores, unused
from pipeline.messages import say
from pipeline.model import Article, Severity


@article_check(Severity.WARNING, "house rule")
def ignore(article: Article, context: Context) -> Iterator[Problem]:
    """Comments that switch off nothing, name no check that exists, or give no reason."""
    ignores = read_ignores(article.lines)
    if not ignores:
        return
    names = [check.name for check in all_checks()]
    for found in ignores:
        if not found.checks:
            message = say("name the check to ignore, such as: ignore spelling -- the reason")
            yield Problem(found.start, found.end, message)
        elif not found.reason:
            yield Problem(found.start, found.end, say("say why, after two hyphens: ignore spelling -- a brand name"))
    for found, name in unused(ignores, switched_off(article, context, ignores)):
        if name not in names:
            near = tuple(get_close_matches(name, names, 1))
            yield Problem(found.start, found.end, say('there is no check "{name}"', name=name), near)
        elif name not in context.settings.checks_off:
            message = say("there is nothing left here that {name} would find: take the comment away", name=name)
            yield Problem(found.start, found.end, message)
