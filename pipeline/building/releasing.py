"""What stands against the release of each article in each language, article by article."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from pipeline.building.cards import Cards
from pipeline.building.editions import Reader
from pipeline.building.inspecting import Inspection
from pipeline.checks import TranslatedArticle, ignored_errors
from pipeline.clock import today
from pipeline.gates import Candidate, objections
from pipeline.model import Article, Finding, PlainleafError
from pipeline.objection import Objection, in_library_order
from pipeline.signing import SignOffs


def release_objections(
    cards: Cards, reader: Reader, sign_offs: SignOffs, inspection: Inspection, errors: list[PlainleafError]
) -> list[Objection]:
    """The gates, for every article and every translation of which there is anything to print.

    inspection: has looked at all of them. errors: what cannot be read any more is added.
    """
    grave: dict[Path, list[Finding]] = {}
    for finding in inspection.findings(cards.known).errors:
        grave.setdefault(finding.path, []).append(finding)
    raised: list[Objection] = []
    day, source = today(), cards.library.settings.language
    for article_id, keys in groupby(cards.known, key=lambda key: key[0]):
        try:
            article = reader.article(article_id)
            codes = [code for _, code in keys if code != source]
            items = [item for code in codes if (item := reader.translation(article_id, code))]
        except PlainleafError as error:
            errors.append(error)
            continue
        candidates = [
            Candidate(item, sign_offs.article(item), sign_offs.interface(item.translated.article.language))
            for item in items
            if item.translated.printable
        ]
        both: list[Article | TranslatedArticle] = [article, *items]
        ignored = [found for item in both for found in ignored_errors(item, inspection.known.context)]
        own = [found for item in both for found in grave.get(_path(item), ())]
        raised += objections(cards.library, [article], candidates, own, ignored=ignored, today=day)
    # The words that outputs add in a language are objected to once, and not with every article.
    return in_library_order(dict.fromkeys(raised), cards.library)


def _path(item: Article | TranslatedArticle) -> Path:
    return item.path if isinstance(item, Article) else item.catalogue
