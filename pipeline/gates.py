"""The gates of a release: why a leaflet, as it stands, must not go to patients."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.checks import TranslatedArticle
from pipeline.gravity import grave_change, is_emergency
from pipeline.library import Library, Settings
from pipeline.model import Article, Finding, Role, Severity, State, Translation
from pipeline.objection import Objection, in_library_order
from pipeline.signatures import INTERFACE, SignOff


@dataclass(frozen=True, slots=True)
class Candidate:
    """A translation that may be released."""

    item: TranslatedArticle
    sign_off: SignOff
    interface: SignOff
    """Of the words that outputs add in this language."""


def objections(
    library: Library,
    articles: Iterable[Article],
    candidates: Iterable[Candidate],
    findings: Iterable[Finding],
    *,
    ignored: Iterable[tuple[Finding, str]],
    today: datetime.date,
) -> list[Objection]:
    """Every reason against a release of these articles and translations, article by article.

    ignored: findings of severity error that a comment switches off, each with the reason given there.
    """
    errors: dict[Path, list[Finding]] = {}
    for finding in findings:
        # A stale segment is weighed here.
        if finding.severity is Severity.ERROR and finding.check != "stale":
            errors.setdefault(finding.path, []).append(finding)
    silent: dict[Path, list[tuple[Finding, str]]] = {}
    for finding, reason in ignored:
        silent.setdefault(finding.path, []).append((finding, reason))
    settings = library.settings
    articles = list(articles)
    of_sources = {a.id: list(_of_source(a, errors, settings, today)) for a in articles}
    found = [o for a in articles for o in _ignored(silent.get(a.path, ()), a.id, a.language)]
    found += [objection for listed in of_sources.values() for objection in listed]
    interfaces: dict[str, SignOff] = {}
    for candidate in candidates:
        is_refused = any(o.severity is Severity.ERROR for o in of_sources.get(candidate.item.source.id, ()))
        found += _of_translation(candidate, is_refused, errors, settings, today)
        language = candidate.item.translated.article.language
        found += _ignored(silent.get(candidate.item.catalogue, ()), candidate.item.source.id, language)
        interfaces[language] = candidate.interface
    found += (o for language, sign_off in interfaces.items() for o in _of_interface(language, sign_off, today))
    return in_library_order(found, library)


def _of_source(
    article: Article, errors: Mapping[Path, Sequence[Finding]], settings: Settings, today: datetime.date
) -> Iterator[Objection]:
    blank = Objection(article.id, article.language, Severity.ERROR, "", "", "")
    if own := errors.get(article.path):
        yield _with_errors(blank, own)
    review = replace(blank, gate="review")
    reviewed, following = (_date(article.meta.get(name)) for name in ("last_reviewed", "next_review"))
    for name in ("last_reviewed", "next_review"):
        if article.meta.get(name) is not None and _date(article.meta[name]) is None:
            message = f"{name} is no date, so nobody can tell when a review is due"
            yield replace(review, message=message, remedy=f"write it as 2026-03-01 in {article.path}")
    if reviewed and _is_ahead(reviewed, today):
        yield replace(
            review,
            message=f"its last review lies in the future ({reviewed.isoformat()}; this build takes {today.isoformat()} "
            "for today)",
            remedy=f"correct the date in {article.path}, or the clock, or SOURCE_DATE_EPOCH",
        )
    if settings.review_needed and not (reviewed and _has_name(article.meta.get("reviewers"))):
        yield replace(
            review,
            message="no clinician has reviewed the article",
            remedy=f"enter reviewers and last_reviewed in {article.path}, or set review_needed = false",
        )
    if following and following < today:
        yield replace(
            review,
            message=f"its review was due on {following.isoformat()}",
            remedy=f"have it reviewed, and enter the dates in {article.path}",
        )
    points = article.meta.get("review")
    if isinstance(points, list) and points:
        yield replace(
            review,
            severity=Severity.WARNING,
            message=f"{_count(len(points), 'point')} under review: wait for a clinician",
            remedy=f"settle them, and take them out of {article.path}",
        )


def _of_interface(language: str, sign_off: SignOff, today: datetime.date) -> Iterator[Objection]:
    blank = Objection(INTERFACE, language, Severity.ERROR, "unsigned", "", "")
    for objection in (*_unsigned(sign_off, blank, "string", is_whole=False), *_by_whom(sign_off, blank, today)):
        yield replace(objection, message=f"{objection.message}, which every leaflet adds")


def _of_translation(
    candidate: Candidate,
    is_refused: bool,
    errors: Mapping[Path, Sequence[Finding]],
    settings: Settings,
    today: datetime.date,
) -> Iterator[Objection]:
    item, language = candidate.item, candidate.item.translated.article.language
    blank = Objection(item.source.id, language, Severity.ERROR, "", "", "")
    if is_refused:
        remedy = "see the article's own line"
        yield replace(blank, gate="source", message="the article that it translates is refused", remedy=remedy)
    if own := errors.get(item.catalogue):
        yield _with_errors(blank, own)
    yield from _coverage(item, blank, settings)
    yield from _stale(item, blank, settings)
    drafts = item.translated.count(State.DRAFT)
    unsigned = list(
        _unsigned(candidate.sign_off, blank, "segment", item.translated.printable == len(item.translated.translations))
    )
    if drafts:
        made = f"a machine made {_count(drafts, 'segment')} of {len(item.translated.translations)}"
        yield replace(
            blank,
            gate="draft",
            message="; ".join([made, *(o.message for o in unsigned)]),
            remedy=_sign(blank, Role.TRANSLATOR),
        )
    else:
        yield from unsigned
    yield from _by_whom(candidate.sign_off, blank, today)
    if not candidate.interface.is_complete or any(_is_ahead(s.date, today) for s in candidate.interface.signatures):
        message = "the words that every leaflet adds are not signed in this language"
        yield replace(blank, gate="unsigned", message=message, remedy=f"see the line {INTERFACE}")


def _coverage(item: TranslatedArticle, blank: Objection, settings: Settings) -> Iterator[Objection]:
    missing = [t for t in item.translated.translations if t.state is State.MISSING]
    stale = [t for t in item.translated.translations if t.state is State.FUZZY]
    if not missing and not stale:
        return
    blank = replace(blank, gate="coverage", remedy=f"translate {_places(item, [*missing, *stale])}")
    total, printed = len(item.translated.translations), item.translated.printable
    coverage = 100 * (total - len(missing)) / total
    # One stale segment is weighed by what has changed in it, however short the leaflet is.
    with_stale = 100 * (printed + 1) / total
    least = f"{settings.coverage:g} % is the least"
    if any(_is_emergency(t) for t in missing):
        yield replace(blank, message="a part of the emergency card is not translated")
    elif coverage < settings.coverage:
        yield replace(blank, message=f"{coverage:.0f} % of the segments are translated; {least}")
    elif stale and with_stale < settings.coverage:
        message = f"readers would see {_count(total - printed, 'segment')} of {total} in the source language; {least}"
        yield replace(blank, message=message)
    elif not missing:
        return
    elif not settings.source_in_place:
        yield replace(blank, message=f"{_count(len(missing), 'segment')} not translated")
    else:
        message = f"{_count(len(missing), 'segment')} not translated: readers see the source text, marked as such"
        yield replace(blank, severity=Severity.WARNING, message=message)


def _stale(item: TranslatedArticle, blank: Objection, settings: Settings) -> Iterator[Objection]:
    blank = replace(blank, gate="stale")
    light = []
    for translation in item.translated.translations:
        if translation.state is not State.FUZZY:
            continue
        segment = translation.segment
        reason = grave_change(translation.previous, segment.text, item.source.language, segment.trail)
        if reason:
            message = f'the source has changed, and {reason}: now it says "{segment.text}"'
            yield replace(blank, message=message, remedy=f"translate {_places(item, [translation])} again")
        else:
            light.append(translation)
    if light:
        in_place = settings.source_in_place
        shown = ": readers see the source text, marked as such" if in_place else ""
        yield replace(
            blank,
            severity=Severity.WARNING if in_place else Severity.ERROR,
            message=f"{_count(len(light), 'segment')} changed in wording since the translation{shown}",
            remedy=f"translate {_places(item, light)} again",
        )


def _unsigned(sign_off: SignOff, blank: Objection, noun: str, is_whole: bool) -> Iterator[Objection]:
    waiting = [(role, left) for role, left in sign_off.unsigned if left]
    if waiting:
        message = ", ".join(
            f"no {role.value} has signed {_count(len(left), noun)}"
            + ("" if role in sign_off.missing_roles else " since the last signature")
            for role, left in waiting
        )
        yield replace(blank, gate="unsigned", message=message, remedy=_sign(blank, waiting[0][0]))
    elif sign_off.is_rearranged and is_whole:
        yield replace(
            blank,
            severity=Severity.WARNING,
            gate="rearranged",
            message="segments were moved or taken out since it was signed; each that readers see is signed",
            remedy=f"read it through, then {_sign(blank, Role.CHECKER)}",
        )


def _by_whom(sign_off: SignOff, blank: Objection, today: datetime.date) -> Iterator[Objection]:
    """What is wrong with the people and the days of signatures that stand."""
    blank = replace(blank, gate="unsigned")
    for name in dict.fromkeys(sign_off.in_both):
        message = f"{name} has signed as translator and as checker: the two must be different people"
        yield replace(blank, message=message, remedy=f"{_sign(blank, Role.CHECKER)} by another person")
    ahead = [s for s in sign_off.signatures if _is_ahead(s.date, today)]
    if ahead:
        message = (
            f"{ahead[0].name} signed in the future ({ahead[0].date.isoformat()}; this build takes {today.isoformat()} "
            "for today)"
        )
        yield replace(blank, message=message, remedy="set the clock, or SOURCE_DATE_EPOCH, right; else sign again")


def _ignored(found: Sequence[tuple[Finding, str]], article: str, language: str) -> Iterator[Objection]:
    """A word for the editor: who signed may not have seen what a comment has switched off since."""
    if found:
        told = [f"{f.check} at line {f.line}" + (f" ({reason})" if reason else "") for f, reason in found]
        more = f" and {len(told) - 3} more" if len(told) > 3 else ""
        yield Objection(
            article,
            language,
            Severity.WARNING,
            "ignored",
            f"{_count(len(found), 'finding')} of severity error switched off by a comment: {', '.join(told[:3])}{more}",
            f"look whether each reason holds, in {found[0][0].path}",
        )


def _with_errors(blank: Objection, errors: Sequence[Finding]) -> Objection:
    first = errors[0]
    message = f"{_count(len(errors), 'finding')} of severity error, such as {first.check} at line {first.line}"
    return replace(blank, gate="errors", message=message, remedy=f"plainleaf check, and mend {first.path}")


def _sign(blank: Objection, role: Role) -> str:
    return f"plainleaf sign --language {blank.language} {blank.article} --as {role.value} --name ..."


def _places(item: TranslatedArticle, translations: Sequence[Translation]) -> str:
    shown = [f"{item.catalogue}:{t.line}" if t.line else f"{item.source.path}:{t.segment.line}" for t in translations]
    return ", ".join(shown[:3]) + (f" and {len(shown) - 3} more" if len(shown) > 3 else "")


def _is_emergency(translation: Translation) -> bool:
    return is_emergency(*translation.segment.trail, translation.segment.text)


def _has_name(reviewers: object) -> bool:
    """Whether anybody is named among the reviewers of the front matter."""
    people = reviewers if isinstance(reviewers, list) else [reviewers]
    names = [person.get("name") if isinstance(person, Mapping) else person for person in people]
    return any(isinstance(name, str) and name.strip() for name in names)


def _is_ahead(day: datetime.date, today: datetime.date) -> bool:
    """Whether a day lies in the future: for somebody it may be tomorrow already."""
    return day > today + datetime.timedelta(days=1)


def _date(value: object) -> datetime.date | None:
    return value if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime) else None


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
