"""What dictionaries said of words in an earlier run: to read a dictionary of Arabic takes two seconds.

A verdict depends on the word, the dictionary and Plainleaf alone, so all libraries that a process works on share it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.cache import digest, own_files
from pipeline.store import Store

_OTHERS = (
    "formats/", "checks/", "spelling/", "confusions/", "readability/", "report/", "cli/", "commands/", "audit/",
    "importing/", "exchange/",
)  # fmt: skip
"""Where files of Plainleaf lie that no verdict depends on."""


class Verdicts:
    """The verdicts on words of one language, by a key of the question and the word."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._known: dict[str, Any] = {}
        self._store: Store | None = None
        self._is_read = False
        self._is_new = False

    def recall_from(self, root: Path) -> None:
        """Take what an earlier run left in the library of this folder, when a word is asked for."""
        self._store, self._is_read, self._is_new = Store(root, f"words-{self._language}"), False, bool(self._known)

    def get(self, question: str) -> Any:
        """The answer, of what JSON knows; None where there is none yet."""
        if question not in self._known and self._store and not self._is_read:
            self._is_read = True
            found = self._store.get("verdicts")
            if isinstance(found, dict) and self._store.get("program") == _program():
                self._known = {**found, **self._known}
        return self._known.get(question)

    def put(self, question: str, answer: Any) -> None:
        """Keep an answer."""
        self._known[question] = answer
        self._is_new = True

    def new(self) -> dict[str, Any]:
        """All answers that were found in this process."""
        return dict(self._known)

    def add(self, answers: Mapping[str, Any]) -> None:
        """Answers that another process found."""
        self.get("")
        self._known.update(answers)
        self._is_new = self._is_new or bool(answers)

    def write(self) -> None:
        """Leave what is known for the next run."""
        if self._store and self._is_new:
            self.get("")
            self._store.put("program", _program())
            self._store.put("verdicts", self._known)
            self._store.write(keep_others=False)
            self._is_new = False


def _program() -> str:
    return digest(own_files(*_OTHERS))
