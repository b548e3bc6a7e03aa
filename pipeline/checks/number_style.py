"""Numbers are written so that nobody misreads them.

A range has "to" and not a dash. Two numerals never stand together: "two 5 mg tablets". A measure has a numeral:
"3 days", "2 tablets". Telephone numbers, dates and scores are left alone.

Why: "2-5" can be read as "25" or as a minus, and screen readers often skip the dash. "Take 2 5 mg tablets" has been
read as 25 mg. Numerals are found at a glance and understood by people who read little English.

Standard: NHS service manual, numbers, measurements, dates and time; PEMAT-P 6

Bad:
    Rest for 2-3 days.
Bad:
    Take 2 5 mg tablets.
Bad:
    Come back in three weeks.
Good:
    Rest for 2 to 3 days. Take two 5 mg tablets. Come back in 3 weeks, one day or another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.checks import Context, Problem, article_check
from pipeline.checks._plain import is_english, prose, searched
from pipeline.messages import say
from pipeline.model import Article, Severity

_UNITS = "one two three four five six seven eight nine ten eleven twelve"
_TEENS = "thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_VALUES = {word: str(value) for value, word in enumerate(f"{_UNITS} {_TEENS}".split(), 1)}
_VALUES |= {word: str(10 * value) for value, word in enumerate(_TENS.split(), 2)}
_WORD = rf"(?:{'|'.join(sorted(_VALUES, key=len, reverse=True))})"
_UNIT = r"(?:mcg|micrograms?|mg|milligrams?|g|grams?|kg|kilograms?|ml|mL|millilit(?:re|er)s?|cm|mm|units?)"
_FORM = r"(?:tablets?|capsules?|pills?|doses?|puffs?|drops?|sachets?|spoonfuls?|teaspoons?|tablespoons?|injections?|patch(?:es)?)"
_TIME = r"(?:seconds?|minutes?|hours?|days?|nights?|weeks?|months?|years?)"
_RANGE = re.compile(
    rf"(?<![\w.,/:+–-])(?P<low>\d{{1,4}}(?:\.\d+)?)(?P<unit>\s?%|\s?{_UNIT})?\s?[-–—]\s?(?P<high>\d{{1,4}}(?:\.\d+)?)"
    r"(?![\d/:]|[.,]\d|\s?[-–]\s?\d)"
)
_TWO = re.compile(
    rf"(?<![\w.,/-])(?P<count>\d{{1,2}})\s+(?P<size>\d+(?:\.\d+)?)[\s-]?{_UNIT}\b(?P<form>[\s-](?:[a-z]+\s)?{_FORM}\b)?"
)
_SPELT = re.compile(
    rf"(?<![\w-])(?P<first>{_WORD})(?:\s+(?:or|to)\s+{_WORD})?(?:\s+|-)(?:more\s+|full\s+)?"
    rf"(?:{_TIME}|{_FORM}|times\s+(?:a|per|each|every)\b|{_UNIT}|lit(?:re|er)s?|degrees|per\s?cent|%|glasses|cups)(?![\w-])",
    re.IGNORECASE,
)
_RATIO = re.compile(
    rf"(?<![\w-])(?P<first>one|two|three|four|five|six|seven|eight|nine)\s+(?:in|out\s+of)\s+(?:every\s+)?(?:{_WORD}|\d[\d,]*)(?![\w-])",
    re.IGNORECASE,
)
# What stands in whatever the patterns find, for lower case: they are slow, and most texts have nothing for them.
_DASH, _SIDE_BY_SIDE = re.compile(r"[-–—]\s?\d"), re.compile(r"\d\s+\d")
_NUMBER = "|".join(sorted(_VALUES, key=len, reverse=True))
_MEASURE = re.compile(
    rf"(?:{_NUMBER})[\s-]+(?:(?:or|to)\s+[a-z]+[\s-]+)?(?:more\s+|full\s+)?"
    rf"(?:{_TIME}|{_FORM}|times|{_UNIT.lower()}|lit(?:re|er)s?|degrees|per|%|glasses|cups)"
)
_OUT_OF = re.compile(rf"(?:{_NUMBER})\s+(?:in|out)\s")
_ONE_IS_A_WORD = re.compile(rf"one(?:\s+|-)(?:{_TIME}|glass|cup|time)", re.IGNORECASE)


@article_check(Severity.WARNING, "NHS service manual: numbers; PEMAT-P 6")
def number_style(article: Article, context: Context) -> Iterator[Problem]:
    """Dashes in ranges, two numerals side by side, and measures with a number in words."""
    if not is_english(article):
        return
    problems = [*_ranges(article), *_pairs(article), *_spelt(article)]
    yield from sorted(problems, key=lambda problem: problem.start)


def _ranges(article: Article) -> Iterator[Problem]:
    for match in searched(article, _RANGE, _DASH):
        low, high = match["low"], match["high"]
        if float(low) < float(high) and not _is_code_or_year(low, high):
            range_ = f"{low}{match['unit'] or ''} to {high}"
            message = say('"{words}": a dash is easily missed; write "{better}"', words=match[0], better=range_)
            yield Problem(*match.span(), message, (range_,))


def _is_code_or_year(low: str, high: str) -> bool:
    """A leading zero is of a telephone number or a code; two years are read rightly with a dash."""
    return any(re.match(r"0\d", number) for number in (low, high)) or all(len(n) == 4 for n in (low, high))


def _pairs(article: Article) -> Iterator[Problem]:
    words = {value: word for word, value in _VALUES.items()}
    for match in searched(article, _TWO, _SIDE_BY_SIDE):
        thousands = len(match["size"]) == 3 and match["size"].isdigit()
        if thousands and not match["form"]:
            continue
        count = words.get(match["count"])
        better = f"{count}{match[0][len(match['count']) :]}" if count else ""
        numbers = f"{match['count']} {match['size']}"
        message = (
            say(
                '"{numbers}": two numbers side by side are read as one; write "{better}"',
                numbers=numbers,
                better=better,
            )
            if better
            else say('"{numbers}": two numbers side by side are read as one; put a word between them', numbers=numbers)
        )
        yield Problem(*match.span(), message, (better,) if better else ())


def _spelt(article: Article) -> Iterator[Problem]:
    text = prose(article)
    for match in [*searched(article, _SPELT, _MEASURE), *searched(article, _RATIO, _OUT_OF)]:
        if _ONE_IS_A_WORD.match(match[0]) or re.match(r"\s+\d", text[match.end("first") : match.end("first") + 5]):
            continue
        # Above, "two 5 mg tablets" was let pass: its number is in words on purpose.
        better = re.sub(_WORD, lambda m: _VALUES[m[0].lower()], match[0], flags=re.IGNORECASE)
        message = say('"{words}": measures have numerals; write "{better}"', words=match[0], better=better)
        yield Problem(*match.span(), message, (better,))
