"""The texts that lie open, the libraries that they belong to, and what the checks say of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import RLock

from pipeline.buffers import Buffers
from pipeline.library import SETTINGS_FILE, SUFFIXES, WORD_LIST, open_library
from pipeline.lsp.positions import Positions
from pipeline.model import Article, Finding, PlainleafError


@dataclass(frozen=True)
class Text:
    """A text as it stands in the editor."""

    uri: str
    version: int | None
    path: Path
    text: str
    encoding: str | None = None
    """Of positions; None for UTF-16."""

    @cached_property
    def places(self) -> Positions:
        """Its lines."""
        return Positions(self.text, self.encoding)

    @property
    def is_catalogue(self) -> bool:
        """Whether it is a PO file."""
        return self.path.suffix == ".po"

    @property
    def is_checked(self) -> bool:
        """Whether the checks look at such files."""
        return self.is_catalogue or (self.path.suffix.lower() in SUFFIXES and self.path.name != WORD_LIST.name)


@dataclass(frozen=True)
class Checked:
    """What the checks say of a text."""

    text: Text
    findings: tuple[Finding, ...] = ()
    error: str = ""
    """Why it could not be checked, for the person who writes; "" when it was."""
    error_line: int = 1
    """Line from 1 of the text at which the error is shown."""


class Desk:
    """Checks texts, each with what its own library knows. Threads may share it."""

    def __init__(self, root: Path | None = None) -> None:
        """root: of the library to take for every text; None to look upwards from each."""
        self._root = root
        self._buffers: dict[Path | None, Buffers] = {}
        self._last: dict[str, Checked] = {}
        self._lock = RLock()

    def root(self, path: Path) -> Path | None:
        """The folder of the library that a file belongs to; None when there is none."""
        if self._root:
            return self._root
        return next((folder for folder in path.parents if (folder / SETTINGS_FILE).is_file()), None)

    def buffers(self, path: Path) -> Buffers:
        """What checks the texts of a file's library. Raises PlainleafError when its settings are wrong."""
        root = self.root(path)
        with self._lock:
            if root not in self._buffers:
                self._buffers[root] = Buffers(open_library(root) if root else None)
            return self._buffers[root]

    def check(self, text: Text) -> Checked:
        """What the checks say of a text. A text that is the same as before is not checked anew."""
        with self._lock:
            last = self._last.get(text.uri)
            if last is None or last.text != text:
                last = self._last[text.uri] = self._check(text)
            return last

    def article(self, text: Text) -> Article:
        """A text as an article. Raises PlainleafError for broken settings."""
        return self.buffers(text.path).article(text.text, text.path)

    def changed(self) -> None:
        """Files have changed: look at the disk at the next check of each text."""
        with self._lock:
            self._last.clear()
            for buffers in self._buffers.values():
                buffers.changed()

    def forget(self, uri: str) -> None:
        """A text was closed."""
        with self._lock:
            self._last.pop(uri, None)

    def _check(self, text: Text) -> Checked:
        if not text.is_checked:
            return Checked(text)
        try:
            return Checked(text, self.buffers(text.path).check(text.text, text.path))
        except PlainleafError as error:
            return Checked(text, (), *_told(str(error), text))


def _told(message: str, text: Text) -> tuple[str, int]:
    """The message, and the line of this text that it speaks of: the first when it speaks of another file."""
    place = re.match(re.escape(str(text.path)) + r":(\d+)(?::\d+)?: ", message)
    return (message[place.end() :], int(place[1])) if place else (message, 1)
