"""What may come in: files from the web are not to be trusted.

A file that is too large, or that would unpack to too much, is refused with a message before anything is read of it.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

from pipeline.model import PlainleafError

LARGEST_FILE = 50_000_000
"""Bytes."""
LARGEST_UNPACKED = 300_000_000
"""Bytes of all that a DOCX or EPUB holds."""
MOST_ENTRIES = 5_000
MOST_TIMES = 150
"""How many times its packed size one part may have, from LEAST_SUSPICIOUS bytes on."""
LEAST_SUSPICIOUS = 5_000_000
LARGEST_PART = 60_000_000
"""Bytes of one part that holds text."""
LONGEST_LINE = 100_000
"""Characters."""
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_TEXT_PARTS = (".xml", ".rels", ".xhtml", ".html", ".htm", ".opf", ".ncx", ".svg")


def read_limited(path: Path) -> bytes:
    """The bytes of a file. Raises PlainleafError when it cannot be read or is too large."""
    try:
        if path.is_dir():
            raise PlainleafError(f"{path}: a folder: name the files in it")
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise PlainleafError(
                f"{path}: {size} bytes: at most {LARGEST_FILE} are read; import its articles one by one"
            )
        return path.read_bytes()
    except OSError as error:
        raise PlainleafError(f"{path}: cannot be read: {error.strerror or error}") from None


def refuse_long_lines(text: str, path: Path) -> None:
    """Raise PlainleafError when a line is longer than any that a person wrote."""
    number = 0
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > LONGEST_LINE:
            raise PlainleafError(f"{path}:{number}: a line of {len(line)} characters: this is no page of text")


def refuse_bombs(content: bytes, path: Path) -> None:
    """Raise PlainleafError when a DOCX or EPUB is no archive, or unpacks to more than a document holds."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_ENTRIES:
                raise PlainleafError(f"{path}: {len(entries)} parts: at most {MOST_ENTRIES} are read")
            if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
                raise PlainleafError(f"{path}: unpacks to more than {LARGEST_UNPACKED} bytes: it is refused")
            for entry in entries:
                _refuse_part(archive, entry, path)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as error:
        raise PlainleafError(f"{path}: the file is broken or locked with a password: {error}") from None
    except zipfile.zlib.error as error:  # type: ignore[attr-defined]
        raise PlainleafError(f"{path}: the file is broken: {error}") from None


def _refuse_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path) -> None:
    suspicious = entry.file_size > LEAST_SUSPICIOUS and entry.file_size > MOST_TIMES * max(entry.compress_size, 1)
    if suspicious:
        raise PlainleafError(f"{path}: {entry.filename} unpacks to {entry.file_size} bytes: it is refused")
    if not entry.filename.lower().endswith(_TEXT_PARTS):
        return
    if entry.file_size > LARGEST_PART:
        raise PlainleafError(f"{path}: {entry.filename} holds {entry.file_size} bytes of text: it is refused")
    with archive.open(entry) as part:
        # No more than what the archive says of itself: an archive can lie.
        text = part.read(LARGEST_PART + 1)
    if len(text) > LARGEST_PART:
        raise PlainleafError(f"{path}: {entry.filename} holds more text than it says: it is refused")
    if _ENTITY.search(text):
        raise PlainleafError(
            f"{path}: {entry.filename} declares XML entities, which no such document needs: it is refused"
        )
