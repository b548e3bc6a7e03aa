"""What a build made and refused, for programs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from pipeline.model import Finding, Output

if TYPE_CHECKING:
    from pipeline.objection import Objection


def render(outputs: Iterable[Output], objections: Iterable[Objection], findings: Iterable[Finding]) -> str:
    """A JSON object: outputs, objections of a release, and how many findings of each severity there are."""
    severities = Counter(found.severity.value for found in findings)
    found = {
        "outputs": [
            {
                "article": o.article,
                "language": o.language,
                "format": o.format,
                "path": o.path.as_posix(),
                "digest": o.digest,
            }
            for o in outputs
        ],
        "objections": [
            {
                "article": o.article,
                "language": o.language,
                "severity": o.severity.value,
                "gate": o.gate,
                "message": o.message,
                "remedy": o.remedy,
            }
            for o in objections
        ],
        "findings": dict(sorted(severities.items())),
    }
    return json.dumps(found, indent=1, ensure_ascii=False)
