"""An audit for programs: JSON, SARIF 2.1.0, and workflow commands of GitHub."""

from __future__ import annotations

import json
from importlib.metadata import version
from typing import Any

from pipeline.audit.model import Audit, AuditFinding
from pipeline.audit.registry import all_rules
from pipeline.model import Severity
from pipeline.report.github import LEVEL, escape
from pipeline.report.sarif import uri_of

_SARIF = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.REVIEW: "none"}


def render_json(audit: Audit) -> str:
    """The whole audit as one object. Other programs read it; its names and meanings are a contract."""
    data = {
        "files": [
            {
                "path": path.as_posix(),
                "auditors": [ran.auditor for ran in audit.ran if ran.path == path],
                "contents": audit.contents.get(path, {}),
            }
            for path in audit.files
        ],
        "findings": [_row(finding) for finding in audit.findings],
        "skipped": audit.skipped,
        "errors": audit.errors,
    }
    return json.dumps(data, ensure_ascii=False, indent=1)


def _row(finding: AuditFinding) -> dict[str, Any]:
    mend = finding.mend
    source = None
    if mend:
        source = {
            "path": mend.path.as_posix(),
            "line": mend.line or None,
            "column": mend.column or None,
            "segment": mend.segment,
            "catalogue": mend.catalogue.as_posix() if mend.catalogue else None,
            "catalogue_line": mend.catalogue_line or None,
        }
    return {
        "rule": finding.rule,
        "auditor": finding.auditor,
        "severity": finding.severity.value,
        "path": finding.path.as_posix(),
        "kind": finding.kind,
        "place": finding.place,
        "line": finding.line or None,
        "column": finding.column or None,
        "message": finding.message,
        "wcag": list(finding.wcag),
        "standards": list(finding.standards),
        "excerpt": finding.excerpt,
        "source": source,
    }


def render_github(audit: Audit) -> str:
    """One line for each finding, at the line of the source to mend where that is known."""
    return "\n".join(_line(finding) for finding in audit.findings)


def _line(finding: AuditFinding) -> str:
    mend = finding.mend
    if mend and mend.line:
        place = {"file": mend.path.as_posix(), "line": mend.line, "col": mend.column}
    elif finding.line and finding.kind == "html":
        place = {"file": finding.path.as_posix(), "line": finding.line}
    else:
        place = {"file": finding.path.as_posix()}
    properties = {**place, "title": finding.rule}
    listed = ",".join(f"{name}={escape(str(value), ':,')}" for name, value in properties.items())
    where = f"{finding.path.as_posix()}, {finding.place}: " if finding.place else f"{finding.path.as_posix()}: "
    return f"::{LEVEL[finding.severity]} {listed}::{escape(where + finding.message)}"


def render_sarif(audit: Audit) -> str:
    """One run. A result stands at the source to mend where that is known, else in the file that was audited."""
    names = sorted({rule.name for rule in all_rules()} | {finding.rule for finding in audit.findings})
    index = {name: number for number, name in enumerate(names)}
    own = {rule.name: rule for rule in all_rules()}
    rules = []
    for name in names:
        rule: dict[str, Any] = {"id": name}
        if name in own:
            listed = "; ".join(own[name].standards.listed(own[name].kinds[0]))
            rule["shortDescription"] = {"text": own[name].summary}
            rule["help"] = {"text": f"{own[name].why}\n\nStandard: {listed}"}
        rules.append(rule)
    driver = {"name": "plainleaf audit", "version": version("plainleaf"), "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, index) for finding in audit.findings],
        "invocations": [
            {
                "executionSuccessful": not audit.errors,
                "toolExecutionNotifications": [{"message": {"text": text}} for text in audit.skipped + audit.errors],
            }
        ],
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=1)


def _result(finding: AuditFinding, index: dict[str, int]) -> dict[str, Any]:
    built: dict[str, Any] = {"artifactLocation": uri_of(finding.path)}
    if finding.line and finding.kind == "html":
        built["region"] = {"startLine": finding.line}
    mend = finding.mend
    source: dict[str, Any] = {}
    if mend and mend.line:
        source = {"artifactLocation": uri_of(mend.path)}
        source["region"] = {"startLine": mend.line, "startColumn": mend.column}
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index[finding.rule],
        "level": _SARIF[finding.severity],
        "kind": "review" if finding.severity is Severity.REVIEW else "fail",
        "message": {"text": finding.message + (f" ({finding.place})" if finding.place else "")},
        "locations": [{"physicalLocation": source or built}],
        "properties": {"tags": list(finding.standards)},
    }
    if source:
        result["relatedLocations"] = [{"id": 1, "physicalLocation": built, "message": {"text": "in the output"}}]
    return result
