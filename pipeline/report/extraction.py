"""What extract did to the catalogues: the kept translations for people, all of it as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.extracting import Extracted, Extraction


def corrections(rows: Iterable[Extraction]) -> str:
    """Each source text that was corrected and kept its translations, before and after; "" when there is none."""
    languages: dict[tuple[str, int, str, str, str], list[str]] = {}
    for row in rows:
        for c in row.corrections:
            key = (row.source, c.segment.line, c.why, c.old, c.segment.text)
            languages.setdefault(key, []).append(row.language)
    if not languages:
        return ""
    lines = ["Corrected in the source, translations kept:"]
    for (source, line, why, old, new), codes in languages.items():
        lines += [f"{source}:{line}: {why} ({', '.join(codes)})", f"  - {_shown(old)}", f"  + {_shown(new)}"]
    return "\n".join(lines)


def _shown(text: str) -> str:
    return text.replace("\\\n", "\\ ")


def json_extractions(done: Extracted, dry_run: bool) -> str:
    """One object: each catalogue with its changes in numbers of messages, and what was kept or could not be."""
    catalogues = [
        {
            "path": row.path.as_posix(),
            "source": row.source,
            "language": row.language,
            "state": row.state,
            "changes": asdict(row.changes),
            "corrections": [
                {"line": c.segment.line, "column": c.segment.column, "old": c.old, "new": c.segment.text, "why": c.why}
                for c in row.corrections
            ],
        }
        for row in done.catalogues
    ]
    refused = [
        {"source": f"source/{a.id}.md", "line": s.line, "column": s.column, "text": s.text, "reason": reason}
        for a, s, reason in done.refused
    ]
    result = {"dry_run": dry_run, "catalogues": catalogues, "not_kept": refused}
    return json.dumps(result, ensure_ascii=False, indent=1)
