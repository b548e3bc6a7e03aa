"""Findings as JSON: a list of objects. Other programs read it; its names and meanings are a contract."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from pipeline.model import Finding


def render(findings: Iterable[Finding]) -> str:
    """One object for each finding. ``start`` and ``end`` are character offsets into the decoded file."""
    return json.dumps([row(finding) for finding in findings], ensure_ascii=False, indent=1)


def row(found: Finding) -> dict[str, Any]:
    """One finding as plain data."""
    return {
        "check": found.check,
        "severity": found.severity.value,
        "path": found.path.as_posix(),
        "line": found.line,
        "column": found.column,
        "end_line": found.end_line,
        "end_column": found.end_column,
        "start": found.start,
        "end": found.end,
        "message": found.message,
        "suggestions": list(found.suggestions),
        "standard": found.standard,
    }
