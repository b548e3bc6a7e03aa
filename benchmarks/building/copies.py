"""A copy of Plainleaf's own files that a benchmark may change."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import TracebackType

import pipeline


class Copy:
    """The package in a folder, which a command finds first."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._package = folder / "pipeline"
        self.environment = {"PYTHONPATH": str(folder.resolve()), "PYTHONDONTWRITEBYTECODE": "1"}

    def __enter__(self) -> Copy:
        shutil.rmtree(self._folder, ignore_errors=True)
        shutil.copytree(Path(pipeline.__file__).parent, self._package, ignore=shutil.ignore_patterns("__pycache__"))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)

    def append(self, name: str, text: str) -> None:
        """Add a text to the end of one of its files."""
        path = self._package / name
        path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")

    def replace(self, name: str, old: str, new: str) -> None:
        """Change one of its files."""
        path = self._package / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{name} has no {old!r}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
