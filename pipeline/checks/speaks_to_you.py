"""The page speaks to its reader as "you".

A page of 100 words or more has "you" or "your" at least once in 100 words; a page of orders ("Rest. Drink water.")
speaks to the reader too. And it does not say what "patients" should do: it says what you should do.

Why: readers see at once that the advice is for them, and who is to act.

Standard: PEMAT-P 20: the material addresses the user directly; NHS service manual, voice and tone

Bad:
    Patients should take the tablets with food.
Good:
    Take the tablets with food. Your nurse sees other patients, who may need other tablets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.checks import Context, Problem, article_check
from pipeline.checks._plain import folded, has_any, is_english, phrases, prose
from pipeline.messages import say, say_count
from pipeline.model import Article, Severity
from pipeline.prose import sentences, units, words

SHORTEST = 100
"""Words; a shorter text may do without "you"."""
WORDS_FOR_A_YOU = 100
_YOU = re.compile(r"you(?<!\wyou)(?:r(?:s|self|selves)?)?\b")
_SUFFERERS = phrases("patient,patients,sufferers")
_PATIENTS = re.compile(
    r"\b(?P<who>(?:the |a )?patients?|sufferers)\s+(?:should|must|need(?:s)?\s+to|ha(?:s|ve)\s+to|ought\s+to|(?:are|is)\s+advised\s+to)\b",
    re.IGNORECASE,
)
_ORDER = re.compile(
    r"(?:please|always|never|do not|don['’]t|try|take|drink|eat|rest|wash|use|avoid|call|ask|see|go|keep|wear|stop|tell|talk|speak|check)\b",
    re.IGNORECASE,
)


@article_check(Severity.REVIEW, "PEMAT-P 20; NHS service manual: voice and tone")
def speaks_to_you(article: Article, context: Context) -> Iterator[Problem]:
    """Pages without "you", and advice to "patients"."""
    if not is_english(article):
        return
    text = prose(article)
    for match in _PATIENTS.finditer(text) if has_any(article, _SUFFERERS) else ():
        found = " ".join(match[0].split())
        yield Problem(*match.span(), say('"{words}": speak to the reader; write "you should"', words=found))
    length = len(words(text))
    body = [u for u in units(article) if u.segment.kind not in ("field", "heading") and words(u.text)]
    if length < SHORTEST or not body:
        return
    said = len(_YOU.findall(folded(article)))
    if said * WORDS_FOR_A_YOU < length:
        said += sum(bool(_ORDER.match(sentence.text)) for unit in body for sentence in sentences(unit))
    if said * WORDS_FOR_A_YOU < length:
        first = sentences(body[0])[0]
        message = (
            say_count(
                'in {length} words the page speaks to the reader once: say "you" more often',
                'in {length} words the page speaks to the reader {count} times: say "you" more often',
                said,
                length=length,
            )
            if said
            else say('in {length} words the page never speaks to the reader: say "you" more often', length=length)
        )
        yield Problem(first.start, first.end, message)
