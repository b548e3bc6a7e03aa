"""The page of an article, and what readers will see of it: with and without scripts."""

from __future__ import annotations

import json
import re

from serving_client import Served, article, box


def test_saving_writes_the_text_and_leaves_the_rest_byte_for_byte(served: Served) -> None:
    path = article(served)
    before = path.read_bytes().replace(b"\n", b"\r\n")
    path.write_bytes(b"\xef\xbb\xbf" + before)
    page = served.get("/article/care/fever").text
    text = box(page).replace("Your body is hotter", "Your skin is hotter").replace("\n", "\r\n")
    answer = served.post("/article/care/fever", {"text": text, "was": served.field(page, "was")})
    assert answer.status == 303
    assert path.read_bytes() == b"\xef\xbb\xbf" + before.replace(b"Your body is hotter", b"Your skin is hotter")


def test_somebody_elses_change_is_never_written_over(served: Served) -> None:
    path = article(served)
    page = served.get("/article/care/fever").text
    mine = box(page).replace("Your body", "Mine: your body")
    theirs = path.read_text("utf-8").replace("hotter than normal", "hotter than usual")
    path.write_text(theirs, "utf-8")
    answer = served.post("/article/care/fever", {"text": mine, "was": served.field(page, "was")})
    assert answer.status == 409
    assert path.read_text("utf-8") == theirs
    assert "Mine: your body" in box(answer.text)
    assert "usual" in answer.text
    # Having seen both, the person saves: now theirs is what was seen.
    both = box(answer.text).replace("than normal", "than usual")
    assert served.post("/article/care/fever", {"text": both, "was": served.field(answer.text, "was")}).status == 303
    assert "Mine: your body is hotter than usual" in path.read_text("utf-8")


def test_an_emptied_box_is_not_saved(served: Served) -> None:
    page = served.get("/article/care/fever").text
    before = article(served).read_bytes()
    answer = served.post("/article/care/fever", {"text": " \r\n", "was": served.field(page, "was")})
    assert answer.status == 409
    assert article(served).read_bytes() == before


def test_the_findings_of_what_is_typed_are_told_with_their_places(shared: Served) -> None:
    text = "# Heart\n\nSee the 😀 haert prior to lunch.\n"
    headers = {"Accept": "application/json"}
    said = json.loads(shared.post("/check/article/care/fever", {"text": text}, **headers).text)
    marked = [text.encode("utf-16-le")[2 * a : 2 * b].decode("utf-16-le") for a, b, _, _ in said["marks"]]
    assert {"haert", "prior to"} <= set(marked)
    assert "Write “before”" in said["panel"]


def test_what_an_article_says_is_text_and_never_markup(served: Served) -> None:
    path = article(served)
    evil = "</textarea><script>alert(1)</script><img src=x onerror=alert(2)> \"'&amp; {{ 7*7 }}"
    quoted = evil.replace("'", "''")
    path.write_text(path.read_text("utf-8").replace("title: Fever", f"title: '{quoted}'"), "utf-8")
    for page in ("/", "/article/care/fever", "/translate/es/care/fever", "/sign/es/care/fever"):
        text = served.get(page).text
        assert "<script>alert" not in text and "<img src=x" not in text
    assert quoted in box(served.get("/article/care/fever").text)
    preview = served.get("/preview/en/care/fever.html").text
    assert "<script>alert" not in preview


def test_a_broken_article_is_told_and_can_be_mended_there(served: Served) -> None:
    path = article(served)
    path.write_text(path.read_text("utf-8").replace("title: Fever", "title: [Fever"), "utf-8")
    page = served.get("/article/care/fever")
    assert page.status == 200
    assert "fever.md:" in served.get("/preview/en/care/fever.html").text
    fixed = box(page.text).replace("title: [Fever", "title: Fever")
    assert served.post("/article/care/fever", {"text": fixed, "was": served.field(page.text, "was")}).status == 303
    assert "cannot be shown" not in served.get("/preview/en/care/fever.html").text


def test_readers_see_what_a_build_makes(shared: Served) -> None:
    page = shared.get("/preview/es/care/fever.html")
    assert page.status == 200
    assert '<html lang="es"' in page.text
    paper = shared.get("/paper/es/care/fever.pdf")
    assert paper.body.startswith(b"%PDF-")
    sheets = json.loads(shared.get("/sheets/ar/care/cough", Accept="application/json").text)["panel"]
    (first, *_) = re.findall(r'src="([^"]+)"', sheets)
    drawn = shared.get(first)
    assert drawn.headers["content-type"] == "image/svg+xml" and drawn.body.startswith(b"<svg")
    assert "sandbox" in drawn.headers["content-security-policy"]


def test_there_is_no_preview_of_what_is_not_translated(shared: Served) -> None:
    answer = shared.get("/preview/ar/care/fever.html")
    assert "no translation yet" in answer.text
    assert "unsafe" not in answer.headers["content-security-policy"]
