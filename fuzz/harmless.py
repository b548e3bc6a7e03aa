"""Whether a page that was built can do a reader no harm: nothing in it runs, and it fetches nothing from elsewhere."""

from __future__ import annotations

import re
from html.parser import HTMLParser

TAGS = frozenset("script iframe object embed form base applet frame frameset portal template foreignobject".split())
"""Elements that run code or take a reader's data, or that take another page into this one."""
SCHEMES = frozenset("http https mailto tel sms".split())
"""What a link may lead to."""
FETCHED = ("src", "srcset", "poster", "background", "data", "action", "formaction", "ping", "manifest")
LINKS = ("href", "xlink:href", *FETCHED)


class _Reader(HTMLParser):
    """Reads as browsers do, which mend what is no HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.harms: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name.lower(): value or "" for name, value in attrs}
        is_data = tag == "script" and found.get("type") == "application/ld+json"
        if tag.lower() in TAGS and not is_data:
            self.harms.append(f"<{tag}>")
        if tag == "meta" and "refresh" in found.get("http-equiv", "").lower():
            self.harms.append("<meta refresh>")
        for name, value in found.items():
            if (
                name.startswith("on")
                or name == "srcdoc"
                or (name == "style" and "url(" in value)
                or (name in LINKS and not _is_safe(tag, name, value))
            ):
                self.harms.append(f"<{tag} {name}={value}>")


def _is_safe(tag: str, name: str, value: str) -> bool:
    plain = re.sub(r"[\x00-\x20\x7f-\xa0\u2028\u2029]", "", value).lower()
    scheme = re.match(r"[^/?#:]*:", plain)
    if tag in ("img", "image", "link") and plain.startswith("data:image/"):
        return True
    if name in FETCHED and (scheme or plain.startswith("//")):
        return False
    return scheme is None or scheme[0][:-1] in SCHEMES


def harms(page: str) -> list[str]:
    """What in a page of HTML, XHTML or SVG could run, or be fetched without a click; empty for a harmless one."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.harms
