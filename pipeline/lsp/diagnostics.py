"""Findings as diagnostics, which editors show under the words."""

from __future__ import annotations

from lsprotocol.types import CodeDescription, Diagnostic, DiagnosticSeverity

from pipeline.lsp.desk import Checked
from pipeline.model import Finding, Severity

SOURCE = "plainleaf"
_SEVERITY = {
    Severity.ERROR: DiagnosticSeverity.Error,
    Severity.WARNING: DiagnosticSeverity.Warning,
    Severity.REVIEW: DiagnosticSeverity.Information,
}


def diagnostics(checked: Checked, docs: str) -> list[Diagnostic]:
    """All of a text, in its order; docs: address of the page that explains the checks."""
    if checked.error:
        places = checked.text.places
        start = places.line_offset(checked.error_line)
        span = places.range(start, places.line_end(start))
        return [Diagnostic(span, checked.error, DiagnosticSeverity.Error, source=SOURCE)]
    return [diagnostic(found, checked, docs) for found in checked.findings]


def diagnostic(found: Finding, checked: Checked, docs: str) -> Diagnostic:
    """One finding."""
    return Diagnostic(
        range=checked.text.places.range(found.start, found.end),
        message=found.message,
        severity=_SEVERITY[found.severity],
        code=found.check,
        code_description=CodeDescription(f"{docs}#{found.check}"),
        source=SOURCE,
    )
