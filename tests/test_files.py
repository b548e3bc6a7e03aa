"""Files: clear errors, whole writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.files import read_text, write_whole
from pipeline.model import PlainleafError


def test_a_file_that_is_not_utf8_is_told_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "latin.md"
    path.write_bytes("erste Zeile\nfür".encode("latin-1"))
    with pytest.raises(PlainleafError, match=r"latin\.md:2:2: not UTF-8 \(byte 0xfc; .*Save the file as UTF-8"):
        read_text(path)


def test_utf16_is_named(tmp_path: Path) -> None:
    path = tmp_path / "wide.md"
    path.write_bytes("heart".encode("utf-16"))
    with pytest.raises(PlainleafError, match="UTF-16"):
        read_text(path)


def test_the_same_content_is_not_written_again(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "file"
    assert write_whole(path, b"a")
    before = path.stat().st_mtime_ns
    assert not write_whole(path, b"a")
    assert path.stat().st_mtime_ns == before


def test_a_failed_write_leaves_what_was_there(tmp_path: Path) -> None:
    folder = tmp_path / "file"
    folder.mkdir()
    (folder / "kept").write_text("kept")
    with pytest.raises(PlainleafError, match="cannot be written"):
        write_whole(folder, b"a")
    assert [p.name for p in tmp_path.rglob("*")] == ["file", "kept"]
