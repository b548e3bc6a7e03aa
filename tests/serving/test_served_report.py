"""The report as it is served, with links to where each text is changed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from serving_client import Served, article


def test_the_report_leads_to_where_each_text_is_changed(served: Served) -> None:
    path = article(served)
    path.write_text(path.read_text("utf-8") + "\nYour haert is a pump.\n", "utf-8")
    assert "Make the report" in served.get("/report/").text
    assert not (served.root / "dist/report").exists(), "to look changes nothing"
    assert served.post("/report/", {}).status == 303
    page = served.get("/report/en/care/fever.html")
    line = path.read_text("utf-8").splitlines().index("Your haert is a pump.") + 1
    assert f'href="/article/care/fever#at-{line}-6"' in page.text
    assert 'href="/article/care/fever"' in page.text
    ids = re.findall(r'href="/translate/ar/care/cough#(\w+)"', served.get("/report/ar/care/cough.html").text)
    assert ids and all(f'id="{one}"' in served.get("/translate/ar/care/cough").text for one in ids)


def test_the_report_that_is_opened_from_its_folder_names_the_command(served: Served) -> None:
    served.post("/report/", {})
    page = (served.root / "dist/report/en/care/fever.html").read_text("utf-8")
    assert re.search(r"plainleaf serve [^<]*source/care/fever\.md</code>", page)
    assert "/article/care/fever#" not in page and served.token not in page


@pytest.mark.parametrize("path", ["pages.json", "../manifest.json", "..%2f..%2fsource/library.toml", "en/care/no.html"])
def test_nothing_else_is_given_out_with_the_report(served: Served, path: str) -> None:
    served.post("/report/", {})
    assert served.get(f"/report/{path}").status == 404


def test_scripts_of_the_report_run_and_no_others(served: Served) -> None:
    served.post("/report/", {})
    policy = served.get("/report/index.html").headers["content-security-policy"]
    assert policy.count("'sha256-") == 1 and "unsafe" not in policy and "file:" not in policy


def test_one_may_begin_with_an_article(library: Path) -> None:
    begun = Served(library, str(library / "translations/es/care/cough.po"))
    assert begun.enter().headers["location"] == "/translate/es/care/cough"
    begun.stop()
