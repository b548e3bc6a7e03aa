"""Takes out of pandoc's tree what must not reach a reader's browser.

That is raw HTML, unknown attributes, links that run code or lead nowhere. It runs after ``filter_common``, so that
what is our own and added later stays.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from pipeline.formats.tree import Change, Node, attributes, bottom_up, dropped, topdown

_SCHEMES = frozenset((b"http", b"https", b"mailto", b"tel", b"sms"))
_KEPT = frozenset(("lang", "dir", "xml:lang"))
_VALUE = re.compile(r"[A-Za-z0-9-]+")
_BREAK = re.compile(r"<br[ \t\n\v\f\r]*/?>", re.IGNORECASE | re.ASCII)
# Browsers skip blanks and control characters before and within a scheme, so "java\nscript:" is one too.
_SKIPPED = bytes([*range(0x21), 0x7F])
_SCHEME = re.compile(rb"([^/?#:]*):")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


def make_safe(blocks: list[Node], articles: Collection[str], mark: str) -> None:
    """The blocks, changed in place.

    articles: targets that stand for other articles and stay. mark: what is put before a relative target, which leads
    somewhere in some outputs only; whoever takes the HTML settles both.
    """
    ids: set[str] = set()

    def identify(node: Node) -> None:
        """Two elements with one identifier would make a link lead to the wrong place."""
        found = attributes(node)
        if found[0] in ids:
            found[0] = ""
        ids.add(found[0])
        found[2] = [pair for pair in found[2] if pair[0] in _KEPT and _VALUE.fullmatch(pair[1])]

    def link(node: Node) -> list[Node] | None:
        target = node["c"][2]
        path, _, anchor = target[0].partition("#")
        content: list[Node] = node["c"][1]
        if path in articles:
            return None
        if not target[0] or not _is_safe(target[0]):
            return content
        if not path:
            return None if anchor in ids else content
        if _ADDRESS.match(path):
            return None
        if path.endswith(".md"):
            return content
        target[0] = mark + target[0]
        return None

    inlines: dict[str, Change] = {"Span": identify, "Link": identify, "Image": _bare, "Code": _bare}
    bottom_up(blocks, inlines | {"RawInline": _raw_inline})
    kinds = dict.fromkeys(("Header", "Div", "Figure", "Table"), identify)
    bottom_up(blocks, kinds | {"CodeBlock": _bare, "RawBlock": dropped})
    topdown(blocks, {"Link": link})


def _is_safe(target: str) -> bool:
    scheme = _SCHEME.match(target.encode(errors="surrogateescape").translate(None, _SKIPPED).lower())
    return scheme is None or scheme[1] in _SCHEMES


def _bare(node: Node) -> None:
    node["c"][0] = ["", [], []]


def _raw_inline(node: Node) -> list[Node]:
    kind, text = node["c"]
    return [{"t": "LineBreak"}] if kind == "html" and _BREAK.fullmatch(text) else []
