"""Who does what is said in the active voice.

Reported are the two kinds of passive that cost a reader most: a duty without a doer ("the dose should be
taken at night": by whom?), and a passive that names its doer after "by", which an active sentence says with
fewer words. "You are born with it" and "the valve is made of tissue" are fine.

Why: in a leaflet it must be clear who has to act: the reader, or the nurse. The passive hides it.

Standard: PEMAT-P 5; NHS service manual, active voice; plainlanguage.gov

Bad:
    The tablets should be taken with food.
Bad:
    Your blood pressure is measured by a nurse.
Good:
    Take the tablets with food. A nurse measures your blood pressure.
Good:
    The valve is made of tissue. Treatment can be given at home.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.checks import Context, Problem, article_check
from pipeline.checks._plain import is_english, searched
from pipeline.messages import Message, say
from pipeline.model import Article, Severity

_IRREGULAR = (
    "beaten|bitten|born(?=e)|bought|bound|broken|brought|built|burnt|caught|chosen|cut|done|drawn|drunk|driven|eaten|fed|felt"
    "|forgotten|fought|found|given|grown|heard|held|hidden|hit|hurt|kept|known|laid|led|left|lost|made|meant|met|paid|put|read"
    "|run|said|seen|sent|set|shaken|shown|shut|sought|spoken|spread|stolen|stuck|struck|stung|swallowed|sworn|taken"
    "|taught|told|thought|thrown|torn|understood|undertaken|withdrawn|won|worn|wound|written"
)
_PARTICIPLE = rf"(?:[a-z]{{2,}}(?<!e)ed|{_IRREGULAR})"
_ADVERB = r"(?:(?:not|never|always|also|only|often|still|usually|sometimes|first|then|[a-z]+ly) )?"
_STATE = r"(?!(?:worried|concerned|tired|scared|interested|bored|surprised|relaxed|prepared|dressed|rested|advised|allowed|used to)\b)"
_DUTY = r"(?:should|must|ought to|(?:need|needs|needed|have|has|had) to|(?:is|are) to)"
_BY = r"\bby (?!(?:mouth|hand|post|phone|email|law|chance|mistake|itself|themselves|yourself|the time|the end|then|now|\d+|[a-z]+ing)\b)"
_PATTERN = (
    rf"(?P<duty>\b{_DUTY} {_ADVERB}be {_ADVERB}{_STATE}{_PARTICIPLE}\b)"
    rf"|(?P<agent>\b(?:is|are|was|were|be|been|being|get|gets|got) {_ADVERB}{_PARTICIPLE} "
    rf"(?:(?:in|out|on|off|up|down|over|[a-z]+ly) ){{0,2}}?{_BY})"
    r"|(?P<asked>\b(?:it is|you are) (?:strongly )?(?:recommended|advised)\b)"
)
_PASSIVE = re.compile(_PATTERN.replace(" ", r"\s+"), re.IGNORECASE)
_HINT = re.compile(rf"be\s(?<=\sbe\s)\s*(?:[a-z]+\s+)?(?:[a-z]*ed|{_IRREGULAR})|by\s(?<=\sby\s)|recommended|advised")


@article_check(Severity.REVIEW, "PEMAT-P 5; NHS service manual: active voice")
def passive_voice(article: Article, context: Context) -> Iterator[Problem]:
    """Passives that hide a duty or put the doer last."""
    if not is_english(article):
        return
    for match in searched(article, _PASSIVE, _HINT):
        words = " ".join(match[0].split())
        end = match.start() + len(match[0].rstrip())
        yield Problem(match.start(), end, _told(str(match.lastgroup), words))


def _told(kind: str, words: str) -> Message:
    if kind == "duty":
        return say(
            'passive: "{words}" does not say who does it. Tell the reader what to do, or name who does it', words=words
        )
    if kind == "agent":
        return say('passive: "{words}". Begin with who or what does it', words=words)
    return say('passive: "{words}". Say it straight: "Do ...", or "We advise you to ..."', words=words)
