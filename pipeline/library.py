"""Reads source/: settings, articles, images."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Settings:
    """source/library.toml."""

    name: str = "Library"
    publisher: str = ""
    language: str = "en"
    languages: tuple[str, ...] = ()
    """Target languages, in the order in which readers see them."""
    grade: float = 6.0
    formats: tuple[str, ...] = ("html", "epub", "pdf")
    paper: str = "a4"
    web_address: str = ""
    emergency_number: str = "112"
    imprint: str = ""
    """One line for the foot of every leaflet, such as an address."""
    options: dict[str, object] = field(default_factory=dict)
