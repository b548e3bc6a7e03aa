"""Applies the sure corrections of findings, and nothing else."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.files import read_text, replace_text
from pipeline.model import Finding
from pipeline.segments import splice


@dataclass(frozen=True, slots=True)
class Fixed:
    """One file with its corrections."""

    path: Path
    before: str
    after: str
    findings: tuple[Finding, ...]
    """Those that are corrected."""

    def diff(self) -> str:
        """The change as a unified diff."""
        name = self.path.as_posix()
        lines = difflib.unified_diff(
            self.before.splitlines(keepends=True), self.after.splitlines(keepends=True), name, name, n=1
        )
        return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)


def plan_fixes(findings: Iterable[Finding]) -> Iterator[Fixed]:
    """The files that have sure corrections, with their text before and after. Raises PlainleafError."""
    by_path: dict[Path, list[Finding]] = {}
    for finding in findings:
        if finding.fix is not None:
            by_path.setdefault(finding.path, []).append(finding)
    for path, found in by_path.items():
        apart = tuple(sure_fixes(found))
        before = read_text(path)
        after = splice(before, [(f.start, f.end, f.fix or "") for f in apart])
        yield Fixed(path, before, after, apart)


def write_fixes(fixes: Iterable[Fixed]) -> None:
    """Write the files whole. Raises PlainleafError when one has changed since it was checked."""
    for fixed in fixes:
        replace_text(fixed.path, fixed.before, fixed.after)


def sure_fixes(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Findings of one text that have a sure correction and do not overlap; of two that do, the first."""
    end = -1
    for finding in sorted((f for f in findings if f.fix is not None), key=lambda f: (f.start, f.end)):
        if finding.start >= end:
            yield finding
            end = finding.end
