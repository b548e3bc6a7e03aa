"""What is known of each language: languages/<code>.toml joined with Babel's CLDR data."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from babel import Locale, UnknownLocaleError

from pipeline.model import PlainleafError

PSEUDO = {"ar_XB": "ar", "en_XA": "en"}
"""Pseudo-languages, each with the locale that it borrows: to test pages with, and never released."""


@dataclass(frozen=True)
class Language:
    """One language, as outputs and checks need it. What CLDR has of it is read when it is asked for."""

    code: str
    """CLDR identifier, such as zh_Hans: in folders and settings."""
    tag: str
    """BCP 47, such as zh-Hans: in outputs."""
    fonts: tuple[str, ...]
    """Font families, the first that has the character wins."""
    data: Mapping[str, Any]
    """The language's TOML file as read."""
    locale: str
    """The CLDR locale for dates, units and names of languages: ``code``, but for a pseudo-language."""
    pseudo: str = ""
    """How a pseudo-language is made up: accented or mirrored; "" for a real one."""

    def __reduce__(self) -> tuple[Any, ...]:
        # A leaflet that travels names the languages that it links to; who lays it out has the same files.
        return load_language, (self.code,)

    @cached_property
    def direction(self) -> str:
        """ltr or rtl."""
        return str(self._cldr.text_direction)

    @cached_property
    def name(self) -> str:
        """Its own name for itself, such as العربية."""
        name = str(self.data.get("name") or self._cldr.get_display_name(self._cldr) or self.code)
        return name[:1].upper() + name[1:]

    @cached_property
    def english_name(self) -> str:
        """What English calls it."""
        return self.name if self.pseudo else self._cldr.get_display_name("en") or self.code

    @cached_property
    def script(self) -> str:
        """ISO 15924, such as Arab."""
        return "Latn" if self.pseudo else self._cldr.script or likely_script(self.code)

    @cached_property
    def _cldr(self) -> Locale:
        return Locale.parse(self.locale)

    def name_for(self, reader: Language) -> str:
        """What readers of another language call this one."""
        return self.name if self.pseudo else _name_in(self.locale, reader.locale) or self.name


@cache
def _name_in(locale: str, reader: str) -> str | None:
    # CLDR is slow to say it, and a page of a thousand articles asks for each language of each.
    return Locale.parse(locale).get_display_name(reader)


@cache
def load_language(code: str) -> Language:
    """The language with this CLDR identifier.

    Raises PlainleafError when CLDR does not know it or there is no languages/<code>.toml for it.
    """
    try:
        Locale.parse(PSEUDO.get(code, code))
    except (UnknownLocaleError, ValueError, TypeError):
        raise PlainleafError(f"unknown language {code!r}: use a CLDR identifier such as es, zh_Hans or pt_BR") from None
    file = _folder().joinpath(f"{code}.toml")
    if not file.is_file():
        raise PlainleafError(
            f"no data for language {code!r}: known are {', '.join(known_languages())}. "
            f"To add it, write pipeline/languages/{code}.toml (see CONTRIBUTING.md)"
        )
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    return Language(
        code=code,
        tag=code.replace("_", "-"),
        fonts=tuple(data["fonts"]),
        data=data,
        locale=PSEUDO.get(code, code),
        pseudo=data.get("pseudo", ""),
    )


def likely_script(code: str) -> str:
    """The script that CLDR's likely subtags give for a language, such as Deva for hi."""
    from babel.core import get_global  # noqa: PLC0415 - only here, and it reads a large file

    likely = str(get_global("likely_subtags").get(code.split("_", 1)[0], ""))
    return next((part for part in likely.split("_") if len(part) == 4 and part.isalpha()), "Latn")


@cache
def known_languages() -> tuple[str, ...]:
    """The codes of real languages that have a data file, sorted."""
    codes = (f.name[:-5] for f in _folder().iterdir() if f.name.endswith(".toml"))
    return tuple(sorted(code for code in codes if code not in PSEUDO))


def _folder() -> Traversable:
    return resources.files("pipeline").joinpath("languages")
