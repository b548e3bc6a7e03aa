"""An audit for a person: each file, each fault with its place, the standards, and where to mend it."""

from __future__ import annotations

import textwrap
from collections import Counter
from itertools import groupby

from pipeline.audit.model import Audit, AuditFinding
from pipeline.audit.registry import all_rules
from pipeline.model import Severity

_COLOUR = {Severity.ERROR: "\x1b[1;31m", Severity.WARNING: "\x1b[1;33m", Severity.REVIEW: "\x1b[1;36m"}
_OFF = "\x1b[0m"
WIDTH = 110
SAME = 5
"""Findings of one rule in one file that are shown; the rest is counted."""


def render(audit: Audit, *, colour: bool = False) -> str:
    """The findings by file; the first of each rule says why it matters to a reader."""
    reasons = {rule.name: rule.why for rule in all_rules()}
    parts = []
    for path, found in groupby(audit.findings, key=lambda f: f.path):
        lines = [path.as_posix()]
        shown: Counter[str] = Counter()
        for finding in found:
            shown[finding.rule] += 1
            if shown[finding.rule] <= SAME:
                lines += _finding(finding, colour, reasons.pop(finding.rule, ""))
        lines += [f"  … and {count - SAME} more of {rule}" for rule, count in shown.items() if count > SAME]
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def _finding(finding: AuditFinding, colour: bool, reason: str) -> list[str]:
    on, off = (_COLOUR[finding.severity], _OFF) if colour else ("", "")
    lines = [f"  {on}{finding.severity.value}{off} [{finding.rule}] {finding.message}"]
    if finding.place:
        lines.append(f"    at: {finding.place}")
    if finding.excerpt.strip():
        lines.append(f"    {textwrap.shorten(finding.excerpt, WIDTH, placeholder=' …')}")
    lines += [f"    mend: {place}" for place in mend_places(finding)]
    lines.append(f"    {'; '.join(finding.standards)}")
    if reason:
        lines += textwrap.wrap(f"why: {reason}", WIDTH, initial_indent="    ", subsequent_indent="         ")
    return lines


def mend_places(finding: AuditFinding) -> list[str]:
    """Where to mend a finding, such as source/care/fever.md:12:1, and the catalogue of a translation."""
    mend = finding.mend
    if mend is None:
        return []
    if not mend.line:
        return [mend.path.as_posix()]
    places = [f'{mend.path.as_posix()}:{mend.line}:{mend.column} "{mend.segment}"']
    if mend.catalogue:
        places.append(f"{mend.catalogue.as_posix()}:{mend.catalogue_line}")
    return places


def summary(audit: Audit) -> str:
    """One line: how many files, by whom, and how many findings."""
    kinds = Counter({ran.path: ran.kind for ran in audit.ran}.values())
    names = {"html": "HTML", "epub": "EPUB", "pdf": "PDF"}
    files = ", ".join(f"{kinds[kind]} {name}" for kind, name in names.items() if kinds[kind])
    counts = Counter(finding.severity for finding in audit.findings)
    listed = ", ".join(_count(counts[severity], severity) for severity in Severity if counts[severity])
    by = ", ".join(sorted({_AUDITORS[ran.auditor] for ran in audit.ran}))
    return f"{files or 'no file'} audited by {by or 'nobody'}: {listed or 'no findings'}"


_AUDITORS = {
    "plainleaf": "Plainleaf's rules",
    "pdfua": "page-validation (PDF/UA-1)",
    "epubcheck": "EPUBCheck",
    "axe": "axe-core in Chromium",
    "ace": "Ace",
    "nu": "the Nu HTML checker",
}


def _count(number: int, severity: Severity) -> str:
    if severity is Severity.REVIEW:
        return f"{number} to review"
    return f"{number} {severity.value}{'' if number == 1 else 's'}"
