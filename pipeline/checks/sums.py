"""The reader never has to calculate.

Why: nearly half of all adults find sums hard, and a sum done wrong can mean a wrong dose. Give the result, or a
table to read it from.

Standard: PEMAT-P 7: the material does not expect the user to perform calculations

Bad:
    Divide your weight by your height squared.
Bad:
    Give 15 mg for every kilogram your child weighs.
Good:
    Take 2 tablets in the morning and 1 at night. Two tests work out how the lungs work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.checks import Context, Problem, article_check
from pipeline.checks._plain import folded, has_any, is_english, phrases, prose
from pipeline.messages import say
from pipeline.model import Article, Severity

_UNIT = r"(?:mcg|micrograms?|mg|milligrams?|g|grams?|ml|millilit(?:re|er)s?|calories|kcal|units)"
_WEIGHT = r"(?:kg|kilos?|kilograms?|pounds?|lbs?|stone)"
_THING = r"(?:doses?|weight|height|bmi|body mass index|amount|numbers?|scores?|results?|total|units|intake|calories|carb(?:ohydrate)?s|age|risk|days|weeks|due date|average)"
_SUM = re.compile(
    rf"""\b(?:
      (?:multiply|divide|subtract|calculate|add\s+up|tot(?:al)?\s+up|convert)\s+
        (?!by\b)(?:(?:the|your|this|that|these|their|his|her|all|both|how|what|it|by)\s+|[^\W\d_]+['’]s\s+|\d)
        (?:[\w'’-]+\s+){{0,3}}?(?:{_THING}|by|from|much|many|\d+)\b
    | (?:multiply|divide)\s+(?:\w+\s+){{1,4}}by\b
    | (?:add|subtract|take\s+away)\s+\d+\s+(?:to|from)\s+(?:the|your|this|that|it)\b
    | work\s+out\s+(?:how\s+(?:much|many)|(?:the|your)\s+(?:\w+\s+)?(?:doses?|bmi|amount|number|total|average))\b
    | \d[\d.,]*\s?{_UNIT}\s*(?:/|per|for\s+(?:each|every))\s*{_WEIGHT}\b
    | for\s+(?:each|every)\s+{_WEIGHT}\s+(?:of\s+)?(?:(?:body\s*)?weight|(?:that\s+)?(?:you|your\s+child)\s+weighs?)\b
    | \d+\s?%\s+of\s+(?:your|the)\s+(?:normal\s+|usual\s+|daily\s+|body\s+)?(?:doses?|weight|calories|intake)\b
    | (?:double|halve|triple)\s+(?:your|the)\s+(?:usual\s+|normal\s+|daily\s+)?dose\b
    | (?:half|twice|three\s+times|a\s+(?:third|quarter)\s+of)\s+(?:of\s+)?(?:your|the)\s+(?:usual\s+|normal\s+|daily\s+)dose\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_NEEDED = phrases(
    "multiply,divide,subtract,calculate,convert,add up,tot up,total up,add to,add from,take away,work out,double,halve,triple,"
    "half dose,twice dose,three times dose,third dose,quarter dose,of dose,of doses,of weight,of calories,of intake"
)
_PER_WEIGHT = re.compile(rf"(?:/|per|each|every)\s*{_WEIGHT}")
"""A match holds words of one of these, or such a measure: without them there is none."""
_NOT_THE_READER = re.compile(
    r"(?:\b(?:not|never)|n['’]t)\s+(?:\w+\s+)?$"
    r"|\b(?:doctor|nurse|pharmacist|dietitian|midwife|team|clinic|computer|machine|calculator|app|we|they|it)s?\b[^.!?\0]{0,40}$",
    re.IGNORECASE,
)


@article_check(Severity.WARNING, "PEMAT-P 7")
def sums(article: Article, context: Context) -> Iterator[Problem]:
    """Places that ask the reader to calculate."""
    if not is_english(article):
        return
    if not has_any(article, _NEEDED) and not _PER_WEIGHT.search(folded(article)):
        return
    text = prose(article)
    for match in _SUM.finditer(text):
        # "Do not double the dose" and "your nurse will work out the dose" ask no sum of the reader.
        if not _NOT_THE_READER.search(text[max(0, match.start() - 60) : match.start()]):
            words = " ".join(match[0].split())
            message = say(
                '"{words}" asks the reader to calculate: give the result, or a table to read it from', words=words
            )
            yield Problem(*match.span(), message)
