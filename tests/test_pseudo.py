"""Pseudo-languages: made up by rule, built like any other, and never taken for a translation."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from pipeline.cli import main
from pipeline.inline import codes, pieces
from pipeline.language import PSEUDO, known_languages, load_language
from pipeline.pseudo import NOTICE, pseudo_text

MARKDOWN = st.lists(
    st.sampled_from([*"*_`~[](){}!<>\\^&|#:/.\"' ", "**", "![a](", "](b.md)", "{{x}}", "[^1]", "http://a.b", "a", "5"]),
    max_size=25,
).map("".join)  # fmt: skip
BIDI = dict.fromkeys([0x200F, 0x202E, 0x202C])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Call {{emergency_number}} **now**.", "[Çååļļ {{emergency_number}} **ñööŵ**.]"),
        ("See [this page](a.md) for 5 ml.", "[Šéééé [ţĥîîš þååĝéé](a.md) ƒööŕ 5 ḿļ.]"),
        ("Page {page} of {pages}", "[Þååĝéé {page} ööƒ {pages}]"),
        ("Write to help@example.org", "[Ŵŕîîţéé ţöö help@example.org]"),
        ('![A leaf](l.svg "Leaf")', '![Åå ļééååƒ](l.svg "Ļééååƒ")'),
        ("`a code`", "`a code`"),
        ("one\\\ntwo", "[ööñéé\\\nţŵöö]"),
        ("", ""),
    ],
)
def test_accented(text: str, expected: str) -> None:
    assert pseudo_text(text, "accented") == expected


def test_front_matter_keeps_what_looks_like_markup() -> None:
    assert pseudo_text("*Pills* {{x}}", "accented", is_plain=True) == "[*Þîîļļš* {{x}}]"


def test_about_two_fifths_longer() -> None:
    text = "A valve in the heart does not close tightly, so some blood leaks back. A small leak may never trouble you."
    assert 1.25 <= len(pseudo_text(text, "accented")) / len(text) <= 1.5


def test_mirrored_words_stand_in_balanced_marks() -> None:
    text = pseudo_text("Take **two** now", "mirrored")
    assert text.translate(BIDI) == "Take **two** now"
    assert text.count("\u202e") == text.count("\u202c") == 3


@pytest.mark.parametrize("way", ["accented", "mirrored"])
@given(text=MARKDOWN)
def test_markup_and_figures_stay(way: str, text: str) -> None:
    made = pseudo_text(text, way)
    kept = {code.opening for code in codes(pieces(text)) if code.kind in ("placeholder", "code", "address", "footnote")}
    assert kept <= {code.opening for code in codes(pieces(made))}
    assert re.findall(r"\d", made) == re.findall(r"\d", text)


def test_they_are_no_real_languages() -> None:
    assert not set(PSEUDO) & set(known_languages())
    assert (load_language("ar_XB").direction, load_language("ar_XB").tag) == ("rtl", "ar-XB")
    assert (load_language("en_XA").direction, load_language("en_XA").tag) == ("ltr", "en-XA")


@pytest.mark.parametrize(("language", "direction"), [("en_XA", "ltr"), ("ar_XB", "rtl")])
def test_built_like_any_other(library: Path, language: str, direction: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--library", str(library), "build", "--language", language, "--jobs", "1"]) == 0
    page = html.fromstring((library / "dist" / language / "care" / "cough.html").read_bytes())
    assert page.get("lang") == language.replace("_", "-") and page.get("dir") == direction
    assert NOTICE in page.text_content()
    main_text = " ".join(page.get_element_by_id("page-main").text_content().split()).translate(BIDI)
    assert ("you cannot breathe" if language == "ar_XB" else "[ýööûû çååññööţ ƀŕééååţĥéé]") in main_text
    for suffix in ("epub", "pdf"):
        assert (library / "dist" / language / "care" / f"cough.{suffix}").stat().st_size > 1000
    assert not (library / "translations" / language).exists()


def test_what_stands_without_accents_is_known(library: Path) -> None:
    """Text of ours that no translator gets would show here; names and the notice are no such text."""
    assert main(["--library", str(library), "build", "--language", "en_XA", "--to", "html,epub", "--jobs", "1"]) == 0
    page = (library / "dist" / "en_XA" / "care" / "cough.html").read_bytes()
    with zipfile.ZipFile(library / "dist" / "en_XA" / "care" / "cough.epub") as book:
        pages = [page, *(book.read(name) for name in book.namelist() if name.endswith(".xhtml"))]
    names = r"Example \w+|1 Example Street|Test library|Pseudo-\w+|EPUB|HTML|PDF|English|Español|\d+ January \d+"
    for content in pages:
        tree = html.fromstring(content)
        for element in [*tree.iter("style", "script"), *tree.xpath("//*[@lang='en']")]:
            element.drop_tree()
        texts = tree.xpath("//text() | //@alt | //@title | //@aria-label")
        text = re.sub(rf"{re.escape(NOTICE)}|{names}|https?:\S+", "", "\n".join(texts))
        assert [word for word in re.findall(r"\b[A-Za-z]{4,}\b", text) if re.search("[aeiou]", word)] == []


def test_the_next_whole_build_takes_them_away(library: Path) -> None:
    assert main(["--library", str(library), "build", "--language", "en_XA", "--to", "html", "--jobs", "1"]) == 0
    assert (library / "dist" / "en_XA" / "care" / "cough.html").is_file()
    main(["--library", str(library), "build", "--to", "html", "--jobs", "1"])
    assert not [p for p in (library / "dist" / "en_XA").rglob("*") if p.is_file()]
    assert "en_XA" not in (library / "dist" / "index.html").read_text(encoding="utf-8")


def test_they_are_not_for_translators(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("extract", "export"):
        assert main(["--library", str(library), command, "--language", "en_XA"]) == 2
        assert "nobody translates it" in capsys.readouterr().err
    settings = library / "source" / "library.toml"
    settings.write_text(settings.read_text().replace('["es", "ar"]', '["es", "ar", "en_XA"]'))
    assert main(["--library", str(library), "extract"]) == 0
    assert not (library / "translations" / "en_XA").exists()
    capsys.readouterr()
    main(["--library", str(library), "check"])
    told = capsys.readouterr()
    assert "en_XA" not in told.out + told.err


def test_they_are_never_released_or_signed(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--library", str(library), "build", "--release", "--language", "en_XA"]) == 2
    assert "never released" in capsys.readouterr().err
    settings = library / "source" / "library.toml"
    settings.write_text(settings.read_text().replace('["es", "ar"]', '["es", "ar", "en_XA"]'))
    main(["--library", str(library), "build", "--release", "--to", "html", "--jobs", "1"])
    assert not list((library / "dist").glob("en_XA/**/*.html"))
    assert "en_XA" not in (library / "dist" / "index.html").read_text(encoding="utf-8")
    capsys.readouterr()
    sign = ["sign", "care/cough", "--language", "en_XA", "--as", "checker", "--name", "Example Name"]
    assert main(["--library", str(library), *sign]) == 2
    assert "nothing to sign" in capsys.readouterr().err
