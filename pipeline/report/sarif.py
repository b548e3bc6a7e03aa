"""Findings as SARIF 2.1.0 (OASIS, 2020), which code hosts show beside the lines of a change."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pipeline.check_docs import documentation
from pipeline.checks import Check, all_checks
from pipeline.model import Finding, Severity

_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.REVIEW: "note"}


def render(findings: Iterable[Finding]) -> str:
    """One run with a rule for each check and a result for each finding. Columns count Unicode characters."""
    from importlib.metadata import version  # noqa: PLC0415 - a quarter of what it takes to start

    checks = all_checks()
    index = {check.name: number for number, check in enumerate(checks)}
    driver = {
        "name": "plainleaf",
        "version": version("plainleaf"),
        "rules": [_rule(check) for check in checks],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, index) for finding in findings],
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=1)


def _rule(check: Check) -> dict[str, Any]:
    found = documentation(check)
    return {
        "id": check.name,
        "shortDescription": {"text": found.rule},
        "fullDescription": {"text": f"{found.rule} {found.why}"},
        "help": {"text": f"{found.why}\n\nStandard: {found.standard}"},
        "defaultConfiguration": {"level": _LEVEL[check.severity]},
    }


def _result(finding: Finding, index: dict[str, int]) -> dict[str, Any]:
    uri = uri_of(finding.path)
    result: dict[str, Any] = {
        "ruleId": finding.check,
        "ruleIndex": index[finding.check],
        "level": _LEVEL[finding.severity],
        "kind": "review" if finding.severity is Severity.REVIEW else "fail",
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": {"artifactLocation": uri, "region": _region(finding)}}],
    }
    if finding.severity is Severity.REVIEW:
        # A result of another kind than "fail" has no level (SARIF 2.1.0, 3.27.10).
        result["level"] = "none"
    if finding.fix is not None:
        replacement = {"deletedRegion": _region(finding), "insertedContent": {"text": finding.fix}}
        change = {"artifactLocation": uri, "replacements": [replacement]}
        result["fixes"] = [{"description": {"text": f'Write "{finding.fix}"'}, "artifactChanges": [change]}]
    return result


def _region(finding: Finding) -> dict[str, int]:
    return {
        "startLine": finding.line,
        "startColumn": finding.column,
        "endLine": finding.end_line,
        "endColumn": finding.end_column,
        "charOffset": finding.start,
        "charLength": finding.end - finding.start,
    }


def uri_of(path: Path) -> dict[str, str]:
    """A path as SARIF has it: relative to where the program ran."""
    if path.is_absolute():
        return {"uri": path.as_uri()}
    return {"uri": quote(path.as_posix())}
