"""What the report tells of the past: the last release, and trends over the Git history."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from desk import Desk
from lxml import html
from report_samples import told

from pipeline.library import open_library
from pipeline.overview.charts import Series, line_chart
from pipeline.overview.past import Commit, commits, figures_over_time, thinned

if not shutil.which("git"):
    pytest.skip("no Git on PATH", allow_module_level=True)


def git(root: Path, *arguments: str) -> None:
    person = ["-c", "user.name=Example", "-c", "user.email=example@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(root), *person, *arguments], check=True, capture_output=True)


def commit(root: Path, message: str) -> None:
    git(root, "add", "-A", "source", "translations")
    git(root, "commit", "-q", "--allow-empty", "-m", message)


@pytest.fixture
def dated(desk: Desk) -> Desk:
    """A library in Git: it is released, then a word goes wrong, then a translation goes stale."""
    git(desk.root, "init", "-q", "-b", "main")
    commit(desk.root, "The library")
    git(desk.root, "tag", "v1.0")
    desk.edit(desk.article, "plenty of water", "plenty of watter")
    commit(desk.root, "A slip")
    (desk.root / "README.md").write_text("nothing of the library", "utf-8")
    git(desk.root, "add", "README.md")
    git(desk.root, "commit", "-qm", "Not the library")
    desk.edit(desk.article, "5 ml of the syrup", "10 ml of the syrup")
    desk.run("extract")
    commit(desk.root, "A dose")
    return desk


def page(desk: Desk, path: str) -> html.HtmlElement:
    return html.fromstring((desk.root / "dist/report" / path).read_text("utf-8"))


def rows(found: html.HtmlElement, name: str) -> list[list[str]]:
    """The table beside a chart, without the day and the commit."""
    (table,) = found.xpath(f'//section[h2[@id="{name}"]]//table')
    return [[cell.text_content() for cell in row[2:]] for row in table.xpath(".//tbody/tr")]


def test_trends_show_each_state_as_check_and_status_see_it(
    dated: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert dated.run("report", "--since", "v1.0")[0] == 0
    found = page(dated, "trends.html")
    assert len(rows(found, "findings")) == 3, "the commit that is not the library's is left out"
    for number, revision in ((0, "v1.0"), (1, "HEAD~2"), (2, "HEAD")):
        copy = tmp_path / f"copy{number}"
        git(dated.root, "worktree", "add", "-f", str(copy), revision)
        severities = [finding["severity"] for finding in told(copy, capsys, "check")]
        want = [str(severities.count(name)) for name in ("error", "warning", "review")]
        assert rows(found, "findings")[number] == want
        (standing,) = told(copy, capsys, "status")["translations"]
        assert rows(found, "stale")[number] == [str(standing["fuzzy"])]
        share = 100 * standing["translated"] / standing["total"]
        assert float(rows(found, "coverage")[number][0]) == pytest.approx(share, abs=0.06)
        reading = next(r for r in told(copy, capsys, "reading") if r["language"] == "en")
        assert float(rows(found, "grade")[number][0]) == pytest.approx(
            reading["prose_only"]["scores"][0]["value"], abs=0.06
        )


def test_charts_have_names_and_descriptions(dated: Desk) -> None:
    dated.run("report", "--since", "2000-01-01")
    charts = page(dated, "trends.html").xpath("//*[name()='svg']")
    assert len(charts) == 4
    for chart in charts:
        assert chart.get("role") == "img"
        named = [chart.xpath(f"./*[@id='{name}']")[0].text_content() for name in chart.get("aria-labelledby").split()]
        assert all(named)
    assert "Errors: 0, then" in charts[1].xpath("./*[name()='desc']")[0].text_content()


def test_what_was_found_of_a_state_is_found_again(dated: Desk) -> None:
    library = open_library(dated.root)
    chosen = commits(library.root, "v1.0")
    first = list(figures_over_time(library, chosen, lambda *_: None))
    for path in (dated.root / ".plainleaf").glob("*.sqlite"):
        if path.name != "trends.sqlite":
            path.unlink()
    assert list(figures_over_time(library, chosen, lambda *_: None)) == first
    (dated.root / ".plainleaf/trends.sqlite").write_text('{"broken": 1', "utf-8")
    assert list(figures_over_time(library, chosen, lambda *_: None)) == first


def test_a_state_that_cannot_be_opened_is_told(dated: Desk) -> None:
    right = dated.settings.read_text("utf-8")
    dated.settings.write_text("languages = [", "utf-8")
    commit(dated.root, "Settings break")
    dated.settings.write_text(right, "utf-8")
    commit(dated.root, "Settings are mended")
    assert dated.run("report", "--since", "v1.0")[0] == 0
    found = page(dated, "trends.html")
    assert "Settings break" in found.find_class("notice")[0].text_content()
    assert len(rows(found, "findings")) == 4


@pytest.mark.parametrize("since", ["v9.9", "--all", "2026-99-99..HEAD"])
def test_a_revision_that_is_not_there_is_an_error(dated: Desk, since: str) -> None:
    status, _, errors = dated.run("report", f"--since={since}")
    assert status == 2
    assert "revision" in errors


def test_without_git_the_report_is_made_and_says_why_it_knows_no_release(desk: Desk) -> None:
    assert desk.run("report")[0] == 0
    (told_,) = page(desk, "index.html").xpath('//dt[.="Changed since the last release"]/following-sibling::dd')
    assert "Git" in told_.text_content() or "release" in told_.text_content()


def test_a_changed_dose_is_told_on_the_page_of_each_language(dated: Desk) -> None:
    dated.run("report")
    for path in ("en/care/cough.html", "es/care/cough.html"):
        changed = page(dated, path).xpath('//section[h2[@id="changed"]]')[0].text_content()
        assert "What changed since v1.0" in changed
        assert "recall them" in changed
    english = page(dated, "en/care/cough.html").xpath('//section[h2[@id="changed"]]')[0]
    assert ("5", "10") in zip([d.text for d in english.iter("del")], [i.text for i in english.iter("ins")], strict=True)


def test_a_page_is_made_anew_when_what_it_tells_has_changed(dated: Desk) -> None:
    dated.run("report")
    before = page(dated, "es/care/cough.html").text_content()
    git(dated.root, "tag", "v1.1")
    dated.run("report")
    after = page(dated, "es/care/cough.html").text_content()
    assert "since v1.0" in before
    assert "since v1.1" in after


def test_of_many_commits_those_at_even_distances_are_looked_at() -> None:
    many = [Commit(str(n), None, "") for n in range(1000)]  # type: ignore[arg-type]
    chosen = thinned(many, 10)
    assert [c.sha for c in chosen] == ["0", "111", "222", "333", "444", "555", "666", "777", "888", "999"]
    assert thinned(many[:7], 10) == many[:7]


def test_labels_of_lines_that_end_together_stand_apart() -> None:
    lines = [Series(name, [3, 3], look) for name, look in (("a", "error"), ("b", "warning"), ("c", "review"))]
    chart = line_chart("x", "t", "d", moments=[0, 1], labels=["first", "last"], lines=lines)
    heights = [float(y) for y in re.findall(r'<text class="end \w+" x="\d+" y="([\d.]+)"', chart)]
    assert len(heights) == 3
    assert min(abs(a - b) for a in heights for b in heights if a is not b) >= 15


def ticks(chart: str) -> list[str]:
    """The figures beside a chart, from below."""
    return re.findall(r'<text class="tick"[^>]*>([^<]*)', chart)


def test_counts_stand_beside_whole_numbers(dated: Desk) -> None:
    dated.run("report", "--since", "v1.0")
    charts = page(dated, "trends.html").xpath("//*[name()='svg']")
    _, findings, _, stale = (html.tostring(chart, encoding="unicode") for chart in charts)
    assert ticks(stale) == ["0", "1"]
    assert all(figure.isdecimal() for figure in ticks(findings))


@pytest.mark.parametrize("most", [0, 1, 2, 3, 5, 7, 9, 10, 11, 14, 37, 88, 99, 100, 101, 12345])
def test_a_chart_of_counts_has_at_least_two_ticks_and_no_fraction(most: int) -> None:
    lines = [Series("count", [0, most], "plain")]
    chart = line_chart("x", "t", "d", moments=[0, 1], labels=["first", "last"], lines=lines, whole=True)
    found = [float(figure) for figure in ticks(chart)]
    assert all(figure.is_integer() for figure in found)
    assert 2 <= len(found) <= 6
    assert found[0] == 0
    assert found[-1] >= most
