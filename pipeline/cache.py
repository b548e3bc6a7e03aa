"""What an earlier build made and found, so that the next one does only what has changed.

All of it stands in .plainleaf/ in the library's folder and may be deleted at any time: it holds nothing that a
build cannot make again. A key is the digest of everything that a result depends on, Plainleaf's own files and the
versions of the packages that it uses among them; so a stale result is never taken, whatever has changed.
"""

from __future__ import annotations

import dataclasses
import datetime
import enum
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path, PurePath
from typing import Any

from pipeline.messages import as_plain, from_plain
from pipeline.model import Article, Finding, Severity
from pipeline.stamps import Stamp, digest_of, scan

_PACKAGE = Path(__file__).parent
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
"""Begins a requirement, as in "jinja2>=3.1,<4"."""


SHORT = 32
"""Hexadecimal digits of a digest that are kept where thousands are: 128 bits."""


def short(text: str) -> str:
    """The digest of a text, for places where thousands are kept."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:SHORT]


def digest(*values: object) -> str:
    """The digest of plain data: texts, numbers, bytes, dates, paths, lists, sets, mappings and dataclasses.

    The same whatever the order of a mapping or a set. Of an article only what is written in its file counts: its
    segments follow from that. Raises TypeError for a value of another kind.
    """
    known = hashlib.sha256()
    for value in values:
        _feed(known.update, value)
    return known.hexdigest()


def _feed(add: Callable[[bytes], object], value: object) -> None:
    """Each value is told by its kind and its length, so that no two look alike."""
    if type(value) is str or (isinstance(value, str) and not isinstance(value, enum.Enum)):
        data = value.encode("utf-8", "surrogatepass")
        add(b"s%d:" % len(data))
        add(data)
    elif isinstance(value, bytes):
        add(b"b%d:" % len(value))
        add(value)
    elif isinstance(value, Article):
        _feed(add, [value.path, value.id, value.language, value.text])
    elif value is None or isinstance(value, bool | int | float):
        add(f"n{value!r};".encode())
    elif isinstance(value, datetime.date | PurePath | enum.Enum):
        _feed(add, str(value))
    elif isinstance(value, Mapping):
        _feed_mapping(add, value)
    elif isinstance(value, set | frozenset):
        add(b"u")
        _feed(add, sorted(value) if all(type(item) is str for item in value) else sorted(map(digest, value)))
    elif isinstance(value, Sequence):
        add(b"l%d:" % len(value))
        for item in value:
            _feed(add, item)
    elif dataclasses.is_dataclass(value):
        add(_of_shared(value).encode() if type(value) in _shared else _of_fields(value).encode())
    else:
        raise TypeError(f"no digest of a {type(value).__name__}")


def _feed_mapping(add: Callable[[bytes], object], value: Mapping[Any, Any]) -> None:
    if not all(type(key) is str for key in value):
        _feed(add, sorted((digest(key), digest(item)) for key, item in value.items()))
        return
    add(b"m%d:" % len(value))
    for key in sorted(value):
        _feed(add, key)
        _feed(add, value[key])


def _of_fields(value: Any) -> str:
    return digest([getattr(value, field.name) for field in dataclasses.fields(value)])


def _of_shared(value: object) -> str:
    # The value is kept with its digest: as long as it lives, no other has its identity.
    if id(value) not in _known:
        _known[id(value)] = (value, _of_fields(value))
    return _known[id(value)][1]


_shared: set[type] = set()
_known: dict[int, tuple[object, str]] = {}


def share(*types: type) -> None:
    """Compute the digest of each value of these frozen dataclasses once: large ones that are part of many others."""
    _shared.update(types)


@cache
def packages() -> str:
    """The digest of Plainleaf's version and of every package that it declares, as they are installed here."""
    return digest(package_versions())


def package_versions() -> dict[str, str]:
    """Plainleaf and every package that it declares, with the version that is installed here; "" for none."""
    from importlib import metadata  # noqa: PLC0415 - slow to import; a check of one file is there sooner

    found = {"plainleaf": metadata.version("plainleaf")}
    for name in _names(metadata.requires("plainleaf") or ()):
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = ""
    return found


def required_versions() -> dict[str, str]:
    """Plainleaf and the packages that it cannot do without, as they are installed here; those of its extras aside."""
    from importlib import metadata  # noqa: PLC0415 - as above

    required = set(_names(r for r in metadata.requires("plainleaf") or () if "extra ==" not in r))
    return {name: found for name, found in package_versions().items() if name in {"plainleaf", *required}}


def package_files() -> Iterator[tuple[str, Path]]:
    """Plainleaf's own files, each with its path in the package, sorted."""
    yield from ((name, _PACKAGE / name) for name in _own_stamps())


def _names(requirements: Iterable[str]) -> Iterator[str]:
    """The names of packages at the beginning of requirements such as "jinja2>=3.1,<4"."""
    return (match[0] for requirement in requirements if (match := _NAME.match(requirement)))


@cache
def own_files(*left_out: str) -> str:
    """The digest of Plainleaf's own files, those aside whose path in the package begins so.

    By size and time, not by content: it is asked at the start of every build.
    """
    return digest(packages(), digest_of({p: s for p, s in _own_stamps().items() if not p.startswith(left_out)}))


@cache
def _own_stamps() -> dict[str, Stamp]:
    return scan([_PACKAGE], _PACKAGE)


def as_json(finding: Finding) -> list[Any]:
    """A finding as a row of plain values."""
    values = (getattr(finding, field.name) for field in dataclasses.fields(finding))
    return [str(v) if isinstance(v, Path) else as_plain(v) if isinstance(v, str) else v for v in values]


def from_json(row: Sequence[Any]) -> Finding:
    """The finding of a row. Raises ValueError or TypeError for a row that is none."""
    values = dict(zip((field.name for field in dataclasses.fields(Finding)), row, strict=True))
    values["path"] = Path(values["path"])
    values["message"] = from_plain(values["message"])
    values["severity"] = Severity(values["severity"])
    values["suggestions"] = tuple(values["suggestions"])
    return Finding(**values)
