"""A translation reads as easily as its language's formula asks of a leaflet.

Each language has its own formula and target (docs/reading.md), and plainleaf reading shows the figures. Judged are
languages whose target was found on leaflets for patients: today Spanish. Named are the sentences that cost most, with
the figure without each.

Why: a text that is easy in English can become hard in translation, and the readers who need it most read it there.

Standard: US 45 CFR 92.201; INFLESZ (Barrio-Cantalejo and others, 2008)

Bad:
    # language: es
    msgid "Your doctor checks your heart and your blood pressure often, and you may need tests and medicines that make your heart work better and lower your risk of problems such as a stroke."
    msgstr "Su profesional sanitario realizará periódicamente determinaciones ambulatorias de la presión arterial y de la funcionalidad cardiovascular, requiriéndose ocasionalmente procedimientos diagnósticos complementarios y tratamiento farmacológico individualizado encaminado a la prevención de complicaciones tromboembólicas."
Good:
    # language: es
    msgid "Your doctor checks your heart. You may need tests. You may need medicines too. They make your heart work better. They lower your risk of a stroke."
    msgstr "Su médico revisa su corazón. Puede necesitar pruebas. Puede necesitar también medicinas. Ayudan a su corazón a trabajar mejor. Bajan su riesgo de un ataque."
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks import Context, Problem, TranslatedArticle, translation_check
from pipeline.messages import Message, joined, named, say
from pipeline.model import Article, Severity
from pipeline.readability import Score, SentenceCost, costs, measure
from pipeline.readability.formulas import formulas

FEWEST_WORDS = 25
"""Words of prose below which a figure says little."""
_NAMED = 3
"""Sentences that the message names."""
_LONGEST = 60
"""Characters of a sentence that the message quotes."""


@translation_check(Severity.REVIEW, "US 45 CFR 92.201; INFLESZ")
def translation_grade(item: TranslatedArticle, context: Context) -> Iterator[Problem]:
    """A figure that misses the target of the language's formula."""
    message = hard_to_read(item.translated.article)
    shown = next((t for t in item.translated.translations if t.printable), None)
    if message and shown:
        yield Problem(*item.span(shown), message)


def hard_to_read(article: Article) -> Message | None:
    """What to say of a text whose figure misses the target of its language's formula; None where there is nothing."""
    first = next(iter(formulas(article.language)), None)
    if first is None or not first.is_tried:
        return None
    prose = measure(article).prose
    if prose is None or prose.counts.words < FEWEST_WORDS or prose.scores[0].meets is not False:
        return None
    return joined("\n", [_figure(prose.scores[0]), *map(_sentence, costs(article, _NAMED).sentences)])


def _figure(score: Score) -> Message:
    formula = score.formula
    assert formula.target is not None
    wanted = (
        say("{target:g} or more", target=formula.target)
        if formula.higher_is_easier
        else say("{target:g} or less", target=formula.target)
    )
    return say(
        "{formula} {figure:.1f}{band}, where a leaflet should have {wanted}: shorten these sentences",
        formula=named(formula.name),
        figure=score.value,
        band=say(", {band}", band=named(score.band)) if score.band else "",
        wanted=wanted,
    )


def _sentence(cost: SentenceCost) -> Message:
    text = cost.sentence.text
    if len(text) > _LONGEST:
        text = text[:_LONGEST].rsplit(" ", 1)[0].rstrip(",;:") + " …"
    return say(
        "  {figure:.1f} without “{sentence}” ({count} words)",
        figure=cost.without,
        sentence=text,
        count=len(cost.sentence.words),
    )
