"""Faults that were found by trying to break the promises, and stay mended."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from lxml import html

from pipeline.cli import main
from pipeline.fit import fit
from pipeline.library import parse_article
from pipeline.segments import extract


def build(library: Path, *arguments: str) -> int:
    return main(["--library", str(library), "build", "--jobs", "1", *arguments])


def fever(library: Path, body: str, front: str = "title: Fever") -> Path:
    path = library / "source" / "care" / "fever.md"
    path.write_text(f"---\n{front}\n---\n\n{body}\n", encoding="utf-8")
    return path


def text_of(path: Path) -> str:
    return " ".join(html.fromstring(path.read_bytes()).find(".//main").text_content().split())


def test_a_fix_never_touches_what_stands_between_two_words(library: Path) -> None:
    path = fever(library, "Call the doctor or {{emergency_number}} or the nurse. Take [x](a.md) x now.")
    before = path.read_bytes()
    main(["check", str(path), "--fix"])
    assert path.read_bytes() == before


def test_tildes_between_numbers_are_printed(library: Path) -> None:
    fever(library, "Take 5~10 mg, then 2~3 more.")
    build(library, "--to", "html")
    assert "5~10 mg, then 2~3 more" in text_of(library / "dist/en/care/fever.html")


@pytest.mark.parametrize(
    "body", ["<!-- note --> Take 5 mg.", "<!-- not closed\n\nTake 5 mg.", "<!IMPORTANT never take 7 mg"]
)
def test_text_that_a_comment_swallows_is_an_error(library: Path, body: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(fever(library, body))]) == 1
    assert "[raw-html]" in capsys.readouterr().out


def test_what_can_no_longer_be_made_does_not_stay_behind(library: Path) -> None:
    fever(library, "Take 5 mg.")
    build(library)
    fever(library, "Take 9 mg.\n\n#### Too deep")
    assert build(library) == 2
    assert "9 mg" in text_of(library / "dist/en/care/fever.html")
    assert not (library / "dist/en/care/fever.pdf").exists()


def test_a_broken_catalogue_leaves_no_old_leaflet(library: Path) -> None:
    build(library)
    (library / "translations/es/care/fever.po").write_text("nonsense\n")
    build(library)
    assert not (library / "dist/es/care/fever.html").exists()


def test_a_build_of_a_part_keeps_the_rest(library: Path) -> None:
    build(library)
    build(library, "--language", "es", "--to", "html", str(library / "source/care/cough.md"))
    for path in ("en/care/cough.html", "es/care/fever.pdf", "es/care/cough.pdf", "ar/care/cough.epub"):
        assert (library / "dist" / path).exists(), path


@pytest.mark.parametrize("number", ["0112", "000", "[1, 2]"])
def test_an_emergency_number_that_yaml_misreads_is_refused(
    library: Path, number: str, capsys: pytest.CaptureFixture[str]
) -> None:
    fever(library, "Call {{ emergency_number }} now.", f"title: Fever\nemergency_number: {number}")
    assert build(library, "--to", "html") == 2
    assert "put quotation marks around emergency_number" in capsys.readouterr().err
    fever(library, "Call {{ emergency_number }} now.", 'title: Fever\nemergency_number: "000"')
    build(library, "--to", "html")
    assert "Call 000 now." in text_of(library / "dist/en/care/fever.html")


def test_two_translations_of_one_text_are_not_printed(library: Path) -> None:
    path = library / "translations/es/care/fever.po"
    path.write_text(path.read_text() + '\nmsgid "Fever"\nmsgstr "Calentura"\n')
    build(library, "--to", "html")
    heading = html.fromstring((library / "dist/es/care/fever.html").read_bytes()).find(".//h1")
    assert "Fever" in heading.text_content()


def test_a_translated_underlined_heading_stays_a_heading() -> None:
    text = "Head\n====\n\n| a | b |\n|---|---|\n"
    heading, cell, _ = extract(text)
    assert fit("1. Uno", heading, text) == "1\\. Uno"
    assert fit("Tome\\", cell, text) == "Tome\\ "


@pytest.mark.parametrize(
    "front",
    ["title: T\nrelated: 5", "title: T\nversion: !!bool foo", "title: T\ncodes: {2024-01-01: x}", "title: 12",
     "title: T\nauthors: Somebody", "title: T\nsources: [text]\nmedia: text", "title: null"],
)  # fmt: skip
def test_odd_front_matter_is_no_traceback(library: Path, front: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = fever(library, "Text.", front)
    assert main(["check", str(path)]) in (0, 1)
    # Front matter that cannot be read at all is broken input; odd values are only findings.
    assert build(library) == 2 if "!!bool" in front else build(library) in (0, 1)
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("epoch", ["²", "99999999999999", "253402300800", "0"])
def test_any_source_date_epoch_builds(library: Path, epoch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "SOURCE_DATE_EPOCH", epoch)
    assert build(library, "--language", "es") == 0


IMAGES = [
    "![L](<../images/my lungs.svg>)",
    "![L](../images/my%20lungs.svg)",
    "![L][l]\n\n[l]: <../images/my lungs.svg>",
    "`![x](nope.svg)` and ![L](../images/lungs(1).svg)",
]


@pytest.mark.parametrize("image", IMAGES)
def test_images_are_found_however_they_are_written(library: Path, image: str) -> None:
    drawing = (library / "source/images/lungs.svg").read_bytes()
    for name in ("my lungs.svg", "lungs(1).svg"):
        (library / "source/images" / name).write_bytes(drawing)
    fever(library, image)
    assert build(library, "--language", "en") == 0
    page = html.fromstring((library / "dist/en/care/fever.html").read_bytes())
    assert page.xpath("//main//img/@src")[0].startswith("data:image/svg+xml")


def test_a_heading_without_text_moves_no_anchor(library: Path) -> None:
    fever(library, "## First\n\n##\n\n## Second\n\nSee [it](#second).")
    build(library, "--to", "html")
    page = html.fromstring((library / "dist/en/care/fever.html").read_bytes())
    assert page.xpath("//h2[@id='second']")[0].text_content() == "Second"


def test_the_first_heading_is_a_plain_title() -> None:
    article = parse_article("# Big *heart* [link](b.md) `x_y`\n", Path("a.md"), "a", "en")
    assert article.title == "Big heart link x_y"


def test_files_that_are_no_articles_are_named(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (library / "source" / "top.md").write_text("# Top\n")
    build(library, "--to", "html")
    assert "top.md is not built" in capsys.readouterr().err


def test_a_huge_line_is_not_copied_for_each_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.md"
    path.write_text("# T\n\n" + "[here](a) " * 2000)
    main(["check", str(path), "--format", "json"])
    assert len(capsys.readouterr().out) < 2_000_000


def test_an_article_with_broken_front_matter_is_not_built(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = fever(library, "## Call now\n\nText.", "title: [broken")
    before = path.read_bytes()
    assert build(library, "--to", "html") == 2
    assert f"{path}:3:" in capsys.readouterr().err
    assert not (library / "dist/en/care/fever.html").exists()
    assert (library / "dist/en/care/cough.html").exists()
    assert path.read_bytes() == before
