"""Takes the pictures of the report and of plainleaf serve that the guides show.

    python -m tools.take_pictures [DIR]

Without DIR they replace those of docs/images. They are taken on a copy of this project's own library as it was last
committed, in which a release is marked and then mistakes are made, so that there is something to see. It needs the
packages of plainleaf[desk,pictures], Playwright and a Chromium, the history in Git, and fonts for every script.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

from pipeline import po
from pipeline.audit.auditors import browser
from tools.record_path import START, served

PROJECT = Path(__file__).parent.parent
PICTURES = PROJECT / "docs" / "images"
STATES = 6
"""How many of the last commits that changed the library the trends show."""
COLOURS = 128
"""Of a picture's palette: the pages have few, and the rest are edges of letters."""

LATE = ("next_review: null", "next_review: 2026-03-01")
ASK = "Ask your nurse after 2 days."
DOSE = (
    "Take 5 ml of the medicine 2 times a day, and utilise a mesuring spoon. The medication should of been administered "
    "subsequent to the consumption of nourishment by the individual, unless otherwise instructed by the responsible "
    "clinician or pharmacist."
)
WRONG_DOSE = "Tome 50 ml del medicamento 2 veces al día y use una cuchara medidora."
CARD = "::: {.emergency}\n"
HARD = "You may experience oedema prior to the test. Your haert is a pump.\n\n"
TRIED = (
    "You may experience oedema prior to taking your tablets. The dose should be taken at night, and your doctor will "
    "utilise a number of investigations in order to determine whether the medication that you have been given is "
    "working as it should for you.\n\nYour haert is a pump."
)
_FIRST_WARNING = """() => {
    const pane = document.querySelector("#panel").closest(".pane");
    const found = pane.querySelector(".finding.warning");
    pane.scrollTop += found.getBoundingClientRect().top - pane.getBoundingClientRect().top;
    scrollTo(0, 0);
}"""
TEXT, CHANGED = ("about 1 to 5 weeks", ("1", "11"))


def taken(playwright: Any, root: Path, **ways: Any) -> Iterator[tuple[str, bytes]]:
    """Name and PNG of each picture, on a copy of the library that is made in a folder.

    ways: more for the browser's windows, such as locale and color_scheme.
    """
    copy_library(root)
    running = playwright.chromium.launch(executable_path=browser.find())
    try:
        yield from of_report(running, root, ways)
        make_mistakes(root / "source/heart/heart-murmur.md", (CARD, CARD + HARD))
        with served(root) as address:
            yield from of_serve(running, address, ways)
    finally:
        running.close()


def copy_library(root: Path) -> None:
    """Copy the project as it is in Git, mark releases, make mistakes and a translation with a wrong dose; report."""
    git("clone", "--quiet", PROJECT, root)
    changes = git("-C", root, "log", "--first-parent", "--format=%H", "--", "source", "translations").split()
    tag = ("-C", root, "-c", "tag.gpgSign=false", "tag", "--force")
    git(*tag, "v1.0")
    git(*tag, "v0.9", changes[:STATES][-1])
    article = root / "source/heart/endocarditis.md"
    make_mistakes(article, LATE)
    article.write_text(f"{article.read_text('utf-8')}\n{ASK}\n\n{DOSE}\n", "utf-8")
    plainleaf(root, "extract")
    catalogue = root / "translations/es/heart/endocarditis.po"
    file = po.parse(catalogue.read_text("utf-8"))
    next(entry for entry in file.entries if entry.msgid == DOSE).set_value("msgstr", WRONG_DOSE)
    catalogue.write_text(file.render(), "utf-8")
    plainleaf(root, "report", "--since", "v0.9")


def make_mistakes(path: Path, change: tuple[str, str]) -> None:
    """Change a text that an article has. Raises SystemExit when it no longer has it."""
    old, new = change
    text = path.read_text("utf-8")
    if old not in text:
        raise SystemExit(f"take_pictures: {path} has no {old!r} any more: choose another place for the mistake")
    path.write_text(text.replace(old, new, 1), "utf-8")


def of_report(running: Any, root: Path, ways: dict[str, Any]) -> Iterator[tuple[str, bytes]]:
    """The pictures of the report's pages, opened from their folder; the wide ones at three quarters of their size."""
    folder = root / "dist/report"

    def opened(path: str, width: int, height: int, scale: float = 0.75) -> Any:
        page = running.new_page(
            viewport={"width": width, "height": height}, device_scale_factor=scale, reduced_motion="reduce", **ways
        )
        page.goto((folder / path).as_uri())
        return page

    page = opened("index.html", 1280, 960)
    page.locator(".filters").wait_for()
    yield "report-glance", page.screenshot()

    page = opened("index.html", 320, 960, 1)
    page.locator(".filters").wait_for()
    page.evaluate("scrollTo(0, document.querySelector('.grid').getBoundingClientRect().top + scrollY - 80)")
    yield "report-phone", page.screenshot()

    page = opened("en/heart/endocarditis.html", 1280, 820)
    page.locator("li.finding", has_text="mesuring").first.scroll_into_view_if_needed()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    yield "report-article", page.screenshot()

    page = opened("es/heart/endocarditis.html", 1280, 620)
    asked = page.locator("table.pairs tr", has_text=ASK).first
    asked.evaluate("place => scrollTo(0, place.getBoundingClientRect().top + scrollY - 16)")
    yield "report-translation", page.screenshot()
    yield "report-trends", opened("trends.html", 1000, 900).screenshot()


def of_serve(running: Any, address: str, ways: dict[str, Any]) -> Iterator[tuple[str, bytes]]:
    """The pictures of plainleaf serve, from the address that works once."""
    page = running.new_page(viewport={"width": 1200, "height": 720}, reduced_motion="reduce", **ways)
    page.set_default_timeout(60_000)
    page.goto(address)
    base = address.partition("/enter/")[0]

    page.goto(f"{base}/article/heart/heart-murmur")
    # The page asks once whether the file has changed since, and then draws its findings anew.
    page.wait_for_timeout(1500)
    page.locator("#panel li.finding.error", has_text="haert").locator("button").first.click()
    page.evaluate(_FIRST_WARNING)
    yield "serve-article", page.screenshot()

    page.goto(f"{base}/try")
    page.locator("#box").fill(TRIED)
    page.locator("li.finding.error", has_text="haert").wait_for()
    yield "serve-try", page.screenshot()

    page.goto(f"{base}/translate/es/heart/rheumatic-heart-disease")
    area = page.locator(".segment", has_text=TEXT).locator("textarea").first
    area.fill(area.input_value().replace(*CHANGED, 1))
    page.locator(".segment .finding.error").first.wait_for()
    area.evaluate("place => scrollBy(0, place.closest('.segment').getBoundingClientRect().top - 90)")
    page.frame_locator(".preview iframe").locator("h1").wait_for()
    yield "serve-translate", page.screenshot()


def smaller(picture: bytes) -> bytes:
    """A PNG with a palette."""
    image: Any = import_module("PIL.Image")
    written = BytesIO()
    with image.open(BytesIO(picture)) as found:
        # By coverage, since by frequency the few pixels of a red sign turn brown.
        few = found.convert("RGB").quantize(COLOURS, image.Quantize.MAXCOVERAGE, dither=image.Dither.NONE)
        few.save(written, "PNG", optimize=True)
    return written.getvalue()


def git(*arguments: str | Path) -> str:
    """What Git prints."""
    return subprocess.run(["git", *arguments], check=True, stdout=subprocess.PIPE, text=True).stdout


def plainleaf(root: Path, *arguments: str) -> None:
    """Run a command of plainleaf on a library; findings are no reason to stop."""
    # -P: the copy has modules of the same names, as they were committed.
    subprocess.run([sys.executable, "-P", "-c", START, *arguments], cwd=root, check=True, stdout=subprocess.DEVNULL)


def main(arguments: list[str]) -> int:
    """Take every picture. Returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", metavar="DIR", type=Path, nargs="?", default=PICTURES)
    chosen = parser.parse_args(arguments)
    if reason := browser.missing():
        print(f"take_pictures: {reason}", file=sys.stderr)
        return 2
    # "Today" is the day of the last commit, so that the same commit gives the same pictures.
    os.environ["SOURCE_DATE_EPOCH"] = git("-C", PROJECT, "log", "-1", "--format=%ct").strip()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    api: Any = import_module("playwright.sync_api")
    with tempfile.TemporaryDirectory() as scratch, api.sync_playwright() as playwright:
        for name, picture in taken(playwright, Path(scratch) / "library", locale="en-GB"):
            path = chosen.folder / f"{name}.png"
            path.write_bytes(smaller(picture))
            print(f"{path}: {path.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
