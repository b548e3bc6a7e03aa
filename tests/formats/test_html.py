from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from lxml import html as parser
from pypdf import PdfReader
from web_samples import BODY, SETTINGS, make

from pipeline.formats import Leaflet, html, pdf
from pipeline.formats.bidi import isolate_numbers
from pipeline.formats.pandoc import Worker
from pipeline.library import Settings
from pipeline.model import Role, Signature

Render = Callable[..., Any]


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker() as running:
        yield running


@pytest.fixture
def raw(worker: Worker) -> Callable[[Leaflet], bytes]:
    return lambda leaflet: html.render(leaflet, worker.read(leaflet.article.text))


@pytest.fixture
def page(raw: Callable[[Leaflet], bytes]) -> Render:
    def render(language: str = "en", body: str = BODY, **changes: Any) -> Any:
        return parser.document_fromstring(raw(make(language, body, **changes)).decode())

    return render


def texts(page: Any, path: str) -> list[str]:
    return [" ".join(element.text_content().split()) for element in page.xpath(path)]


def test_page_has_language_one_main_and_one_h1(page: Render) -> None:
    tree = page()
    assert (tree.get("lang"), tree.get("dir")) == ("en", "ltr")
    assert len(tree.xpath("//main")) == 1
    assert texts(tree, "//h1") == ["Leaking valve"]
    assert tree.xpath("string(//title)") == "Leaking valve – Example library"
    assert tree.xpath("//meta[@name='description']/@content") == ["A valve does not close."]
    assert tree.xpath("//main/@id") == [tree.xpath("//a[@class='skip']/@href")[0][1:]]


def test_arabic_page_runs_from_right_to_left(page: Render) -> None:
    tree = page("ar")
    assert (tree.get("lang"), tree.get("dir")) == ("ar", "rtl")


def test_bcp_47_tag_stands_in_the_page(page: Render) -> None:
    assert page("zh_Hans").get("lang") == "zh-Hans"


def test_reading_order_is_title_summary_draft_body_sources(page: Render) -> None:
    text = " ".join(page("ar", is_draft=True).xpath("//main")[0].text_content().split())
    parts = [
        "Leaking valve",
        "A valve does not close.",
        "Draft: this translation",
        "Call 112",
        "Ask your doctor.",
        "Sources",
    ]
    assert [text.index(part) for part in parts] == sorted(text.index(part) for part in parts)


def test_page_and_printed_leaflet_have_one_order(page: Render, worker: Worker) -> None:
    reviewed = {"reviewers": ["A. Example"], "authors": ["B. Example"], "next_review": "2028-01-02"}
    leaflet = make("es", meta=reviewed, is_draft=True)
    printed = pdf.render(leaflet, worker.read(BODY))
    texts = [
        " ".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(printed)).pages).split()),
        " ".join(page("es", meta=reviewed, is_draft=True).xpath("//main")[0].text_content().split()),
    ]
    parts = [
        "A valve does not close.",
        "No qualified translator",
        "you faint",
        "How it starts",
        "Related leaflets",
        "Ask your doctor.",
        "Not yet reviewed",
        "2 de enero de 2028",
        "A. Example",
        "B. Example",
        "A book",
        "CC-BY-4.0",
    ]
    for text in texts:
        places = [text.index(part) for part in parts]
        assert places == sorted(places), text


def test_draft_notice_only_on_drafts(page: Render) -> None:
    assert not page().xpath("//*[contains(@class, 'draft')]")
    assert "No qualified translator" in page("ar", is_draft=True).xpath("//main")[0].text_content()


def test_languages_are_named_by_themselves(page: Render) -> None:
    tree = page("ar")
    links = tree.xpath("//nav[@class='languages']//a")
    assert [(a.text, a.get("hreflang"), a.get("lang"), a.get("dir")) for a in links] == [
        ("English", "en", "en", "ltr"),
        ("العربية", "ar", "ar", "rtl"),
    ]
    assert [a.get("href") for a in links] == ["../../en/heart/valve.html", "valve.html"]
    assert [a.get("aria-current") for a in links] == [None, "page"]
    assert tree.xpath("//link[@rel='alternate']/@hreflang") == ["en", "x-default", "ar"]


def test_canonical_address_only_with_a_web_address(page: Render) -> None:
    assert page().xpath("//link[@rel='canonical']/@href") == ["https://health.example.org/en/heart/valve.html"]
    assert not page(settings=html_settings(web_address="")).xpath("//link[@rel='canonical']")


def test_card_is_a_section_named_by_word_and_heading(page: Render) -> None:
    tree = page()
    [card] = tree.xpath("//section[contains(@class, 'emergency')]")
    names = [tree.get_element_by_id(name).text_content().strip() for name in card.get("aria-labelledby").split()]
    assert names == ["Emergency", "Call 112 now if:"]
    assert card.xpath(".//svg/@aria-hidden") == ["true"]


def test_every_kind_of_card_has_its_own_word(page: Render) -> None:
    body = "".join(f"::: {{.{kind}}}\n## {kind}\n\nText\n:::\n\n" for kind in ("urgent", "see-doctor"))
    assert texts(page(body=body), "//*[@class='card-label']") == ["Urgent", "Not urgent"]


def test_table_cells_have_scope(page: Render) -> None:
    [table] = page().xpath("//table")
    assert [th.text for th in table.xpath(".//th[@scope='col']")] == ["Sudden", "Slow"]
    assert [th.text for th in table.xpath(".//th[@scope='row']")] == ["How it starts"]
    assert not table.xpath(".//th[not(normalize-space())]")
    assert not table.xpath(".//*[@style]")


def test_first_column_with_a_title_holds_no_row_headers(page: Render) -> None:
    tree = page(body="| Drug | Dose |\n|---|---|\n| A | 5 mg |\n")
    assert texts(tree, "//th") == ["Drug", "Dose"]
    assert texts(tree, "//td") == ["A", "5 mg"]


def test_wide_table_scrolls_and_can_be_reached_by_key(page: Render) -> None:
    tree = page()
    [box] = tree.xpath("//section[table]")
    assert (box.get("tabindex"), box.get("aria-label")) == ("0", "Types")


def test_regions_of_two_tables_have_names_of_their_own(page: Render) -> None:
    table = "| | A | B |\n|---|---|---|\n| x | 1 | 2 |\n\n"
    names = page(body=f"{table}## Doses\n\n{table}{table}").xpath("//section[table]/@aria-label")
    assert names == ["Table", "Doses", "Doses 2"]


def test_picture_is_embedded_with_alt_and_caption(page: Render) -> None:
    [figure] = page().xpath("//figure")
    assert figure.xpath("img/@alt") == ["A heart with a gap in the valve."]
    assert figure.xpath("img/@src")[0].startswith("data:image/svg+xml;base64,")
    assert texts(figure, "figcaption[not(@aria-hidden)]") == ["A leaking valve"]


def test_caption_that_equals_the_alt_is_not_hidden(page: Render) -> None:
    tree = page(body='![A heart.](../images/heart.svg "A heart.")')
    assert texts(tree, "//figcaption[not(@aria-hidden)]") == ["A heart."]


def test_picture_from_elsewhere_stands_as_its_text(page: Render) -> None:
    tree = page(body="See ![a heart](https://tracker.example/x.png) here.")
    assert not tree.xpath("//img")
    assert texts(tree, "//div[@class='text']/p") == ["See a heart here."]


def test_notes_lead_there_and_back_with_labels_in_the_language(page: Render) -> None:
    tree = page("ar", strings={"Notes": "ملاحظات", "Back to the text": "عودة", "Note": "ملاحظة"})
    [reference] = tree.xpath("//a[@role='doc-noteref']")
    [back] = tree.xpath("//a[@role='doc-backlink']")
    assert reference.get("aria-label") == "ملاحظة 1"
    assert back.get("aria-label") == "عودة 1"
    assert "A note." in tree.get_element_by_id(reference.get("href")[1:]).text_content()
    assert tree.get_element_by_id(back.get("href")[1:]) is reference
    assert texts(tree, "//section[@role='doc-endnotes']/h2") == ["ملاحظات"]


def test_links_between_leaflets(page: Render) -> None:
    tree = page()
    assert tree.xpath("//div[@class='text']//a[text()='prolapse']/@href") == ["prolapse.html#causes"]
    assert not tree.xpath("//a[contains(., 'no page')]")
    assert tree.xpath("//nav[@class='related']//a/@href") == ["prolapse.html"]


def test_link_to_another_language_says_so(page: Render) -> None:
    [link] = page("ar").xpath("//div[@class='text']//a[text()='prolapse']")
    assert (link.get("href"), link.get("hreflang")) == ("../../en/heart/prolapse.html#causes", "en")
    assert link.xpath("following-sibling::span[1]/text()") == ["English"]


def test_untranslated_text_is_english_and_marked(page: Render) -> None:
    body = (
        "## [What it is]{.untranslated lang=en dir=ltr}\n\n"
        "- [one]{.untranslated lang=en dir=ltr}\n- [two]{.untranslated lang=en dir=ltr}\n\n"
        "نص\n\n[three]{.untranslated lang=en dir=ltr}\n"
    )
    tree = page("ar", body, strings={"Not translated yet": "لم يترجم"}, untranslated_segments=4)
    spans = tree.xpath("//span[@class='untranslated']")
    assert [(s.text, s.get("lang"), s.get("dir")) for s in spans] == [
        (text, "en", "ltr") for text in ("What it is", "one", "two", "three")
    ]
    marks = tree.xpath("//span[@class='to-translate']")
    assert {(m.text, m.get("lang"), m.get("dir")) for m in marks} == {("لم يترجم", "ar", "rtl")}
    assert len(marks) == 2, "a run of untranslated pieces is marked once"
    assert "not translated yet" in tree.xpath("//main")[0].text_content()
    assert texts(tree, "//details//li") == []


def test_untranslated_title_and_picture_are_marked(page: Render) -> None:
    body = '[![A heart.](../images/heart.svg "Valve")]{.untranslated lang=en dir=ltr}\n'
    tree = page("ar", body, untranslated_fields=frozenset({"title"}))
    assert tree.xpath("//h1/span[@lang='en']/text()") == ["Leaking valve"]
    assert tree.xpath("//h1/span[@class='to-translate']")
    assert tree.xpath("//figure/@lang") == ["en"]
    assert texts(tree, "//figcaption") == ["Valve Not translated yet"]


def test_foot_names_publisher_english_title_and_files(page: Render) -> None:
    tree = page("ar", meta={"title": "صمام"})
    foot = texts(tree, "//footer")[0]
    assert "Example Trust, 1 Example Street" in foot
    assert tree.xpath("//footer//span[@lang='en']/text()") == ["Leaking valve"]
    assert tree.xpath("//footer//a/@href") == ["valve.pdf", "valve.epub"]
    assert not page(settings=html_settings(formats=("html",))).xpath("//footer//a")


def test_missing_review_is_said_and_never_invented(page: Render) -> None:
    tree = page()
    assert "Not yet reviewed by a clinician" in tree.xpath("//main")[0].text_content()
    data = json.loads(tree.xpath("string(//script)"))
    assert data["@type"] == "MedicalWebPage"
    assert "lastReviewed" not in data
    assert "reviewedBy" not in data


def test_search_engines_learn_what_is_known_and_no_more(page: Render) -> None:
    reviewed = {"last_reviewed": "2026-10-01", "reviewers": [{"name": "A. Example", "role": "GP"}, None]}
    data = json.loads(page(meta=reviewed).xpath("string(//script)"))
    assert data["lastReviewed"] == "2026-10-01"
    assert data["reviewedBy"] == [{"@type": "Person", "name": "A. Example", "jobTitle": "GP"}]
    assert data["about"]["code"] == [{"@type": "MedicalCode", "codingSystem": "MeSH", "codeValue": "D008944"}]
    assert [edition["inLanguage"] for edition in data["workTranslation"]] == ["ar"]
    assert "creativeWorkStatus" not in data


def test_a_review_of_the_english_is_none_of_the_translation(page: Render) -> None:
    reviewed = {"last_reviewed": "2026-10-01", "reviewers": ["A. Example"]}
    leaflet = make("ar", meta=reviewed)
    tree = page("ar", meta=reviewed, source=replace(leaflet.source, meta={**leaflet.source.meta, **reviewed}))
    data = json.loads(tree.xpath("string(//script)"))
    assert "lastReviewed" not in data and "reviewedBy" not in data
    assert data["translationOfWork"]["lastReviewed"] == "2026-10-01"
    assert data["translationOfWork"]["url"] == "https://health.example.org/en/heart/valve.html"
    assert data["creativeWorkStatus"] == "Draft"


SIGNED = tuple(
    Signature(role, name, credential, date(2026, 11, day), "", "", ())
    for role, name, credential, day in (
        (Role.TRANSLATOR, "B. Example", "translator", 2),
        (Role.CHECKER, "C. Example", "nurse", 3),
    )
)


def test_translator_and_checker_stand_in_place_of_the_draft_notice(page: Render) -> None:
    tree = page("es", is_checked=True, signatures=SIGNED)
    assert not tree.xpath("//*[contains(@class, 'draft')]")
    rows = {row.findtext("dt"): row.findtext("dd") for row in tree.xpath("//dl/div")}
    assert rows["Translated by"] == "B. Example, translator, 2 de noviembre de 2026"
    assert rows["Checked by"] == "C. Example, nurse, 3 de noviembre de 2026"
    data = json.loads(tree.xpath("string(//script)"))
    assert data["translator"] == [{"@type": "Person", "name": "B. Example", "jobTitle": "translator"}]
    assert data["reviewedBy"] == [{"@type": "Person", "name": "C. Example", "jobTitle": "nurse"}]
    assert data["lastReviewed"] == "2026-11-03"
    assert "creativeWorkStatus" not in data


def test_nobody_is_named_on_a_draft(page: Render) -> None:
    data = json.loads(page("es").xpath("string(//script)"))
    assert not {"translator", "reviewedBy"} & data.keys()


def test_dates_are_in_the_language(page: Render) -> None:
    assert "2026年11月21日" in page("zh_Hans").xpath("//main")[0].text_content()


def test_h1_in_the_body_does_not_make_a_second(page: Render) -> None:
    tree = page(body="# Leaking valve\n\n# Causes\n\n## Rare\n")
    assert texts(tree, "//h1") == ["Leaking valve"]
    assert texts(tree, "//h2")[1:2] == ["Causes"]
    assert texts(tree, "//h3") == ["Rare"]


def test_chinese_lines_join_without_a_blank(page: Render) -> None:
    assert texts(page("zh_Hans", "心脏\n瓣膜 A\nB\n"), "//div[@class='text']/p") == ["心脏瓣膜 A B"]


@pytest.mark.parametrize(
    ("text", "isolated"),
    [
        ("الهاتف 0300 222 5800 الآن", ["0300 222 5800"]),
        ("الهاتف +44 (20) 7946-0000 الآن", ["+44 (20) 7946-0000"]),
        ("من 5-10 مرات، يوم 2026-03-01", ["5-10", "2026-03-01"]),
        ("الجرعة 5 mg أو ٥–١٠", ["5 mg", "٥–١٠"]),
        ("من ٢٠–٣٠٪ أو ٥٪ أو 5%", ["٢٠–٣٠", "5%"]),
        ("ضغط 120/80 mmHg وحرارة 38 °C", ["120/80 mmHg", "38 °C"]),
        ("لديك 4 صمامات في عام 2026.", []),
    ],
)
def test_numbers_keep_their_order_in_arabic(page: Render, text: str, isolated: list[str]) -> None:
    found = texts(page("ar", text), "//div[@class='text']//bdo[@dir='ltr']")
    assert found == isolated


def test_malformed_front_matter_still_gives_a_page(page: Render) -> None:
    odd = {
        "also_called": "MR",
        "sources": {"a": 1},
        "reviewers": [None, {"role": "GP"}],
        "codes": [],
        "published": "soon",
    }
    tree = page(meta=odd)
    assert "soon" in tree.text_content()


def test_page_needs_nothing_from_elsewhere(raw: Callable[[Leaflet], bytes]) -> None:
    tree = parser.document_fromstring(raw(make()).decode())
    assert not tree.xpath("//link[@rel='stylesheet'] | //script[@src] | //*[starts-with(@src, 'http')]")
    assert "url(" not in tree.xpath("string(//style)")
    assert "@import" not in tree.xpath("string(//style)")


def test_same_bytes_twice(raw: Callable[[Leaflet], bytes]) -> None:
    assert raw(make("ar")) == raw(make("ar"))


def test_home_is_the_index_of_the_language() -> None:
    assert html.home("../..") == "../index.html"
    assert html.home("../../..") == "../../index.html"
    assert html.home("..") == "index.html"


def test_numbers_within_tags_and_references_stay() -> None:
    text = '<a href="x-1-2.html">&#39;10-20&#39;</a>'
    assert isolate_numbers(text) == '<a href="x-1-2.html">&#39;<bdo dir="ltr">10-20</bdo>&#39;</a>'


def html_settings(**changes: Any) -> Settings:
    return replace(SETTINGS, **changes)
