"""Every planted fault is caught, and nothing is found in the good files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from planted import FAULTS, Fault

from pipeline.audit.auditing import Options, audit_file, audit_files
from pipeline.audit.auditors import epubcheck
from pipeline.audit.model import Audit
from pipeline.executors import SameProcess

BY_BROWSER = ("axe/", "browser/")


def no_progress(done: int, total: int, name: str) -> None:
    """Progress that nobody looks at."""


def audited(paths: list[Path], *, with_browser: bool) -> Audit:
    return audit_files(paths, Options(browser=with_browser), SameProcess(), no_progress)


def faults(wanted: Callable[[str], bool]) -> list[Fault]:
    return [fault for fault in FAULTS if wanted(fault.rule)]


def write(fault: Fault, built: Path, folder: Path) -> Path:
    path = folder / fault.file
    path.write_bytes(fault.break_it((built / "dist" / fault.good).read_bytes()))
    return path


@pytest.mark.parametrize("fault", faults(lambda rule: "/" not in rule), ids=lambda fault: fault.name)
def test_each_fault_is_caught_by_its_rule(fault: Fault, built: Path, tmp_path: Path) -> None:
    result = audit_file(write(fault, built, tmp_path))
    assert not result.error
    assert fault.rule in {finding.rule for finding in result.findings}


def test_epubcheck_catches_its_faults(built: Path, tmp_path: Path) -> None:
    for fault in faults(lambda rule: rule.startswith("epubcheck/")):
        found = epubcheck.check(write(fault, built, tmp_path).read_bytes(), fault.file)
        assert fault.rule.partition("/")[2] in [number for number, _ in found], fault.name


def test_the_browser_catches_its_faults(chromium: None, built: Path, tmp_path: Path) -> None:
    wanted = faults(lambda rule: rule.startswith(BY_BROWSER))
    paths = {write(fault, built, tmp_path): fault for fault in wanted}
    found = audited(list(paths), with_browser=True)
    assert not found.errors
    for path, fault in paths.items():
        assert fault.rule in {f.rule for f in found.findings if f.path == path}, fault.name


def test_nothing_is_found_in_good_files(built: Path) -> None:
    found = audited([built / "dist"], with_browser=False)
    assert not found.errors
    assert [(f.path.relative_to(built).as_posix(), f.rule) for f in found.findings] == []
    assert len(found.files) == len([p for p in (built / "dist").rglob("*") if p.suffix in (".html", ".epub", ".pdf")])


def test_nothing_is_found_in_good_files_by_the_browser(chromium: None, built: Path) -> None:
    paths = [
        built / "dist" / f"{name}.{kind}" for name in ("en/care/cough", "ar/care/cough") for kind in ("html", "epub")
    ]
    found = audited([*paths, built / "dist" / "index.html"], with_browser=True)
    assert not found.errors and not found.skipped
    assert [(f.path.name, f.rule, f.message) for f in found.findings] == []


def test_there_are_enough_faults_of_each_kind() -> None:
    kinds = [Path(fault.good).suffix for fault in FAULTS]
    assert len(FAULTS) == len({fault.name for fault in FAULTS}) >= 40
    assert min(kinds.count(kind) for kind in (".html", ".epub", ".pdf")) >= 10
