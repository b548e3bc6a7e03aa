"""A new library: settings, one example article with its drawing, and its first translation."""

from __future__ import annotations

from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from pipeline.files import write_whole
from pipeline.model import PlainleafError


def create(folder: Path) -> list[Path]:
    """Write the example library into a folder; returns what was written.

    Raises PlainleafError, and writes nothing, when a file of it is already there.
    """
    template = resources.files("pipeline").joinpath("example")
    files = {folder / name: content for name, content in _files(template, Path())}
    there = [path for path in files if path.exists()]
    if there:
        raise PlainleafError(f"{there[0]} is already there: choose an empty folder, or take it away first")
    for path, content in files.items():
        write_whole(path, content)
    return list(files)


def _files(folder: Traversable, path: Path) -> list[tuple[Path, bytes]]:
    found = []
    for item in sorted(folder.iterdir(), key=lambda i: i.name):
        if item.is_dir():
            found += _files(item, path / item.name)
        else:
            found.append((path / item.name, item.read_bytes()))
    return found
