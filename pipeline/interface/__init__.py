"""The words that outputs add to an article, such as "Page 1 of 2": one catalogue for each language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path

from pipeline.catalogue import Message, read_catalogue
from pipeline.language import load_language
from pipeline.model import PRINTABLE, State
from pipeline.pseudo import pseudo_interface


@cache
def interface_strings(language: str) -> Mapping[str, str]:
    """English to the language. A string that is missing or fuzzy is left out, so English stands."""
    return {msgid: m.text for msgid, m in interface_messages(language).items() if m.state in PRINTABLE}


@cache
def interface_messages(language: str) -> Mapping[str, Message]:
    """Every interface string with where its translation stands; empty for a language that has none."""
    folder = Path(str(resources.files("pipeline.interface")))
    way = load_language(language).pseudo
    if way:
        # Every catalogue has the same texts.
        made = pseudo_interface(read_catalogue(min(folder.glob("*.po"))).messages, way)
        return {msgid: Message(text, State.DRAFT) for msgid, text in made.items()}
    file = folder / f"{language}.po"
    return read_catalogue(file).messages if file.is_file() else {}
