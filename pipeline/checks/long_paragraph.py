"""Paragraphs have at most three sentences.

Only paragraphs count: not a list item, a table cell or a quotation, nor lines that begin with a bullet sign.

Why: a wall of text looks like work, and a reader who is ill or afraid does not begin. A short paragraph holds
one thought, and a reader who has lost the place finds it again.

Standard: NHS service manual: paragraphs of 3 sentences or fewer; SHeLL Health Literacy Editor

Bad:
    You may feel tired. You may be short of breath. Your legs may swell. Your heart may beat fast.
Good:
    You may feel tired. You may be short of breath.

    Your legs may swell. Your heart may beat fast.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.checks import Context, Problem, article_check
from pipeline.messages import say
from pipeline.model import Article, Severity
from pipeline.prose import BULLETS, Sentence, sentences, units

MOST_SENTENCES = 3


@article_check(Severity.WARNING, "NHS service manual: 3 sentences at most")
def long_paragraph(article: Article, context: Context) -> Iterator[Problem]:
    """Paragraphs with more sentences than a reader takes in at a glance."""
    for unit in units(article):
        if unit.segment.kind != "paragraph":
            continue
        if unit.text.lstrip(" ") != unit.text and article.text.startswith("![", unit.start):
            continue  # An image: its alt text and its caption are no paragraph.
        found = max(_runs(sentences(unit), article.text), key=len, default=[])
        if len(found) > MOST_SENTENCES:
            message = say(
                "paragraph of {count} sentences: begin a new one, or make a list ({most} sentences at most)",
                count=len(found),
                most=MOST_SENTENCES,
            )
            yield Problem(found[0].start, found[-1].end, message)


def _runs(every: Sequence[Sentence], text: str) -> list[list[Sentence]]:
    """The sentences of a paragraph; each line with a bullet sign begins a run of its own."""
    runs: list[list[Sentence]] = [[]]
    for sentence in every:
        if text[sentence.start] in BULLETS:
            runs.append([])
        runs[-1].append(sentence)
    return runs
