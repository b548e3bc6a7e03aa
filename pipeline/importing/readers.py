"""Any file that is imported, as numbered lines. Which reader it gets is told by its name and its first bytes."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.resources import as_file, files
from pathlib import Path

import pypandoc

from pipeline.files import decode
from pipeline.importing.html_filter import filter_html
from pipeline.importing.limits import read_limited, refuse_bombs, refuse_long_lines
from pipeline.importing.lines import read_lines
from pipeline.importing.nouns import Dropped, Line, Mended
from pipeline.model import PlainleafError

WRITER = (
    "commonmark_x-smart-raw_html-raw_attribute-tex_math_dollars-attributes-fenced_divs-bracketed_spans"
    "-implicit_figures-superscript-subscript-strikeout"
)
"""pandoc's Markdown for what it reads: no attributes, no HTML."""
SECONDS = 60
MOST_MEMORY = "1024M"
PANDOC_FORMATS = {".docx": "docx", ".epub": "epub", ".odt": "odt", ".rtf": "rtf"}
HTML_SUFFIXES = (".html", ".htm", ".xhtml")
TEXT_SUFFIXES = (".txt", ".text", "")
MARKDOWN_SUFFIXES = (".md", ".markdown")
PAGE_SUFFIXES = (".txt", ".text", *HTML_SUFFIXES, *MARKDOWN_SUFFIXES, *PANDOC_FORMATS, ".pdf")
"""The files of a folder that are taken for pages."""


@dataclass(slots=True)
class Page:
    """A file as lines."""

    content: bytes
    lines: list[Line]
    kind: str
    """plain text, HTML, Markdown, docx, epub, odt, rtf or PDF."""
    is_marked_up: bool
    """Whether headings and lists are marked in the file itself."""
    mended: Mended
    text: str
    """What the line numbers count in: the file, or the text that was taken out of it."""
    title: str = ""
    """What the file says of itself."""
    language: str = ""
    dropped: list[Dropped] = field(default_factory=list)
    """What was left out before there were lines."""
    images: list[tuple[int, str]] = field(default_factory=list)


def read_page(path: Path) -> Page:
    """A file as lines. Raises PlainleafError, naming the file, when it cannot be read or is not safe to."""
    content = read_limited(path)
    suffix = path.suffix.lower()
    if content[:4] == b"PK\x03\x04" or suffix in (".docx", ".epub", ".odt"):
        return _packed(path, content, suffix)
    if content[:5] == b"%PDF-" or suffix == ".pdf":
        return _plain(path, content, _pdf_text(path), "PDF")
    if suffix == ".rtf":
        return _marked_up(path, content, _pandoc(path, content, "rtf"), "rtf")
    text = _decode(content, path)
    refuse_long_lines(text, path)
    if suffix in HTML_SUFFIXES or re.match(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype html|html)\b", text, re.IGNORECASE):
        return _html(path, content, text)
    if suffix in MARKDOWN_SUFFIXES:
        return _markdown(path, content, text)
    if suffix in TEXT_SUFFIXES or "\x00" not in text:
        return _plain(path, content, text, "plain text")
    raise PlainleafError(
        f"{path}: this kind of file cannot be imported: use text, HTML, Markdown, DOCX, EPUB, ODT or RTF"
    )


def _decode(content: bytes, path: Path) -> str:
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"\xef\xbb\xbf", "utf-8")):
        if content.startswith(mark):
            try:
                return content[len(mark) :].decode(encoding)
            except UnicodeDecodeError:
                raise PlainleafError(f"{path}: not {encoding.upper()}, though it begins like it") from None
    if b"\x00" in content[:4096]:
        raise PlainleafError(f"{path}: not a text file")
    return decode(content, path)


def _plain(path: Path, content: bytes, text: str, kind: str) -> Page:
    mended = Mended()
    refuse_long_lines(text, path)
    return Page(content, read_lines(text, mended), kind, False, mended, text)


def _packed(path: Path, content: bytes, suffix: str) -> Page:
    kind = PANDOC_FORMATS.get(suffix)
    if kind is None:
        raise PlainleafError(f"{path}: an archive, but no DOCX, EPUB or ODT: name it by its kind, or unpack it")
    refuse_bombs(content, path)
    return _marked_up(path, content, _pandoc(path, content, kind), kind)


def _html(path: Path, content: bytes, text: str) -> Page:
    filtered = filter_html(text)
    page = _marked_up(path, content, _pandoc(path, filtered.html.encode(), "html-native_divs-native_spans"), "HTML")
    page.title, page.language = filtered.title, filtered.language.split("-")[0].lower()
    page.dropped = [Dropped(0, shown, "navigation", f"{reason} (line {line} of the HTML)", shown.endswith("."))
                    for line, shown, reason in filtered.dropped]  # fmt: skip
    page.images = filtered.images
    page.mended.add("link within the site", filtered.links)
    page.is_marked_up = any(line.hint[:1] == "h" for line in page.lines)
    return page


_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
_PICTURE = re.compile(r"!\[((?:[^\[\]\\]|\\.)*)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"]*\")?\)")
_BOLD = re.compile(r"(?:\*\*|__)([^*_]+)(?:\*\*|__)[:：]?")
MOST_BOLD_WORDS = 12
"""A paragraph all in bold, of so many words, is a heading that was only made to look like one."""


def _markdown(path: Path, content: bytes, text: str) -> Page:
    """Markdown as it is; front matter of its own is not taken over, and told."""
    front = _FRONT_MATTER.match(text)
    body = "\n" * front[0].count("\n") + text[front.end() :] if front else text
    page = _marked_up(path, content, body, "Markdown")
    if front:
        title = re.search(r"^title:[ \t]*[\"']?(.+?)[\"']?[ \t]*$", front[1], re.MULTILINE)
        page.title = title[1] if title else ""
        page.dropped.append(Dropped(1, front[1].strip(), "metadata", "front matter of the file", False))
    page.is_marked_up = any(line.hint for line in page.lines)
    return page


def _marked_up(path: Path, content: bytes, markdown: str, kind: str) -> Page:
    """Markdown as lines with hints. Tables, quotations and code are taken as they are."""
    refuse_long_lines(markdown, path)
    mended = Mended()
    lines = read_lines(markdown, mended)
    images: list[tuple[int, str]] = []
    fence, is_broken = "", False
    for before, line in zip([None, *lines], lines, strict=False):
        raw = line.raw.strip()
        if fence or raw[:3] in ("```", "~~~"):
            fence = "" if fence and raw.startswith(fence) else fence or raw[:3]
            line.hint, line.text, line.marker = "raw", line.raw.rstrip(), ""
            continue
        line.gap = line.gap or is_broken
        is_broken = line.text.endswith("\\")
        line.text = line.text.rstrip("\\ ")
        _hint(line, raw, images)
        if before is not None and not line.hint and not line.gap and before.hint in ("", "+", "li"):
            line.hint = "+"
    return Page(content, [line for line in lines if line.text], kind, True, mended, markdown, images=images)


def _hint(line: Line, raw: str, images: list[tuple[int, str]]) -> None:
    """What the Markdown of one line says that it is."""
    images += ((line.number, alt) for alt in _PICTURE.findall(raw) if alt)
    line.text = _PICTURE.sub(r"\1", line.text)
    heading = re.match(r"(#{1,6})\s+(.*?)\s*#*$", raw)
    bold = _BOLD.fullmatch(raw)
    if heading:
        line.hint, line.text, line.marker = f"h{len(heading[1])}", heading[2], ""
    elif bold and len(bold[1].split()) <= MOST_BOLD_WORDS and bold[1][-1:] not in ".!;,":
        line.hint, line.text, line.marker = "h6", bold[1], ""
    elif raw[:1] in ("|", ">") or re.match(r":\s|\+[-=+]+\+$|[-\s:|]{5,}$", raw):
        line.hint, line.text, line.marker = "raw", line.raw.rstrip(), ""
    elif line.marker:
        line.hint = "li"


def _pandoc(path: Path, content: bytes, reader: str) -> str:
    """What pandoc reads, as Markdown; pictures are left out, and it may read no other file."""
    command = [pypandoc.get_pandoc_path(), "-f", reader, "-t", WRITER, "--wrap=none", "--sandbox"]
    command += ["+RTS", f"-M{MOST_MEMORY}", "-RTS"]
    with as_file(files("pipeline.importing").joinpath("no_raw.lua")) as filter_file:
        return _run(path, [*command, "--lua-filter", str(filter_file)], content)


def _run(path: Path, command: Sequence[str], content: bytes) -> str:
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise PlainleafError(f"{path}: not read after {SECONDS} seconds: it is given up") from None
    if done.returncode:
        reason = done.stderr.decode("utf-8", "replace").strip().splitlines()[:1]
        raise PlainleafError(f"{path}: pandoc cannot read it: {reason[0] if reason else 'no reason given'}")
    return done.stdout.decode("utf-8")


def _pdf_text(path: Path) -> str:
    """The text of a PDF by pdftotext, where that is installed."""
    program = shutil.which("pdftotext")
    if program is None:
        raise PlainleafError(f"{path}: for PDF files install pdftotext (poppler-utils), or import the text of the PDF")
    try:
        done = subprocess.run(
            [program, "-enc", "UTF-8", str(path), "-"], capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise PlainleafError(f"{path}: not read after {SECONDS} seconds: it is given up") from None
    text = done.stdout.decode("utf-8", "replace")
    if done.returncode or not text.strip():
        raise PlainleafError(f"{path}: there is no text in this PDF: it may be a scan, or locked with a password")
    return text
