"""Where every translation stands, and which reviews are due."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.checking import translated_article
from pipeline.checks import TranslatedArticle
from pipeline.library import Library
from pipeline.model import Article, PlainleafError, Signature, State
from pipeline.signing import signable_article

NEAR_DAYS = 90
"""Days before a review date from which it is said to come near."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one article stands in one language."""

    article: str
    language: str
    total: int
    """Segments of the article."""
    translated: int
    """Segments that are translated, drafts included."""
    fuzzy: int
    missing: int
    draft: int
    """Of the translated ones, those made by a machine and not checked."""
    unsigned: int
    """Of the translated ones, those that wait for a signature in some role."""
    state: str
    """none, partial, draft, unsigned, out of date or signed."""
    signatures: tuple[Signature, ...] = ()
    """Those that hold for something that readers see now."""


@dataclass(frozen=True, slots=True)
class Review:
    """When an article was and will be reviewed by a clinician."""

    article: str
    last_reviewed: datetime.date | None
    next_review: datetime.date | None
    state: str
    """never, none (no next date), past, near or later."""


def standings(
    library: Library, articles: Sequence[Article], languages: Sequence[str], errors: list[PlainleafError]
) -> list[Standing]:
    """Every article in these languages. A broken catalogue or record is added to the errors."""
    rows = []
    for language in languages:
        for article in articles:
            try:
                rows.append(standing(library, article, language, translated_article(library, article, language)))
            except PlainleafError as error:
                errors.append(error)
    return rows


def reviews(articles: Sequence[Article], today: datetime.date) -> Iterator[Review]:
    """The review dates of these articles."""
    for article in articles:
        last, following = (_date(article.meta.get(name)) for name in ("last_reviewed", "next_review"))
        if following and following < today:
            state = "past"
        elif following and (following - today).days <= NEAR_DAYS:
            state = "near"
        elif not last:
            state = "never"
        else:
            state = "later" if following else "none"
        yield Review(article.id, last, following, state)


def standing(library: Library, article: Article, language: str, item: TranslatedArticle | None) -> Standing:
    """Where one article stands in one language; item: its translation, None where there is no catalogue.

    Raises PlainleafError for a broken record of signatures.
    """
    total = len(article.segments)
    if item is None:
        return Standing(article.id, language, total, 0, 0, total, 0, 0, "none")
    found = item.translated
    fuzzy, missing, draft = (found.count(s) for s in (State.FUZZY, State.MISSING, State.DRAFT))
    sign_off = signable_article(library, item).sign_off(library.settings.signatures)
    waiting = {id(translation) for _, left in sign_off.unsigned for translation in left}
    if not found.printable:
        state = "none"
    elif sign_off.state == "out of date":
        state = "out of date"
    elif fuzzy or missing:
        state = "partial"
    else:
        state = "draft" if draft else sign_off.state
    return Standing(
        article.id,
        language,
        total,
        found.printable,
        fuzzy,
        missing,
        draft,
        len(waiting),
        state,
        sign_off.signatures,
    )


def _date(value: object) -> datetime.date | None:
    return value if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime) else None
