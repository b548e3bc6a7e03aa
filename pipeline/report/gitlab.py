"""Findings as GitLab's Code Quality report, which merge requests show beside the lines of a change.

The form: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pipeline.model import Finding, Severity

_SEVERITY = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.REVIEW: "info"}
_MOVES = re.compile(r" \(\d+ places\)$|(?<=\bline )\d+")
"""Parts of a message that change although the finding is the same: it only stands elsewhere."""


def render(findings: Iterable[Finding]) -> str:
    """One object for each finding, paths relative to where the program runs: the root of the repository."""
    same: Counter[str] = Counter()
    rows = []
    for found in findings:
        key = _key(found)
        rows.append(_row(found, hashlib.sha256(f"{key}\0{same[key]}".encode()).hexdigest()))
        same[key] += 1
    return json.dumps(rows, ensure_ascii=False, indent=1)


def _row(found: Finding, fingerprint: str) -> dict[str, Any]:
    return {
        "description": found.message,
        "check_name": found.check,
        "fingerprint": fingerprint,
        "severity": _SEVERITY[found.severity],
        "location": {"path": _path(found.path), "lines": {"begin": found.line, "end": found.end_line}},
    }


def _key(found: Finding) -> str:
    """What stays the same when lines are added above the finding. GitLab tells new findings from old ones by it."""
    stop = found.end_column - 1 if found.end_line == found.line else None
    marked = found.excerpt[found.column - 1 : stop]
    return "\0".join((_path(found.path), found.check, _MOVES.sub("", found.message), marked))


def _path(path: Path) -> str:
    return Path(os.path.relpath(path)).as_posix()
