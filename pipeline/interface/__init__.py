"""The words that outputs add to an article, such as "Page 1 of 2": one catalogue for each language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path

from pipeline.catalogue import read_catalogue
from pipeline.model import PRINTABLE


@cache
def interface_strings(language: str) -> Mapping[str, str]:
    """English to the language. A string that is missing or fuzzy is left out, so English stands."""
    file = Path(str(resources.files("pipeline.interface").joinpath(f"{language}.po")))
    if not file.is_file():
        return {}
    messages = read_catalogue(file).messages
    return {msgid: m.text for msgid, m in messages.items() if m.state in PRINTABLE}
