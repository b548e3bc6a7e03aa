from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from lxml import etree
from web_samples import BODY, SETTINGS, SVG, make

from pipeline.formats import epub, html, web
from pipeline.formats.book import Place, cover_lines
from pipeline.formats.pandoc import Worker

NAMES = {
    "h": "http://www.w3.org/1999/xhtml",
    "epub": "http://www.idpf.org/2007/ops",
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "svg": "http://www.w3.org/2000/svg",
}


class Book:
    """A book as a reading system sees it."""

    def __init__(self, content: bytes) -> None:
        self.archive = zipfile.ZipFile(io.BytesIO(content))
        self.package = self.parse("package.opf")

    def parse(self, name: str) -> Any:
        return etree.fromstring(self.archive.read(f"EPUB/{name}"))

    def find(self, name: str, path: str) -> list[Any]:
        found: list[Any] = self.parse(name).xpath(path, namespaces=NAMES)
        return found

    def about(self, path: str) -> list[Any]:
        found: list[Any] = self.package.xpath(path, namespaces=NAMES)
        return found

    def claims(self, name: str) -> list[str]:
        return self.about(f"//opf:meta[@property='schema:{name}']/text()")


Make = Callable[..., Book]


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker() as running:
        yield running


@pytest.fixture
def raw(worker: Worker) -> Callable[..., bytes]:
    def render(language: str = "en", body: str = BODY, **changes: Any) -> bytes:
        leaflet = make(language, body, **changes)
        return epub.render(leaflet, worker.read(body))

    return render


@pytest.fixture
def book(raw: Callable[..., bytes]) -> Make:
    return lambda *given, **changes: Book(raw(*given, **changes))


def test_mimetype_comes_first_and_stored(raw: Callable[..., bytes]) -> None:
    content = raw()
    assert content[30:58] == b"mimetypeapplication/epub+zip"
    assert zipfile.ZipFile(io.BytesIO(content)).infolist()[0].compress_type == zipfile.ZIP_STORED


def test_every_file_is_well_formed_and_in_the_manifest(book: Make) -> None:
    made = book("ar", is_draft=True)
    names = [n.removeprefix("EPUB/") for n in made.archive.namelist() if n.startswith("EPUB/")]
    for name in names:
        if name.endswith((".xhtml", ".opf", ".svg")):
            made.parse(name)
    assert sorted([*made.about("//opf:item/@href"), "package.opf"]) == sorted(names)


def test_arabic_book_says_its_language_and_direction(book: Make) -> None:
    made = book("ar")
    assert made.about("//dc:language/text()") == ["ar"]
    assert made.about("//opf:spine/@page-progression-direction") == ["rtl"]
    assert made.package.get("dir") == "rtl"
    for name in ("text.xhtml", "nav.xhtml", "cover.xhtml"):
        assert made.find(name, "/h:html/@dir") == ["rtl"]
        assert made.find(name, "/h:html/@lang") == made.find(name, "/h:html/@xml:lang") == ["ar"]
    assert b"text-align: right" in made.archive.read("EPUB/style.css")


def test_language_is_a_bcp_47_tag(book: Make) -> None:
    assert book("zh_Hans").about("//dc:language/text()") == ["zh-Hans"]


def test_titles_are_in_the_language(book: Make) -> None:
    strings = {"Contents": "目录", "Cover": "封面", "Parts of this book": "各部分"}
    made = book("zh_Hans", meta={"title": "瓣膜漏血"}, strings=strings)
    assert made.about("//dc:title/text()") == ["瓣膜漏血"]
    titles = [made.find(name, "string(//h:title)") for name in ("text.xhtml", "nav.xhtml", "cover.xhtml")]
    assert titles == ["瓣膜漏血", "目录", "封面"]
    assert "".join(made.find("cover.svg", "//svg:text/text()")).startswith("瓣膜漏血")
    assert made.find("cover.xhtml", "//h:img/@alt")[0].startswith("瓣膜漏血")


def test_navigation_nests_headings_and_names_landmarks(book: Make) -> None:
    made = book()
    assert made.find("nav.xhtml", "//h:nav[@epub:type='toc']/h:ol/h:li/h:a/text()")[:4] == [
        "Summary",
        "Call 112 now if:",
        "What it is",
        "Types",
    ]
    assert made.find("nav.xhtml", "//h:li[h:a='Types']/h:ol/h:li/h:a/text()") == ["Words"]
    kinds = made.find("nav.xhtml", "//h:nav[@epub:type='landmarks']//h:a/@epub:type")
    assert kinds == ["cover", "toc", "bodymatter"]
    ids = set(made.find("text.xhtml", "//@id"))
    assert {link.partition("#")[2] for link in made.find("nav.xhtml", "//h:a/@href") if "#" in link} <= ids


def test_identifier_is_stable_and_its_own_for_each_language(raw: Callable[..., bytes]) -> None:
    def name(*given: Any, **changes: Any) -> Any:
        return Book(raw(*given, **changes)).about("//dc:identifier/text()")

    assert name() == name(body="Other text.\n")
    assert name() != name("ar")
    assert name(settings=replace(SETTINGS, web_address=""))[0].startswith("urn:uuid:")


def test_same_bytes_twice(raw: Callable[..., bytes]) -> None:
    assert raw("ar") == raw("ar")


def test_modified_comes_from_the_leaflet(book: Make) -> None:
    assert book(modified=0).about("//opf:meta[@property='dcterms:modified']/text()") == ["1970-01-01T00:00:00Z"]


def test_claims_are_those_of_a_book_with_described_pictures(book: Make) -> None:
    made = book()
    assert made.claims("accessMode") == ["textual", "visual"]
    assert "textual" in made.claims("accessModeSufficient")
    assert "alternativeText" in made.claims("accessibilityFeature")
    assert made.claims("accessibilityHazard") == ["none"]
    assert "described in words" in made.claims("accessibilitySummary")[0]


def test_no_claim_of_pictures_without_pictures(book: Make) -> None:
    made = book(body="Only text.\n")
    assert made.claims("accessMode") == ["textual"]
    assert "alternativeText" not in made.claims("accessibilityFeature")
    assert not [n for n in made.archive.namelist() if "image-" in n]


def test_no_claim_of_descriptions_when_one_is_missing(book: Make) -> None:
    made = book(body="![](../images/heart.svg)\n")
    assert "alternativeText" not in made.claims("accessibilityFeature")
    assert "textual" not in made.claims("accessModeSufficient")
    assert made.find("text.xhtml", "//h:img/@alt") == [""]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><animate/></svg>"),
        ("x.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><style>@keyframes a{}</style></svg>"),
        ("x.gif", b"GIF89a\x21\xf9\x04....\x21\xf9\x04...."),
        ("x.png", b"\x89PNG....acTL...."),
    ],
)
def test_no_claim_of_no_hazard_when_something_moves(book: Make, name: str, content: bytes) -> None:
    assert book(body=f"![x]({name})\n", resources={name: content}).claims("accessibilityHazard") == ["unknown"]


def test_conformance_is_not_claimed(book: Make) -> None:
    assert not book().about("//*[@property='dcterms:conformsTo' or @rel='dcterms:conformsTo']")


def test_picture_is_in_the_book_with_its_alt(book: Make) -> None:
    made = book()
    [picture] = made.find("text.xhtml", "//h:figure/h:img")
    assert picture.get("alt") == "A heart with a gap in the valve."
    assert made.archive.read(f"EPUB/{picture.get('src')}") == SVG


def test_a_link_that_leads_nowhere_is_still_a_place_to_go_to(book: Make) -> None:
    made = book("en", "See [the page](other.html){#here}, then [go back](#here).\n")
    assert made.find("text.xhtml", "//h:span[@id='here']/text()") == ["the page"]
    assert made.find("text.xhtml", "//h:a[@href='#here']/text()") == ["go back"]


def test_links_lead_to_the_web_or_nowhere(book: Make) -> None:
    path = "//h:a[contains(., 'prolapse')]/@href"
    with_web = book()
    address = "https://health.example.org/en/heart/prolapse.html"
    assert with_web.find("text.xhtml", path) == [f"{address}#causes", address]
    linked = next(iter(make().links.values()))
    offline = book(links={"prolapse.md": replace(linked, url="")}, related=(replace(linked, url=""),))
    assert offline.find("text.xhtml", path) == []
    assert "prolapse" in offline.find("text.xhtml", "string(//h:main)")


def test_draft_and_untranslated_text_are_marked(book: Make) -> None:
    made = book("ar", "[Words]{.untranslated lang=en dir=ltr}\n", is_draft=True, untranslated_segments=1)
    assert made.find("text.xhtml", "//h:p[contains(@class, 'draft')]")
    [span] = made.find("text.xhtml", "//h:span[@class='untranslated']")
    assert span.get("{http://www.w3.org/XML/1998/namespace}lang") == span.get("lang") == "en"


def test_untranslated_title_is_marked_in_the_metadata(book: Make) -> None:
    made = book("ar", untranslated_fields=frozenset({"title"}))
    assert made.about("//dc:title/@xml:lang") == ["en"]


def test_text_is_in_the_order_of_the_web_page(worker: Worker, book: Make) -> None:
    leaflet = make("ar", is_draft=True)
    page = html.render(leaflet, worker.read(BODY)).decode()
    [article] = etree.HTML(page).iter("article")
    for skipped in article.xpath(".//details | .//nav"):
        skipped.getparent().remove(skipped)
    [main] = book("ar", is_draft=True).find("text.xhtml", "//h:main")
    shared = [text for text in pieces(article) if text in pieces(main)]
    assert len(shared) > 15
    assert shared == [text for text in pieces(main) if text in shared]


def pieces(tree: Any) -> list[str]:
    tags = {"h1", "h2", "h3", "p", "li", "th", "td", "dt", "dd", "figcaption"}
    blocks = (e for e in tree.iter() if isinstance(e.tag, str) and etree.QName(e).localname in tags)
    return [" ".join("".join(block.itertext()).split()) for block in blocks]


def test_front_matter_cannot_break_a_file(book: Make) -> None:
    attack = "a & b < c > \"d\" 'e' ]]> <script>alert(1)</script> {{ 7 * 7 }}"
    made = book(meta={"title": attack, "summary": attack, "licence": attack})
    assert made.about("//dc:title/text()") == [attack]
    assert not made.find("text.xhtml", "//h:script")


def test_nest_keeps_levels_that_are_left_out() -> None:
    names = [web.Heading(level, str(n), str(n)) for n, level in enumerate((3, 2, 4, 2))]

    def shape(places: tuple[Place, ...]) -> list[Any]:
        return [(place.href, shape(place.parts)) for place in places]

    assert shape(epub.nest(names, "x")) == [("x#0", []), ("x#1", [("x#2", [])]), ("x#3", [])]


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("Mitral valve regurgitation", ["Mitral valve", "regurgitation"]),
        ("二尖瓣反流和心房颤动", ["二尖瓣反流和心", "房颤动"]),
        ("x", ["x"]),
        ("", [""]),
    ],
)
def test_cover_title_is_broken_into_lines(title: str, lines: list[str]) -> None:
    assert cover_lines(title) == lines
