"""An accessibility conformance report of an audit: OpenACR, which programs read, and a web page for people.

A claim rests on a check that ran on every document. What programs cannot decide is left to a person, and said so.
OpenACR: https://github.com/GSA/openacr, catalogue 2.5-edition-wcag-2.2-en.
"""

from __future__ import annotations

import datetime
import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, PackageLoader, StrictUndefined

from pipeline.audit.model import Audit
from pipeline.audit.registry import all_rules
from pipeline.audit.wcag import ABSENT, CRITERIA, DECIDED, Criterion
from pipeline.library import Library
from pipeline.model import Severity

CATALOG = "2.5-edition-wcag-2.2-en"
COMPONENTS = {"web": ("html",), "electronic-docs": ("epub", "pdf")}
"""OpenACR's name -> kinds of files."""
NAMES = {"web": "Web pages", "electronic-docs": "EPUB books and PDF leaflets"}
SUPPORTS, PARTIALLY, NOT, NOT_APPLICABLE, NOT_EVALUATED = (
    "supports",
    "partially-supports",
    "does-not-support",
    "not-applicable",
    "not-evaluated",
)
_WORDS = {
    SUPPORTS: "Supports",
    PARTIALLY: "Partially supports",
    NOT: "Does not support",
    NOT_APPLICABLE: "Not applicable",
    NOT_EVALUATED: "Not evaluated",
}
_MISSING = {"media": "sound or film", "controls": "field or button", "scripts": "script"}
_PROGRAMS = {
    "plainleaf": ("Plainleaf's own rules", "plainleaf"),
    "pdfua": ("page-validation, PDF/UA-1", "page-validation"),
    "epubcheck": ("EPUBCheck", "epubcheck"),
    "axe": ("axe-core in Chromium, with reflow at 320 pixels, text spacing and visible focus", ""),
    "ace": ("Ace by DAISY", ""),
    "nu": ("Nu HTML checker", ""),
}


@dataclass(frozen=True, slots=True)
class Row:
    """What a report says of one criterion in one kind of documents."""

    criterion: Criterion
    level: str
    """OpenACR's term, such as supports."""
    checked: int
    """Documents that at least one check of this criterion ran on."""
    documents: int
    by: tuple[str, ...]
    """The checks."""
    failures: Counter[str]
    """Rule -> how many findings."""
    failing: int
    """Documents with a failure."""
    reviews: int
    """Places that a person must look at."""
    reason: str
    """Why it does not apply, or why nothing is claimed."""

    @property
    def word(self) -> str:
        """The level for people."""
        if self.level == NOT_EVALUATED and self.checked:
            return "No failure found; a person must judge"
        return _WORDS[self.level]

    @property
    def notes(self) -> str:
        """Remarks in sentences."""
        parts = []
        if self.by:
            parts.append(f"Checked by {', '.join(self.by)} on {self.checked} of {_count(self.documents, 'document')}.")
        if self.failures:
            listed = ", ".join(f"{rule} ({count})" for rule, count in sorted(self.failures.items()))
            parts.append(f"Failures in {self.failing} of {_count(self.documents, 'document')}: {listed}.")
        if self.reviews:
            parts.append(f"{_count(self.reviews, 'place')} for a person to look at.")
        parts.append(self.reason)
        return " ".join(filter(None, parts))


@dataclass(frozen=True, slots=True)
class Conformance:
    """A whole report."""

    product: str
    publisher: str
    version: str
    date: str
    languages: tuple[str, ...]
    counts: dict[str, int]
    """Kind -> how many documents."""
    methods: tuple[str, ...]
    skipped: tuple[str, ...]
    errors: tuple[str, ...]
    rows: dict[str, list[Row]]
    """Component -> rows, level A and then AA."""


def conformance(audit: Audit, library: Library | None) -> Conformance:
    """What can be claimed of the files of an audit."""
    kinds = {ran.path: ran.kind for ran in audit.ran}
    rows = {}
    for component, wanted in COMPONENTS.items():
        paths = [path for path in audit.files if kinds[path] in wanted]
        if paths:
            criteria = sorted(CRITERIA.values(), key=lambda c: len(c.level))
            rows[component] = [_row(criterion, paths, audit, wanted) for criterion in criteria]
    settings = library.settings if library else None
    return Conformance(
        product=settings.name if settings else "The audited files",
        publisher=settings.publisher if settings else "",
        version=version("plainleaf"),
        date=_date(),
        languages=_languages(audit.files, library),
        counts=dict(sorted(Counter(kinds.values()).items())),
        methods=tuple(_methods(audit)),
        skipped=tuple(audit.skipped),
        errors=tuple(audit.errors),
        rows=rows,
    )


def _date() -> str:
    """The day of the audit: SOURCE_DATE_EPOCH, else today."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date().isoformat()
    return datetime.datetime.now(datetime.UTC).date().isoformat()


def _languages(files: Sequence[Path], library: Library | None) -> tuple[str, ...]:
    if library is None:
        return ()
    folder = (library.root / "dist").resolve()
    inside = (path.resolve().relative_to(folder) for path in files if path.resolve().is_relative_to(folder))
    found = {path.parts[0] for path in inside if len(path.parts) > 1}
    return tuple(code for code in library.languages if code in found)


def _methods(audit: Audit) -> list[str]:
    counts = Counter(ran.auditor for ran in audit.ran)
    found = []
    for auditor, (name, package) in _PROGRAMS.items():
        if counts[auditor]:
            found.append(f"{name}{_version(package)}: {_count(counts[auditor], 'document')}")
    return found


def _version(package: str) -> str:
    try:
        return f" {version(package)}" if package else ""
    except PackageNotFoundError:
        return ""


def _row(criterion: Criterion, paths: Sequence[Path], audit: Audit, kinds: Sequence[str]) -> Row:
    number = criterion.number
    chosen = set(paths)
    ran = [item for item in audit.ran if item.path in chosen and number in item.wcag]
    found = [f for f in audit.findings if f.path in chosen and number in f.wcag]
    failures = [f for f in found if f.severity is not Severity.REVIEW]
    row = Row(
        criterion=criterion,
        level=NOT_EVALUATED,
        checked=len({item.path for item in ran}),
        documents=len(paths),
        by=_checks(number, kinds, {item.auditor for item in ran}),
        failures=Counter(f.rule for f in failures),
        failing=len({f.path for f in failures}),
        reviews=len(found) - len(failures),
        reason="",
    )
    level, reason = _judged(row, [audit.contents.get(path, {}) for path in paths])
    return replace(row, level=level, reason=reason)


def _judged(row: Row, contents: Sequence[dict[str, int]]) -> tuple[str, str]:
    """The level, and why."""
    person = f"A person must judge: {row.criterion.person}"
    if row.failing:
        return (NOT if row.failing * 2 > row.documents else PARTIALLY), ""
    if absent := _absent(row.criterion.number, contents):
        return NOT_APPLICABLE, f"There is no {_MISSING[absent]} in {_count(row.documents, 'document')}."
    if not row.checked:
        return NOT_EVALUATED, f"No automated check. {person}"
    is_plain = not row.reviews and not any(found.get("scripts") for found in contents)
    if row.criterion.number in DECIDED and row.checked == row.documents and is_plain:
        return SUPPORTS, "By automated checks alone."
    return NOT_EVALUATED, f"No failure was found, but that does not decide it. {person}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _absent(number: str, contents: Sequence[dict[str, int]]) -> str:
    """What no document has, and without what the criterion does not apply; "" when it applies."""
    for kind, numbers in ABSENT.items():
        if number in numbers and contents and all(found.get(kind) == 0 for found in contents):
            return kind
    return ""


def _checks(number: str, kinds: Sequence[str], auditors: set[str]) -> tuple[str, ...]:
    names = []
    if "plainleaf" in auditors:
        rules = (r for r in all_rules() if number in r.standards.wcag and set(kinds) & set(r.kinds))
        names += [rule.name for rule in rules]
    names += [_PROGRAMS[name][0].partition(",")[0] for name in sorted(auditors - {"plainleaf"})]
    return tuple(names)


def openacr(report: Conformance) -> str:
    """The report in OpenACR's form, version 0.1.0 of its schema."""
    chapters: dict[str, Any] = {}
    for name, level in (("success_criteria_level_a", "A"), ("success_criteria_level_aa", "AA")):
        numbers = [c.number for c in CRITERIA.values() if c.level == level]
        by_number = {(component, row.criterion.number): row for component, rows in report.rows.items() for row in rows}
        criteria = [
            {
                "num": number,
                "components": [
                    {"name": component, "adherence": {"level": row.level, "notes": row.notes}}
                    for component in report.rows
                    for row in (by_number[component, number],)
                ],
            }
            for number in numbers
        ]
        if level == "A":
            criteria.append(_parsing(tuple(report.rows)))
        chapters[name] = {"notes": "", "criteria": criteria}
    chapters["success_criteria_level_aaa"] = {"disabled": True, "notes": "Not evaluated.", "criteria": []}
    contact = {"company_name": report.publisher or report.product, "email": ""}
    data: dict[str, Any] = {
        "title": f"{report.product} Accessibility Conformance Report",
        "product": {"name": report.product, "version": report.date, "description": _described(report)},
        "author": contact,
        "vendor": dict(contact),
        "report_date": report.date,
        "last_modified_date": report.date,
        "version": 1,
        "notes": NOTES,
        "evaluation_methods_used": "\n".join([*report.methods, *(f"Not run: {line}" for line in report.skipped)]),
        "catalog": CATALOG,
        "chapters": chapters,
    }
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=100)


def _parsing(components: Sequence[str]) -> dict[str, Any]:
    adherence = {"level": NOT_APPLICABLE, "notes": "WCAG 2.2 has removed this criterion; the catalogue still lists it."}
    return {"num": "4.1.1", "components": [{"name": name, "adherence": dict(adherence)} for name in components]}


NOTES = (
    "Made by a program from automated checks. It claims only what they can decide, and says of everything else what a "
    "person must still judge. OpenACR allows not-evaluated for level AAA only: before this is published, a person who "
    "is qualified for it has to evaluate those criteria, and fill in who is to be asked (author and vendor email)."
)


def _described(report: Conformance) -> str:
    names = {"html": "web page", "epub": "EPUB book", "pdf": "PDF leaflet"}
    listed = ", ".join(_count(count, names[kind]) for kind, count in report.counts.items())
    if not report.languages:
        return listed
    return f"{listed}, in {_count(len(report.languages), 'language')}: {', '.join(report.languages)}"


def page(report: Conformance) -> str:
    """The report as a web page that needs no other file."""
    environment = Environment(
        loader=PackageLoader("pipeline.audit"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    counts = {name: Counter(row.word for row in rows) for name, rows in report.rows.items()}
    return environment.get_template("acr.html.j2").render(
        report=report, described=_described(report), names=NAMES, counts=counts, notes=NOTES
    )
