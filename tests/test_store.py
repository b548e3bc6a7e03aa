"""What is remembered between runs."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.store import FOLDER, Store

ENTRIES = st.dictionaries(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.recursive(
        st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(exclude_categories=["Cs"])),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner),
    ),
    max_size=8,
)


@given(ENTRIES, ENTRIES)
def test_what_was_put_is_there_in_the_next_run(
    tmp_path_factory: pytest.TempPathFactory, first: dict[str, Any], second: dict[str, Any]
) -> None:
    root = tmp_path_factory.mktemp("store")
    for entries in (first, second):
        store = Store(root, "x")
        for key, entry in entries.items():
            store.put(key, entry)
        store.write(keep_others=True)
    again = Store(root, "x")
    assert dict(again.entries()) == first | second
    assert all(again.get(key) == entry for key, entry in (first | second).items())
    assert again.get("no such key at all") is None


def test_entries_of_a_prefix(tmp_path: Path) -> None:
    store = Store(tmp_path, "x")
    for key in ("a", "es/a", "es/\U0010fffe", "et/a"):
        store.put(key, key)
    assert [key for key, _ in store.entries("es/")] == ["es/a", "es/\U0010fffe"]
    store.write(keep_others=True)
    assert [key for key, _ in Store(tmp_path, "x").entries("es/")] == ["es/a", "es/\U0010fffe"]


def test_what_nobody_asked_for_is_forgotten(tmp_path: Path) -> None:
    store = Store(tmp_path, "x")
    for key in "abc":
        store.put(key, 1)
    store.write(keep_others=True)
    store = Store(tmp_path, "x")
    store.get("a")
    store.use("b")
    store.write(keep_others=False)
    assert dict(Store(tmp_path, "x").entries()) == {"a": 1, "b": 1}
    store = Store(tmp_path, "x")
    store.put("d", 2)
    store.forget_others({"a", "d"})
    store.write(keep_others=True)
    assert dict(Store(tmp_path, "x").entries()) == {"a": 1, "d": 2}


@pytest.mark.parametrize("content", [b"", b"{", b"SQLite format 3\0" + b"\xff" * 5000, b"\0" * 8192])
def test_a_broken_file_holds_nothing_and_does_not_stay(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "x.sqlite").write_bytes(content)
    store = Store(tmp_path, "x")
    assert store.get("a") is None
    store.put("a", [1])
    store.write(keep_others=True)
    store = Store(tmp_path, "x")
    store.put("a", [1])
    store.write(keep_others=True)
    assert Store(tmp_path, "x").get("a") == [1]


def test_an_entry_that_is_no_json_is_none(tmp_path: Path) -> None:
    store = Store(tmp_path, "x")
    store.put("a", 1)
    store.write(keep_others=True)
    database = sqlite3.connect(tmp_path / FOLDER / "x.sqlite")
    with database:
        database.execute("update entry set value = '{'")
    database.close()
    store = Store(tmp_path, "x")
    assert store.get("a") is None
    assert dict(store.entries()) == {}


def test_what_cannot_be_written_is_still_there_for_this_run(tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_bytes(b"")  # A file where the folder should be.
    store = Store(tmp_path, "x")
    store.put("a", 1)
    store.write(keep_others=True)
    assert store.get("a") == 1


WRITER = """
import sys
from pathlib import Path
from pipeline.store import Store
number = 0
while True:
    number += 1
    store = Store(Path(sys.argv[1]), "x")
    for key in range(50):
        store.put(str(key), [number] * 200)
    store.write(keep_others=True)
    print(number, flush=True)
"""


def test_a_killed_writer_leaves_a_whole_state(tmp_path: Path) -> None:
    for pause in (0.0, 0.003, 0.011, 0.017):
        process = subprocess.Popen([sys.executable, "-c", WRITER, tmp_path], stdout=subprocess.PIPE)
        assert process.stdout
        process.stdout.readline()
        time.sleep(pause)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        entries = dict(Store(tmp_path, "x").entries())
        assert len(entries) == 50
        assert len({tuple(entry) for entry in entries.values()}) == 1
