"""Findings for a person: place, what is wrong, the line, and a caret under the words."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping

from rich.cells import cell_len

from pipeline.check_docs import documentation
from pipeline.checks import check_named
from pipeline.model import Finding, Severity

WIDTH = 110
"""Columns of an excerpt. A longer line is shown around the finding."""

_COLOUR = {Severity.ERROR: "\x1b[1;31m", Severity.WARNING: "\x1b[1;33m", Severity.REVIEW: "\x1b[1;36m"}
_OFF = "\x1b[0m"


def render(findings: Iterable[Finding], *, colour: bool = False, explain: bool = False) -> str:
    """Findings in the order given, a blank line between them.

    explain: the first finding of each check says why it matters to a reader.
    """
    listed = list(findings)
    checks = (check_named(name) for name in {f.check for f in listed}) if explain else ()
    reasons = {check.name: documentation(check).why for check in checks if check}
    return "\n\n".join(_finding(f, colour, reasons.pop(f.check, "")) for f in listed)


def summary(findings: Iterable[Finding] | Mapping[Severity, int], checked: str) -> str:
    """One line: how many findings of each severity, in what. findings: they, or how many of each."""
    counts = findings if isinstance(findings, Mapping) else Counter(f.severity for f in findings)
    listed = ", ".join(
        f"{counts[severity]} {_plural(severity, counts[severity])}" for severity in Severity if counts.get(severity)
    )
    return f"{checked}: {listed or 'no findings'}"


def _plural(severity: Severity, count: int) -> str:
    if severity is Severity.REVIEW:
        return "to review"
    return severity.value if count == 1 else f"{severity.value}s"


def _finding(finding: Finding, colour: bool, reason: str) -> str:
    on, off = (_COLOUR[finding.severity], _OFF) if colour else ("", "")
    place = f"{finding.path.as_posix()}:{finding.line}:{finding.column}"
    lines = [f"{place}: {on}{finding.severity.value}{off} [{finding.check}] {finding.message}"]
    if finding.excerpt.strip():
        excerpt, before, marked = _excerpt(finding)
        lines += [f"    {excerpt}", f"    {' ' * cell_len(before)}{on}{'^' * max(1, cell_len(marked))}{off}"]
    if len(finding.suggestions) > 1:
        lines.append(f"    suggestions: {', '.join(finding.suggestions)}")
    if reason:
        lines += textwrap.wrap(f"why: {reason}", WIDTH, initial_indent="    ", subsequent_indent="         ")
    return "\n".join(lines)


def _excerpt(finding: Finding) -> tuple[str, str, str]:
    """The line cut to the width, what stands before the finding in it, and the finding's own part."""
    line = finding.excerpt.replace("\t", " ")
    start = finding.column - 1
    end = finding.end_column - 1 if finding.end_line == finding.line else len(line)
    left = 0
    if len(line) > WIDTH and start > WIDTH // 2:
        left = min(start - WIDTH // 3, len(line) - WIDTH)
    cut = line[left : left + WIDTH]
    shown = ("…" if left else "") + cut + ("…" if left + WIDTH < len(line) else "")
    offset = 1 if left else 0
    return shown, shown[: start - left + offset], cut[start - left : end - left]
