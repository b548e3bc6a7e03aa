"""The page of a translation: nothing is lost, and no machine's draft passes for a person's work."""

from __future__ import annotations

import json
import re

from serving_client import Served, article, catalogue, unit

from pipeline.catalogue import read_catalogue
from pipeline.model import State


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
