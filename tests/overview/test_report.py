"""The report for editors: the numbers of check and status, every finding in its place, nothing of an article run."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from urllib.parse import unquote

import pytest
from desk import Desk
from lxml import html
from report_samples import Report

from pipeline.cli import main
from pipeline.overview.folder import LARGEST
from pipeline.overview.portions import portions

FINDINGS = '//li[starts-with(@id, "f")]'


def text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def ids(page: html.HtmlElement) -> set[str]:
    return set(page.xpath("//@id"))


def test_totals_are_those_of_check(reported: Report) -> None:
    want = Counter(found["severity"] for found in reported.findings)
    (shown,) = reported.page().xpath('//dt[.="Findings"]/following-sibling::dd')
    numbers = {word: int(n) for n, word in re.findall(r"(\d+) (error|warning|to review)", text(shown))}
    assert numbers == {"error": want["error"], "warning": want["warning"], "to review": want["review"]}


def test_every_finding_of_check_stands_on_the_page_of_its_file(reported: Report) -> None:
    by_path: dict[str, list[str]] = {}
    for found in reported.findings:
        by_path.setdefault(Path(found["path"]).relative_to(reported.root).as_posix(), []).append(found["message"])
    for path, messages in by_path.items():
        language, name = re.fullmatch(r"(?:source|translations/(\w+))/(.+)\.\w+", path).groups()  # type: ignore[union-attr]
        if "/" not in name:
            assert all(message in text(reported.page()) for message in messages)
            continue
        shown = [text(item) for item in reported.page(f"{language or 'en'}/{name}.html").xpath(FINDINGS)]
        assert len(shown) == len(messages)
        assert all(any(" ".join(message.split()) in item for item in shown) for message in messages)


def test_every_finding_is_listed_under_its_check(reported: Report) -> None:
    for name, number in Counter(found["check"] for found in reported.findings).items():
        assert len(reported.page(f"checks/{name}.html").xpath("//tbody/tr")) == number


def test_a_word_is_marked_where_it_stands_and_leads_to_its_finding(reported: Report) -> None:
    page = reported.page("en/care/cough.html")
    (mark,) = [m for m in page.iter("mark") if "vavle" in m.text_content()]
    assert "Error" in mark.text_content()
    assert mark.getnext().get("href")[1:] in ids(page)


def test_every_link_of_every_page_leads_somewhere(reported: Report) -> None:
    pages = {path.resolve(): html.fromstring(path.read_text("utf-8")) for path in reported.folder.rglob("*.html")}
    for path, page in pages.items():
        for href in page.xpath("//@href | //@src"):
            target, _, place = href.partition("#")
            found = (path.parent / target).resolve() if target else path
            assert found.is_file(), f"{path}: {href}"
            assert not place or place in ids(pages[found]), f"{path}: {href}"


def test_names_of_files_may_hold_any_sign(library: Path) -> None:
    topic = library / 'source/care & "more" #2'
    topic.mkdir()
    (library / "source/care/fever.md").rename(topic / "50% of <b>it #1?.md")
    assert main(["--library", str(library), "report"]) == 0
    folder = library / "dist/report"
    for path in folder.rglob("*.html"):
        page = html.fromstring(path.read_text("utf-8"))
        assert "<b>it" not in html.tostring(page, encoding="unicode")
        for href in page.xpath("//@href"):
            assert not href.partition("#")[0] or (path.parent / unquote(href.partition("#")[0])).is_file(), href


def test_standings_are_those_of_status(reported: Report) -> None:
    for row in reported.standings:
        page = reported.page(f"languages/{row['language']}.html")
        cells = [[text(c) for c in tr] for tr in page.xpath("//tbody/tr")]
        assert len(cells) == 2
        found = next(c for c in cells if c[0].startswith(row["article"].rpartition("/")[2].capitalize()))
        share = row["translated"] * 100 // row["total"]
        assert (found[2].rstrip("% \u00a0"), found[3]) == (str(share), str(row["unsigned"]))
        assert page.xpath(
            f'//span[contains(@class, "state {"stale" if row["state"] == "out of date" else row["state"]}")]'
        )


def test_nothing_of_an_article_runs_and_nothing_comes_from_elsewhere(reported: Report) -> None:
    for path in reported.folder.rglob("*.html"):
        page = html.fromstring(path.read_text("utf-8"))
        (policy,) = page.xpath('//meta[@http-equiv="Content-Security-Policy"]/@content')
        scripts = page.xpath("//script")
        assert len(scripts) == policy.count("'sha256-")
        assert not any("alert" in script.text for script in scripts)
        assert not page.xpath("//@onclick | //@style | //style")
        assert not [a for a in page.xpath("//@href | //@src") if ":" in a.partition("#")[0]]
    assert "<script>alert(1)</script>" in text(reported.page("en/care/cough.html"))


def test_tables_have_captions_and_scoped_headers(reported: Report) -> None:
    for path in reported.folder.rglob("*.html"):
        for table in html.fromstring(path.read_text("utf-8")).iter("table"):
            assert table.xpath("caption")
            assert all(th.get("scope") in ("col", "row") for th in table.iter("th"))


def test_the_same_library_gives_the_same_bytes(reported: Report) -> None:
    before = {path: path.read_bytes() for path in reported.folder.rglob("*.*")}
    assert main(["--library", str(reported.root), "report"]) == 0
    assert {path: path.read_bytes() for path in reported.folder.rglob("*.*")} == before


def test_several_processes_give_the_same_bytes(reported: Report, tmp_path: Path) -> None:
    again = tmp_path / "again"
    assert main(["--library", str(reported.root), "report", "--jobs", "2", "--output", str(again)]) == 0
    files = {path.relative_to(reported.folder): path.read_bytes() for path in reported.folder.rglob("*.*")}
    assert {path.relative_to(again): path.read_bytes() for path in again.rglob("*.*")} == files


def test_only_what_has_changed_is_written_again(reported: Report) -> None:
    before = {path: path.stat().st_mtime_ns for path in reported.folder.glob("*/care/*.html")}
    fever = reported.root / "source/care/fever.md"
    fever.write_text(fever.read_text("utf-8") + "\nRest well.\n", "utf-8")
    assert main(["--library", str(reported.root), "report"]) == 0
    changed = {
        path.relative_to(reported.folder).as_posix() for path in before if path.stat().st_mtime_ns != before[path]
    }
    assert "en/care/fever.html" in changed
    assert not {name for name in changed if "cough" in name}


def test_what_the_report_made_itself_is_seen_when_a_word_list_changes(reported: Report) -> None:
    assert "vavle" in text(reported.page("checks/spelling.html"))
    (reported.root / "source/wordlist.txt").write_text("vavle\nleeks\nzorblax\n", "utf-8")
    assert main(["--library", str(reported.root), "report"]) == 0
    assert "vavle" not in text(reported.page("checks/spelling.html"))


def test_portions_stay_when_articles_come(tmp_path: Path) -> None:
    files = [tmp_path / f"care/article-{n}.md" for n in range(40)]
    few, more = (portions(files[:count], tmp_path) for count in (39, 40))
    assert sorted(path for part in more for path in part.files) == sorted(files)
    own = {part.name: set(part.files) for part in more}
    assert all(set(part.files) <= own[part.name] for part in few)


def test_a_file_that_cannot_be_read_is_told_first(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (library / "source/care/cough.md").write_bytes(b"\xff\xfe broken")
    (library / "translations/es/care/fever.po").write_text('msgid "open\n', "utf-8")
    assert main(["--library", str(library), "report"]) == 2
    assert "cough.md:1:1: not UTF-8" in capsys.readouterr().err
    page = html.fromstring((library / "dist/report/index.html").read_text("utf-8"))
    notice = text(page.find_class("notice")[0])
    assert "cough.md:1:1: not UTF-8" in notice
    assert "fever.po" in notice
    rows = [text(row) for row in page.xpath("//table[contains(@class, 'grid')]/tbody/tr")]
    assert "1 file cannot be read" in rows[0]
    assert "1 file cannot be read" in rows[1]


def test_a_build_leaves_the_report_alone_and_never_lists_it(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build = ["--library", str(library), "build", "--to", "html", "--jobs", "1"]
    main(build)
    main(build)  # The first may have begun within the clock's step of the last change, and is not trusted then.
    assert main(["--library", str(library), "report"]) == 0
    before = {path: path.read_bytes() for path in (library / "dist/report").rglob("*.*")}
    capsys.readouterr()
    main(build)
    assert "nothing has changed" in capsys.readouterr().out
    (library / "source/care/fever.md").write_text("---\ntitle: Fever\nlang: en\n---\n\nRest.\n", "utf-8")
    main(build)
    assert {path: path.read_bytes() for path in (library / "dist/report").rglob("*.*")} == before
    outputs = json.loads((library / "dist/manifest.json").read_text("utf-8"))["outputs"]
    assert not [path for path in outputs if path.startswith("report")]


def test_pages_of_an_article_that_is_gone_go_too(reported: Report) -> None:
    (reported.root / "source/care/fever.md").unlink()
    (reported.folder / "mine.txt").write_text("of somebody else", "utf-8")
    assert main(["--library", str(reported.root), "report"]) == 0
    assert not list(reported.folder.rglob("fever.html"))
    assert (reported.folder / "mine.txt").is_file()


@pytest.mark.parametrize("place", ["source", "translations/desk", "dist/web", "."])
def test_it_never_writes_over_something_else(library: Path, place: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = sorted(path for path in library.rglob("*"))
    assert main(["--library", str(library), "report", "--output", str(library / place)]) == 2
    assert "another folder" in (told := capsys.readouterr().err) or "patients" in told
    assert sorted(path for path in library.rglob("*")) == before


def test_a_folder_with_other_files_is_refused(
    library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos/cat.jpg").write_bytes(b"cat")
    assert main(["--library", str(library), "report", "--output", str(tmp_path / "photos")]) == 2
    assert "no report" in capsys.readouterr().err
    assert [path.name for path in (tmp_path / "photos").iterdir()] == ["cat.jpg"]


def test_in_spanish_every_word_of_the_page_is_spanish(pages: Path) -> None:
    for path in (pages / "es").rglob("*.html"):
        page = html.fromstring(path.read_text("utf-8"))
        assert page.get("lang") == "es"
        own = " ".join(e.text_content() for e in page.xpath("//h2 | //caption | //thead//th | //dt | //label"))
        assert not re.search(r"\b(the|of|Findings|Article|Reading|Language|Severity)\b", own), path


def test_a_long_article_is_shown_whole_in_parts(library: Path) -> None:
    body = "\n\n".join(f"Paragraph {n}: the vavle leeks, and you must not wait {n} days for help." for n in range(4000))
    (library / "source/care/long.md").write_text(f"---\ntitle: Long\nlang: en\n---\n\n{body}\n", "utf-8")
    main(["--library", str(library), "report"])
    folder = library / "dist/report"
    parts = sorted(folder.glob("en/care/long*.html"))
    assert len(parts) > 1
    assert max(path.stat().st_size for path in folder.rglob("*.html")) < LARGEST
    shown = "".join(path.read_text("utf-8") for path in parts)
    assert all(f"Paragraph {n}: " in shown for n in range(4000))


def test_what_a_stale_translation_says_of_its_source(desk: Desk) -> None:
    desk.sign_all()
    desk.edit(desk.article, "5 ml of the syrup, 2 times", "10 ml of the syrup, 3 times")
    desk.run("extract")
    assert desk.run("report")[0] == 0
    page = html.fromstring((desk.root / "dist/report/es/care/cough.html").read_text("utf-8"))
    assert [d.text for d in page.iter("del")] == ["5", "2"]
    assert [d.text for d in page.iter("ins")] == ["10", "3"]
    assert "Out of date" in text(page.xpath("//dl")[0])
    index = html.fromstring((desk.root / "dist/report/index.html").read_text("utf-8"))
    assert "1 translation out of date" in text(index.xpath("//tbody/tr")[0])


def test_a_number_that_differs_stands_out_on_both_sides(desk: Desk) -> None:
    desk.fill({"Take 5 ml of the syrup, 2 times a day.": "Tome 50 ml del jarabe, 2 veces al día."})
    desk.run("report")
    page = html.fromstring((desk.root / "dist/report/es/care/cough.html").read_text("utf-8"))
    assert [text(e) for e in page.find_class("differs")][1:] == ["5 ml", "50 ml"], "after that of the legend"


@pytest.mark.parametrize("name", ["index", "trends", "meeting", "checks"])
def test_the_library_here_has_every_page(pages: Path, name: str) -> None:
    assert (pages / f"en/{name}.html").is_file()
