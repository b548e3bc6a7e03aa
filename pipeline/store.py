"""What a run leaves in .plainleaf/ for the next one: entries by key, in a file of SQLite for each kind.

A database and no plain file, since a build of a thousand articles asks for a few entries out of thousands and changes
fewer; and a process that is killed leaves the last state that was whole.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import time
from collections.abc import Container, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from pipeline.files import write_whole
from pipeline.model import PlainleafError
from pipeline.stamps import look_at

FOLDER = ".plainleaf"
_PAUSE, _SHARE = 0.3, 50
"""Seconds between two writes of a store while a build runs, and how many times the last write took."""
_WAIT = 2.0
"""Seconds for another process, such as a report beside a build, to end its writing."""
_TABLE = "create table if not exists entry (key text primary key, value text not null) without rowid"


class Store:
    """Entries by key, of what JSON knows. A file that is not there, or broken, holds none."""

    def __init__(self, root: Path, name: str) -> None:
        """root: the folder of the library."""
        self._path = root / FOLDER / f"{name}.sqlite"
        self._database: sqlite3.Connection | None = None
        self._new: dict[str, Any] = {}
        self._used: set[str] = set()
        self._next = time.monotonic() + _PAUSE

    def get(self, key: str) -> Any:
        """The entry, or None."""
        self._used.add(key)
        if key in self._new:
            return self._new[key]
        rows = self._rows("select value from entry where key = ?", key)
        return _value(rows[0][0]) if rows else None

    def entries(self, prefix: str = "") -> Iterator[tuple[str, Any]]:
        """Every key that begins so, with its entry, sorted. What was put and not written yet comes last."""
        # No character of a key lies beyond the last one of Unicode.
        rows = self._rows("select key, value from entry where key >= ? and key < ?", prefix, prefix + "\U0010ffff")
        for key, entry in zip((key for key, _ in rows), _values([text for _, text in rows]), strict=True):
            if key not in self._new and entry is not None:
                self._used.add(key)
                yield key, entry
        for key, entry in list(self._new.items()):
            if key.startswith(prefix) and entry is not None:
                yield key, entry

    def keys(self) -> list[str]:
        """Every key, sorted; those that were put and not written yet last."""
        written = [key for (key,) in self._rows("select key from entry order by key") if key not in self._new]
        return [*written, *(key for key, entry in self._new.items() if entry is not None)]

    def put(self, key: str, entry: Any) -> None:
        """Keep an entry.

        It is written to the disk now and then, so that a build that is stopped or killed loses little.
        """
        self._used.add(key)
        self._new[key] = entry
        now = time.monotonic()
        if now > self._next:
            self.write(keep_others=True)
            after = time.monotonic()
            self._next = after + max(_PAUSE, _SHARE * (after - now))

    def use(self, keys: Iterable[str]) -> None:
        """Count these as used: ``write`` keeps them."""
        self._used.update(keys)

    def forget(self, key: str) -> None:
        """Keep no entry of this key."""
        self._new[key] = None

    def forget_others(self, known: Container[str]) -> None:
        """Keep no entries but those of these keys."""
        for key in self.keys():
            if key not in known:
                self.forget(key)

    def write(self, *, keep_others: bool) -> None:
        """Write what was put, and unless ``keep_others`` forget what was neither used nor put since it was opened.

        All of it or nothing. That it cannot be written is no error: the next run makes everything again.
        """
        if not self._new and keep_others:
            return
        database = self._open(for_writing=True)
        if database is None:
            return
        try:
            with database:
                gone = [(key,) for key, entry in self._new.items() if entry is None]
                if not keep_others:
                    rows = database.execute("select key from entry").fetchall()
                    gone += [row for row in rows if row[0] not in self._used]
                database.executemany("delete from entry where key = ?", gone)
                database.executemany(
                    "insert or replace into entry values (?, ?)",
                    ((key, _text(entry)) for key, entry in self._new.items() if entry is not None),
                )
            self._new.clear()
            self.close()
        except sqlite3.Error as error:
            self._drop(error)

    def __del__(self) -> None:
        self.close()

    def stamp(self) -> str:
        """What the file looks like now; it changes with whatever is written into it."""
        return look_at(self._path).text

    def close(self) -> None:
        """Let go of the file."""
        if self._database:
            self._database.close()
            self._database = None

    def _rows(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        database = self._open(for_writing=False)
        if database is None:
            return []
        try:
            return database.execute(query, values).fetchall()
        except sqlite3.Error as error:
            self._drop(error)
            return []

    def _open(self, *, for_writing: bool) -> sqlite3.Connection | None:
        if self._database is None and (for_writing or self._path.is_file()):
            try:
                if for_writing:
                    write_whole(self._path.parent / ".gitignore", b"*\n")
                self._database = sqlite3.connect(self._path, timeout=_WAIT, check_same_thread=False)
                # Whoever is killed leaves a whole state; that entries outlive a power cut is not worth the waiting.
                self._database.execute("pragma synchronous = off")
                self._database.execute(_TABLE)
            except (sqlite3.Error, PlainleafError, OSError) as error:
                self._drop(error)
        return self._database

    def _drop(self, error: Exception) -> None:
        """What is no database, or a broken one, goes: it is in the way of the next run."""
        self.close()
        # A database that somebody else writes at the moment, or that may not be written, is none of these.
        if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
            with contextlib.suppress(OSError):
                self._path.unlink()


def _values(texts: Sequence[str]) -> list[Any]:
    """Each of the values; None for a text that is none."""
    try:
        found = json.loads(f"[{','.join(texts)}]")
        # A text that is no value may look like two beside others.
        if isinstance(found, list) and len(found) == len(texts):
            return found
    except (ValueError, RecursionError, TypeError):
        pass
    return [_value(text) for text in texts]


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError, TypeError):
        return None


def _text(entry: Any) -> str:
    return json.dumps(entry, ensure_ascii=False, separators=(",", ":"))
