"""What the inputs begin as: real files of this project, and small pieces that readers take for something special."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from fuzz.targets import packed

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 4096
"""Bytes of a seed: small inputs are tried faster."""
TOKENS = tuple(
    token.encode()
    for token in (
        *("---\n", "\n\n", "# ", "## ", "- ", "1. ", "> ", ": ", "| a | b |\n|---|---|\n", "|", "\\|", "::: {.urgent}\n", ":::\n"),
        *("```\n", "~~~", "`", "    ", "\t", "**", "*", "_", "[", "]", "](", ")", "![", "[^1]", "[^1]: ", "[l]: ", "<", ">", "<!--", "-->"),
        *("<div>", "<script>", "</script>", "<br>", "<img src=x onerror=a>", "javascript:", "data:text/html,", "&#106;", "&colon;", "&Tab;"),
        *("{.c}", "{#i}", "{=html}", "{=typst}", "{{emergency_number}}", "#read(\"/etc/passwd\")", "#include \"a\"", "#eval(\"1\")", "$x$", "\\"),
        *("title: ", "lang: en\n", "&a", "*a", "!!python/object", "<<: ", "? ", "%YAML", "[[[[", "{{{{", "'", '"', "\r\n", "\r", "\ufeff", "\0"),
        *("msgid \"\"\n", "msgstr \"\"\n", "msgctxt \"", "msgid_plural \"", "#, fuzzy\n", "#| msgid \"", "#~ msgid \"", "#. ", "#: a:1\n", "\\n", "\\x41"),
        *("<xliff ", "<segment>", "<source>", "<target>", "<pc id=\"1\">", "<ph id=\"1\"/>", "<mrk ", "<cp hex=\"0\"/>", "<!DOCTYPE a [", "<!ENTITY ", "<![CDATA["),
        *("[[signature]]\n", "role = \"checker\"\n", "date = 2026-01-01\n", "1e999", "inf", "\u202e", "\u200b", "\u0300", "\u0661\u0662", "\u2028", "5 ml", "1,000.5", "112"),
        *("<w:p>", "<w:t>", "<w:tbl>", "<html>", "<table>", "<td>", "<ul>", "<li>", "<a href=", "</", "style=", "http://", "https://example.org/"),
    )
)  # fmt: skip


def seeds(name: str) -> Iterator[bytes]:
    """The first inputs of a target."""
    articles = [p.read_bytes() for p in sorted((ROOT / "source").glob("*/*.md"))[:4]]
    articles += [p.read_bytes() for p in sorted((ROOT / "tests/library/source").glob("*/*.md"))]
    catalogues = [p.read_bytes() for p in sorted((ROOT / "tests/library/translations").glob("*/*/*.po"))]
    if name in ("article", "front", "pages", "print_", "import_markdown", "import_text"):
        yield from (content[:LONGEST] for content in articles)
    elif name == "checks":
        yield from (
            content[: LONGEST // 2] + b"\0Tome 5 ml (2 veces) \xc2\xab al d\xc3\xada \xc2\xbb." for content in articles
        )
    elif name in ("catalogue", "po_back"):
        yield from (content[:LONGEST] for content in catalogues)
    elif name == "translation":
        yield from (b"24. Woche", b"a | b", b"x\\\ny", b"{.c}", b"> 39", b"```x", b"text {{emergency_number}}")
    elif name == "import_html":
        yield from (f"<html><body><h1>A</h1>{tag}</body></html>".encode() for tag in _TAGS)
    elif name == "import_docx":
        space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        yield f"<w:document {space}><w:body><w:p><w:r><w:t>Croup is a cough.</w:t></w:r></w:p></w:body></w:document>".encode()
    elif name == "import_epub":
        yield b'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>A</title></head><body><p>Croup is a cough.</p></body></html>'
    elif name == "import_archive":
        yield packed("chapter.xhtml", b"<html><body><p>Croup.</p></body></html>")
    else:
        yield _SMALL[name]


_TAGS = (
    "<p>Croup is a barking cough.</p>",
    "<ul><li>a<li>b</ul>",
    "<table><tr><td>1<td>2</table>",
    "<details>x</details>",
)
_SMALL = {
    "xliff": b'<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="es">'
    b'<file id="f" original="source/care/cough.md"><unit id="u"><segment state="translated"><source>Rest '
    b'<pc id="1">now</pc>.</source><target>Descanse <pc id="1">ya</pc>.</target></segment></unit></file></xliff>',
    "signatures": b'[[signature]]\nrole = "checker"\nname = "Example"\ncredential = "c"\ndate = 2026-01-05\nmethod = "m"\n'
    b'text = "t"\ndigest = "00"\nsegments = ["00"]\n',
    "settings": b'name = "A"\nlanguages = ["es", "ar"]\ngrade = 6.0\nformats = ["html"]\n[topics]\nheart = "Heart"\n',
    "glossary": b'[murmur]\nexplanation = "A sound."\nforms = ["murmurs"]\nes = ["soplo", "sopl*"]\n[Warfarin]\n'
    b"do_not_translate = true\n",
}
