"""Front matter: the YAML block at the head of an article, with the place of every value."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml

from pipeline.messages import Message, say

_OPENING = re.compile(r"\ufeff?---[ \t]*(\r\n?|\n)")
_CLOSING = re.compile(r"(?:^|(?<=[\r\n]))(?:---|\.\.\.)[ \t]*(?:\r\n?|\n|\Z)")
_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

DEEPEST = 30
"""Levels of lists and tables. Front matter needs three."""
LONG = 100_000
"""Characters; nothing shorter can be deep without many brackets or hyphens."""

READER_FIELDS = ("title", "summary", "disclaimer", "also_called", "media.alt", "media.transcript")
"""What readers see, and so translators get. A list is gone through item by item."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value of the front matter."""

    path: tuple[str | int, ...]
    """Keys and indexes, such as ("media", 0, "alt")."""
    value: str
    start: int
    """Offset into the article's text; quotation marks and block indicators are inside the span."""
    end: int


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Front matter as read."""

    data: dict[str, Any]
    scalars: tuple[Scalar, ...]
    keys: dict[str, tuple[int, int]]
    """Span of each top-level key."""
    body_start: int
    """Offset at which the body begins; 0 when there is no front matter."""
    problems: tuple[tuple[int, Message], ...] = ()
    """(offset, message) of what makes it unreadable."""


@lru_cache(maxsize=64)
def parse(text: str) -> FrontMatter:
    """Read the front matter of an article's text. Never raises: what is wrong is in ``problems``.

    Asked again, it is the same object: nobody may change its data.
    """
    opening = _OPENING.match(text)
    if not opening:
        return FrontMatter({}, (), {}, 0)
    closing = _CLOSING.search(text, opening.end())
    if not closing:
        problem = say("the front matter is not closed: write a line of --- after it")
        return FrontMatter({}, (), {}, 0, ((opening.start(), problem),))
    base, body_start = opening.end(), closing.end()
    block = text[base : closing.start()]
    try:
        return _read(block, base, body_start)
    except yaml.YAMLError as error:
        found = _problem(error, base, len(block))
    except (RecursionError, ValueError, KeyError, AttributeError, TypeError) as error:
        found = (base, say("the front matter cannot be read: {error}", error=_told(error)))
    return FrontMatter({}, (), {}, body_start, (found,))


def _read(block: str, base: int, body_start: int) -> FrontMatter:
    _refuse_depth(block)
    loader = _LOADER(block)
    try:
        node = loader.get_single_node()
        if node is None:
            return FrontMatter({}, (), {}, body_start)
        if not isinstance(node, yaml.MappingNode):
            raise ValueError(say('it must be a list of "name: value" lines'))
        _refuse_aliases(node)
        data = loader.construct_document(node)
    finally:
        loader.dispose()
    keys = {str(key.value): (base + key.start_mark.index, base + key.end_mark.index) for key, _ in node.value}
    scalars = tuple(_scalars(node, (), base))
    return FrontMatter({str(key): value for key, value in data.items()}, scalars, keys, body_start)


def reader_fields(front: FrontMatter) -> Iterator[tuple[str, Scalar]]:
    """The scalars that readers see, each with its name, such as ("media.alt", scalar)."""
    for scalar in front.scalars:
        name = ".".join(part for part in scalar.path if isinstance(part, str))
        if name in READER_FIELDS and scalar.value.strip():
            yield name, scalar


def quote(value: str) -> str:
    """A value as a double-quoted YAML scalar on one line."""
    quoted = json.dumps(value, ensure_ascii=False)
    return re.sub("[\x7f-\x9f\u2028\u2029\ufeff]", lambda m: f"\\u{ord(m[0]):04x}", quoted)


def _refuse_depth(block: str) -> None:
    """Lists in lists without end would overflow the stack of the YAML library, and end the process."""
    if len(block) < LONG and sum(map(block.count, "[{-?")) < 20 * DEEPEST:
        return
    depth = 0
    for event in yaml.parse(block, Loader=_LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                mark: Any = event.start_mark
                raise yaml.MarkedYAMLError(
                    problem=say("it has lists within lists, more than {most} deep", most=DEEPEST), problem_mark=mark
                )
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _refuse_aliases(node: yaml.Node) -> None:
    seen: set[int] = set()
    waiting = [node]
    while waiting:
        item = waiting.pop()
        if id(item) in seen:
            raise yaml.YAMLError(say("anchors and aliases (& and *) are not supported here: write the value out"))
        seen.add(id(item))
        if isinstance(item, yaml.MappingNode):
            waiting.extend(part for pair in item.value for part in pair)
        elif isinstance(item, yaml.SequenceNode):
            waiting.extend(item.value)


def _scalars(node: yaml.Node, path: tuple[str | int, ...], base: int) -> Iterator[Scalar]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _scalars(value, (*path, str(key.value)), base)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield from _scalars(value, (*path, index), base)
    elif isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:str":
        yield Scalar(path, node.value, base + node.start_mark.index, base + node.end_mark.index)


def _problem(error: yaml.YAMLError, base: int, size: int) -> tuple[int, Message]:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    message = say("the front matter is not valid YAML: {error}", error=_told(error))
    return base + (min(mark.index, size) if mark else 0), message


def _told(error: Exception) -> str:
    """What an exception says: our own as a message, those of the YAML library in its words."""
    told = getattr(error, "problem", None) or (error.args[0] if error.args else "")
    return told if isinstance(told, Message) else str(getattr(error, "problem", None) or error)
