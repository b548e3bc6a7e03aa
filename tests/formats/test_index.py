from __future__ import annotations

from typing import Any

import pytest
from lxml import html as parser
from web_samples import META, SETTINGS, link, make

from pipeline.formats import search
from pipeline.formats.index import (
    Choice,
    Entry,
    LanguageIndex,
    Listing,
    RootIndex,
    Topic,
    index_pages,
    language_index,
    root_index,
)
from pipeline.language import load_language

ENTRIES = (
    Entry("Atrial fibrillation", "An uneven heartbeat.", "heart/atrial-fibrillation", formats=("pdf",)),
    Entry("صمام", "A valve.", "heart/valve", is_draft=True, untranslated_fields=frozenset({"summary"})),
)


def build(language: str = "ar", **changes: Any) -> Any:
    fields: dict[str, Any] = {
        "topics": (Topic("قلب", ENTRIES),),
        "strings": {"Draft": "مسودة", "Not translated yet": "لم يترجم"},
        "other_languages": (link("en", "index", "ar"), link("ar", "index", "ar")),
    }
    index = LanguageIndex(load_language(language), load_language("en"), SETTINGS, **{**fields, **changes})
    return parser.document_fromstring(language_index(index).decode())


def test_index_lists_leaflets_by_topic() -> None:
    tree = build()
    assert (tree.get("lang"), tree.get("dir")) == ("ar", "rtl")
    assert len(tree.xpath("//main")) == len(tree.xpath("//h1")) == 1
    [topic] = tree.xpath("//section")
    assert tree.get_element_by_id(topic.get("aria-labelledby")).text_content() == "قلب"
    assert topic.xpath("ul/li/a/@href") == ["heart/atrial-fibrillation.html", "heart/valve.html"]
    assert "An uneven heartbeat." in topic.text_content()
    assert topic.xpath(".//a/@href[contains(., 'pdf')]") == ["heart/atrial-fibrillation.pdf"]


def test_index_marks_drafts_and_untranslated_text() -> None:
    first, second = build().xpath("//section/ul/li")
    assert not first.xpath(".//span")
    assert second.xpath(".//span[@class='badge']/text()") == ["مسودة"]
    assert second.xpath("p/span[@lang='en' and @dir='ltr']/text()") == ["A valve."]


def test_index_links_the_other_languages() -> None:
    tree = build()
    assert tree.xpath("//nav[@class='languages']//a/text()") == ["English", "العربية"]
    assert tree.xpath("//nav[@class='languages']//a[@aria-current]/@lang") == ["ar"]


def test_front_matter_cannot_run_in_the_index() -> None:
    attack = "</title><script>alert(1)</script>"
    tree = build(topics=(Topic(attack, (Entry(attack, attack, "heart/x"),)),))
    assert not tree.xpath("//script")
    assert attack in tree.text_content()


def test_root_offers_each_language_by_its_own_name() -> None:
    choices = tuple(
        Choice(load_language(code), f"{code}/index", {"Leaflets: {number}": f"{code} {{number}}"}, 3)
        for code in ("en", "ar", "zh_Hans")
    )
    tree = parser.document_fromstring(root_index(RootIndex(load_language("en"), SETTINGS, choices)).decode())
    links = tree.xpath("//main//a")
    assert [(a.find("b").text, a.get("lang"), a.get("hreflang"), a.get("dir"), a.get("href")) for a in links] == [
        ("English", "en", "en", "ltr", "en/index.html"),
        ("العربية", "ar", "ar", "rtl", "ar/index.html"),
        ("中文 (简体)", "zh-Hans", "zh-Hans", "ltr", "zh_Hans/index.html"),
    ]
    assert links[1].find("span").text == "ar 3"


def entry(listing: Listing) -> search.Entry:
    return search.entry(make().article, make(listing.language).article)


@pytest.fixture
def pages() -> dict[str, Any]:
    listings = [
        Listing("heart/valve", "en", META["title"], META["summary"]),
        Listing("heart/valve", "ar", "صمام", META["summary"], True, frozenset({"summary"})),
    ]
    made = index_pages(SETTINGS, listings, {}, entry)
    return {path: parser.document_fromstring(content.decode()) for path, content in made}


def test_library_gets_an_index_for_each_language_that_has_leaflets(pages: dict[str, Any]) -> None:
    assert list(pages) == [
        "en/index.html",
        "en/search.html",
        "ar/index.html",
        "ar/search.html",
        "index.html",
    ]
    assert pages["index.html"].xpath("//main//a/@href") == ["en/index.html", "ar/index.html"]


def test_index_entry_comes_from_the_front_matter(pages: dict[str, Any]) -> None:
    arabic = pages["ar/index.html"]
    assert arabic.xpath("//main//li/a/text()") == ["صمام"]
    assert arabic.xpath("//main//li/a/@href") == ["heart/valve.html"]
    assert arabic.xpath("//main//li/p/span[@lang='en']/text()") == [META["summary"]]
    assert arabic.xpath("//main//span[@class='badge']")
    assert arabic.xpath("//link[@rel='canonical']/@href") == ["https://health.example.org/ar/index.html"]
    assert not pages["en/index.html"].xpath("//main//span[@class='badge']")


def test_a_checked_translation_is_no_draft() -> None:
    made = dict(index_pages(SETTINGS, [Listing("heart/valve", "ar", "صمام")], {}, entry))
    for page in ("ar/index.html", "ar/search.html"):
        assert not parser.document_fromstring(made[page].decode()).xpath("//main//span[@class='badge']")
