"""Makes broken HTML, EPUB and PDF files out of good ones: each has one fault, and says which rule must catch it.

python tests/audit/planted.py DIST DIR writes them all to a folder, to try other auditors on.
"""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from pipeline.audit.paper import Node, Paper


@dataclass(frozen=True)
class Fault:
    """One way to break a good file."""

    name: str
    good: str
    """The good file, within dist/."""
    rule: str
    """The rule that must catch it; another auditor's with its name in front."""
    break_it: Callable[[bytes], bytes]

    @property
    def file(self) -> str:
        """A name for the broken file."""
        return f"{self.name}{Path(self.good).suffix}"


ENGLISH, ARABIC = "en/care/cough", "ar/care/cough"
FAULTS: list[Fault] = []


def swap(pattern: str, new: str, count: int = 1) -> Callable[[str], str]:
    """Replaces what matches; fails when nothing does."""

    def change(text: str) -> str:
        changed, number = re.subn(pattern, new, text, count=count, flags=re.DOTALL)
        assert number, f"nothing matches {pattern}"
        return changed

    return change


def html(name: str, rule: str, pattern: str, new: str, good: str = ENGLISH, count: int = 1) -> None:  # noqa: PLR0917
    """Registers a fault of a page: what to replace with what."""
    change = swap(pattern, new, count)
    FAULTS.append(Fault(f"html-{name}", f"{good}.html", rule, lambda b: change(b.decode()).encode()))


def epub(  # noqa: PLR0917
    name: str, rule: str, member: str, pattern: str, new: str, good: str = ENGLISH, count: int = 1
) -> None:
    """Registers a fault of one file of an EPUB."""
    change = swap(pattern, new, count)
    FAULTS.append(Fault(f"epub-{name}", f"{good}.epub", rule, lambda b: with_member(b, member, change)))


def with_member(content: bytes, member: str, change: Callable[[str], str]) -> bytes:
    """An EPUB with one of its files changed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            new.writestr(entry, change(data.decode()).encode() if entry.filename == member else data)
    return buffer.getvalue()


def pdf(name: str, rule: str, good: str = ENGLISH) -> Callable[[Callable[[Paper], None]], Callable[[Paper], None]]:
    """Registers a function that breaks an open PDF."""

    def register(function: Callable[[Paper], None]) -> Callable[[Paper], None]:
        def break_it(content: bytes) -> bytes:
            paper = Paper(content, name)
            function(paper)
            buffer = io.BytesIO()
            paper.pdf.save(buffer, deterministic_id=True)
            assert buffer.getvalue() != content
            return buffer.getvalue()

        FAULTS.append(Fault(f"pdf-{name}", f"{good}.pdf", rule, break_it))
        return function

    return register


html("no-lang", "html-lang", r'<html lang="en"', "<html")
html("bad-lang", "html-lang", r'<html lang="en"', '<html lang="english"')
html("bad-part-lang", "part-lang", r'lang="es" hreflang', 'lang="spanish" hreflang')
html("wrong-language", "written-language", r'lang="ar" dir="rtl"', 'lang="en" dir="ltr"', ARABIC)
html("no-direction", "text-direction", r'<html lang="ar" dir="rtl"', '<html lang="ar"', ARABIC)
html("phone-turned", "number-order", r"</h1>", "</h1><p>اتصل على الرقم 0300 222 5800</p>", ARABIC)
html("no-alt", "image-alternative", r' alt="The two lungs[^"]*"', "")
html("file-name-alt", "image-alternative-says", r'alt="The two lungs[^"]*"', 'alt="lungs.svg"')
html("ornament-with-caption", "figure-alternative", r'alt="The two lungs[^"]*"', 'alt=""')
html("hidden-caption", "figure-alternative", r"<figcaption>", '<figcaption aria-hidden="true">')
html("empty-link", "link-name", r'(<a href="fever.html">)fever', r"\1")
html("click-here", "link-says-where", r'(<a href="fever.html">)fever', r"\1here")
html("button-without-name", "button-name", r"</h1>", '</h1><button type="button"></button>')
html("field-without-label", "control-label", r"</h1>", '</h1><input type="text" name="q">')
html("other-name", "label-in-name", r'<a href="fever.html">', '<a href="fever.html" aria-label="Next page">')
html("empty-heading", "empty-heading", r"What it is</h2>", "</h2>")
html("level-left-out", "heading-levels", r"<h2 (id=\"what-it-is\")>(.*?)</h2>", r"<h4 \1>\2</h4>")
html("two-titles", "one-h1", r"<h2 (id=\"what-it-is\")>(.*?)</h2>", r"<h1 \1>\2</h1>")
html("no-table-header", "table-headers", r'<th scope="col">(.*?)</th>', r"<td>\1</td>", count=0)
html("no-scope", "table-headers", r'<th scope="col">', "<th>", count=0)
html("missing-cell", "table-shape", r"<td>3 weeks</td>", "")
html("broken-list", "list-structure", r"<ul>\n<li>you cough up(.*?)</li>", r"<ul><p>you cough up\1</p>")
html("list-in-disguise", "list-in-disguise", r"</h1>", "</h1><p>• Rest</p><p>• Drink</p>")
html("no-title", "page-title", r"<title>.*?</title>", "")
html("no-main", "main-landmark", r"<main (.*?)>(.*)</main>", r"<div \1>\2</div>")
html("no-zoom", "zoom", r'(<meta name="viewport" content=")[^"]*', r"\1width=device-width, user-scalable=no")
html("reloads", "moves-by-itself", r"<title>", '<meta http-equiv="refresh" content="30"><title>')
html("no-captions", "media-alternative", r"</h1>", '</h1><video controls src="x.mp4"></video>')
html("sound", "plays-by-itself", r"</h1>", '</h1><audio autoplay src="x.mp3"></audio>')
html("dead-anchor", "anchor-target", r'href="#what-it-is"', 'href="#what-it-was"')
html("tabindex", "focus-order", r'<a href="fever.html">', '<a href="fever.html" tabindex="5">')
html("focus-on-hidden", "focus-order", r"<p>(A cough clears)", r'<p aria-hidden="true">\1')
html("same-id", "unique-ids", r'<h2 id="how-long-it-lasts">', '<h2 id="what-it-is">')
html("no-such-role", "aria-valid", r'role="doc-noteref"', 'role="footnote"')
html("dead-reference", "aria-valid", r'aria-labelledby="[^"]*"', 'aria-labelledby="nothing"')
html("justified", "justified-text", r"<h1>", '<h1 style="text-align: justify">')
html("unnamed-navigations", "landmark-names", r'<nav (.*?) ?aria-label="[^"]*"', r"<nav \1", count=2)
html("weak-contrast", "axe/color-contrast", r"<p>(A cough mostly)", r'<p style="color:#aaa;background:#fff">\1')
html("no-reflow", "browser/reflow", r"<h2 id=\"what-it-is\">", '<h2 id="what-it-is" style="width:800px">')
html(
    "invisible-focus",
    "browser/focus-visible",
    r"<style>.*?</style>",
    "<style>:focus{outline:none}</style>",
)
html("cut-off", "browser/text-spacing", r"<p>(A cough mostly)", r'<p style="height:1.2em;overflow:hidden">\1')

PACKAGE, TEXT, NAV = "EPUB/package.opf", "EPUB/text.xhtml", "EPUB/nav.xhtml"
epub("locale-as-language", "book-language", PACKAGE, "<dc:language>en", "<dc:language>C")
epub("wrong-language", "book-language", PACKAGE, "<dc:language>en", "<dc:language>fr")
epub("no-title", "book-title", PACKAGE, "<dc:title>.*?</dc:title>", "")
epub("no-hazard", "accessibility-metadata", PACKAGE, r'<meta property="schema:accessibilityHazard">.*?</meta>', "")
epub("no-summary", "accessibility-summary", PACKAGE, r'<meta property="schema:accessibilitySummary">.*?</meta>', "")
epub("odd-mode", "accessibility-metadata", PACKAGE, ">textual<", ">words<")
epub("false-claim", "true-claims", TEXT, r'alt="The two lungs[^"]*"', 'alt=""')
epub(
    "false-conformance",
    "conformance-claim",
    PACKAGE,
    "</metadata>",
    '<meta property="dcterms:conformsTo">WCAG 2.2 AA, accessible</meta></metadata>',
)
epub("pages-left-to-right", "page-progression", PACKAGE, ' page-progression-direction="rtl"', "", ARABIC)
epub("text-left-to-right", "text-direction", TEXT, ' dir="rtl"', "", ARABIC, 1)
epub("no-contents", "table-of-contents", NAV, 'epub:type="toc" ', "")
epub("no-scope", "table-headers", TEXT, ' scope="col"', "", count=0)
epub("no-alt", "image-alternative", TEXT, r' alt="The two lungs[^"]*"', "")
epub("same-titles", "titles-differ", TEXT, "<title>.*?</title>", "<title>Contents</title>")
epub("not-well-formed", "readable-documents", TEXT, "</h1>", "</h2>")
epub("missing-file", "readable-documents", PACKAGE, 'href="text.xhtml"', 'href="txet.xhtml"')
epub("dead-link", "epubcheck/RSC-012", NAV, "#what-it-is", "#what-it-was")
epub("no-modified", "epubcheck/RSC-005", PACKAGE, r'<meta property="dcterms:modified">.*?</meta>', "")
epub("weak-contrast", "axe/color-contrast", TEXT, r"<p>(A cough mostly)", r'<p style="color:#aaa;background:#fff">\1')


def first(paper: Paper, tag: str) -> Node:
    """The first element of a type."""
    return paper.all(tag)[0]


@pdf("not-tagged", "pdf-tagged")
def _(paper: Paper) -> None:
    del paper.root.StructTreeRoot


@pdf("suspects", "pdf-tagged")
def _(paper: Paper) -> None:
    paper.root.MarkInfo.Suspects = True


@pdf("no-title", "pdf-title")
def _(paper: Paper) -> None:
    with paper.pdf.open_metadata(set_pikepdf_as_editor=False) as found:
        del found["dc:title"]


@pdf("file-name-shown", "pdf-title")
def _(paper: Paper) -> None:
    del paper.root.ViewerPreferences


@pdf("no-identifier", "pdf-identifier")
def _(paper: Paper) -> None:
    with paper.pdf.open_metadata(set_pikepdf_as_editor=False) as found:
        del found["{http://www.aiim.org/pdfua/ns/id/}part"]


@pdf("no-lang", "pdf-language")
def _(paper: Paper) -> None:
    del paper.root.Lang


@pdf("bad-lang", "pdf-language")
def _(paper: Paper) -> None:
    paper.root.Lang = String("english")


@pdf("bad-part-lang", "pdf-part-language")
def _(paper: Paper) -> None:
    first(paper, "P").obj.Lang = String("en_GB_x!")


@pdf("wrong-part-lang", "pdf-part-language")
def _(paper: Paper) -> None:
    longest = max(paper.all("P"), key=lambda node: len(paper.text(node)))
    longest.obj.Lang = String("ar")


@pdf("tab-order", "pdf-tab-order")
def _(paper: Paper) -> None:
    for page in paper.pdf.pages:
        if "/Tabs" in page.obj:
            del page.obj["/Tabs"]


@pdf("two-titles", "pdf-one-h1")
def _(paper: Paper) -> None:
    first(paper, "H2").obj.S = Name.H1


@pdf("level-left-out", "pdf-headings")
def _(paper: Paper) -> None:
    paper.all("H2")[1].obj.S = Name.H4


@pdf("no-first-level", "pdf-headings")
def _(paper: Paper) -> None:
    first(paper, "H1").obj.S = Name.H2


@pdf("no-scope", "pdf-tables")
def _(paper: Paper) -> None:
    for cell in paper.all("TH", "TD"):
        if "/A" in cell.obj:
            del cell.obj["/A"]


@pdf("no-table-header", "pdf-tables")
def _(paper: Paper) -> None:
    for cell in paper.all("TH"):
        cell.obj.S = Name.TD


@pdf("missing-cell", "pdf-table-shape")
def _(paper: Paper) -> None:
    row = paper.all("TR")[-1]
    row.obj.K = Array(list(row.obj.K)[:-1])


@pdf("item-without-list", "pdf-nesting")
def _(paper: Paper) -> None:
    first(paper, "L").obj.S = Name.Div


@pdf("no-alt", "pdf-figure-alternative")
def _(paper: Paper) -> None:
    del first(paper, "Figure").obj["/Alt"]


@pdf("file-name-alt", "pdf-figure-alternative")
def _(paper: Paper) -> None:
    first(paper, "Figure").obj.Alt = String("lungs.svg")


@pdf("empty-link", "pdf-links")
def _(paper: Paper) -> None:
    link = first(paper, "Link")
    link.obj.K = Array([k for k in link.obj.K if isinstance(k, Dictionary) and k.get("/Type") == "/OBJR"])


@pdf("link-not-described", "pdf-links")
def _(paper: Paper) -> None:
    for _page, annotation in paper.annotations():
        if "/Contents" in annotation:
            del annotation["/Contents"]


@pdf("note-without-id", "pdf-notes")
def _(paper: Paper) -> None:
    del first(paper, "Note").obj["/ID"]


@pdf("other-words-are-read", "pdf-actual-text")
def _(paper: Paper) -> None:
    longest = max(paper.all("P"), key=lambda node: len(paper.text(node)))
    longest.obj.ActualText = String("0123456789")


@pdf("no-characters", "pdf-unicode")
def _(paper: Paper) -> None:
    for obj in paper.pdf.objects:
        if isinstance(obj, Dictionary) and obj.get("/Type") == "/Font" and "/ToUnicode" in obj:
            del obj["/ToUnicode"]


@pdf("read-upwards", "pdf-reading-order")
def _(paper: Paper) -> None:
    heading = paper.all("H2")[1]
    assert heading.parent is not None
    kids = list(heading.parent.obj.K)
    heading.parent.obj.K = Array(kids[::-1])


@pdf("pale-letters", "pdf-contrast")
def _(paper: Paper) -> None:
    page = paper.pdf.pages[0]
    changed = []
    for operands, operator in pikepdf.parse_content_stream(page):
        is_colour = str(operator) in ("scn", "rg", "g", "sc") and all(float(o) < 0.2 for o in operands)
        changed.append(
            ([type(o)(0.8) if not isinstance(o, int) else 0.8 for o in operands] if is_colour else operands, operator)
        )
    page.Contents = paper.pdf.make_stream(pikepdf.unparse_content_stream(changed))


@pdf("wrong-language", "pdf-language")
def _(paper: Paper) -> None:
    paper.root.Lang = String("ar")
    for node in paper.nodes:
        if "/Lang" in node.obj:
            del node.obj["/Lang"]


def broken(dist: Path) -> Iterator[tuple[Fault, bytes]]:
    """Every fault with its broken file. dist: a build of tests/library."""
    for fault in FAULTS:
        good = (dist / fault.good).read_bytes()
        bad = fault.break_it(good)
        assert bad != good, fault.name
        yield fault, bad


def main(arguments: list[str]) -> int:
    """Write the broken files to a folder."""
    dist, folder = map(Path, arguments)
    folder.mkdir(parents=True, exist_ok=True)
    for fault, content in broken(dist):
        (folder / fault.file).write_bytes(content)
    print(f"{len(FAULTS)} broken files in {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
