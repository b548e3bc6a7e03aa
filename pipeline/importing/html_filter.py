"""HTML without what is no text of the page: scripts, forms, navigation. What is taken out is told.

Only elements whose name or role says so are taken out; everything else stays for the classifier to judge. A library
that guesses the main content is no good here: see docs/importing.md for how many sentences each of them lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

SILENT = frozenset({"script", "style", "template", "noscript", "iframe", "object", "embed", "svg", "canvas", "math"})
"""No text of the page."""
FURNITURE = {
    "nav": "navigation",
    "footer": "foot of the site",
    "form": "form",
    "button": "button",
    "select": "form",
    "textarea": "form",
    "dialog": "dialogue",
    "menu": "navigation",
}
ROLES = {
    "navigation": "navigation",
    "search": "search",
    "contentinfo": "foot of the site",
    "dialog": "dialogue",
    "alertdialog": "dialogue",
    "menu": "navigation",
    "menubar": "navigation",
}
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_OUTSIDE = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)
DEEPEST = 400
"""Elements inside one another; a page that nests deeper is no page."""


@dataclass(slots=True)
class Filtered:
    """A page without its furniture."""

    html: str
    title: str = ""
    """What the title element says."""
    language: str = ""
    dropped: list[tuple[int, str, str]] = field(default_factory=list)
    """(line, text, reason) of what was taken out."""
    images: list[tuple[int, str]] = field(default_factory=list)
    """(line, alt text) of pictures."""
    links: int = 0
    """How many links within the site lost their address."""


class _Filter(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.result = Filtered("")
        self.open: list[str] = []
        self.silent = 0
        """How many open elements there are since the one that is left out without a word."""
        self.reason = ""
        self.depth = 0
        self.text: list[str] = []
        self.in_title = False

    def parse_html_declaration(self, i: int) -> int:
        """What begins "<![" is a comment to browsers; the library's own reading of it fails on what is no name."""
        return self.parse_bogus_comment(i) if self.rawdata.startswith("<![", i) else super().parse_html_declaration(i)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.result.language = values.get("lang", "")
        if tag == "title" and "svg" not in self.open:
            self.in_title = True
        if tag == "img":
            self._image(values)
        if tag in VOID:
            if tag in ("br", "hr") and not self.silent and not self.depth:
                self.out.append(f"<{tag}>")
            return
        if len(self.open) < DEEPEST:
            self.open.append(tag)
        if self.silent:
            self.silent += 1
        elif tag in SILENT:
            self.silent = 1
        elif self.depth:
            self.depth += 1
        elif reason := self._furniture(tag, values):
            self.depth, self.reason, self.text = 1, reason, []
        elif not self.in_title:
            address = values.get("href", "") if tag == "a" else ""
            self.result.links += bool(address) and not _OUTSIDE.match(address)
            self.out.append(f"<{tag}{_kept(tag, values)}>")

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self.in_title = False
        if tag in VOID or tag not in self.open:
            return
        while self.open:
            last = self.open.pop()
            self._close(last)
            if last == tag:
                return

    def _close(self, tag: str) -> None:
        if self.silent:
            self.silent -= 1
        elif self.depth:
            self.depth -= 1
            if not self.depth:
                text = " ".join("".join(self.text).split())
                if text:
                    self.result.dropped.append((self.getpos()[0], text, self.reason))
        elif not self.in_title and tag != "title":
            self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self.in_title:
            self.result.title += data
        elif self.depth and not self.silent:
            self.text.append(data)
        elif not self.silent:
            self.out.append(escape(data, quote=False))

    def finish(self) -> Filtered:
        """What is left when the page ends; an element that was never closed ends with it."""
        self.close()
        while self.open:
            self._close(self.open.pop())
        self.result.html = "".join(self.out)
        self.result.title = " ".join(self.result.title.split())
        return self.result

    def _image(self, values: dict[str, str]) -> None:
        if not self.silent and not self.depth and values.get("alt", "").strip():
            self.result.images.append((self.getpos()[0], values["alt"].strip()))

    def _furniture(self, tag: str, values: dict[str, str]) -> str:
        if "hidden" in values or _HIDDEN.search(values.get("style", "")):
            return "hidden on the page"
        if tag == "footer" and any(name in self.open for name in ("article", "main", "blockquote")):
            return ""
        return FURNITURE.get(tag, "") or ROLES.get(values.get("role", ""), "")


def _kept(tag: str, values: dict[str, str]) -> str:
    """The attributes that mean something to a reader of text: where a table's cell reaches, where a list begins."""
    if tag == "a" and _OUTSIDE.match(values.get("href", "")):
        return f' href="{escape(values["href"])}"'
    wanted = {"td": ("colspan", "rowspan"), "th": ("colspan", "rowspan"), "ol": ("start",)}.get(tag, ())
    return "".join(f' {name}="{escape(values[name])}"' for name in wanted if values.get(name, "").isdigit())


def filter_html(text: str) -> Filtered:
    """A page without scripts, forms and navigation, and all that was taken out."""
    # A tag or comment that never ends is read anew from each "<" in it: behind the last end there are none.
    end = text.rfind(">") + 1
    parser = _Filter()
    parser.feed(text[:end] + text[end:].replace("<", "&lt;"))
    return parser.finish()
