"""The nouns of an audit."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from pipeline.audit.wcag import en_clause
from pipeline.model import Severity

KINDS = {".html": "html", ".htm": "html", ".xhtml": "html", ".epub": "epub", ".pdf": "pdf"}
"""What can be audited, by suffix."""


@dataclass(frozen=True, slots=True)
class Standards:
    """The rules of others that stand behind one of ours."""

    wcag: tuple[str, ...] = ()
    """Success criteria of WCAG 2.2, such as 1.1.1."""
    pdfua: str = ""
    """Clause of ISO 14289-1 (PDF/UA-1), such as 7.3."""
    matterhorn: tuple[str, ...] = ()
    """Failure conditions of the Matterhorn Protocol 1.1, such as 13-004."""
    epub: str = ""
    """The rule of EPUB, such as "EPUB Accessibility 1.1 2.2"."""
    other: tuple[str, ...] = ()
    """Such as "RNIB Clear Print" or "best practice"."""

    def listed(self, kind: str) -> tuple[str, ...]:
        """All of them, spelt out for a file of this kind: html, epub or pdf."""
        found = [f"WCAG 2.2 {number}" for number in self.wcag]
        found += [f"EN 301 549 {clause}" for number in self.wcag if (clause := en_clause(number, kind))]
        if kind == "pdf":
            found += [f"PDF/UA-1 {self.pdfua}"] if self.pdfua else []
            found += [f"Matterhorn {number}" for number in self.matterhorn]
        if kind == "epub" and self.epub:
            found.append(self.epub)
        return (*found, *self.other)


@dataclass(frozen=True, slots=True)
class Fault:
    """What a rule has found, before it is known which file it is in."""

    message: str
    place: str = ""
    """For a person, such as "line 12, <img>" or "page 2, table 1"."""
    line: int = 0
    """From 1 in a text file; 0 where there are no lines."""
    column: int = 0
    file: str = ""
    """The file within an EPUB."""
    excerpt: str = ""
    text: str = ""
    """What readers read at the place: it leads to the source segment."""
    image: int = 0
    """Which of the document's pictures it is, from 1; 0 for no picture."""
    severity: Severity | None = None
    """None: the rule's own."""


@dataclass(frozen=True, slots=True)
class Mend:
    """The place in the library to mend."""

    path: Path
    line: int
    column: int
    segment: str
    """The source text of the segment, or its beginning."""
    catalogue: Path | None = None
    """Where the translation of it stands, for a translated leaflet."""
    catalogue_line: int = 0


@dataclass(frozen=True, slots=True)
class AuditFinding:
    """One fault in one file."""

    rule: str
    """Such as image-alt, or with its auditor in front: axe/color-contrast, epubcheck/RSC-005."""
    auditor: str
    severity: Severity
    path: Path
    kind: str
    """html, epub or pdf."""
    message: str
    place: str = ""
    line: int = 0
    column: int = 0
    wcag: tuple[str, ...] = ()
    standards: tuple[str, ...] = ()
    excerpt: str = ""
    text: str = ""
    image: int = 0
    mend: Mend | None = None


@dataclass(frozen=True, slots=True)
class Ran:
    """That an auditor has looked at a file with certain rules: what a report of conformance may rest on."""

    auditor: str
    path: Path
    kind: str
    rules: tuple[str, ...]
    """Names as in the findings."""
    wcag: frozenset[str]
    """Success criteria that at least one of them looks at."""


@dataclass(slots=True)
class Audit:
    """All that an audit has found and done."""

    findings: list[AuditFinding] = field(default_factory=list)
    ran: list[Ran] = field(default_factory=list)
    contents: dict[Path, dict[str, int]] = field(default_factory=dict)
    """How much of what is in a file: images, media, controls, scripts, links, tables."""
    skipped: list[str] = field(default_factory=list)
    """One line for each auditor that was not at hand, with what to do about it."""
    errors: list[str] = field(default_factory=list)
    """One line for each file that could not be read."""

    @property
    def files(self) -> list[Path]:
        """What was audited."""
        return list(dict.fromkeys(ran.path for ran in self.ran))
