"""Pages as a browser shows them: axe-core, reflow, contrast in the light and the dark, and the focus.

Chromium is looked for on PATH, or named in PLAINLEAF_CHROMIUM. It has no network while it is driven.
"""

from __future__ import annotations

import os
import posixpath
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib import import_module, resources, util
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import quote

from pipeline.audit.book import Book
from pipeline.audit.model import Fault
from pipeline.model import PlainleafError, Severity

VARIABLE = "PLAINLEAF_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
NOT_IN_BOOKS = ("bypass", "region", "page-has-heading-one", "landmark-one-main", "landmark-complementary-is-top-level")
"""Rules for pages with navigation around them; DAISY's Ace leaves them out for the same reason."""
MOST_STEPS = 60
"""Presses of the tab key."""
PATIENCE = 30_000
"""Milliseconds for a page to load."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One fault as the browser has it."""

    rule: str
    """With its auditor: axe/color-contrast, browser/reflow."""
    wcag: tuple[str, ...]
    fault: Fault


def find() -> str:
    """The path of a browser, or "". Raises PlainleafError when PLAINLEAF_CHROMIUM names none."""
    named = os.environ.get(VARIABLE, "")
    if named:
        found = shutil.which(named)
        if not found:
            raise PlainleafError(f"{VARIABLE}: there is no program {named}")
        return found
    return next((path for name in NAMES if (path := shutil.which(name))), "")


def missing() -> str:
    """Why the audits in a browser are skipped, with what to do about it; "" when they are not."""
    if util.find_spec("playwright") is None or util.find_spec("axe_playwright_python") is None:
        return "axe-core, reflow, contrast as shown: not installed; pip install 'plainleaf[browser]'"
    if not find():
        return f"axe-core, reflow, contrast as shown: no Chromium on PATH; install it or name it in {VARIABLE}"
    return ""


@cache
def _scripts() -> str:
    folder = Path(str(import_module("axe_playwright_python").__file__)).parent
    own = resources.files("pipeline.audit.auditors").joinpath("page_checks.js").read_text("utf-8")
    return (folder / "axe.min.js").read_text("utf-8") + "\n" + own


class Browser:
    """A running Chromium. A context manager."""

    def __enter__(self) -> Browser:
        api: Any = import_module("playwright.sync_api")
        self._error: type[Exception] = api.Error
        self._playwright = api.sync_playwright().start()
        try:
            self._chromium = self._playwright.chromium.launch(executable_path=find())
        except self._error as error:
            self._playwright.stop()
            raise PlainleafError(f"Chromium does not start: {str(error).splitlines()[0]}") from None
        self._context = self._chromium.new_context(
            offline=True, service_workers="block", bypass_csp=True, locale="en-GB", reduced_motion="reduce"
        )
        self._context.set_default_timeout(PATIENCE)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(Exception):
            self._chromium.close()
        self._playwright.stop()

    @property
    def version(self) -> str:
        """Such as 140.0.7339.185."""
        return str(self._chromium.version)

    def check_page(self, path: Path) -> tuple[list[Seen], frozenset[str]]:
        """What is wrong with a page as shown, and the criteria that were looked at. Raises PlainleafError."""
        return self._check(path.resolve().as_uri(), path.as_posix(), "", is_page=True)

    def check_book(self, book: Book) -> tuple[list[Seen], frozenset[str]]:
        """The same for every document of an EPUB."""
        found: list[Seen] = []
        looked: frozenset[str] = frozenset()
        with tempfile.TemporaryDirectory(prefix="plainleaf-") as folder:
            _unpack(book, Path(folder))
            for page in book.pages:
                uri = Path(folder).as_uri() + "/" + quote(posixpath.normpath(page.file))
                seen, criteria = self._check(uri, f"{book.name}: {page.file}", page.file, is_page=False)
                found += seen
                looked |= criteria
        return found, looked

    def _check(self, uri: str, name: str, file: str, *, is_page: bool) -> tuple[list[Seen], frozenset[str]]:
        page = self._context.new_page()
        try:
            page.set_viewport_size({"width": 1280, "height": 1024})
            page.goto(uri, wait_until="load")
            page.evaluate(_scripts())
            found, looked = _axe(page, file, is_page)
            found += _as_shown(page, file) if is_page else _reflow(page, file)
        except self._error as error:
            raise PlainleafError(f"{name}: the browser cannot show it: {str(error).splitlines()[0]}") from None
        finally:
            page.close()
        return found, looked | (frozenset(("1.4.10", "1.4.12", "2.4.7")) if is_page else frozenset(("1.4.10",)))


def _unpack(book: Book, folder: Path) -> None:
    for name, content in book.files.items():
        target = folder / posixpath.normpath(name)
        if target.resolve().is_relative_to(folder.resolve()) and not name.startswith("/"):
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)


def _axe(page: Any, file: str, is_page: bool) -> tuple[list[Seen], frozenset[str]]:
    off = {} if is_page else {name: {"enabled": False} for name in NOT_IN_BOOKS}
    options = {"runOnly": TAGS, "rules": off, "resultTypes": ["violations", "incomplete"]}
    result = page.evaluate("options => __plainleaf.axe(options)", options)
    found = [_from_axe(row, file, "") for row in result["violations"]]
    found += [_from_axe(row, file, "", Severity.REVIEW) for row in result["incomplete"]]
    if is_page:
        page.emulate_media(color_scheme="dark")
        contrast = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
        dark = page.evaluate("options => __plainleaf.axe(options)", contrast)
        known = {seen.fault.excerpt for seen in found}
        rows = (row for row in dark["violations"] if row["html"] not in known)
        found += [_from_axe(row, file, "in the dark: ") for row in rows]
        page.emulate_media(color_scheme="light")
    return found, frozenset(criteria(result["tags"]))


def criteria(tags: Sequence[str]) -> Iterator[str]:
    """The success criteria in axe's tags: wcag143 is 1.4.3, wcag1410 is 1.4.10."""
    for tag in tags:
        if match := re.fullmatch(r"wcag(\d)(\d)(\d+)", tag):
            yield ".".join(match.groups())


def _from_axe(row: dict[str, Any], file: str, where: str, severity: Severity | None = None) -> Seen:
    if severity is None:
        is_grave = row["impact"] in ("critical", "serious") and "best-practice" not in row["tags"]
        severity = Severity.ERROR if is_grave else Severity.WARNING
    about = " ".join(str(row["about"]).split())
    message = where + str(row["help"]) + (f": {about}" if about else "")
    return Seen(f"axe/{row['rule']}", tuple(criteria(row["tags"])), _fault(row, message, file, severity))


def _fault(row: dict[str, Any], message: str, file: str, severity: Severity) -> Fault:
    html = str(row["html"])
    tag = re.match(r"<([\w:-]+)", html)
    place = f"<{tag[1]}>" if tag else ""
    return Fault(
        message,
        f"{file}: {place}" if file else place,
        file=file,
        excerpt=html,
        text=str(row["text"]),
        image=int(row["image"]),
        severity=severity,
    )


def _as_shown(page: Any, file: str) -> list[Seen]:
    found = _focus(page, file)
    for row in page.evaluate("() => __plainleaf.spacing()"):
        message = "text is cut off when letters, words and lines stand wider"
        found.append(Seen("browser/text-spacing", ("1.4.12",), _fault(row, message, file, Severity.ERROR)))
    return found + _reflow(page, file)


def _focus(page: Any, file: str) -> list[Seen]:
    found = []
    page.evaluate("() => __plainleaf.remember()")
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        step = page.evaluate("() => __plainleaf.focused()")
        if step["done"]:
            break
        if step["fault"]:
            fault = _fault(step["fault"], "the focus cannot be seen on it", file, Severity.ERROR)
            found.append(Seen("browser/focus-visible", ("2.4.7",), fault))
    return found


def _reflow(page: Any, file: str) -> list[Seen]:
    page.set_viewport_size({"width": 320, "height": 640})
    found = []
    for row in page.evaluate("() => __plainleaf.reflow()"):
        # Tables and pictures may need two directions (1.4.10): a person must tell whether these do.
        severity = Severity.REVIEW if row["two"] else Severity.ERROR
        message = "it is wider than a window of 320 pixels, so that readers must scroll sideways"
        found.append(Seen("browser/reflow", ("1.4.10",), _fault(row, message, file, severity)))
    return found
