from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from lxml import etree
from web_samples import SETTINGS, SVG, link, make

from pipeline.formats import library_book
from pipeline.formats.pandoc import Worker
from pipeline.language import load_language

NAMES = {
    "h": "http://www.w3.org/1999/xhtml",
    "epub": "http://www.idpf.org/2007/ops",
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
}
VALVE = "[prolapse](prolapse.md#causes) and [again](prolapse.md#nowhere)\n\n![A heart.](../images/heart.svg)\n"
PROLAPSE = "## Causes\n\n![The same heart.](../images/heart.svg)\n"
Make = Callable[..., zipfile.ZipFile]


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker() as running:
        yield running


@pytest.fixture
def book(worker: Worker) -> Make:
    def build(language: str = "en", **changes: Any) -> zipfile.ZipFile:
        chapters = []
        for name, text in (("valve", VALVE), ("prolapse", PROLAPSE)):
            there = link(language, "prolapse", language)
            leaflet = make(language, text, {"title": name}, **{"links": {"prolapse.md": there}, **changes})
            leaflet = replace(leaflet, article=replace(leaflet.article, id=f"heart/{name}"))
            document = worker.read(text)
            chapters.append((leaflet.article.id, library_book.chapter(leaflet, document)))
        shown = load_language(language)
        made = library_book.library_book(chapters, shown, SETTINGS, {"Health leaflets": "نشرات"}, {"heart": "قلب"})
        return zipfile.ZipFile(io.BytesIO(made))

    return build


def find(book: zipfile.ZipFile, name: str, path: str) -> Any:
    return etree.fromstring(book.read(f"EPUB/{name}")).xpath(path, namespaces=NAMES)


VALVE_FILE, PROLAPSE_FILE = (library_book.chapter_file(f"heart/{name}") for name in ("valve", "prolapse"))


def test_contents_go_from_topics_to_leaflets_to_headings(book: Make) -> None:
    made = book("ar")
    toc = "//h:nav[@epub:type='toc']/h:ol/h:li"
    assert find(made, "nav.xhtml", f"{toc}/h:span/text()") == ["قلب"]
    assert find(made, "nav.xhtml", f"{toc}/h:ol/h:li/h:a/@href") == [PROLAPSE_FILE, VALVE_FILE]
    assert f"{PROLAPSE_FILE}#causes" in find(made, "nav.xhtml", "//h:a/@href")


def test_chapters_are_read_in_the_order_of_the_contents(book: Make) -> None:
    made = book()
    files = {item.get("id"): item.get("href") for item in find(made, "package.opf", "//opf:item")}
    spine = [files[name] for name in find(made, "package.opf", "//opf:itemref/@idref")]
    assert spine == ["cover.xhtml", "nav.xhtml", PROLAPSE_FILE, VALVE_FILE]


def test_links_between_leaflets_stay_in_the_book(book: Make) -> None:
    hrefs = find(book(), VALVE_FILE, "//h:main/h:p[1]/h:a/@href")
    assert hrefs == [f"{PROLAPSE_FILE}#causes", PROLAPSE_FILE], "a place that is not there is no place to lead to"


def test_a_leaflet_of_another_language_is_on_the_web(book: Make) -> None:
    made = book("ar", links={"prolapse.md": link("en", "prolapse", "ar")})
    [first, _] = find(made, VALVE_FILE, "//h:main/h:p/h:a[@hreflang]/@href")
    assert first == "https://health.example.org/en/heart/prolapse.html#causes"


def test_a_picture_of_two_leaflets_stands_in_the_book_once(book: Make) -> None:
    made = book()
    [image] = [name for name in made.namelist() if "image-" in name]
    assert made.read(image) == SVG
    assert "alternativeText" in find(made, "package.opf", "//opf:meta/text()")


def test_the_book_is_titled_in_its_language(book: Make) -> None:
    made = book("ar")
    assert find(made, "package.opf", "//dc:title/text()") == ["نشرات – Example library"]
    assert find(made, "package.opf", "//opf:spine/@page-progression-direction") == ["rtl"]
    assert find(made, "cover.xhtml", "//h:img/@alt") == ["نشرات – Example library"]


def test_every_file_is_in_the_manifest(book: Make) -> None:
    made = book()
    names = [n.removeprefix("EPUB/") for n in made.namelist() if n.startswith("EPUB/")]
    assert sorted([*find(made, "package.opf", "//opf:item/@href"), "package.opf"]) == sorted(names)
