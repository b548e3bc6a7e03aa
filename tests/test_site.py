"""The site of the documentation: strict, without network, and for everyone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tools import make_site

pytest.importorskip("sphinx", reason="the site needs plainleaf[docs]")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    assert make_site.main([str(folder)]) == 0
    return folder


def test_every_page_is_in_it_and_in_its_contents(site: Path) -> None:
    contents = (site / "index.html").read_text("utf-8")
    for page in (make_site.ROOT / "docs").glob("*.md"):
        assert (site / f"{page.stem}.html").is_file()
        assert f'href="{page.stem}.html"' in contents or page.stem == "index"


def test_nothing_is_fetched(site: Path) -> None:
    for page in site.glob("*.html"):
        text = page.read_text("utf-8")
        assert not re.findall(r'<(?:script|img|link|iframe)\b[^>]*(?:src|href)="(?:https?:)?//[^"]*"', text), page.name
    for sheet in site.rglob("*.css"):
        assert not re.findall(r"(?:@import|url\()\s*[\"']?(?:https?:)?//", sheet.read_text("utf-8")), sheet.name


def test_a_link_that_leads_nowhere_stops_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "index.md").write_text("# Page\n\n[here](gone.md) and [there](#gone)\n", "utf-8")
    (tmp_path / "CONTRIBUTING.md").write_text("# Contributing\n", "utf-8")
    monkeypatch.setattr(make_site, "ROOT", tmp_path)
    assert make_site.main([str(tmp_path / "site")]) != 0
    told = capsys.readouterr().err
    assert "gone.md" in told and "'gone'" in told


@pytest.mark.slow
def test_axe_and_search_in_a_browser(site: Path) -> None:
    playwright = pytest.importorskip("playwright.sync_api")
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    from pipeline.audit.auditors import browser  # noqa: PLC0415 - it needs playwright

    if browser.missing():
        pytest.skip(browser.missing())
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=browser.find(), args=["--no-sandbox"])
        for scheme in ("light", "dark"):
            page = chromium.new_page(color_scheme=scheme, viewport={"width": 320, "height": 700})
            for name in ("index", "tutorial", "checks", "vendors", "search"):
                page.goto((site / f"{name}.html").as_uri())
                found = axe.Axe().run(page).response["violations"]
                assert [(row["id"], row["nodes"][0]["html"][:200]) for row in found] == [], name
                assert page.evaluate("document.documentElement.scrollWidth") <= 320, f"{name} scrolls sideways"
        page.goto((site / "search.html").as_uri() + "?q=fuzzy")
        page.wait_for_selector("#search-results li a")
        assert "Catalogues" in page.inner_text("#search-results")
        chromium.close()
