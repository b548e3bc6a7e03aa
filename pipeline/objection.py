"""What stands against a release."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.library import Library
from pipeline.model import Severity


@dataclass(frozen=True, slots=True)
class Objection:
    """One reason against the release of one article in one language."""

    article: str
    language: str
    severity: Severity
    """ERROR: it is not released. WARNING: it is, and the editor is told."""
    gate: str
    """errors, ignored, review, source, coverage, stale, draft, unsigned or rearranged."""
    message: str
    remedy: str
    """What to do."""


def in_library_order(found: Iterable[Objection], library: Library) -> list[Objection]:
    """Objections by article and language, those that stop a release first."""
    order = {code: number for number, code in enumerate(library.languages)}
    return sorted(found, key=lambda o: (o.article, order[o.language], o.severity is not Severity.ERROR))


def refused(found: Iterable[Objection]) -> set[tuple[str, str]]:
    """(article, language) of what must not be released, the interface of a language among them."""
    return {(o.article, o.language) for o in found if o.severity is Severity.ERROR}
