"""Every placeholder is one that the build fills in.

Known is {{emergency_number}}. Any other would be printed as it stands.

Why: a reader in an emergency would see braces where the number should be.

Standard: house rule

Bad:
    Call {{emergency_nmber}} now.
Good:
    Call {{emergency_number}} now. Write `{{name}}` for a placeholder.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from pipeline.checks import Context, Problem, article_check
from pipeline.dialect import without_code
from pipeline.messages import say
from pipeline.model import Article, Severity

KNOWN = ("emergency_number",)
_PLACEHOLDER = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")


@article_check(Severity.ERROR, "house rule")
def unknown_placeholder(article: Article, context: Context) -> Iterator[Problem]:
    """Placeholders that stay as they are."""
    if "{{" not in article.text:
        return
    for segment in article.segments:
        raw = article.text[segment.start : segment.end]
        raw = without_code(raw)
        for match in _PLACEHOLDER.finditer(raw):
            if match[1] not in KNOWN:
                near = tuple(f"{{{{{name}}}}}" for name in get_close_matches(match[1], KNOWN, 1, 0.5))
                start, end = segment.start + match.start(), segment.start + match.end()
                message = say(
                    "{name} is printed as it stands: the build fills in {known} only. Correct the name, or write the text",
                    name=match[0],
                    known=", ".join(KNOWN),
                )
                yield Problem(start, end, message, near)
