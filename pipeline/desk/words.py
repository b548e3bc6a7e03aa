"""The words of the pages themselves, in English or by a gettext catalogue in ``interface/``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from pipeline.catalogue import read_catalogue
from pipeline.desk.telling import Teller
from pipeline.language import Language, load_language
from pipeline.messages import Message
from pipeline.model import PRINTABLE, PlainleafError

SOURCE = "en"
"""The language that the strings in the code are written in."""


def gettext_noop(text: str) -> str:
    """The text as it is; it names an interface string where it is not said at once, as in a table."""
    return text


@cache
def page_languages() -> tuple[str, ...]:
    """The languages that pages for editors can be in: English, and those with a catalogue."""
    return (SOURCE, *sorted(path.stem for path in interface_folder().glob("*.po")))


def interface_folder() -> Path:
    """Where the catalogues of these strings stand."""
    return Path(str(resources.files("pipeline.desk").joinpath("interface")))


@cache
def desk_strings(language: str) -> Mapping[str, str]:
    """English to the language. A string that is missing or fuzzy is left out, so English stands."""
    file = interface_folder() / f"{language}.po"
    messages = read_catalogue(file).messages if file.is_file() else {}
    return {msgid: m.text for msgid, m in messages.items() if m.state in PRINTABLE}


class Words:
    """Says things in the language of a page: strings, numbers, dates and the names of languages."""

    def __init__(self, language: str = SOURCE) -> None:
        """Raises PlainleafError when there is no catalogue for it."""
        if language not in page_languages():
            raise PlainleafError(
                f"pages for editors are not there in {language!r}; known are {', '.join(page_languages())}"
            )
        self.language: Language = load_language(language)
        self._strings = desk_strings(language)
        # The house writes British English.
        self._locale = "en_GB" if language == SOURCE else self.language.locale
        self._teller = Teller(interface_folder() / "findings" / f"{language}.po", self._locale)

    @property
    def is_source(self) -> bool:
        """Whether the page is in the language of the messages of checks."""
        return self.language.code == SOURCE

    def tell(self, message: str) -> str:
        """What a finding says; a text that remembers no template stays as it is. Escape it in HTML."""
        return message if self.is_source or not isinstance(message, Message) else self._teller.tell(message)

    def template(self, message: Message) -> str:
        """What the page has for the template of a message."""
        return self._teller.template(message)

    def figure(self, value: float) -> object:
        """A figure in a message, as the page writes it: it takes the format that the template names."""
        return self._teller.figure(value)

    def knows(self, message: str) -> bool:
        """Whether ``tell`` says it in the language of the page, and not in English."""
        return self.is_source or (isinstance(message, Message) and self._teller.knows(message))

    def say(self, text: str, **values: object) -> str:
        """An interface string, with values in the place of {names}. It is plain text: escape it in HTML."""
        found = self._strings.get(text, text)
        return found.format(**values) if values else found

    def count(self, number: int, one: str, many: str, **values: object) -> str:
        """``one`` or ``many``, with {count}, as the number asks for: "1 error", "3 errors"."""
        # English and Spanish have the same two forms; a language with others needs plural entries first.
        return self.say(one if number == 1 else many, count=self.number(number), **values)

    def number(self, value: float, digits: int = 0) -> str:
        """A number with as many digits after its point at most."""
        # A minus that rounds to nothing is no minus.
        return str(format_decimal(round(value, digits) + 0, locale=self._locale))

    def percent(self, part: int, whole: int) -> str:
        """A share, rounded down: what lacks one of a thousand is not "100 %"."""
        share = part * 100 // whole if whole else 0
        return str(format_percent(share / 100, locale=self._locale))

    def date(self, day: object) -> str:
        """A date as people write it; "" for anything else."""
        return str(format_date(day, "medium", locale=self._locale)) if hasattr(day, "isoformat") else ""  # type: ignore[arg-type]

    def language_name(self, code: str) -> str:
        """What readers of the page call a language."""
        name = load_language(code).name_for(self.language)
        return name[:1].upper() + name[1:]
