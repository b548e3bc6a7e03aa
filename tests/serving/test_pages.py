"""What people do on the pages, as their browser sends it: with and without scripts."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest
from serving_client import Served

from pipeline.catalogue import read_catalogue
from pipeline.locking import locked
from pipeline.model import State
from pipeline.signatures import read_signatures

PERSON = {"name": "Example Translator", "credential": "example credential", "read": "on"}


def article(served: Served, name: str = "fever") -> Path:
    return served.root / "source" / "care" / f"{name}.md"


def catalogue(served: Served, name: str = "fever", language: str = "es") -> Path:
    return served.root / "translations" / language / "care" / f"{name}.po"


def box(page: str) -> str:
    match = re.search(r'<textarea id="box".*?>\n(.*?)</textarea>', page, re.DOTALL)
    assert match
    return unescape(match[1])


def unit(served: Served, source: str, path: str = "/translate/es/care/fever") -> dict[str, str]:
    """The fields of one text on the page: typed text, and what stood there."""
    page = served.get(path).text
    for section in page.split("<section ")[1:]:
        match = re.search(r'class="source lines"[^>]*>(.*?)</p>', section, re.DOTALL)
        if match and unescape(re.sub("<[^>]+>", "", match[1])) == source:
            was = re.search(r'name="w-(\w+)" value="(\w+)"', section)
            assert was
            return {"id": was[1], "was": was[2]}
    raise AssertionError(source)


# The article


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


# Previews


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


# The report


def test_the_report_leads_to_where_each_text_is_changed(served: Served) -> None:
    path = article(served)
    path.write_text(path.read_text("utf-8") + "\nYour haert is a pump.\n", "utf-8")
    assert "Make the report" in served.get("/report/").text
    assert not (served.root / "dist/report").exists(), "to look changes nothing"
    assert served.post("/report/", {}).status == 303
    page = served.get("/report/en/care/fever.html")
    line = path.read_text("utf-8").splitlines().index("Your haert is a pump.") + 1
    assert f'href="/article/care/fever#at-{line}-6"' in page.text
    assert 'href="/article/care/fever"' in page.text
    ids = re.findall(r'href="/translate/ar/care/cough#(\w+)"', served.get("/report/ar/care/cough.html").text)
    assert ids and all(f'id="{one}"' in served.get("/translate/ar/care/cough").text for one in ids)


def test_the_report_that_is_opened_from_its_folder_names_the_command(served: Served) -> None:
    served.post("/report/", {})
    page = (served.root / "dist/report/en/care/fever.html").read_text("utf-8")
    assert re.search(r"plainleaf serve [^<]*source/care/fever\.md</code>", page)
    assert "/article/care/fever#" not in page and served.token not in page


@pytest.mark.parametrize("path", ["pages.json", "../manifest.json", "..%2f..%2fsource/library.toml", "en/care/no.html"])
def test_nothing_else_is_given_out_with_the_report(served: Served, path: str) -> None:
    served.post("/report/", {})
    assert served.get(f"/report/{path}").status == 404


def test_scripts_of_the_report_run_and_no_others(served: Served) -> None:
    served.post("/report/", {})
    policy = served.get("/report/index.html").headers["content-security-policy"]
    assert policy.count("'sha256-") == 1 and "unsafe" not in policy and "file:" not in policy


def test_one_may_begin_with_an_article(library: Path) -> None:
    begun = Served(library, str(library / "translations/es/care/cough.po"))
    assert begun.enter().headers["location"] == "/translate/es/care/cough"
    begun.stop()


# Try a text


def test_a_tried_text_is_marked_without_a_script_too(shared: Served) -> None:
    answer = shared.post("/try", {"text": "Take it prior to lunch.", "language": "en"})
    assert answer.status == 200
    assert "prior to" in box(answer.text)
    assert "Write “before”" in answer.text


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


# Translate


def test_a_translation_is_saved_and_every_other_line_stays(served: Served) -> None:
    path = catalogue(served)
    before = path.read_text("utf-8")
    field = unit(served, "Fever")
    fields = {f"t-{field['id']}": "Calentura", f"w-{field['id']}": field["was"]}
    assert served.post("/translate/es/care/fever", fields).status == 303
    after = path.read_text("utf-8")
    assert read_catalogue(path).get("Fever").text == "Calentura"
    changed = [line for line in after.splitlines() if line not in before.splitlines() and not line.startswith("#")]
    assert changed == ['msgstr "Calentura"']


def test_a_translation_that_somebody_else_changed_is_kept_and_so_is_ours(served: Served) -> None:
    path = catalogue(served)
    field = unit(served, "Fever")
    other = unit(served, "A fever is a high body temperature.")
    path.write_text(path.read_text("utf-8").replace('msgstr "Fiebre"', 'msgstr "Fiebre alta"'), "utf-8")
    fields = {f"t-{field['id']}": "Calentura", f"w-{field['id']}": field["was"]}
    fields |= {f"t-{other['id']}": "La fiebre es calor.", f"w-{other['id']}": other["was"]}
    answer = served.post("/translate/es/care/fever", fields)
    assert answer.status == 409
    assert "Fiebre alta" in answer.text and "Calentura" in answer.text
    assert read_catalogue(path).get("Fever").text == "Fiebre alta"
    assert read_catalogue(path).get("A fever is a high body temperature.").text == "La fiebre es calor."
    again = {f"t-{field['id']}": "Calentura", f"w-{field['id']}": served.field(answer.text, f"w-{field['id']}")}
    assert served.post("/translate/es/care/fever", again).status == 303
    assert read_catalogue(path).get("Fever").text == "Calentura"


def test_a_text_whose_source_is_gone_is_shown_again(served: Served) -> None:
    field = unit(served, "Fever")
    path = article(served)
    path.write_text(path.read_text("utf-8").replace("title: Fever", "title: High fever"), "utf-8")
    answer = served.post(
        "/translate/es/care/fever", {f"t-{field['id']}": "Calentura", f"w-{field['id']}": field["was"]}
    )
    assert answer.status == 409
    assert "Calentura" in answer.text


def mark_as_draft(served: Served, source: str) -> None:
    path = catalogue(served)
    comment = "# machine-draft: made by a machine; no qualified translator has checked it\n"
    text = path.read_text("utf-8")
    start = text.rindex("\n\n", 0, text.index(f'msgid "{source}"')) + 2
    path.write_text(text[:start] + comment + text[start:], "utf-8")
    assert read_catalogue(path).get(source).state is State.DRAFT


def test_an_edited_machine_draft_stays_one_until_a_person_says_otherwise(served: Served) -> None:
    mark_as_draft(served, "Fever")
    field = unit(served, "Fever")
    fields = {f"t-{field['id']}": "Calentura", f"w-{field['id']}": field["was"]}
    served.post("/translate/es/care/fever", fields)
    found = read_catalogue(catalogue(served)).get("Fever")
    assert (found.text, found.state) == ("Calentura", State.DRAFT)
    field = unit(served, "Fever")
    ticked = {f"t-{field['id']}": "Calentura", f"w-{field['id']}": field["was"], f"c-{field['id']}": "on"}
    served.post("/translate/es/care/fever", ticked)
    found = read_catalogue(catalogue(served)).get("Fever")
    assert (found.text, found.state) == ("Calentura", State.TRANSLATED)


def test_a_machines_draft_of_another_article_stays_one_when_it_is_taken_over(served: Served) -> None:
    mark_as_draft(served, "Fever")
    cough = article(served, "cough")
    cough.write_text(cough.read_text("utf-8") + "\nFever\n", "utf-8")
    page = served.get("/translate/es/care/cough").text
    assert 'data-text="Fiebre"' in page
    field = unit(served, "Fever", "/translate/es/care/cough")
    for text, state in (("Fiebre", State.DRAFT), ("Calentura", State.DRAFT)):
        field = unit(served, "Fever", "/translate/es/care/cough")
        served.post("/translate/es/care/cough", {f"t-{field['id']}": text, f"w-{field['id']}": field["was"]})
        assert read_catalogue(catalogue(served, "cough")).get("Fever").state is state


def test_a_persons_own_translation_of_a_new_text_is_no_machine_draft(served: Served) -> None:
    path = article(served)
    path.write_text(path.read_text("utf-8") + "\nTake 5 ml.\n", "utf-8")
    field = unit(served, "Take 5 ml.")
    served.post("/translate/es/care/fever", {f"t-{field['id']}": "Tome 5 ml.", f"w-{field['id']}": field["was"]})
    assert read_catalogue(catalogue(served)).get("Take 5 ml.").state is State.TRANSLATED


def test_a_stale_translation_is_current_only_when_a_person_changes_or_confirms_it(served: Served) -> None:
    path = article(served)
    path.write_text(path.read_text("utf-8").replace("A fever is a high", "A fever is a very high"), "utf-8")
    new = "A fever is a very high body temperature."
    page = served.get("/translate/es/care/fever").text
    assert re.search(r"<ins>.*?very", page, re.DOTALL)
    field = unit(served, "A fever is a now: very high body temperature.")
    text = read_catalogue(catalogue(served)).get("A fever is a high body temperature.").text
    fields = {f"t-{field['id']}": text, f"w-{field['id']}": field["was"]}
    served.post("/translate/es/care/fever", fields)
    assert not read_catalogue(catalogue(served)).get(new).text
    served.post("/translate/es/care/fever", {**fields, f"c-{field['id']}": "on"})
    assert read_catalogue(catalogue(served)).get(new).state is State.TRANSLATED


def test_a_changed_dose_shows_as_it_is_typed(served: Served) -> None:
    path = article(served)
    path.write_text(path.read_text("utf-8") + "\nTake 5 ml.\n", "utf-8")
    field = unit(served, "Take 5 ml.")
    before = catalogue(served).read_bytes()
    said = json.loads(served.post("/check/translation/es/care/fever", {f"t-{field['id']}": "Tome 50 ml."}).text)
    assert "50" in said["panels"][field["id"]] and "error" in said["panels"][field["id"]]
    said = json.loads(served.post("/check/translation/es/care/fever", {f"t-{field['id']}": "Tome 5 ml."}).text)
    assert "error" not in said["panels"][field["id"]]
    assert catalogue(served).read_bytes() == before


# Sign


def sign(served: Served, role: str, name: str, **more: str) -> int:
    page = served.get("/sign/es/care/cough").text
    fields = {**PERSON, "role": role, "name": name, "seen": served.field(page, "seen"), **more}
    return served.post("/sign/es/care/cough", {k: v for k, v in fields.items() if v}).status


def record(served: Served) -> Path:
    return served.root / "translations/es/care/cough.signatures.toml"


def test_two_people_sign(served: Served) -> None:
    assert sign(served, "translator", "Example Translator") == 303
    assert sign(served, "checker", "Example Translator") == 409
    assert sign(served, "checker", "Example Checker") == 303
    assert [s.name for s in read_signatures(record(served))] == ["Example Translator", "Example Checker"]


@pytest.mark.parametrize(
    "more", [{"name": ""}, {"credential": ""}, {"read": ""}, {"role": ""}, {"seen": "x"}, {"role": "nurse"}]
)
def test_nothing_is_signed_without_all_of_it(served: Served, more: dict[str, str]) -> None:
    arguments = {"role": "translator", "name": "Example Translator", **more}
    assert sign(served, **arguments) == 409
    assert not record(served).exists()


def test_what_was_not_seen_is_not_signed(served: Served) -> None:
    page = served.get("/sign/es/care/cough").text
    path = catalogue(served, "cough")
    path.write_text(path.read_text("utf-8").replace("La tos suele pasar", "La tos pasa"), "utf-8")
    fields = {**PERSON, "role": "translator", "seen": served.field(page, "seen")}
    answer = served.post("/sign/es/care/cough", fields)
    assert answer.status == 409
    assert "has changed since" in answer.text
    assert not record(served).exists()


def test_a_changed_signed_translation_asks_twice(served: Served) -> None:
    for role, name in (("translator", "Example Translator"), ("checker", "Example Checker")):
        assert sign(served, role, name) == 303
    source = "3 weeks"
    field = unit(served, source, "/translate/es/care/cough")
    fields = {f"t-{field['id']}": "tres semanas", f"w-{field['id']}": field["was"]}
    assert served.post("/translate/es/care/cough", fields).status == 409
    assert read_catalogue(catalogue(served, "cough")).get(source).text == "3 semanas"
    assert served.post("/translate/es/care/cough", {**fields, f"f-{field['id']}": "on"}).status == 303
    assert read_catalogue(catalogue(served, "cough")).get(source).text == "tres semanas"


def test_errors_stand_in_the_way_of_a_signature(served: Served) -> None:
    path = catalogue(served, "cough")
    path.write_text(path.read_text("utf-8").replace('msgstr "3 semanas"', 'msgstr "30 semanas"'), "utf-8")
    page = served.get("/sign/es/care/cough").text
    assert 'name="seen"' not in page
    assert "mend" in page.lower()
    fields = {**PERSON, "role": "translator", "seen": "x"}
    assert served.post("/sign/es/care/cough", fields).status == 409
    assert not record(served).exists()


# The pages themselves


def test_the_pages_are_there_in_spanish(shared: Served) -> None:
    for page in ("/", "/try", "/article/care/fever", "/translate/es/care/fever", "/sign/es/care/fever"):
        text = shared.get(page, Accept_Language="es-MX,es;q=0.9").text
        assert '<html lang="es"' in text
        assert "Todos los artículos" in text
    chosen = shared.get("/try?ui=es").headers["set-cookie"]
    assert "=es" in chosen


def test_findings_and_notes_are_in_spanish_and_quote_in_their_own_language(shared: Served) -> None:
    field = unit(shared, "Take 5 ml of syrup 2 times a day. Do not take more.", "/translate/es/care/cough")
    typed = {f"t-{field['id']}": "Tome 50 ml de jarabe 2 veces al día. No tome más.", f"w-{field['id']}": field["was"]}
    said = shared.post("/check/translation/es/care/cough", typed, Accept_Language="es").text
    panel = json.loads(said)["panels"][field["id"]]
    assert "«5 mililitros» se ha convertido en «50 mililitros»" in panel
    assert '<bdi lang="en">Take 5 ml' in panel
    page = shared.get("/translate/es/care/cough", Accept_Language="es").text
    assert "longitud: 60 caracteres como máximo: está en una sola línea al pie de cada página" in page
    assert "Lo que muestra una imagen" in page


def test_while_another_command_holds_the_library_nothing_is_saved(served: Served) -> None:
    page = served.get("/article/care/fever").text
    before = article(served).read_bytes()
    with locked(served.root):
        answer = served.post("/article/care/fever", {"text": "New.", "was": served.field(page, "was")})
    assert answer.status == 409
    assert "another plainleaf command" in answer.text
    assert article(served).read_bytes() == before
