"""What every format needs of pandoc's tree: stable identifiers of headings, links that lead somewhere, figures."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.formats.tree import Node, topdown

_CODE = re.compile(rb"%([0-9A-Fa-f]{2})")
_WORD = re.compile(r"[^ \t\n\v\f\r]+")


def settle(blocks: list[Node], heading_ids: Sequence[str], links: Mapping[str, str]) -> None:
    """The blocks, changed in place.

    heading_ids: one for each heading, in order. links: target in the text -> target in the output, or "" for a link
    that leads nowhere in this format and becomes plain text.
    """
    ids = iter(heading_ids)

    def heading(node: Node) -> None:
        # A heading without text is no segment, so it has no identifier.
        if any(inline["t"] != "RawInline" for inline in node["c"][2]):
            attributes = node["c"][1]
            attributes[0] = next(ids, attributes[0])

    def link(node: Node) -> list[Node] | None:
        path, mark, anchor = node["c"][2][0].partition("#")
        target = links.get(path)
        if target is None:
            target = links.get(_plain(path))
        if target == "":
            found: list[Node] = node["c"][1]
            return found
        if target is not None:
            node["c"][2][0] = target + mark + anchor
        return None

    topdown(blocks, {"Header": heading, "Link": link, "Para": _figure})


def _figure(paragraph: Node) -> list[Node] | None:
    """A picture that stands alone. Its title is its caption; its alternative text stays that."""
    content: list[Node] = paragraph["c"]
    attributes: list[Any] = ["", [], []]
    if len(content) == 1 and content[0]["t"] == "Span":
        attributes, content = content[0]["c"]
    if len(content) != 1 or content[0]["t"] != "Image":
        return None
    target = content[0]["c"][2]
    words = _WORD.findall(target[1])
    target[1] = ""
    caption = [{"t": "Plain", "c": [{"t": "Str", "c": " ".join(words)}]}] if words else []
    return [{"t": "Figure", "c": [attributes, [None, caption], [{"t": "Plain", "c": content}]]}]


def _plain(path: str) -> str:
    """A path without codes such as %20, and without steps that lead nowhere."""
    if "%" in path:
        path = _CODE.sub(lambda code: bytes([int(code[1], 16)]), path.encode()).decode(errors="surrogateescape")
    steps = [step for step in path.split("/") if step not in ("", ".")]
    is_folder = path.endswith(("/", "/."))
    plain = "/" * path.startswith("/") + "/".join(steps)
    return plain + "/" if is_folder and not plain.endswith("/") else plain
