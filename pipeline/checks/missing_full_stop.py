"""A paragraph ends with a full stop.

Why: without one a reader cannot tell whether the text ends there or something is missing, and a screen reader runs on
into what follows.

Standard: NHS service manual, formatting and punctuation

Bad:
    You cannot change some of the risks. A part of them is in your genes
Good:
    Some of the risk factors are partly in your genes.

    You may have:

    - fever
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.checks import Context, Problem, article_check
from pipeline.messages import say
from pipeline.model import Article, Severity
from pipeline.prose import sentences, units, words

LEAST_WORDS = 12
"""A shorter one, without another sentence in it, may be an address, a signature or a caption."""
_ENDED = re.compile(r"[.!?…:;。！？；：؟؛۔।॥]['\"”’»)\]」』*_ ]*$")
_LINKS_ONLY = re.compile(r"\s*(?:!?\[[^\]]*\]\([^)]*\)[\s,|]*)+\s*")


@article_check(Severity.WARNING, "NHS service manual")
def missing_full_stop(article: Article, context: Context) -> Iterator[Problem]:
    """Paragraphs of some length without a mark at their end."""
    for unit in units(article):
        if unit.segment.kind != "paragraph" or (len(words(unit.text)) < LEAST_WORDS and len(sentences(unit)) < 2):
            continue
        text = unit.text.rstrip()
        raw = article.text[unit.segment.start : unit.segment.end]
        if _is_title(text.rpartition("\n")[2]) and "\n" in text:
            continue
        if _ENDED.search(text) or _ENDED.search(raw.rstrip()) or _LINKS_ONLY.fullmatch(raw):
            continue
        end = unit.start + len(text)
        last = text.rsplit(None, 1)[-1]
        message = say("no full stop at the end of the paragraph: add one, or what is missing")
        yield Problem(end - len(last), end, message)


def _is_title(line: str) -> bool:
    """Whether the last line of a paragraph may be a title that lost its marks, and no wrapped part of a sentence."""
    return not line[:1].islower() and len(words(line)) < LEAST_WORDS and not re.search(r"[.!?] \S", line)
