"""Nothing is written in block capitals.

Acronyms are fine, and so are words made to be remembered, such as the FAST test for a stroke.

Why: words in capitals have no shape, so they are slow to read; some screen readers spell them letter by letter.
They also feel like a shout. Use bold, or a card for urgent advice.

Standard: NHS service manual, capital letters; WCAG 2.2 (readable text)

Bad:
    Do NOT stop your tablets.
Bad:
    IMPORTANT INFORMATION FOR PATIENTS
Good:
    **Do not** stop your tablets. Ask the NHS about HIV. Learn the FAST test.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks import Context, Problem, article_check
from pipeline.checks._plain import is_english, prose, shouted
from pipeline.messages import say
from pipeline.model import Article, Severity


@article_check(Severity.WARNING, "NHS service manual: no block capitals")
def shouting(article: Article, context: Context) -> Iterator[Problem]:
    """Ordinary words in capitals."""
    if not is_english(article):
        return
    text = prose(article)
    for start, end in shouted(article, context.settings.spelling):
        words = " ".join(text[start:end].split())
        quiet = words.lower()
        before = text[max(0, start - 20) : start].rstrip()
        if not before or before[-1] in ".!?\0":
            quiet = quiet[0].upper() + quiet[1:]
        message = say(
            '"{words}" is in block capitals: write "{better}", in bold if it matters', words=words, better=quiet
        )
        yield Problem(start, end, message, (quiet,))
