"""A second build does only what has changed, and what it leaves is what a build from nothing makes."""

from __future__ import annotations

import json
import os
import re
import shutil
from importlib import metadata
from pathlib import Path

import pytest

from pipeline import cache
from pipeline.building.ledger import OWN, Ledger
from pipeline.building.selection import everything
from pipeline.cli import main
from pipeline.executors import local_executor
from pipeline.formats import louis
from pipeline.library import open_library
from pipeline.run import build
from pipeline.store import FOLDER, Store


class Workshop:
    """A library, its builds, and which files each of them wrote."""

    def __init__(self, library: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.library, self.capsys = library, capsys

    def build(self, *arguments: str) -> str:
        main(["--library", str(self.library), "build", "--jobs", "1", *arguments])
        return self.capsys.readouterr().out

    def written(self, *arguments: str) -> set[str]:
        """The files that a build writes anew."""
        before = self.times()
        self.build(*arguments)
        after = self.times()
        return {path for path, time in after.items() if before.get(path) != time}

    def times(self) -> dict[str, int]:
        dist = self.library / "dist"
        return {p.relative_to(dist).as_posix(): p.stat().st_mtime_ns for p in dist.rglob("*") if p.is_file()}

    def content(self) -> dict[str, bytes]:
        dist = self.library / "dist"
        return {p.relative_to(dist).as_posix(): p.read_bytes() for p in dist.rglob("*") if p.is_file()}

    def edit(self, path: str, old: str, new: str) -> None:
        file = self.library / path
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), "utf-8")

    def matches_a_build_from_nothing(self) -> bool:
        kept = self.content()
        shutil.rmtree(self.library / "dist")
        shutil.rmtree(self.library / FOLDER)
        self.build()
        return self.content() == kept


@pytest.fixture
def shop(library: Path, capsys: pytest.CaptureFixture[str]) -> Workshop:
    workshop = Workshop(library, capsys)
    workshop.build()
    return workshop


def test_nothing_has_changed(shop: Workshop) -> None:
    before = shop.build("--format", "json")
    assert "nothing has changed" in shop.build()
    assert shop.written() == set()
    assert json.loads(shop.build("--format", "json")) == json.loads(before)


def test_one_translation_makes_its_leaflet_again_and_no_other(shop: Workshop) -> None:
    shop.edit("translations/es/care/fever.po", 'msgstr "Fiebre"', 'msgstr "La fiebre"')
    written = shop.written()
    leaflets = {path for path in written if path.endswith(".pdf")}
    assert "es/care/fever.pdf" in leaflets
    assert not any(path.startswith("ar/") for path in written)
    assert shop.matches_a_build_from_nothing()


def test_a_deleted_and_a_damaged_output_are_made_again(shop: Workshop) -> None:
    right = shop.content()
    (shop.library / "dist/es/care/cough.html").unlink()
    (shop.library / "dist/es/care/cough.pdf").write_bytes(b"%PDF broken")
    shop.build()
    assert shop.content() == right


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("source/library.toml", 'emergency_number = "112"', 'emergency_number = "999"'),
        ("source/care/cough.md", "A cough clears your airways.", "A cough can clear your airways."),
        ("source/care/fever.md", "title: ", "title: A "),
        ("source/images/lungs.svg", "<svg", "<svg "),
    ],
)
def test_whatever_changes_the_result_is_that_of_a_build_from_nothing(
    shop: Workshop, path: str, old: str, new: str
) -> None:
    shop.edit(path, old, new)
    shop.build()
    assert shop.matches_a_build_from_nothing()


def test_a_topic_behind_a_link_is_watched_too(shop: Workshop) -> None:
    real = shop.library / "elsewhere"
    shutil.move(shop.library / "source/care", real)
    (shop.library / "source/care").symlink_to(real, target_is_directory=True)
    shutil.copytree(shop.library / "source/images", shop.library / "images")
    (real / "loop").symlink_to(real, target_is_directory=True)
    shop.build()
    (real / "fever.md").write_text((real / "fever.md").read_text("utf-8").replace("title: ", "title: A "), "utf-8")
    assert "nothing has changed" not in shop.build()


def test_a_build_of_a_part_leaves_the_rest_as_it_is(shop: Workshop) -> None:
    right = shop.content()
    assert shop.written("--language", "es", "--to", "html") == set()
    assert shop.written() == set()
    assert shop.content() == right


def test_findings_are_the_same_when_they_are_remembered(shop: Workshop) -> None:
    first = json.loads(shop.build("--format", "json"))["findings"]
    shop.edit("source/library.toml", 'publisher = "Example publisher"', 'publisher = "Another example"')
    assert json.loads(shop.build("--format", "json"))["findings"] == first
    shop.edit("source/care/fever.md", "title: ", "title: A hypertesnion ")
    assert json.loads(shop.build("--format", "json"))["findings"] != first


def test_a_word_of_the_library_ends_a_finding(shop: Workshop) -> None:
    shop.edit("source/care/cough.md", "A cough clears", "A zorblax cough clears")
    before = json.loads(shop.build("--format", "json"))["findings"]
    (shop.library / "source/wordlist.txt").write_text("zorblax\n", "utf-8")
    assert json.loads(shop.build("--format", "json"))["findings"] != before


def findings(shop: Workshop, check: str) -> list[str]:
    library = open_library(shop.library)
    with local_executor(1) as executor:
        made = build(library, everything(library), executor, lambda *_: None)
    return [found.message for found in made.findings if found.check == check]


def test_what_another_catalogue_says_is_a_finding_here(shop: Workshop) -> None:
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    other = shop.library / "translations/es/care/other.po"
    other.write_text(f'{head}msgid "Fever"\nmsgstr "Fiebre"\n', "utf-8")
    assert findings(shop, "inconsistent") == []
    other.write_text(f'{head}msgid "Fever"\nmsgstr "Calentura"\n', "utf-8")
    assert any("Calentura" in message for message in findings(shop, "inconsistent"))


def test_a_word_of_other_articles_is_a_suggestion_here(shop: Workshop) -> None:
    shop.edit("source/care/cough.md", "A cough clears", "A zorblaxni cough clears")
    others = [shop.library / f"source/care/{name}.md" for name in ("one", "two")]
    for word in ("thing", "zorblaxin"):
        assert not any("zorblaxin" in message for message in findings(shop, "spelling"))
        for path in others:
            path.write_text(f"---\ntitle: A {word}\n---\n\nText.\n", "utf-8")
    remembered = findings(shop, "spelling")
    shutil.rmtree(shop.library / FOLDER)
    assert findings(shop, "spelling") == remembered
    assert any("zorblaxin" in message for message in remembered)


def test_a_library_that_was_moved_tells_its_new_place(
    shop: Workshop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.library = shop.library.rename(tmp_path / "moved")
    shop.build()
    told = json.loads(shop.build("--format", "json"))
    assert all(output["path"].startswith(str(shop.library)) for output in told["outputs"])
    monkeypatch.chdir(shop.library)
    shop.library = Path()
    assert {output["path"].split("/")[0] for output in json.loads(shop.build("--format", "json"))["outputs"]} == {
        "dist"
    }


def test_an_output_changed_behind_its_date_is_made_again(shop: Workshop) -> None:
    right = shop.content()
    page = shop.library / "dist/es/care/cough.html"
    found = page.stat()
    page.write_bytes(page.read_bytes().replace(b"Tos", b"Sot"))
    os.utime(page, ns=(found.st_atime_ns, found.st_mtime_ns))
    shop.build()
    assert shop.content() == right


def test_a_build_that_was_stopped_leaves_nothing_unknown(shop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    article = shop.library / "source/care/new.md"
    article.write_text("---\ntitle: New\n---\n\nText.\n", "utf-8")
    (shop.library / "source/care/fever.md").unlink()

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Ledger, "note", stop)
        shop.build("--to", "html")
    assert not (shop.library / "dist/en/care/fever.html").exists(), "it is gone before anything new is made"
    article.unlink()
    shop.build()
    assert shop.matches_a_build_from_nothing()


def test_every_package_that_is_used_is_in_the_keys() -> None:
    names = list(cache._names(metadata.requires("plainleaf") or ()))
    assert {"jinja2", "typst", "pypandoc_binary"} <= set(names)
    for name in names:
        assert re.fullmatch(r"[A-Za-z0-9._-]*[A-Za-z0-9]", name)
    assert all(metadata.version(name) for name in ("jinja2", "typst") if name in names)


def test_another_liblouis_makes_the_braille_again(shop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    if not louis.installed():
        pytest.skip("no liblouis on this machine: braille is not tried")
    brf = "dist/en/care/cough.brf"
    shop.build("--to", "brf", "--language", "en")
    right = (shop.library / brf).read_bytes()
    assert shop.written("--to", "brf", "--language", "en") == set()
    entry = Store(shop.library, "outputs").get("en/care/cough.brf")
    monkeypatch.setenv("LOUIS_TABLEPATH", "/usr/share/liblouis/tables")
    shop.build("--to", "brf", "--language", "en")
    again = Store(shop.library, "outputs").get("en/care/cough.brf")
    assert again[0] != entry[0]
    assert (shop.library / brf).read_bytes() == right


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"last": 7}', b"\xff", b'{"last": {"key": null}}'])
def test_a_broken_cache_is_no_cache(shop: Workshop, content: bytes) -> None:
    right = shop.content()
    for file in (shop.library / FOLDER).glob("*.sqlite"):
        file.write_bytes(content)
    shop.build()
    assert shop.content() == right


def test_what_one_format_owns_no_other_format_imports() -> None:
    formats = Path(cache.__file__).parent / "formats"
    sources = {f"formats/{path.name}": path.read_text("utf-8") for path in formats.glob("*.py")}
    for patterns in OWN.values():
        own = {path for path in sources if path.startswith(patterns)}
        names = [Path(path).stem for path in own]
        imports = re.compile(
            rf"(?m)^from pipeline\.formats(?:\.(?:{'|'.join(names)}) import| import .*\b(?:{'|'.join(names)})\b)"
        )
        users = {path for path, text in sources.items() if path not in own and imports.search(text)}
        # The table names every format; pdf.py is shared, and hands only fonts on.
        assert users <= {"formats/table.py", "formats/pdf.py"}, (names, users)


def test_no_two_values_have_one_digest() -> None:
    values = ["", "a", b"a", None, 0, False, 1.0, ["a"], ["a", ""], [["a"], ""], {"a": "b"}, {"a", "b"}, {"b": "a"}, []]
    assert len({cache.digest(value) for value in values}) == len(values)
    assert cache.digest({"a": 1, "b": 2}) == cache.digest({"b": 2, "a": 1})
    assert cache.digest("a", "b") != cache.digest("ab")
    with pytest.raises(TypeError):
        cache.digest(object())
