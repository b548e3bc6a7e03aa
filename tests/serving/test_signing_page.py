"""The page on which people sign."""

from __future__ import annotations

from pathlib import Path

import pytest
from serving_client import Served, catalogue, unit

from pipeline.catalogue import read_catalogue
from pipeline.signatures import read_signatures

PERSON = {"name": "Example Translator", "credential": "example credential", "read": "on"}


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
