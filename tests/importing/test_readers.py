"""Every kind of file, and files that are not to be trusted."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pypandoc
import pytest

from pipeline import front_matter
from pipeline.importing import limits
from pipeline.importing.draft import make_draft
from pipeline.model import PlainleafError

PAGE = """<!DOCTYPE html><html lang="en"><head><title>Croup</title>
<script>var lost = "code";</script></head><body>
<nav><a href="/">Home</a></nav><div>We use cookies to make this site better.</div>
<main><h1>Croup</h1><p>Croup is a <b>barking</b> cough. It comes at night.
See <a href="https://example.org/a">a page</a> or
<a href="/b">ours</a>.</p><h2>Signs</h2><ul><li>a bark</li><li>noisy breath</li></ul>
<div class="callout">Call an ambulance if the lips are blue.</div>
<table><tr><th>Age</th><th>Help</th></tr><tr><td>1</td><td>a nurse</td></tr></table>
<details><summary>And then?</summary><p>It is over in three days.</p></details>
<p onclick="bad()">Water helps.<br>Sleep helps too.</p></main>
<form><input><button>Send</button></form><footer>© Example</footer></body></html>"""


def text_of(path: Path) -> str:
    text = make_draft(path, "2026-03-01").text
    return text[front_matter.parse(text).body_start :]


def test_html_keeps_every_sentence_and_tells_what_goes(tmp_path: Path) -> None:
    path = tmp_path / "croup.html"
    path.write_text(PAGE)
    text = text_of(path)
    for kept in (
        "a **barking** cough",
        "## Signs",
        "- noisy breath",
        "Call an ambulance if the lips are blue.",
        "a nurse",
        "And then?",
        "It is over in three days.",
        "Sleep helps too.",
        "[a page](https://example.org/a)",
    ):
        assert kept in text
    for gone in ("cookies", "code", "Home", "Send", "bad()", "(/b)", "©", "<"):
        assert gone not in text
    dropped = [item.text for item in make_draft(path, "2026-03-01").dropped]
    assert {"Home", "Send", "© Example", "We use cookies to make this site better."} <= set(dropped)


def test_html_that_is_broken_is_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "broken.html"
    path.write_text("<html><div><p>One sentence stands here, and it is long enough.<ul><li>an item<nav>Menu")
    assert "One sentence stands here" in text_of(path) and "an item" in text_of(path)


@pytest.mark.parametrize("kind", ["docx", "epub", "odt", "rtf"])
def test_documents_keep_headings_lists_and_tables(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"croup.{kind}"
    source = "# Croup\n\nCroup is a barking cough of small children.\n\n## Signs\n\n- a bark\n- noisy breath\n"
    pypandoc.convert_text(source, kind, format="markdown", outputfile=str(path), extra_args=["--standalone"])
    made = make_draft(path, "2026-03-01")
    assert made.title == "Croup"
    assert "Croup is a barking cough of small children." in made.text and "noisy breath" in made.text
    assert kind == "rtf" or "## Signs\n\n- a bark\n- noisy breath" in made.text


def test_bold_lines_of_a_document_are_headings(tmp_path: Path) -> None:
    path = tmp_path / "croup.docx"
    source = "# Croup\n\nIt is a barking cough.\n\n**What helps**\n\nCold air at the window helps. **Do not smoke.**\n"
    pypandoc.convert_text(source, "docx", format="markdown", outputfile=str(path))
    assert "## What helps" in text_of(path) and "**Do not smoke.**" in text_of(path)


def test_markdown_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "croup.md"
    source = "Croup is *not* grave, though\nit sounds so.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n"
    source += "1. cold air\n2. water\n\n> She said so.\n"
    path.write_text(f"---\ntitle: Croup\nowner: me\n---\n\n# Croup\n\n{source}")
    assert text_of(path).strip() == source.replace("though\nit", "though it").strip()
    assert any("owner: me" in item.text for item in make_draft(path, "2026-03-01").dropped)


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext (poppler-utils) is not installed")
def test_pdf(tmp_path: Path) -> None:
    import typst  # noqa: PLC0415

    path = tmp_path / "croup.pdf"
    path.write_bytes(typst.compile(b"= Croup\n\nCroup is a barking cough of small children. It comes at night."))
    assert "Croup is a barking cough of small children. It comes at night." in text_of(path)


def test_utf_16_and_byte_order_marks_are_read(tmp_path: Path) -> None:
    for encoding in ("utf-16", "utf-8-sig"):
        path = tmp_path / f"{encoding}.txt"
        path.write_bytes("Croup\n\nCroup is a barking cough of small children.\n".encode(encoding))
        assert make_draft(path, "2026-03-01").title == "Croup"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.txt", b" \n\n", "no text in it"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00", "not a text file"),
        ("latin.txt", "Fièvre".encode("latin-1"), "not UTF-8"),
        ("broken.docx", b"PK\x03\x04 and no more", "broken"),
        ("none.docx", b"no archive", "broken"),
        ("archive.zip", b"PK\x03\x04", "no DOCX, EPUB or ODT"),
        ("long.txt", b"a" * (limits.LONGEST_LINE + 1), "this is no page of text"),
    ],
)
def test_what_cannot_be_read_is_one_clear_line(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(PlainleafError, match=message) as raised:
        make_draft(path, "2026-03-01")
    assert str(path) in str(raised.value)


def archive(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return path


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = archive(tmp_path / "bomb.docx", {"word/document.xml": b"0" * (limits.LEAST_SUSPICIOUS + 1)})
    with pytest.raises(PlainleafError, match="it is refused"):
        make_draft(path, "2026-03-01")


def test_xml_entities_are_refused(tmp_path: Path) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><a>&d;</a>'
    path = archive(tmp_path / "bomb.epub", {"a.xhtml": bomb})
    with pytest.raises(PlainleafError, match="declares XML entities"):
        make_draft(path, "2026-03-01")


def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LARGEST_FILE", 10)
    path = tmp_path / "large.txt"
    path.write_text("This is more than ten bytes.")
    with pytest.raises(PlainleafError, match="at most 10 are read"):
        make_draft(path, "2026-03-01")


def test_html_nested_without_end_is_read_in_time(tmp_path: Path) -> None:
    path = tmp_path / "deep.html"
    path.write_text("<html>" + "<div>" * 5000 + "A sentence that stands deep down in the page." + "</div>" * 5000)
    assert "A sentence that stands deep down" in text_of(path)
