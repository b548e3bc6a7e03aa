"""Goes a person's whole path in a browser, and leaves a picture of each step.

    python -m tools.record_path DIR [--video]

The path: the report, its worst article, the word that is wrong, the same place in plainleaf serve, the finding that
goes, the printed leaflet, the report made again, and the signature under the Spanish translation. It is gone on a copy
of the tests' library with a mistake put in: wide and on a phone, light and dark, in English and Spanish. With --video
each way is recorded too, as WebM. It needs the packages of plainleaf[desk], Playwright and a Chromium.
"""

from __future__ import annotations

import argparse
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from pipeline.audit.auditors import browser

LIBRARY = Path(__file__).parent.parent / "tests" / "library"
ARTICLE = "source/care/cough.md"
MISTAKE = "You may have oedema prior to lunch. Your haert is a pump."
WRONG, RIGHT = "haert", "heart"
SIGNER = "Example Translator"
WAYS: dict[str, dict[str, Any]] = {
    "wide-light-en": {"viewport": {"width": 1280, "height": 900}, "locale": "en-GB"},
    "wide-dark-es": {"viewport": {"width": 1280, "height": 900}, "locale": "es-ES", "color_scheme": "dark"},
    "phone-light-es": {"viewport": {"width": 360, "height": 740}, "locale": "es-ES"},
    "phone-dark-en": {"viewport": {"width": 360, "height": 740}, "locale": "en-GB", "color_scheme": "dark"},
}
"""Window, language and colours in which the path is gone."""
START = "from pipeline.cli import entry; entry()"
_REPORT = 'a[href="/report/index.html"]'
_SELECTED = "area => area.value.slice(area.selectionStart, area.selectionEnd)"


def put_mistake(root: Path) -> None:
    """Write the mistake into an article of a library."""
    path = root / ARTICLE
    path.write_text(path.read_text("utf-8") + f"\n{MISTAKE}\n", "utf-8")


def walk(page: Any, address: str, step: Callable[[str], None]) -> None:
    """Go the path, from the address that works once, on a library with the mistake.

    step: called with a name when a page stands as it should. Raises Playwright's error where something does not come.
    """
    page.goto(address)
    page.locator(_REPORT).first.click()
    page.locator('main form[action="/report/"] button').click()
    worst = page.locator(".grid tbody tr").first
    worst.locator('td[data-language="en"] .sev.error').wait_for()
    page.locator(".filters").wait_for()
    step("1 the report, with what needs a person first")

    worst.locator("th a").click()
    finding = page.locator("li.finding.error", has_text=WRONG)
    finding.scroll_into_view_if_needed()
    step("2 the worst article, with its findings")

    finding.locator("a.edit").click()
    area, live = page.locator("#box"), page.locator("#panel li.finding.error", has_text=WRONG)
    live.wait_for()
    page.wait_for_function(f"() => ({_SELECTED})(document.getElementById('box')) === '{WRONG}'")
    step("3 the same place, to be written")

    live.locator(f'button[data-swap="{RIGHT}"]').click()
    live.wait_for(state="detached")
    area.scroll_into_view_if_needed()
    step("4 the finding goes")
    page.locator(".writing button[type=submit]").click()
    page.locator(".notice.good").wait_for()

    page.locator("#tab-paper").click()
    page.locator("#pane-paper img").first.wait_for()
    page.locator("#pane-paper").scroll_into_view_if_needed()
    step("5 the printed leaflet")

    page.locator(_REPORT).first.click()
    page.locator(".served button").click()
    page.locator('.grid td[data-language="en"] .sev.error').wait_for(state="detached")
    page.locator(".filters").wait_for()
    step("6 the report, made again")

    page.locator('.grid td[data-language="es"] a').first.click()
    page.locator("p.edit a").click()
    page.locator(".segment textarea").first.wait_for()
    step("7 the Spanish translation")
    page.locator('a[href^="/sign/es/"]').first.click()
    page.locator('input[name="role"]').first.check()
    page.locator('input[name="name"]').fill(SIGNER)
    page.locator('input[name="credential"]').fill("example credential")
    page.locator('input[name="read"]').check()
    step("8 the signature")
    page.locator("main form button[type=submit]").last.click()
    page.locator(".notice.good").wait_for()
    step("9 signed")


@contextmanager
def served(root: Path) -> Iterator[str]:
    """Run plainleaf serve on a library: the address that works once."""
    command = [sys.executable, "-u", "-c", START, "--library", str(root), "serve", "--no-open", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            found = next(
                (match[0] for line in process.stdout if (match := re.search(r"http://\S+/enter/\S+", line))), ""
            )
            if not found:
                raise SystemExit("plainleaf serve has told no address")
            yield found
        finally:
            process.send_signal(signal.SIGINT)


def record(folder: Path, way: str, running: Any, *, with_video: bool) -> None:
    """Go the path in one way, and leave its pictures in a folder of the way's name."""
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch) / "library"
        shutil.copytree(LIBRARY, root)
        put_mistake(root)
        own = folder / way
        video = {"record_video_dir": str(own)} if with_video else {}
        with served(root) as address:
            context = running.new_context(**WAYS[way], **video, reduced_motion="reduce")
            page = context.new_page()
            page.set_default_timeout(60_000)
            walk(
                page,
                address,
                lambda name: page.screenshot(path=str(own / f"{name.replace(',', '').replace(' ', '-')}.png")),
            )
            context.close()


def main(arguments: list[str]) -> int:
    """Record the path in every way. Returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", metavar="DIR", type=Path)
    parser.add_argument("--video", action="store_true")
    parser.add_argument("--way", choices=WAYS, action="append", help="may be given more than once (default: all)")
    chosen = parser.parse_args(arguments)
    if reason := browser.missing():
        print(f"record_path: {reason}", file=sys.stderr)
        return 2
    api: Any = import_module("playwright.sync_api")
    with api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=browser.find())
        for way in chosen.way or WAYS:
            record(chosen.folder, way, running, with_video=chosen.video)
            print(f"{chosen.folder / way}")
        running.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
