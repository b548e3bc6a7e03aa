"""The report as a browser shows it, where one is found: axe-core, keyboard, narrow windows, filters, no complaints."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from pipeline.audit.auditors import browser
from pipeline.model import Severity

KINDS = ("index", "checks", "trends", "meeting", "checks/spelling", "languages/ar", "topics/care", "en/care/cough",
         "es/care/fever", "ar/care/cough")  # fmt: skip


@pytest.fixture
def page(chromium: None) -> Iterator[Any]:
    """A page of a browser that obeys the policy of what it shows."""
    api: Any = import_module("playwright.sync_api")
    with api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=browser.find())
        page = running.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
        page.told = []
        page.on("console", lambda message: page.told.append(message.text))
        page.on("pageerror", lambda error: page.told.append(str(error)))
        yield page
        running.close()


def test_axe_reflow_spacing_and_focus_find_no_fault(chromium: None, pages: Path) -> None:
    faults = []
    with browser.Browser() as running:
        for path in (pages / language / f"{name}.html" for name in KINDS for language in ("en", "es")):
            found, looked = running.check_page(path)
            assert looked
            faults += [(path.name, s.rule, s.fault.message) for s in found if s.fault.severity is not Severity.REVIEW]
    assert faults == []


def test_nothing_is_refused_or_goes_wrong(page: Any, pages: Path) -> None:
    for name in KINDS:
        page.goto((pages / f"en/{name}.html").as_uri())
        assert page.evaluate("getComputedStyle(document.querySelector('.bar')).backgroundColor") != "rgba(0, 0, 0, 0)"
    assert page.told == []


def test_filters_are_kept_in_the_address(page: Any, pages: Path) -> None:
    page.goto((pages / "en/index.html").as_uri())
    page.select_option("#severity", "error")
    rows = "document.querySelectorAll('.grid tbody tr:not([hidden])').length"
    assert page.evaluate(rows) == 1
    assert page.url.endswith("#severity=error")
    assert page.inner_text("#shown").startswith("1 of 2")
    page.reload()
    assert page.evaluate(rows) == 1
    page.click("button[type=reset]")
    page.wait_for_function(f"{rows} === 2")
    page.select_option("#language", "ar")
    assert page.evaluate("[...document.querySelectorAll('.grid th[data-language]:not([hidden])')].length") == 1
    page.select_option("#language", "")
    page.select_option("#check", "spelling")
    page.select_option("#severity", "warning")
    assert page.evaluate(rows) == 0, "check and severity are of one and the same finding"


def test_sorting_moves_whole_rows(page: Any, pages: Path) -> None:
    page.goto((pages / "en/index.html").as_uri())
    titles = "[...document.querySelectorAll('.grid tbody th a')].map((a) => a.textContent)"
    page.select_option("#sort", "title")
    assert page.evaluate(titles) == sorted(page.evaluate(titles))


def test_everything_is_there_without_scripts(page: Any, pages: Path) -> None:
    plain = page.context.browser.new_context(java_script_enabled=False).new_page()
    plain.goto((pages / "en/index.html").as_uri())
    assert plain.locator(".grid tbody tr").count() == 2
    assert not plain.locator("form.filters").is_visible()


def test_the_keyboard_goes_through_a_page_in_its_order(page: Any, pages: Path) -> None:
    page.goto((pages / "en/en/care/cough.html").as_uri())
    seen = []
    for _ in range(12):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.textContent.trim()"))
    assert seen[:6] == ["Skip to the content", seen[1], "At a glance", "By check", "Trends", "For the meeting"]
    assert [name for name in seen if name in ("English", "Spanish", "Arabic")] == ["English", "Spanish", "Arabic"]


def test_the_page_for_the_meeting_is_one_sheet(page: Any, pages: Path) -> None:
    page.goto((pages / "en/meeting.html").as_uri())
    content = page.pdf(prefer_css_page_size=True)
    pikepdf = import_module("pikepdf")
    io = import_module("io")
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert len(pdf.pages) == 1
