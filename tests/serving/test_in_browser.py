"""The pages in a real browser: a person's whole path, and that everybody can use them."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from serving_client import Served

from pipeline.audit.auditors import browser
from pipeline.signatures import read_signatures
from tools import record_path

PAGES = (
    "/",
    "/article/care/fever",
    "/try",
    "/translate/es/care/cough",
    "/translate/ar/care/cough",
    "/sign/es/care/cough",
)
HARD = "You may have oedema prior to lunch. Your haert is a pump."


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A running browser; the tests skip where there is none."""
    reason = browser.missing()
    if reason:
        pytest.skip(reason)
    api = import_module("playwright.sync_api")
    with api.sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=browser.find())
        yield found
        found.close()


def opened(chromium: Any, served: Served, **options: Any) -> Any:
    """A page in a browser that has the cookie; it fails when a script fails or the policy stops something."""
    context = chromium.new_context(**{"locale": "en-GB", "viewport": {"width": 1280, "height": 900}, **options})
    name, _, value = served.cookie.partition("=")
    context.add_cookies([{"name": name, "value": value, "url": served.base, "sameSite": "Strict", "httpOnly": True}])
    page = context.new_page()
    page.set_default_timeout(60_000)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.faults = faults
    return page


def violations(page: Any) -> list[str]:
    """What axe-core holds against a page."""
    page.evaluate(browser._scripts())
    found = page.evaluate(
        "options => __plainleaf.axe(options)", {"runOnly": list(browser.TAGS), "resultTypes": ["violations"]}
    )
    return [f"{row['rule']}: {row['html'][:150]}" for row in found["violations"]]


def test_a_persons_whole_path(library: Path, chromium: Any, request: pytest.FixtureRequest) -> None:
    """Let in by the address; find the worst article; mend it; see the finding go, and the leaflet change; sign."""
    path = library / "source/care/fever.md"
    path.write_text(path.read_text("utf-8") + f"\n{HARD}\n", "utf-8")
    served = Served(library)
    request.addfinalizer(served.stop)
    page = chromium.new_context(locale="en-GB").new_page()
    page.set_default_timeout(60_000)
    page.goto(served.base + served.entry)
    worst = page.locator("table.home tbody tr").first
    worst.get_by_text("error").wait_for()
    worst.get_by_role("link", name="Fever").click()

    panel = page.locator("#panel")
    finding = panel.locator("li", has_text='"haert"')
    finding.get_by_role("button", name="Show").click()
    assert (
        page.evaluate(
            "getSelection().toString() || document.activeElement.value.slice("
            "document.activeElement.selectionStart, document.activeElement.selectionEnd)"
        )
        == "haert"
    )
    finding.get_by_role("button", name="Write “heart”").click()
    finding.wait_for(state="detached")
    page.get_by_text("Not saved yet").wait_for()
    assert "haert" in path.read_text("utf-8")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved.").wait_for()
    assert "Your heart is a pump" in path.read_text("utf-8")

    page.get_by_role("tab", name="Web page").click()
    leaflet = page.frame_locator(".preview iframe")
    leaflet.get_by_text("Your heart is a pump").wait_for()
    # Somebody saves in another editor: the leaflet and the text box follow by themselves.
    path.write_text(path.read_text("utf-8").replace("heart is a pump", "heart is a muscle"), "utf-8")
    leaflet.get_by_text("Your heart is a muscle").wait_for()
    assert "heart is a muscle" in page.locator("#box").input_value()
    page.get_by_role("tab", name="Printed leaflet").click()
    page.get_by_role("img", name="Page 1 of").wait_for()

    page.goto(served.base + "/translate/es/care/cough")
    text = page.locator(".segment", has_text="Take 5 ml of syrup")
    right = text.locator("textarea").input_value()
    text.locator("textarea").fill(right.replace("5 ml", "50 ml"))
    text.locator(".live .finding.error").first.wait_for()
    text.locator("textarea").fill(right)
    text.locator(".live .finding.error").first.wait_for(state="detached")

    page.get_by_role("link", name="Sign this translation").click()
    page.get_by_label("translator: I made").check()
    page.get_by_label("Your name").fill("Example Translator")
    page.get_by_label("What qualifies you").fill("example credential")
    page.get_by_label("I have read every text").check()
    page.get_by_role("button", name="Sign").click()
    page.get_by_text("Signed ").first.wait_for()
    (signature,) = read_signatures(library / "translations/es/care/cough.signatures.toml")
    assert signature.name == "Example Translator"


def test_a_persons_whole_path_from_the_report(library: Path, chromium: Any, request: pytest.FixtureRequest) -> None:
    """The report, its worst article, the word mended where it leads, the finding gone, the signature."""
    record_path.put_mistake(library)
    served = Served(library)
    request.addfinalizer(served.stop)
    page = chromium.new_context(locale="en-GB").new_page()
    page.set_default_timeout(60_000)
    steps: list[str] = []
    record_path.walk(page, served.base + served.entry, steps.append)
    assert len(steps) == 9
    assert "Your heart is a pump" in (library / record_path.ARTICLE).read_text("utf-8")
    (signature,) = read_signatures(library / "translations/es/care/cough.signatures.toml")
    assert signature.name == record_path.SIGNER


def test_the_report_as_it_is_served_has_no_violation(served: Served, chromium: Any) -> None:
    served.post("/report/", {})
    for locale in ("en-GB", "es-ES"):
        for size in ((1280, 900), (320, 640)):
            viewport = {"width": size[0], "height": size[1]}
            page = opened(chromium, served, bypass_csp=True, locale=locale, viewport=viewport)
            for path in ("index.html", "en/care/fever.html", "ar/care/cough.html", "checks.html"):
                page.goto(f"{served.base}/report/{path}")
                assert violations(page) == [], path
                assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} scrolls sideways"
            page.context.close()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("way", ["light", "dark", "forced", "phone", "spanish"])
def test_everybody_can_use_the_pages(shared: Served, chromium: Any, path: str, way: str) -> None:
    options: dict[str, dict[str, Any]] = {
        "light": {},
        "dark": {"color_scheme": "dark"},
        "forced": {"forced_colors": "active"},
        "phone": {"viewport": {"width": 320, "height": 640}},
        "spanish": {"locale": "es-ES"},
    }
    page = opened(chromium, shared, bypass_csp=True, **options[way])
    page.goto(shared.base + path)
    if path == "/try":
        page.locator("#box").fill(HARD)
        page.locator("#panel .finding").first.wait_for()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "it scrolls sideways"
    if path.startswith(("/article", "/translate")):
        page.locator("#tab-paper").click()
        page.locator("#pane-paper img").first.wait_for()
        assert violations(page) == []
    page.context.close()


def test_on_a_phone_a_whole_translation_is_seen_in_its_box(shared: Served, chromium: Any) -> None:
    page = opened(chromium, shared, viewport={"width": 320, "height": 640})
    page.goto(shared.base + "/translate/es/care/cough")
    boxes = page.locator(".segment textarea")
    boxes.first.wait_for()
    hidden = "areas => areas.filter(area => area.scrollHeight > area.clientHeight + 1).map(area => area.value)"
    assert boxes.evaluate_all(hidden) == []
    page.context.close()


@pytest.mark.parametrize("path", PAGES)
def test_the_policy_stops_nothing_of_ours_and_no_script_fails(shared: Served, chromium: Any, path: str) -> None:
    page = opened(chromium, shared)
    page.goto(shared.base + path)
    page.wait_for_timeout(300)
    assert page.faults == []
    page.context.close()


def test_all_of_it_by_keyboard(shared: Served, chromium: Any) -> None:
    page = opened(chromium, shared)
    page.goto(shared.base + "/try")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "box":
            break
    page.keyboard.type("Take it prior to lunch.")
    page.locator("#panel .finding").first.wait_for()
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").endswith("Write “before”"):
            break
    page.keyboard.press("Enter")
    page.wait_for_function("document.getElementById('box').value === 'Take it before lunch.'")
    page.keyboard.press("Control+z")
    assert page.locator("#box").input_value() == "Take it prior to lunch."

    page.goto(shared.base + "/article/care/fever")
    page.locator("#tab-findings").focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.id") == "tab-page"
    assert page.locator("#pane-page").is_visible() and not page.locator("#pane-findings").is_visible()
    page.context.close()


def test_a_screen_reader_hears_what_each_button_is_for(shared: Served, chromium: Any) -> None:
    page = opened(chromium, shared)
    page.goto(shared.base + "/try")
    page.locator("#box").fill("Take it prior to lunch.")
    page.get_by_role("button", name="In the place of “prior to”: Write “before”").wait_for()
    page.get_by_role("button", name="Show 1: prior to").wait_for()
    assert page.get_by_role("textbox", name="Your text").count() == 1
    assert page.locator('.behind[aria-hidden="true"] mark').count() == 1
    page.context.close()


def test_the_pages_work_without_a_script(shared: Served, chromium: Any) -> None:
    page = opened(chromium, shared, java_script_enabled=False)
    page.goto(shared.base + "/try")
    page.locator("#box").fill("Take it prior to lunch.")
    page.get_by_role("button", name="Check").click()
    page.get_by_text("is a hard word").wait_for()
    page.goto(shared.base + "/article/care/fever")
    page.frame_locator(".preview iframe").get_by_role("heading", name="Fever").first.wait_for()
    page.context.close()


def test_what_was_typed_is_not_lost_when_the_file_changes(served: Served, chromium: Any) -> None:
    page = opened(chromium, served)
    page.goto(served.base + "/article/care/fever")
    box = page.locator("#box")
    box.fill(box.input_value() + "Mine.\n")
    path = served.root / "source/care/fever.md"
    path.write_text(path.read_text("utf-8") + "\nTheirs.\n", "utf-8")
    page.get_by_text("The file was changed by another program").wait_for()
    assert "Mine." in box.input_value()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="Not saved").wait_for()
    assert "Mine." in box.input_value() and "Theirs." in path.read_text("utf-8")
    page.context.close()


def test_in_an_old_page_of_another_run_nothing_is_lost(library: Path, chromium: Any) -> None:
    served = Served(library)
    served.enter()
    answer = served.post("/article/care/fever", {"text": "Mine.", "was": "", "token": "of another run"})
    served.stop()
    assert answer.status == 403
    assert "load it again" in answer.text
