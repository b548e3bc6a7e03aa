"""Reads an XML file that a stranger wrote: no document type, no entities of its own, and each element with its line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from pipeline.model import PlainleafError

DEEPEST = 200
"""Levels of elements. A file for translators needs ten."""


@dataclass(slots=True)
class Element:
    """An element with its content in order."""

    name: str
    """The namespace in braces, then the local name."""
    attributes: dict[str, str]
    line: int
    content: list[Element | str] = field(default_factory=list)

    @property
    def elements(self) -> Iterator[Element]:
        """The child elements."""
        return (item for item in self.content if isinstance(item, Element))

    @property
    def text(self) -> str:
        """All text in it, however deep."""
        return "".join(item if isinstance(item, str) else item.text for item in self.content)

    def named(self, *names: str) -> Iterator[Element]:
        """The child elements with one of these names."""
        return (element for element in self.elements if element.name in names)

    def all(self, *names: str) -> Iterator[Element]:
        """Every element below it with one of these names, in the order of the text."""
        for element in self.elements:
            if element.name in names:
                yield element
            yield from element.all(*names)


def read(content: bytes, path: Path) -> Element:
    """The root element of an XML file. Raises PlainleafError, with line and column, when it is not well-formed."""
    parser = expat.ParserCreate(namespace_separator="}")
    root = Element("", {}, 1)
    stack = [root]

    def start(name: str, attributes: dict[str, str]) -> None:
        known = {_name(key): value for key, value in attributes.items()}
        element = Element(_name(name), known, parser.CurrentLineNumber)
        if len(stack) > DEEPEST:
            raise PlainleafError(f"{path}:{element.line}: elements nest too deep for a file of translators")
        stack[-1].content.append(element)
        stack.append(element)

    def refuse(*_arguments: object) -> None:
        raise PlainleafError(
            f"{path}:{parser.CurrentLineNumber}: the file has a document type (<!DOCTYPE), which translation files "
            "have not: ask for it again"
        )

    def characters(text: str) -> None:
        stack[-1].content.append(text)

    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _name: stack.pop()
    parser.CharacterDataHandler = characters
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        what = expat.ErrorString(error.code)
        raise PlainleafError(f"{path}:{error.lineno}:{error.offset + 1}: not well-formed XML: {what}") from None
    return next(root.elements)


def _name(name: str) -> str:
    return f"{{{name}" if "}" in name else name
