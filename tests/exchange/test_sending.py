"""What goes out: valid XLIFF 2.1, read alike by other programs, the same bytes for the same library."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree
from translate.storage.pypo import pofile
from translate.storage.xliff2 import Xliff2File

from pipeline.catalogue import read_catalogue
from pipeline.cli import main
from pipeline.exchange import xliff
from pipeline.exchange.model import Original, Outgoing, Unit
from pipeline.model import State

SCHEMAS = (
    Path(os.environ.get("PLAINLEAF_XLIFF_SCHEMAS", "/nowhere")),
    Path("/usr/share/php/Symfony/Component/Translation/Resources/schemas"),
)
"""Folders that may hold the schema of OASIS: named by hand, or that of Debian's php-symfony-translation."""
XLIFF = "{urn:oasis:names:tc:xliff:document:2.0}"
RICH = """\
---
title: "Pills & <tags>"
---

Take `x` *now*, **then** ![a leaf](../images/lungs.svg "Leaf") at <https://a.org> and \\
call {{emergency_number}} &nbsp; \\* [see *this*](cough.md)[^1].

[^1]: A ~~note~~ of m^2^.
"""


@pytest.fixture
def rich(library: Path) -> Path:
    """A library with every kind of markup, and translations in every state."""
    (library / "source" / "care" / "rich.md").write_text(RICH, encoding="utf-8")
    assert main(["--library", str(library), "extract"]) == 0
    return library


def export(library: Path, *options: str, to: str = "outgoing") -> list[Path]:
    assert main(["--library", str(library), "export", "-o", str(library / to), *options]) == 0
    return sorted(p for p in (library / to).rglob("*") if p.is_file())


class _Local(etree.Resolver):
    """Schemas import the one of the xml: attributes by addresses of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def resolve(self, url: str, _public: object, context: object) -> object:
        found = sorted(self.folder.rglob(url.rpartition("/")[2]))
        return self.resolve_filename(str(found[0]), context) if found else None


def schema() -> etree.XMLSchema:
    found = (p for folder in SCHEMAS if folder.is_dir() for p in sorted(folder.rglob("xliff*core*2.0.xsd")))
    path = next(found, None)
    if path is None:
        pytest.skip("no XLIFF schema here: install php-symfony-translation or name a folder in PLAINLEAF_XLIFF_SCHEMAS")
    parser = etree.XMLParser()
    parser.resolvers.add(_Local(path.parent))
    return etree.XMLSchema(etree.parse(str(path), parser))


def test_the_schema_of_the_standard_holds(rich: Path) -> None:
    valid = schema()
    for path in export(rich):
        valid.assertValid(etree.parse(str(path)))


def units(path: Path) -> Iterator[etree._Element]:
    yield from etree.parse(str(path)).iter(f"{XLIFF}unit")


def test_constraints_that_the_schema_cannot_say(rich: Path) -> None:
    """Sections 4.3 and 4.7 of the specification: ids are unique, references lead somewhere, languages agree."""
    for path in export(rich):
        root = etree.parse(str(path)).getroot()
        assert root.get("version") == "2.1"
        ids = [unit.get("id") for unit in units(path)]
        assert len(ids) == len(set(ids))
        for unit in units(path):
            data = {element.get("id") for element in unit.findall(f"{XLIFF}originalData/{XLIFF}data")}
            for side, language in (("source", root.get("srcLang")), ("target", root.get("trgLang"))):
                for content in unit.findall(f"{XLIFF}segment/{XLIFF}{side}"):
                    assert content.get("{http://www.w3.org/XML/1998/namespace}lang") == language
                    codes = [code.get("id") for code in content.iter(f"{XLIFF}pc", f"{XLIFF}ph")]
                    assert len(codes) == len(set(codes))
                    for code in content.iter():
                        references = {code.get(name) for name in ("dataRef", "dataRefStart", "dataRefEnd")} - {None}
                        assert references <= data
            for segment in unit.findall(f"{XLIFF}segment"):
                # 4.7.2.2.1: states after "initial" need a target.
                assert segment.get("state") == "initial" or segment.find(f"{XLIFF}target") is not None
            for match in unit.iter("{urn:oasis:names:tc:xliff:matches:2.0}match"):
                assert match.get("ref") == "#" + unit.find(f"{XLIFF}segment").get("id")


def test_no_markup_is_left_to_be_broken(rich: Path) -> None:
    path = rich / "outgoing" / "es" / "care" / "rich.xlf"
    export(rich)
    prose = [" ".join("".join(source.itertext()).split()) for source in etree.parse(str(path)).iter(f"{XLIFF}source")]
    assert prose == [
        "Pills & <tags>",
        "Take now, then a leafLeaf at and call see this.",
        "A note of m2.",
    ]  # fmt: skip


def test_states_tell_translators_what_there_is_to_do(rich: Path) -> None:
    (rich / "source" / "care" / "fever.md").write_text("---\ntitle: Fever!\n---\n\nRest well.\n", encoding="utf-8")
    export(rich)
    found = {}
    for name in ("cough", "fever"):
        for unit in units(rich / "outgoing" / "es" / "care" / f"{name}.xlf"):
            segment = unit.find(f"{XLIFF}segment")
            target = segment.find(f"{XLIFF}target")
            source = "".join(segment.find(f"{XLIFF}source").itertext())
            found[source] = (segment.get("state"), target is not None, [n.text for n in unit.iter(f"{XLIFF}note")])
    assert found["What it is"] == ("translated", True, ["heading"])
    assert found["you cannot breathe"][:2] == ("initial", True), "a draft to correct"
    assert "machine's draft" in found["you cannot breathe"][2][-1]
    assert found["Rest well."][:2] == ("initial", False)
    assert found["Fever!"][:2] == ("initial", False), "what an older source said is only offered"
    assert 'It was: "Fever"' in found["Fever!"][2][-1]
    offered = (rich / "outgoing" / "es" / "care" / "fever.xlf").read_text(encoding="utf-8")
    assert re.search(r'<mtc:match ref="#s1" type="tm" origin="plainleaf" similarity="\d+\.\d">', offered)
    assert "<target>Fiebre</target>" in offered


def test_what_is_signed_or_limited_says_so() -> None:
    signed = Unit("a", "b", State.TRANSLATED, True, False, ())
    limited = Unit("c", "", State.MISSING, False, False, (), limit=40)
    text = xliff.render(Outgoing(Original("x/y", "source/x/y.md", ()), "en", "ar", (signed, limited), ""))
    assert f'<unit id="{signed.id}" translate="no">' in text and '<segment id="s1" state="final">' in text
    assert '<slr:profiles generalProfile="xliff:codepoints"/>' in text
    assert f'<unit id="{limited.id}" slr:sizeRestriction="40">' in text
    assert 'trgDir="rtl"' in text


GLOSSARY = """\
[cough]
explanation = "Air that bursts out of your lungs."
forms = ["coughs"]
es = ["tos"]
note = "The noun."

["mitral valve"]
do_not_translate = true
"""


def test_all_that_the_catalogues_hold_goes_out(library: Path) -> None:
    """The library's own texts too: titles of topics, explanations of terms."""
    (library / "source" / "glossary.toml").write_text(GLOSSARY, encoding="utf-8")
    assert main(["--library", str(library), "extract"]) == 0
    for path in export(library):
        sources = {unit.source for unit in Xliff2File.parsefile(str(path)).units if unit.source}
        catalogue = library / "translations" / path.relative_to(library / "outgoing").with_suffix(".po")
        messages = {msgid for msgid in read_catalogue(catalogue).messages if not re.search(r"[\[*{]", msgid)}
        assert messages and messages <= sources


def test_terms_of_the_glossary_are_told(library: Path) -> None:
    (library / "source" / "glossary.toml").write_text(GLOSSARY, encoding="utf-8")
    article = library / "source" / "care" / "cough.md"
    article.write_text("The mitral valve and a cough.\n", encoding="utf-8")
    (path,) = export(library, "--language", "es", str(article))
    notes = [note.text for note in etree.parse(str(path)).iter(f"{XLIFF}note")]
    assert notes == [
        "paragraph",
        "glossary: mitral valve stays as it is",
        "glossary: cough = tos",
        "glossary: cough: The noun.",
    ]


def test_ids_stay_when_a_text_moves(rich: Path) -> None:
    path = rich / "outgoing" / "es" / "care" / "cough.xlf"
    article = rich / "source" / "care" / "cough.md"
    export(rich)
    before = {"".join(u.find(f"{XLIFF}segment/{XLIFF}source").itertext()): u.get("id") for u in units(path)}
    text = article.read_text(encoding="utf-8")
    moved = text.replace("- you cannot breathe\n", "").replace("## What it is", "- you cannot breathe\n\n## What else")
    article.write_text(moved, encoding="utf-8")
    export(rich)
    after = {"".join(u.find(f"{XLIFF}segment/{XLIFF}source").itertext()): u.get("id") for u in units(path)}
    assert after["you cannot breathe"] == before["you cannot breathe"]
    assert {text: before[text] for text in before if text in after}.items() <= after.items()


@pytest.mark.parametrize("file_format", ["xliff", "po"])
def test_the_same_library_gives_the_same_bytes(rich: Path, file_format: str) -> None:
    one, two = (export(rich, "--to", file_format, to=name) for name in ("one", "two"))
    assert [p.read_bytes() for p in one] == [p.read_bytes() for p in two]


def test_nothing_in_the_library_changes(rich: Path) -> None:
    before = {p: p.read_bytes() for p in rich.rglob("*") if p.is_file()}
    export(rich)
    export(rich, "--to", "po")
    assert {p: p.read_bytes() for p in before} == before


def test_a_dry_run_writes_nothing(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert export(library, "--dry-run") == []
    told = capsys.readouterr().out
    assert "cough.xlf" in told and "Dry run" in told


def test_part_of_a_library(library: Path) -> None:
    article = library / "source" / "care" / "cough.md"
    paths = export(library, "--language", "ar", str(article))
    assert [p.relative_to(library).as_posix() for p in paths] == ["outgoing/ar/care/cough.xlf"]


def test_translate_toolkit_reads_and_writes_the_xliff(rich: Path) -> None:
    """Another program's reader sees every text with its state, and its writer loses nothing that we need."""
    catalogues = {p: p.read_bytes() for p in (rich / "translations").rglob("*.po")}
    paths = export(rich)
    for path in paths:
        store = Xliff2File.parsefile(str(path))
        assert store.sourcelanguage == "en"
        catalogue = rich / "translations" / path.relative_to(rich / "outgoing").with_suffix(".po")
        messages = read_catalogue(catalogue).messages if catalogue.is_file() else {}
        assert len(store.units) == len(list(units(path)))
        done = [u for u in store.units if u.istranslated()]
        assert len(done) == sum(m.state is State.TRANSLATED for m in messages.values())
        path.write_bytes(bytes(store))
    assert main(["--library", str(rich), "import-translation", *map(str, paths)]) == 0
    assert {p: p.read_bytes() for p in catalogues} == catalogues


def test_a_translation_made_with_translate_toolkit_arrives(rich: Path) -> None:
    export(rich, "--language", "ar")
    path = rich / "outgoing" / "ar" / "care" / "fever.xlf"
    store = Xliff2File.parsefile(str(path))
    unit = next(u for u in store.units if u.source == "Fever")
    unit.target = "الحمى"
    unit.marktranslated()
    path.write_bytes(bytes(store))
    assert main(["--library", str(rich), "import-translation", str(path)]) == 0
    message = read_catalogue(rich / "translations" / "ar" / "care" / "fever.po").get("Fever")
    assert (message.text, message.state) == ("الحمى", State.TRANSLATED)


def test_translate_toolkit_reads_and_writes_the_po(rich: Path) -> None:
    catalogues = {p: p.read_bytes() for p in (rich / "translations").rglob("*.po")}
    paths = export(rich, "--to", "po")
    for path in paths:
        path.write_bytes(bytes(pofile.parsefile(str(path))))
    main(["--library", str(rich), "import-translation", *map(str, paths)])
    assert {p: p.read_bytes() for p in catalogues} == catalogues


@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="msgfmt (gettext) is not installed")
def test_gettext_accepts_the_po(rich: Path) -> None:
    for path in export(rich, "--to", "po"):
        subprocess.run(["msgfmt", "-c", "-o", str(rich / "x.mo"), str(path)], check=True, capture_output=True)


@pytest.mark.skipif(shutil.which("pofilter") is None, reason="pofilter (Translate Toolkit) is not installed")
def test_pofilter_finds_no_markup_or_number_changed(rich: Path) -> None:
    (path,) = export(rich, "--to", "po", "--language", "es", str(rich / "source" / "care" / "cough.md"))
    assert not _pofilter(path.parent, rich / "found")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("[fiebre](fever.md)", "[fiebre](fever.md").replace("3 semanas", "4"), encoding="utf-8")
    assert _pofilter(path.parent, rich / "broken") == {"brackets", "numbers"}


def _pofilter(folder: Path, found: Path) -> set[str]:
    tests = [
        f"--test={name}" for name in ("variables", "xmltags", "urls", "numbers", "brackets", "escapes", "newlines")
    ]
    subprocess.run(["pofilter", *tests, "--progress=none", str(folder), str(found)], check=True, capture_output=True)
    texts = "".join(path.read_text(encoding="utf-8") for path in found.rglob("*.po"))
    return set(re.findall(r"\(pofilter\) (\w+)", texts))
