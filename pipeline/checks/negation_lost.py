"""What the source denies, the translation denies.

Words such as "not", "never", "no", "unless" and "without" are counted on both sides, by lists of each language; words
that deny in another way ("unable", "avoid") are weighed too. It is an error where the source forbids or excludes and
the translation holds nothing that denies, else a warning.

Why: a "do not" that is lost tells patients to do the harmful thing; 47 knees were operated on wrongly for a lost "not".

Standard: US 45 CFR 92.201

Bad:
    # language: es
    msgid "Do not take two tablets at once."
    msgstr "Tome dos comprimidos a la vez."
Bad:
    # language: zh_Hans
    msgid "Stop only if there is no pain."
    msgstr "只有感到疼痛时才停止。"
Bad:
    # language: ar
    msgid "You cannot drive, and you should not lift heavy things."
    msgstr "لا يمكنك القيادة، وعليك رفع الأشياء الثقيلة."
Bad:
    # language: fr
    msgid "You must not drive."
    msgstr "Vous devez pas conduire."
Good:
    # language: fr
    msgid "Not only children fall ill. Never stop your tablets."
    msgstr "Les enfants aussi tombent malades. N’arrêtez jamais vos comprimés."
Good:
    # language: hi
    msgid "Without treatment it gets worse."
    msgstr "बिना इलाज के यह बिगड़ता है।"
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.checks import Context, Problem, TranslatedArticle, translation_check
from pipeline.checks._pairs import pairs
from pipeline.messages import say
from pipeline.model import Severity
from pipeline.negation import count, denies, lone_half, negation

_FORBIDS = re.compile(r"\b(?:(?:do|must|should|may) not|cannot|never|unless)\b|\b(?:do|must|should|ca)n['’]t\b", re.I)


@translation_check(Severity.WARNING, "US 45 CFR 92.201")
def negation_lost(item: TranslatedArticle, context: Context) -> Iterator[Problem]:
    """Segments that deny less than their source."""
    ours, theirs = negation(item.source.language), negation(item.translated.article.language)
    if not ours or not theirs:
        return
    for pair in pairs(item):
        if not denies(pair.source, ours):
            continue
        want = count(pair.source, ours)
        if not want.plain:
            continue
        have = count(pair.text, theirs)
        if have.plain >= want.plain and sum(have) >= sum(want):
            if half := lone_half(pair.text, theirs):
                message = say(
                    '"{word}" denies only with another word, and that is not there; the source: "{source}"',
                    word=half,
                    source=pair.raw,
                )
                yield Problem(*item.span(pair.translation), message, severity=Severity.WARNING)
            continue
        nothing = not any(have)
        severity = Severity.ERROR if nothing and _FORBIDS.search(pair.source) else Severity.WARNING
        told = (
            say("nothing in the translation says no, unlike the source: look whether it still says the same")
            if nothing
            else say("the translation says no less often than the source: look whether it still says the same")
        )
        message = say('{fault}. The source: "{source}"', fault=told, source=pair.raw)
        yield Problem(*item.span(pair.translation), message, severity=severity)
