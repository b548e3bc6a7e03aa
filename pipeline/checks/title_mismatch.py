"""The title of a translated article says what its text is about.

The longer words of the title, or pairs of characters where a language writes no spaces, must occur in the text below
it. A person must look where none does.

Why: a Chinese leaflet was titled "skin cancer treatment" over a text on self-examination.

Standard: WCAG 2.2 2.4.2 Page Titled (A)

Bad:
    # language: es
    msgid ""
    msgstr ""
    "Content-Type: text/plain; charset=UTF-8\\n"

    msgid "Heart murmur"
    msgstr "Cáncer de piel"

    msgid "Your heart makes a sound."
    msgstr "El corazón hace un ruido, un soplo."
Good:
    # language: es
    msgid "Heart murmur"
    msgstr "Soplo cardíaco"

    msgid "Your heart makes a sound."
    msgstr "El corazón hace un ruido, un soplo."
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.checks import Context, Problem, TranslatedArticle, translation_check
from pipeline.checks._pairs import Pair, pairs
from pipeline.messages import say
from pipeline.model import Severity

_MARKS = "\u0300-\u036f\u064b-\u0652\u0670\u0900-\u0903\u093a-\u094f\u0962\u0963\u0981-\u0983\u09bc-\u09cd\u200c\u200d"
_WORD = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{_MARKS}])+")
_CJK = re.compile("[\u3400-\u9fff]{2,}")
_LONG = 5
_TITLE_WORDS = 12


@translation_check(Severity.REVIEW, "WCAG 2.2 2.4.2")
def title_mismatch(item: TranslatedArticle, context: Context) -> Iterator[Problem]:
    """A title none of whose words occurs in the text."""
    found = pairs(item)
    title = _title(found)
    if title is None or len(found) < 2:
        return
    below = " ".join(pair.text for pair in found if pair is not title).lower()
    words = _key_words(title.text)
    if words and not any(word in below for word in words):
        message = say(
            'no word of the title "{title}" occurs in the text: look whether the two belong together',
            title=title.translation.text,
        )
        yield Problem(*item.span(title.translation), message)


def _title(found: Sequence[Pair]) -> Pair | None:
    """The front matter's title, else the first heading; a text that has neither has its first line for one."""
    for pair in found:
        segment = pair.translation.segment
        if segment.kind == "field" and segment.trail[-1:] == ("title",):
            return pair
    heading = next((pair for pair in found if pair.translation.segment.kind == "heading"), None)
    first = heading or next(iter(found), None)
    return first if first and len(first.source.split()) <= _TITLE_WORDS else None


def _key_words(title: str) -> list[str]:
    """What must occur of a title: the beginnings of its longer words, since endings change in a sentence."""
    runs = _CJK.findall(title)
    if runs:
        return [run[index : index + 2] for run in runs for index in range(len(run) - 1)]
    words = [word.lower() for word in _WORD.findall(title)]
    longer = [word for word in words if len(word) >= _LONG] or words
    return [word[: max(4, len(word) * 2 // 3)] for word in longer]
