"""Pictures that could do harm: an SVG is a program as much as a drawing."""

from __future__ import annotations

import re
from functools import lru_cache
from xml.parsers import expat

_RUNS = frozenset("script handler foreignobject iframe embed object audio video listener".split())
"""Elements that run code, or that hold a page of their own."""
_OUTSIDE = re.compile(r"@import|url\(\s*[\"']?(?!#|\s|[\"']|data:image/(?:png|jpeg|gif|webp)[;,])", re.IGNORECASE)
_INSIDE = re.compile(r"#|data:image/(?:png|jpeg|gif|webp)[;,]|$", re.IGNORECASE)
_BLANKS = re.compile(r"[\x00-\x20]")
DEEPEST = 200


class _Harm(Exception):
    pass


@lru_cache(maxsize=256)
def harm_in(content: bytes) -> str:
    """What an SVG has that no drawing needs, such as "<script> (line 3)"; "" for a harmless one and other pictures."""
    if not re.match(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*\x00?<", content):
        return ""
    parser = expat.ParserCreate(namespace_separator="}")
    depth, styles = 0, []

    def refuse(what: str) -> None:
        raise _Harm(f"{what} (line {parser.CurrentLineNumber})")

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        local = name.rpartition("}")[2].lower()
        if local in _RUNS:
            refuse(f"<{local}>")
        if depth > DEEPEST:
            refuse("elements without end")
        styles.append(local == "style")
        for key, value in attributes.items():
            _look_at(key.rpartition("}")[2].lower(), value, local, refuse)

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1
        styles.pop()

    def text(data: str) -> None:
        if styles and styles[-1] and _OUTSIDE.search(data):
            refuse("a reference to something outside of it")

    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    parser.EntityDeclHandler = lambda *_: refuse("entities of its own")
    parser.ProcessingInstructionHandler = lambda target, _: refuse("a style sheet") if "style" in target else None
    try:
        parser.Parse(content, True)
    except _Harm as harm:
        return str(harm)
    except expat.ExpatError as error:
        return f"XML that is not well-formed (line {error.lineno}: {expat.ErrorString(error.code)})"
    return ""


def _look_at(name: str, value: str, element: str, refuse: object) -> None:
    assert callable(refuse)
    plain = _BLANKS.sub("", value)
    if name.startswith("on"):
        refuse(f"an action ({name})")
    if name in ("href", "src") and not _INSIDE.match(plain):
        refuse("a reference to something outside of it")
    if element in ("set", "animate") and plain.lower() in ("href", "xlink:href") and name == "attributename":
        refuse("a link that changes")
    if "url(" in plain.lower() and _OUTSIDE.search(plain):
        refuse("a reference to something outside of it")
