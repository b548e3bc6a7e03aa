"""The import report: everything that was dropped with its line and reason, every mend, everything unsettled."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.importing.draft import Draft
from pipeline.model import Finding, Severity


def findings(draft: Draft) -> list[Finding]:
    """What the import could not settle, as findings at lines of the imported file."""
    return [
        Finding(
            check=item.name,
            severity=Severity.REVIEW,
            path=draft.path,
            start=0,
            end=0,
            line=item.line,
            column=1,
            end_line=item.line,
            end_column=len(item.excerpt) + 1,
            message=item.message,
            excerpt=item.excerpt,
        )
        for item in draft.unsettled
    ]


def as_data(draft: Draft, written: Path | None) -> dict[str, Any]:
    """One import as data for JSON. Its names and meanings are a contract."""
    return {
        "file": draft.path.as_posix(),
        "sha256": draft.provenance.digest,
        "kind": draft.provenance.kind,
        "draft": written.as_posix() if written else None,
        "title": draft.title,
        "language": draft.language,
        "lines": draft.counts(),
        "mended": dict(sorted(draft.page.mended.counts.items())),
        "dropped": [
            {"line": item.line, "text": item.text, "kind": item.kind, "reason": item.reason} for item in draft.dropped
        ],
        "findings": [
            {"check": item.name, "severity": "review", "line": item.line, "message": item.message}
            for item in draft.unsettled
        ],
    }


def as_json(imports: Sequence[dict[str, Any]]) -> str:
    """The report of a whole run."""
    return json.dumps(list(imports), ensure_ascii=False, indent=1) + "\n"


def labels(draft: Draft, *, with_path: bool) -> str:
    """A JSON object for each non-empty line of the input: its number and its label."""
    start = {"file": draft.path.as_posix()} if with_path else {}
    return "".join(
        json.dumps({**start, "line": line, "label": label.value}, ensure_ascii=False) + "\n"
        for line, label in draft.result.labels()
    )
