"""A real word does not stand where another was meant.

"Prostrate gland", "loose weight", "dose it hurt?": every word is in the dictionary, so no spelling check sees it.
Found by the words beside it, where a rule of ours names them and they are more than grammar words; or where, of two words
that are often taken for each other, the other one is far likelier between these two and on this page. English only.

Why: the reader takes the word at its meaning. A translator turns it into another language as it stands.

Standard: NHS service manual

Bad:
    An enlarged prostrate gland can press on the bladder.
Bad:
    Exercise helps you loose weight.
Bad:
    Wash your face and take off make-up before bad.
Good:
    The prostate gland grows with age. Lie prostrate on the mat. Wear loose clothes and lose weight.
Good:
    Form a fist. Shingles spreads from the chest. How often does the dose change?
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from pipeline.checks import Context, Problem, article_check
from pipeline.confusions import Detector
from pipeline.messages import say
from pipeline.model import Article, Severity
from pipeline.prose import units


@article_check(Severity.ERROR, "NHS service manual")
def confused_word(article: Article, context: Context) -> Iterator[Problem]:
    """Real words whose neighbours call for another one."""
    if article.language.partition("_")[0] != "en":
        return
    blocks = [(unit.start, unit.text) for unit in units(article)]
    for found in _detector(context.settings.spelling).check(blocks):
        if found.word.lower() in context.own_words:
            continue
        meant = found.suggestions[0]
        message = say(
            '"{word}" in "{company}": a word, but hardly this one; did you mean "{meant}"?',
            word=found.word,
            company=found.company,
            meant=meant,
        )
        yield Problem(found.start, found.end, message, found.suggestions)


@cache
def _detector(variant: str) -> Detector:
    return Detector(variant)
