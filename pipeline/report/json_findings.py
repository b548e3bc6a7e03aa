"""Findings as JSON: a list of objects. Other programs read it; its names and meanings are a contract."""

from __future__ import annotations

import json
from collections.abc import Iterable

from pipeline.model import Finding


def render(findings: Iterable[Finding]) -> str:
    """One object for each finding. ``start`` and ``end`` are character offsets into the decoded file."""
    rows = [
        {
            "check": f.check,
            "severity": f.severity.value,
            "path": f.path.as_posix(),
            "line": f.line,
            "column": f.column,
            "end_line": f.end_line,
            "end_column": f.end_column,
            "start": f.start,
            "end": f.end,
            "message": f.message,
            "suggestions": list(f.suggestions),
            "standard": f.standard,
        }
        for f in findings
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1)
