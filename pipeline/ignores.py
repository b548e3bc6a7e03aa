"""Inline switch-offs: <!-- plainleaf: ignore spelling -- brand name -->.

In front matter, and in a catalogue above a message: # plainleaf: ignore number-missing -- the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.model import Lines

_IGNORE = re.compile(
    r"(?P<open><!--|\#)[ \t]*plainleaf:[ \t]*ignore\b[ \t]*(?P<checks>[\w, \t-]*?)"
    r"(?:[ \t]+--[ \t]+(?P<reason>[^\r\n]*?))?[ \t]*(?:-->|(?=[\r\n]|\Z))"
)


@dataclass(frozen=True, slots=True)
class Ignore:
    """One comment that switches checks off for one place."""

    checks: frozenset[str]
    reason: str
    start: int
    """Span of the comment, in characters."""
    end: int
    first_line: int
    """The lines that it covers: its own when it ends a line of text, else the block below it."""
    last_line: int

    def covers(self, check: str, line: int) -> bool:
        """Whether a finding of this check on this line is switched off."""
        return check in self.checks and self.first_line <= line <= self.last_line


def read_ignores(lines: Lines, *, is_catalogue: bool = False) -> list[Ignore]:
    """Every such comment of a text, in order. In a catalogue it is a translator's comment on its message."""
    if "plainleaf:" not in lines.text:
        return []
    return [_ignore(match, lines, is_catalogue) for match in _IGNORE.finditer(lines.text)]


def _ignore(match: re.Match[str], lines: Lines, is_catalogue: bool) -> Ignore:
    line = lines.place(match.start())[0]
    checks = frozenset(re.findall(r"[\w-]+", match["checks"]))
    reason = (match["reason"] or "").strip()
    before = lines.text[lines.offset(line) : match.start()]
    if before.strip(" \t>-*+|"):
        first = last = line
    else:
        first = last = _next_text(lines, line + 1)
        if match["open"] == "<!--" or is_catalogue:
            while last < len(lines.starts) and lines.line(last + 1).strip():
                last += 1
    return Ignore(checks, reason, match.start(), match.end(), first, last)


def _next_text(lines: Lines, line: int) -> int:
    while line < len(lines.starts) and (not lines.line(line).strip() or "plainleaf:" in lines.line(line)):
        line += 1
    return line


def unused(ignores: Iterable[Ignore], used: Iterable[tuple[Ignore, str]]) -> Iterator[tuple[Ignore, str]]:
    """Each (comment, check) that switched nothing off."""
    matched = set(used)
    return ((ignore, check) for ignore in ignores for check in sorted(ignore.checks) if (ignore, check) not in matched)
