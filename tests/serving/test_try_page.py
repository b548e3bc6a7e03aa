"""A text that is tried: marked, held against its language's dictionary, saved as a draft."""

from __future__ import annotations

import json
import re

import pytest
from serving_client import Served, box


def test_a_tried_text_is_marked_without_a_script_too(shared: Served) -> None:
    answer = shared.post("/try", {"text": "Take it prior to lunch.", "language": "en"})
    assert answer.status == 200
    assert "prior to" in box(answer.text)
    assert "Write “before”" in answer.text


def test_the_reading_level_is_told_in_separate_words(shared: Served) -> None:
    text = "The administration of anticoagulation necessitates considerable individual deliberation beforehand."
    panel = json.loads(shared.post("/check/text", {"text": text, "language": "en"}).text)["panel"]
    assert re.search(r"too hard \(target: \d+ or less\) · \d+ words", " ".join(re.sub("<[^>]*>", "", panel).split()))


def test_a_tried_text_in_another_language_is_held_against_its_dictionary(shared: Served) -> None:
    pytest.importorskip("hunspell")
    said = json.loads(shared.post("/check/text", {"text": "Llame a un médcio.", "language": "es"}).text)
    assert "médico" in said["panel"]


def test_a_language_without_a_dictionary_says_so(shared: Served) -> None:
    said = json.loads(shared.post("/check/text", {"text": "Wadnuhu waa muhiim.", "language": "so"}).text)
    assert "spelling is not checked" in said["note"]


def test_a_draft_is_saved_whole_and_never_published_as_it_is(served: Served) -> None:
    text = "# Rest\r\n\r\nRest your *haert*.\r\n"
    answer = served.post("/try/save", {"text": text, "language": "en", "title": "Rest"})
    assert (answer.status, answer.headers["location"]) == (303, "/article/imported/rest?saved=1")
    path = served.root / "source" / "imported" / "rest.md"
    content = path.read_text("utf-8")
    assert content.endswith("---\n\n# Rest\n\nRest your *haert*.\n")
    assert "publishable: false" in content
    again = served.post("/try/save", {"text": "Other.", "language": "en", "title": "Rest"})
    assert again.headers["location"] == "/article/imported/rest-2?saved=1"
    assert path.read_text("utf-8") == content


@pytest.mark.parametrize("fields", [{"text": ""}, {"text": "x"}, {"text": "---\ntitle: A\n---\nB", "title": "A"}])
def test_what_cannot_be_a_draft_is_told_and_kept_in_the_box(served: Served, fields: dict[str, str]) -> None:
    answer = served.post("/try/save", {"title": "", "language": "en", **fields})
    assert answer.status == 409
    assert box(answer.text) == fields["text"]
    assert not (served.root / "source" / "imported").exists()
