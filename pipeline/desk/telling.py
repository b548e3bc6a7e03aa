"""What findings say, in the language of a page, by the gettext catalogues in ``interface/findings/``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from string import Formatter

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import get_decimal_symbol

from pipeline.messages import Message, Value

KEYWORDS: Mapping[str, tuple[int, ...] | None] = {"say": None, "say_count": (1, 2)}
"""The functions of pipeline.messages whose first texts are templates, as Babel wants them named."""
_QUOTES = '"“”'


class Teller:
    """Says messages in a language; what its catalogue lacks stays in English."""

    def __init__(self, catalogue: Path, locale: str) -> None:
        """catalogue: may be absent. locale: how figures are written."""
        self._known, self._strings = _read(catalogue)
        self._point = get_decimal_symbol(locale)

    def tell(self, message: Message) -> str:
        """The message with its figures; what it quotes stays as it is."""
        values = {name: self._value(value) for name, value in message.values.items()}
        return self.template(message).format_map(values)

    def knows(self, message: Message) -> bool:
        """Whether all of it is said in the language."""
        own = message.templates[0] in self._known or not has_words(message.templates[0])
        return own and all(self.knows(value) for value in message.values.values() if isinstance(value, Message))

    def template(self, message: Message) -> str:
        """The translation of a message's template, in the form that its number asks for."""
        one = message.templates[0]
        if len(message.templates) > 1:
            return self._strings.ngettext(one, message.templates[1], int(message.values["count"]))
        return self._strings.gettext(one) if one in self._known else one

    def _value(self, value: Value) -> object:
        if isinstance(value, Message):
            return self.tell(value)
        return self.figure(value) if isinstance(value, float) else value

    def figure(self, value: float) -> object:
        """A figure that takes the format of a template."""
        return _Figure(value, self._point)


@lru_cache(maxsize=4096)
def has_words(template: str) -> bool:
    """Whether there is something to translate in a template: a letter beside its {names}, or quotation marks."""
    return any(c.isalpha() or c in _QUOTES for text, *_ in Formatter().parse(template) for c in text)


class _Figure:
    """A figure as it stands in English, with the decimal sign of another language."""

    def __init__(self, value: float, point: str) -> None:
        self._value, self._point = value, point

    def __format__(self, how: str) -> str:
        # Rounded by the same function as the English text: a page must not tell another figure than the command.
        return format(self._value, how).replace(".", self._point)


@cache
def _read(path: Path) -> tuple[frozenset[str], NullTranslations]:
    """The templates that a catalogue has a translation for, a fuzzy one aside, and the translations."""
    if not path.is_file():
        return frozenset(), NullTranslations()
    with path.open("rb") as file:
        catalogue = read_po(file)
    for message in list(catalogue):
        strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if message.id and (message.fuzzy or not all(strings)):
            catalogue.delete(message.id)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    ids = (message.id if isinstance(message.id, str) else message.id[0] for message in catalogue)
    return frozenset(filter(None, ids)), GNUTranslations(compiled)
