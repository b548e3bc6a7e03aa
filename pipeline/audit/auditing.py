"""Audits files: our own rules first, then the programs of others on what they found safe to open."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.audit.auditors import browser, builtin, deep, epubcheck, pdfua
from pipeline.audit.book import read_book
from pipeline.audit.mending import Mender
from pipeline.audit.model import KINDS, Audit, AuditFinding, Fault, Ran, Standards
from pipeline.audit.registry import all_rules
from pipeline.files import read_bytes
from pipeline.model import PlainleafError, Severity

LARGEST = 256 * 2**20
"""Bytes of a file that is audited."""
File = tuple[Path, str]
"""A file and its kind."""
Progress = Callable[[int, int, str], None]
"""Called with how many steps are done, of how many, and what the last one was."""


@dataclass(frozen=True, slots=True)
class Options:
    """What an audit does beside the built-in rules."""

    browser: bool = True
    """Whether to use a browser where one is found."""
    deep: bool = False
    """Whether to run Ace and the Nu HTML checker where they are found."""


@dataclass(slots=True)
class FileAudit:
    """What one auditor gave for one file. Plain data: it travels between processes."""

    findings: list[AuditFinding] = field(default_factory=list)
    ran: list[Ran] = field(default_factory=list)
    contents: dict[str, int] = field(default_factory=dict)
    error: str = ""


def audit_files(paths: Sequence[Path], options: Options, executor: Executor, progress: Progress) -> Audit:
    """Audit the files among these paths and in these folders.

    executor: where the built-in rules run; each file is a pure function of its bytes. A file that cannot be read,
    and an auditor that is not at hand, are told in the result. Raises PlainleafError for a path that is not there.
    """
    audit = Audit()
    files = list(files_of(paths))
    steps = _Steps(audit, options, files, progress)
    futures: dict[Path, Future[FileAudit]] = {path: executor.submit(audit_file, path) for path in files}
    for path, future in futures.items():
        try:
            _add(audit, path, future.result())
        except BrokenExecutor:
            raise PlainleafError(f"{path}: the process that read it stopped; audit it alone to see why") from None
        steps.done(path.as_posix())
    good = [path for path in files if path in audit.contents]
    _epubcheck(audit, steps, _of_kind(good, "epub"))
    _in_browser(audit, steps, [*_of_kind(good, "html"), *_of_kind(good, "epub")])
    _deep(audit, steps, good)
    mender = Mender()
    found = dict.fromkeys(audit.findings)
    audit.findings = sorted((mender.mend(finding) for finding in found), key=_key)
    return audit


def _key(finding: AuditFinding) -> tuple[str, int, int, str, list[tuple[int, str]], str, str]:
    """Order of findings. Page 10 comes after page 2."""
    place = [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"([0-9]+)", finding.place)]
    text, excerpt = finding.message, finding.excerpt
    return finding.path.as_posix(), finding.line, finding.column, finding.rule, place, text, excerpt


class _Steps:
    """Counts what is done, of all that there is to do."""

    def __init__(self, audit: Audit, options: Options, files: Sequence[Path], progress: Progress) -> None:
        pages, books = _of_kind(files, "html"), _of_kind(files, "epub")
        self.epubcheck = self._wanted(audit, bool(books), epubcheck.missing)
        self.browser = self._wanted(audit, options.browser and bool(pages or books), browser.missing)
        self.ace = self._wanted(audit, options.deep and bool(books), deep.missing_ace)
        self.nu = self._wanted(audit, options.deep and bool(pages), deep.missing_nu)
        if _of_kind(files, "pdf"):
            self._wanted(audit, True, pdfua.missing)
        self._total = (
            len(files)
            + (len(books) if self.epubcheck else 0)
            + (len(pages) + len(books) if self.browser else 0)
            + (len(books) if self.ace else 0)
            + (1 if self.nu else 0)
        )
        self._count, self._progress = 0, progress

    @staticmethod
    def _wanted(audit: Audit, wanted: bool, missing: Callable[[], str]) -> bool:
        reason = missing() if wanted else ""
        if reason:
            audit.skipped.append(reason)
        return wanted and not reason

    def done(self, name: str) -> None:
        self._count += 1
        self._progress(min(self._count, self._total), self._total, name)


def files_of(paths: Iterable[Path]) -> Iterator[Path]:
    """The files that can be audited, each once, in order. Raises PlainleafError for what is none."""
    seen: set[Path] = set()
    for path in paths:
        if path.is_dir():
            found = sorted(p for p in path.rglob("*") if p.suffix.lower() in KINDS and p.is_file())
            found = [p for p in found if not any(part.startswith(".") for part in p.relative_to(path).parts)]
            if not found:
                raise PlainleafError(f"{path}: there is no HTML, EPUB or PDF in this folder")
        elif not path.exists():
            raise PlainleafError(f"{path}: no such file or folder")
        elif path.suffix.lower() not in KINDS:
            raise PlainleafError(f"{path}: only HTML, EPUB and PDF can be audited ({', '.join(KINDS)})")
        else:
            found = [path]
        yield from (file for file in found if not (file in seen or seen.add(file)))  # type: ignore[func-returns-value]


def audit_file(path: Path) -> FileAudit:
    """One file by the built-in rules, and a PDF by page-validation too. What is wrong with it is in the result."""
    kind = KINDS[path.suffix.lower()]
    try:
        if path.stat().st_size > LARGEST:
            raise PlainleafError(f"{path}: larger than {LARGEST >> 20} MB; it is not read")
        content = read_bytes(path)
        return _AUDITS[kind](path, content)
    except PlainleafError as error:
        text = str(error)
        return FileAudit(error=text if text.startswith(path.as_posix()) else f"{path}: {text}")
    except RecursionError:
        return FileAudit(error=f"{path}: its parts are nested without end; it is not read")
    except OSError as error:
        return FileAudit(error=f"{path}: cannot be read: {error.strerror or error}")
    except Exception as error:
        # A file of a stranger may break what no test has broken: the other files are audited all the same.
        what = " ".join(str(error).split())[:200]
        return FileAudit(error=f"{path}: too broken to be audited ({type(error).__name__}: {what})")


def _audit_html(path: Path, content: bytes) -> FileAudit:
    found, contents = builtin.audit_html(content, path.as_posix())
    return _builtin(path, "html", found, contents)


def _audit_epub(path: Path, content: bytes) -> FileAudit:
    found, contents = builtin.audit_epub(content, path.as_posix())
    return _builtin(path, "epub", found, contents)


def _audit_pdf(path: Path, content: bytes) -> FileAudit:
    failures = [] if pdfua.missing() else pdfua.check(content, path.as_posix())
    found, contents = builtin.audit_pdf(content, path.as_posix())
    result = _builtin(path, "pdf", found, contents)
    for rule, standards, fault in failures:
        result.findings.append(_finding(f"pdfua/{rule}", (path, "pdf"), fault, standards, Severity.ERROR))
    if not pdfua.missing():
        result.ran.append(Ran("pdfua", path, "pdf", ("PDF/UA-1",), pdfua.CRITERIA))
    return result


_AUDITS = {"html": _audit_html, "epub": _audit_epub, "pdf": _audit_pdf}


def _builtin(path: Path, kind: str, found: Iterable[builtin.Found], contents: dict[str, int]) -> FileAudit:
    rules = [rule for rule in all_rules() if kind in rule.kinds]
    looked = frozenset(number for rule in rules for number in rule.standards.wcag)
    ran = Ran("plainleaf", path, kind, tuple(rule.name for rule in rules), looked)
    findings = [_finding(r.name, (path, kind), fault, r.standards, r.severity) for r, fault in found]
    return FileAudit(findings, [ran], dict(contents))


def _finding(rule: str, file: File, fault: Fault, standards: Standards, severity: Severity) -> AuditFinding:
    path, kind = file
    return AuditFinding(
        rule=rule,
        auditor=rule.partition("/")[0] if "/" in rule else "plainleaf",
        severity=fault.severity or severity,
        path=path,
        kind=kind,
        message=fault.message,
        place=fault.place,
        line=fault.line,
        column=fault.column,
        wcag=standards.wcag,
        standards=standards.listed(kind),
        excerpt=fault.excerpt,
        text=fault.text,
        image=fault.image,
    )


def _add(audit: Audit, path: Path, result: FileAudit) -> None:
    if result.error:
        audit.errors.append(result.error)
        return
    audit.findings += result.findings
    audit.ran += result.ran
    audit.contents[path] = result.contents


def _of_kind(paths: Iterable[Path], kind: str) -> list[Path]:
    return [path for path in paths if KINDS[path.suffix.lower()] == kind]


def _epubcheck(audit: Audit, steps: _Steps, books: Sequence[Path]) -> None:
    for path in books if steps.epubcheck else ():
        try:
            for number, fault in epubcheck.check(read_bytes(path), path.as_posix()):
                wcag = tuple(filter(None, (epubcheck.WCAG.get(number),)))
                standards = Standards(wcag, epub=f"EPUBCheck {number}")
                audit.findings.append(_finding(f"epubcheck/{number}", (path, "epub"), fault, standards, Severity.ERROR))
            audit.ran.append(Ran("epubcheck", path, "epub", ("EPUB 3.3",), frozenset()))
        except PlainleafError as error:
            audit.errors.append(str(error))
        steps.done(f"EPUBCheck {path.as_posix()}")


def _in_browser(audit: Audit, steps: _Steps, paths: Sequence[Path]) -> None:
    if not steps.browser or not paths:
        return
    try:
        with browser.Browser() as running:
            for path in paths:
                _show(audit, running, path)
                steps.done(f"axe {path.as_posix()}")
    except PlainleafError as error:
        audit.skipped.append(str(error))


def _show(audit: Audit, running: browser.Browser, path: Path) -> None:
    kind = KINDS[path.suffix.lower()]
    try:
        if kind == "html":
            seen, looked = running.check_page(path)
        else:
            seen, looked = running.check_book(read_book(read_bytes(path), path.as_posix()))
    except PlainleafError as error:
        audit.errors.append(str(error))
        return
    audit.findings += (_from_seen(item, path, kind) for item in seen)
    rules = ("axe-core", "reflow", "text-spacing", "focus-visible") if kind == "html" else ("axe-core", "reflow")
    audit.ran.append(Ran("axe", path, kind, rules, looked))


def _from_seen(seen: browser.Seen, path: Path, kind: str) -> AuditFinding:
    other = () if seen.wcag else ("HTML" if seen.rule.startswith("nu/") else "best practice",)
    return _finding(seen.rule, (path, kind), seen.fault, Standards(seen.wcag, other=other), Severity.WARNING)


def _deep(audit: Audit, steps: _Steps, good: Sequence[Path]) -> None:
    for path in _of_kind(good, "epub") if steps.ace else ():
        try:
            audit.findings += (_from_seen(item, path, "epub") for item in deep.check_ace(path))
            audit.ran.append(Ran("ace", path, "epub", ("Ace",), frozenset()))
        except PlainleafError as error:
            audit.errors.append(str(error))
        steps.done(f"Ace {path.as_posix()}")
    pages = _of_kind(good, "html")
    if steps.nu and pages:
        try:
            for path, seen in deep.check_nu(pages).items():
                audit.findings += (_from_seen(item, path, "html") for item in seen)
                audit.ran.append(Ran("nu", path, "html", ("HTML",), frozenset()))
        except PlainleafError as error:
            audit.errors.append(str(error))
        steps.done("Nu HTML checker")
