"""Findings as workflow commands, which GitHub shows beside the lines of a pull request."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.model import Finding, Severity

LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.REVIEW: "notice"}
"""What GitHub calls each severity."""


def render(findings: Iterable[Finding]) -> str:
    """One line for each finding."""
    return "\n".join(_line(f) for f in findings)


def _line(finding: Finding) -> str:
    properties = {
        "file": finding.path.as_posix(),
        "line": finding.line,
        "endLine": finding.end_line,
        "col": finding.column,
        "endColumn": finding.end_column,
        "title": finding.check,
    }
    if finding.end_line != finding.line:
        del properties["col"], properties["endColumn"]
    listed = ",".join(f"{name}={escape(str(value), ':,')}" for name, value in properties.items())
    return f"::{LEVEL[finding.severity]} {listed}::{escape(finding.message)}"


def escape(text: str, more: str = "") -> str:
    """Workflow commands escape these characters as in a URL."""
    for character in "%\r\n" + more:
        text = text.replace(character, f"%{ord(character):02X}")
    return text
