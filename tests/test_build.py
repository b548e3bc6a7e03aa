"""A whole build of a small library, as readers get it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import html

from pipeline.cli import main


def build(library: Path, *arguments: str) -> int:
    return main(["--library", str(library), "build", "--jobs", "1", *arguments])


def page(path: Path) -> html.HtmlElement:
    return html.fromstring(path.read_bytes())


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The test library, built once."""
    folder = tmp_path_factory.mktemp("build") / "library"
    shutil.copytree(Path(__file__).parent / "library", folder)
    assert build(folder, "--to", "html,epub,pdf,md") == 1, "a stale dose is an error"
    return folder / "dist"


def test_every_leaflet_is_there(built: Path) -> None:
    names = {p.relative_to(built).as_posix() for p in built.rglob("*") if p.is_file()}
    articles = {"en/care/cough", "en/care/fever", "es/care/cough", "es/care/fever", "ar/care/cough"}
    leaflets = {f"{article}.{suffix}" for article in articles for suffix in ("html", "epub", "pdf", "md")}
    indexes = {"index.html", "en/index.html", "es/index.html", "ar/index.html", "manifest.json"}
    indexes |= {"en/search.html", "es/search.html", "ar/search.html"}
    indexes |= {"en/library.epub", "es/library.epub", "ar/library.epub"}
    assert names == leaflets | indexes


def test_the_page_is_in_its_language(built: Path) -> None:
    root = page(built / "ar/care/cough.html")
    assert (root.get("lang"), root.get("dir")) == ("ar", "rtl")
    assert "السعال" in words(root.find(".//h1"))
    assert "112" in words(root.find(".//main"))


def test_a_stale_dose_is_never_printed(built: Path) -> None:
    main_part = page(built / "ar/care/cough.html").find(".//main")
    assert "10 مل" not in words(main_part)
    (english,) = (e for e in main_part.iter("span", "p", "div") if e.get("lang") == "en" and "5 ml" in words(e))
    assert "Take 5 ml of syrup 2 times a day." in words(english)
    assert english.get("dir") == "ltr"
    assert "5 ml" in (built / "ar/care/cough.md").read_text("utf-8")


def test_links_lead_to_files_in_every_language(built: Path) -> None:
    for path in built.rglob("*.html"):
        for link in page(path).iter("a"):
            target, _, anchor = link.get("href").partition("#")
            if target.startswith("http"):
                continue
            file = (path.parent / target).resolve() if target else path
            assert file.is_file(), (path, target)
            if anchor and file.suffix == ".html":
                assert page(file).xpath("//*[@id=$id]", id=anchor), (path, anchor)


def test_a_link_to_what_is_not_translated_leads_to_the_source(built: Path) -> None:
    main_part = page(built / "ar/care/cough.html").find(".//main")
    targets = [a.get("href") for a in main_part.iter("a") if "fever" in a.get("href", "")]
    assert set(targets) == {"../../en/care/fever.html"}


def test_readers_pick_a_language_by_its_own_name(built: Path) -> None:
    links = {a.get("lang"): words(a) for a in page(built / "index.html").iter("a") if a.get("lang")}
    assert "Español" in links["es"]
    assert "العربية" in links["ar"]


def test_drafts_say_so(built: Path) -> None:
    assert "machine" not in words(page(built / "en/care/cough.html"))
    assert words(page(built / "es/care/cough.html")).count("automática")


def test_the_epub_is_in_its_language(built: Path) -> None:
    with ZipFile(built / "ar/care/cough.epub") as book:
        package = next(name for name in book.namelist() if name.endswith(".opf"))
        text = book.read(package).decode()
    assert "<dc:language>ar</dc:language>" in text
    assert 'page-progression-direction="rtl"' in text


def test_a_format_that_this_machine_cannot_make_is_left_out_and_told(
    library: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (library / "source/library.toml").write_text('languages = ["so"]\nformats = ["txt", "brf"]\n')
    shutil.rmtree(library / "translations")
    catalogue = library / "translations/so/care/fever.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Fever"\nmsgstr "Qandho"\n'
    )
    assert build(library, "--language", "so") == 0
    assert "brf is left out: no braille table is known for Somali" in capsys.readouterr().err
    assert (library / "dist/so/care/fever.txt").exists()
    assert not (library / "dist/so/care/fever.brf").exists()


def chapters(book: Path) -> dict[str, str]:
    """Title of each leaflet in a library's book -> its words."""
    with ZipFile(book) as archive:
        texts = [html.fromstring(archive.read(n)) for n in archive.namelist() if n.startswith("EPUB/care-")]
    return {words(text.find(".//h1")): words(text) for text in texts}


def test_the_book_of_a_language_has_every_leaflet(built: Path) -> None:
    titles = {words(page(path).find(".//h1")) for path in (built / "es/care").glob("*.html")}
    assert chapters(built / "es/library.epub").keys() == titles
    assert len(titles) == 2


def test_a_build_of_one_article_brings_its_book_up_to_date(library: Path) -> None:
    build(library)
    before = (library / "dist/es/library.epub").read_bytes()
    cough = library / "source/care/cough.md"
    cough.write_text(cough.read_text("utf-8") + "\nDrink a lot of water.\n", "utf-8")
    build(library, "--language", "en", str(cough))
    book = chapters(library / "dist/en/library.epub")
    assert len(book) == 2
    assert sum("Drink a lot of water." in text for text in book.values()) == 1
    assert (library / "dist/es/library.epub").read_bytes() == before


def test_a_library_may_do_without_books(library: Path) -> None:
    build(library)
    settings = library / "source" / "library.toml"
    settings.write_text("book = false\n" + settings.read_text("utf-8"), "utf-8")
    build(library, "--language", "en")
    assert not list((library / "dist").rglob("library.epub"))
    assert "library.epub" not in (library / "dist/en/index.html").read_text("utf-8")


def test_a_book_that_would_lack_a_leaflet_is_not_made(library: Path) -> None:
    build(library)
    (library / "source" / "images" / "lungs.svg").unlink()
    build(library)
    assert not (library / "dist/en/library.epub").exists()


def test_the_same_bytes_whatever_the_jobs_the_locale_and_the_time_zone(library: Path) -> None:
    def files() -> dict[str, bytes]:
        return {p.relative_to(library).as_posix(): p.read_bytes() for p in (library / "dist").rglob("*") if p.is_file()}

    build(library)
    first = files()
    subprocess.run(["rm", "-r", str(library / "dist")], check=True)
    command = [sys.executable, "-c", "from pipeline.cli import entry; entry()", "--library", str(library), "build"]
    environment = {**os.environ, "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    subprocess.run([*command, "--jobs", "2"], env=environment, check=False, capture_output=True)
    assert files() == first


def test_the_same_bytes_in_another_folder_and_with_four_jobs(library: Path, tmp_path: Path) -> None:
    other = tmp_path / "another place" / "مكتبة"
    shutil.copytree(library, other)
    entry = [sys.executable, "-c", "from pipeline.cli import entry; entry()"]
    for root, jobs, seed in ((library, "1", "1"), (other, "4", "2")):
        environment = {**os.environ, "SOURCE_DATE_EPOCH": "1769904000", "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [*entry, "--library", ".", "build", "--jobs", jobs],
            cwd=root,
            env=environment,
            check=False,
            capture_output=True,
        )
        assert done.returncode in (0, 1), done.stderr
    first, second = (
        {p.relative_to(root).as_posix(): p.read_bytes() for p in (root / "dist").rglob("*") if p.is_file()}
        for root in (library, other)
    )
    assert first == second


def test_a_dry_run_writes_nothing(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build(library, "--dry-run", "--language", "ar", "--to", "pdf") == 0
    assert "ar/care/cough.pdf" in capsys.readouterr().out
    assert not (library / "dist").exists()


def test_an_article_that_is_gone_goes_from_dist_and_other_files_stay(library: Path) -> None:
    build(library, "--to", "html")
    build(library)
    (library / "dist" / "mine.txt").write_text("mine")
    (library / "source" / "care" / "fever.md").unlink()
    assert main(["--library", str(library), "build", "--jobs", "1"]) in (0, 1)
    assert not (library / "dist" / "en" / "care" / "fever.html").exists()
    assert (library / "dist" / "en" / "care" / "cough.html").exists()
    assert (library / "dist" / "mine.txt").exists()


def test_one_broken_catalogue_does_not_stop_the_others(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    catalogue = library / "translations" / "es" / "care" / "fever.po"
    catalogue.write_text("nonsense\n")
    assert build(library, "--to", "html") == 2
    assert "es/care/fever.po:1: not a valid PO catalogue" in capsys.readouterr().err
    assert (library / "dist" / "es" / "care" / "cough.html").exists()
    assert catalogue.read_text() == "nonsense\n"


def test_a_missing_image_is_told_with_its_place(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (library / "source" / "images" / "lungs.svg").unlink()
    assert build(library, "--to", "html") == 2
    error = capsys.readouterr().err
    assert "cough.md:31" in error and "there is no image ../images/lungs.svg" in error
    assert error.count("there is no image") == 1
