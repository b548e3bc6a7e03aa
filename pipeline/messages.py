"""What a finding says, in English, with the template and the values that it was made of.

A page in another language looks the template up and says the same in its own words; everything else takes the
message for the text that it is::

    say('"{word}" is not in the dictionary', word=found.word)
    say_count("{count} word is long", "{count} words are long", len(words))

A value that is a message itself is translated with it; any other text is a quotation, a name or an address, and stays
as it is. A brace that is meant as such is written twice. ``python -m tools.make_interface`` collects the templates.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Value = str | int | float
"""What a message may quote; a Message among it."""


class Message(str):
    """A text in English that remembers what it was made of."""

    __slots__ = ("templates", "values")

    templates: tuple[str, ...]
    """One, or those for one thing and for many: ``values["count"]`` chooses."""
    values: Mapping[str, Value]

    def __new__(cls, templates: tuple[str, ...], values: Mapping[str, Value]) -> Message:
        """Raises KeyError where a template names a value that is not there."""
        template = templates[0] if len(templates) == 1 or values["count"] == 1 else templates[1]
        made = super().__new__(cls, template.format_map(values))
        made.templates, made.values = templates, values
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        return Message, (self.templates, self.values)


def say(template: str, **values: Value) -> Message:
    """A message with values in the place of {names}."""
    return Message((template,), values)


def say_count(one: str, many: str, count: int, **values: Value) -> Message:
    """A message of a number of things, {count}: ``one`` where it is 1, else ``many``."""
    return Message((one, many), {"count": count, **values})


def named(text: str) -> Message:
    """A text out of a table of the languages, such as the name of a reading formula, as a message."""
    return Message((text.replace("{", "{{").replace("}", "}}"),), {})


def joined(separator: str, parts: Iterable[str]) -> Message:
    """Messages and texts in one line, or beneath each other. separator: no words, which would need a template."""
    values = {f"part{number}": part for number, part in enumerate(parts, 1)}
    return Message((separator.join(f"{{{name}}}" for name in values),), values)


def as_plain(text: str) -> Any:
    """A message as lists of plain values, to be kept as JSON; another text as it is."""
    if not isinstance(text, Message):
        return text
    values = {name: as_plain(value) if isinstance(value, str) else value for name, value in text.values.items()}
    return [*text.templates, values]


def from_plain(row: Any) -> str:
    """What ``as_plain`` made of a message. Raises ValueError, TypeError, KeyError or IndexError for anything else."""
    if isinstance(row, str):
        return row
    *templates, values = row
    restored = {name: from_plain(value) if isinstance(value, list) else value for name, value in values.items()}
    return Message(tuple(templates), restored)
