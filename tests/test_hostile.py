"""What an author or a translator writes can run nothing, read nothing outside of the library, and stop nothing."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pypdf
import pytest

from fuzz.harmless import harms
from pipeline import po
from pipeline.cli import main

SECRET = "swordfish-4711"
HEAD = "---\ntitle: {title}\nlang: en\nsummary: {title}\nlast_reviewed: 2026-01-05\nversion: '1.0'\n---\n\n"
RUN = "<script>alert(1)</script><img src=x onerror=alert(1)>"
ATTACKS = f"""\
## Head {RUN}

Text <script>alert(1)</script> <img src=x onerror=alert(1)> <svg/onload=alert(1)> text.

<div onclick="alert(1)">block</div>

```{{=html}}
<script>alert(1)</script>
```

```{{=typst}}
#read("SECRET")
```

`#read("SECRET")`{{=typst}} `<script>alert(1)</script>`{{=html}} and #read("SECRET") #include "SECRET" #eval("1")

```{{include="SECRET"}}
```

!include(SECRET) {{{{< include SECRET >}}}} \\input{{SECRET}} $\\input{{SECRET}}$

- [x](javascript:alert(1)) [x](&#106;ava&Tab;script&colon;alert(1)) [x](<java\tscript:alert(1)>) [x](VBSCRIPT:x)
- <javascript:alert(1)> <data:text/html,x> [x][l] [x](data:text/html;base64,PHNjcmlwdD4=) [x](file:///etc/passwd)
- [x](https://example.org){{onclick="alert(1)" style="background:url(https://example.org/x)"}}

| #read("SECRET") | {RUN} |
|---|---|
| [x](javascript:alert(1)) | `#eval("1")` |

Term {RUN}
: #read("SECRET")

Note.[^1]

[^1]: {RUN} #read("SECRET")

[l]: javascript:alert(1) "{RUN.replace('"', "'")}"
"""


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret.txt"
    path.write_text(f"{SECRET}\n")
    return path


def words_of(path: Path) -> str:
    """All text of a file that was built, whatever its format."""
    if path.suffix == ".pdf":
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    if path.suffix in (".epub", ".docx"):
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
            return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return path.read_text("utf-8", "replace")


def pages_of(path: Path) -> list[str]:
    if path.suffix == ".epub":
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as book:
            return [book.read(name).decode() for name in book.namelist() if name.endswith((".xhtml", ".svg"))]
    return [path.read_text("utf-8")] if path.suffix == ".html" else []


def assert_harmless(library: Path, own: list[str]) -> None:
    """own: what the library's own search page has, a form and a script."""
    files = [path for path in (library / "dist").rglob("*") if path.is_file()]
    assert len(files) > 10
    for path in files:
        assert SECRET not in words_of(path), path
        for page in pages_of(path):
            assert harms(page) == (own if path.name == "search.html" else []), path
        if path.suffix in (".js", ".json"):
            assert "</script" not in path.read_text("utf-8").lower(), path


def test_articles_titles_and_settings_can_do_no_harm(
    library: Path, secret: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["--library", str(library), "build", "--jobs", "1", "--to", "html"])
    own = harms((library / "dist/en/search.html").read_text("utf-8"))
    assert set(own) <= {"<form>", "<script>"}
    article = library / "source/care/attack.md"
    title = json.dumps(f'#read("{secret}") {RUN}')
    article.write_text(HEAD.format(title=title) + ATTACKS.replace("SECRET", str(secret)), "utf-8")
    settings = library / "source/library.toml"
    lines = [f"name = {title}", f"publisher = {title}", f"imprint = {title}", 'languages = ["es", "ar"]']
    settings.write_text("\n".join([*lines, "[topics]", f"care = {title}"]), "utf-8")
    main(["--library", str(library), "extract"])
    catalogue = library / "translations/es/care/attack.po"
    file = po.parse(catalogue.read_text("utf-8"))
    for entry in file.entries:
        if entry.msgid:
            entry.set_value("msgstr", f'{RUN} #read("{secret}") [x](javascript:alert(1)) `#eval("1")`{{=typst}}')
    catalogue.write_text(file.render(), "utf-8")
    formats = "html,epub,pdf,pdf-bilingual,docx,txt,ssml,md"
    status = main(["--library", str(library), "build", "--jobs", "1", "--to", formats])
    told = capsys.readouterr()
    assert status in (1, 2) and "mistake of Plainleaf" not in told.err
    for name in formats.replace("pdf-bilingual", "html").split(","):
        assert (library / f"dist/en/care/attack.{name}").is_file(), told.err
    for path in (library / "dist").rglob("*.md"):
        path.unlink()  # Markdown is the source itself, as it was written.
    assert_harmless(library, own)
    assert f'#read("{secret}")' in words_of(library / "dist/en/care/attack.pdf").replace("\n", "")
    assert main(["--library", str(library), "check", "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    names = {(Path(f["path"]).suffix, f["check"]) for f in found if "attack" in f["path"]}
    assert {(".md", "raw-html"), (".md", "unsafe-address"), (".po", "markup-changed")} <= names


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("../../../secret.svg", "lies outside the library"),
        ("/etc/passwd", "must be a file of the library"),
        ("file:///etc/passwd", "must be a file of the library"),
        ("http://example.org/x.png", "must be a file of the library"),
        ("//example.org/x.png", "must be a file of the library"),
        ("..%2f..%2f..%2fsecret.svg", "lies outside the library"),
        ("../images/link.svg", "a link that leads out of the library"),
    ],
)
def test_pictures_from_elsewhere_are_refused(
    library: Path, tmp_path: Path, address: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "secret.svg").write_text(f'<svg xmlns="http://www.w3.org/2000/svg"><text>{SECRET}</text></svg>')
    if "link" in address:
        (library / "source/images/link.svg").symlink_to(tmp_path / "secret.svg")
    article = library / "source/care/fever.md"
    article.write_text(article.read_text("utf-8") + f"\n![A picture.]({address})\n", "utf-8")
    assert main(["--library", str(library), "build", "--jobs", "1", "--to", "html"]) == 2
    assert told in capsys.readouterr().err
    assert not (library / "dist/en/care/fever.html").exists()


@pytest.mark.parametrize(
    ("inside", "told"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ('<g onload="alert(1)"/>', "an action (onload)"),
        ('<image href="http://example.org/x.png"/>', "something outside of it"),
        ('<use href="file:///etc/passwd#a"/>', "something outside of it"),
        ("<foreignObject><p>x</p></foreignObject>", "<foreignobject>"),
        ("<style>@import 'x.css'; a { fill: url(http://example.org/) }</style>", "something outside of it"),
        ("<g>" * 300 + "</g>" * 300, "elements without end"),
        ("<g>", "not well-formed"),
    ],
)
@pytest.mark.parametrize("head", ["", '<!DOCTYPE svg [<!ENTITY a "b">]>'])
def test_a_drawing_that_is_a_program_is_refused(
    library: Path, inside: str, told: str, head: str, capsys: pytest.CaptureFixture[str]
) -> None:
    content = f'{head}<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2">{inside}</svg>'
    (library / "source/images/attack.svg").write_text(content)
    article = library / "source/care/fever.md"
    article.write_text(article.read_text("utf-8") + "\n![A picture.](../images/attack.svg)\n", "utf-8")
    assert main(["--library", str(library), "build", "--jobs", "1", "--to", "html"]) == 2
    assert ("entities of its own" if head else told) in capsys.readouterr().err
    assert not (library / "dist/en/care/fever.html").exists()
    assert (library / "dist/en/care/cough.html").exists(), "the others are built"


BOMBS = {
    "line": "word " * 40_000,
    "text": "A line of it.\n\n" * 150_000,
    "quotes": "> " * 10_000 + "x",
    "lists": "- " * 10_000 + "x",
    "brackets": "[" * 10_000 + "x" + "]" * 10_000,
    "emphasis": "*" * 10_000 + "x" + "*" * 10_000,
    "pictures": "![" * 3_000 + "x" + "](a)" * 3_000,
    "divs": "::: {.urgent}\n" * 2_000 + "x\n" + ":::\n" * 2_000,
    "ticks": "`a``b" * 10_000,
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_text_without_end_stops_only_its_own_leaflet(
    library: Path, bomb: str, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = library / "source/library.toml"
    limits = "leaflet_seconds = 4\nleaflet_megabytes = 400\n" + settings.read_text("utf-8").replace('"es", "ar"', "")
    settings.write_text(limits, "utf-8")
    article = library / "source/care/attack.md"
    article.write_text(HEAD.format(title="Attack") + BOMBS[bomb] + "\n", "utf-8")
    # What is within the limits is built, the rest is told by its name.
    status = main(["--library", str(library), "build", "--jobs", "1", "--to", "html,pdf"])
    told = capsys.readouterr().err
    assert "mistake of Plainleaf" not in told and "stopped unexpectedly" not in told
    if status == 2:
        assert all("attack.md" in line for line in told.splitlines() if line.startswith("plainleaf: "))
    assert (library / "dist/en/care/fever.pdf").is_file()
    assert (library / "dist/en/care/cough.html").is_file()


@pytest.mark.parametrize(
    "front",
    [
        "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]",
        "a: " + "[" * 20_000,
        "- " * 20_000,
        "a: !!python/object/apply:os.system ['true']",
        "a: " + "1" * 5_000,
    ],
    ids=["aliases", "brackets", "hyphens", "objects", "digits"],
)
def test_front_matter_that_is_a_bomb_is_told(library: Path, front: str, capsys: pytest.CaptureFixture[str]) -> None:
    (library / "source/care/attack.md").write_text(f"---\ntitle: A\n{front}\n---\n\nText.\n", "utf-8")
    assert main(["--library", str(library), "build", "--jobs", "1", "--to", "html"]) in (0, 1, 2)
    told = capsys.readouterr().err
    assert "Traceback" not in told
    assert (library / "dist/en/care/fever.html").is_file()


def test_a_catalogue_without_end_is_told(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    catalogue = library / "translations/es/care/fever.po"
    catalogue.write_text(
        catalogue.read_text("utf-8") + '\nmsgid "x"\nmsgstr ""\n' + ('"' + "a" * 90 + '"\n') * 2_000, "utf-8"
    )
    assert main(["--library", str(library), "build", "--jobs", "1", "--to", "html"]) == 2
    assert "fever.po:" in (told := capsys.readouterr().err) and "a line of 180,000 characters" in told
    assert not (library / "dist/es/care/fever.html").exists()
    assert (library / "dist/es/care/cough.html").is_file()


def test_a_file_of_100_megabytes_is_refused_unread(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in ("source/care/fever.md", "translations/es/care/cough.po"):
        with (library / path).open("ab") as file:
            file.truncate(100_000_000)
    assert main(["--library", str(library), "build", "--jobs", "1", "--to", "html"]) == 2
    told = capsys.readouterr().err
    assert told.count("100,000,000 bytes: files of more than 50,000,000 are not read") == 2
    assert (library / "dist/en/care/cough.html").is_file()


def test_settings_that_nest_without_end_are_told(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("library.toml", "glossary.toml"):
        path = library / "source" / name
        before = path.read_text("utf-8") if path.exists() else ""
        path.write_text("a = " + "[" * 5_000, "utf-8")
        assert main(["--library", str(library), "check"]) == 2
        assert f"{name}" in (told := capsys.readouterr().err) and len(told.strip().splitlines()) == 1
        path.write_text(before, "utf-8")
