"""Nothing that stands in an article may run in a reader's browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from lxml import html as parser
from web_samples import make

from pipeline.formats import html
from pipeline.formats.pandoc import Worker

Render = Callable[..., Any]


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker() as running:
        yield running


@pytest.fixture
def page(worker: Worker) -> Render:
    def render(body: str = "Text.\n", **changes: Any) -> Any:
        leaflet = make("en", body, **changes)
        return parser.document_fromstring(html.render(leaflet, worker.read(body)).decode())

    return render


def texts(page: Any, path: str) -> list[str]:
    return [" ".join(element.text_content().split()) for element in page.xpath(path)]


ATTACKS = [
    "<script>alert(1)</script>",
    "text <script>alert(1)</script> text",
    "<img src=x onerror=alert(1)>",
    "text <img src=x onerror=alert(1)> text",
    "<svg onload=alert(1)></svg>",
    "<iframe src=https://example.org></iframe>",
    "[x](javascript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](<java\tscript:alert(1)>)",
    "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x)",
    "[x](https://example.org){onclick=alert(1) style='color:red'}",
    "[x]{onclick=alert(1) style=x}",
    "## x {onclick=alert(1)}",
    "::: {.urgent onclick=alert(1)}\n## x\n:::",
    "::: {lang='en\" onclick=alert(1)'}\nx\n:::",
    "![x](../images/heart.svg){onerror=alert(1)}",
    "![x](javascript:alert(1))",
    "<a href='javascript:alert(1)'>x</a>",
    "```{=html}\n<script>alert(1)</script>\n```",
    "`<script>alert(1)</script>`{=html}",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_in_the_text_can_run(page: Render, attack: str) -> None:
    tree = page(body=f"Before.\n\n{attack}\n\nAfter.\n")
    body = tree.find("body")
    assert not body.xpath(".//script | .//iframe | .//object | .//embed | .//form | .//@style")
    assert not [name for e in body.iter() for name in e.attrib if name.startswith(("on", "data-on"))]
    schemes = {a.partition(":")[0] for a in body.xpath(".//@href | .//@src") if ":" in a}
    assert schemes <= {"https", "data"}
    assert not [a for a in body.xpath(".//a/@href") if a.startswith("data:")]
    assert texts(tree, "//div[@class='text']/p")[0] == "Before."
    assert "After." in tree.text_content()


def test_line_break_tag_passes(page: Render) -> None:
    assert page(body="one<br>two").xpath("//div[@class='text']//br")


@pytest.mark.parametrize(
    "field", ["title", "summary", "disclaimer", "version", "licence", "also_called", "authors", "sources"]
)
def test_nothing_in_the_front_matter_can_run(page: Render, field: str) -> None:
    attack = "\"'></title></script><script>alert(1)</script><img src=x onerror=alert(1)>"
    tree = page(meta={field: attack})
    assert [s.get("type") for s in tree.xpath("//script")] == ["application/ld+json"]
    assert not tree.xpath("//*[@onerror]")
    assert attack in tree.xpath("//body")[0].text_content()


def test_source_with_a_script_address_is_text(page: Render) -> None:
    tree = page(meta={"sources": [{"title": "Bad", "url": "javascript:alert(1)"}]})
    assert texts(tree, "//section[@class='about']//li") == ["Bad"]
    assert not tree.xpath("//section[@class='sources']//a")
