"""Reading and writing files so that bad input is told clearly and nothing is ever half-written."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from pipeline.model import PlainleafError


def read_text(path: Path) -> str:
    """The decoded text of a UTF-8 file, byte order mark and line ends kept.

    Raises PlainleafError when it cannot be read or is not UTF-8, with the place of the first bad byte.
    """
    return decode(read_bytes(path), path)


def read_bytes(path: Path) -> bytes:
    """The bytes of a file. Raises PlainleafError when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise PlainleafError(f"{path}: cannot be read: {error.strerror or error}") from None


def decode(content: bytes, path: Path) -> str:
    """Bytes as UTF-8 text; the path is for the message. Raises PlainleafError."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        hint = "UTF-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "another encoding"
        raise PlainleafError(
            f"{path}:{line}:{column}: not UTF-8 (byte 0x{content[error.start]:02x}; it looks like {hint}). "
            "Save the file as UTF-8"
        ) from None


def write_whole(path: Path, content: bytes) -> bool:
    """Write a file whole or not at all: temporary file beside it, fsync, rename.

    Returns False, and touches nothing, when the file already holds these bytes.
    Raises PlainleafError when it cannot be written; what was there is still there then.
    """
    with contextlib.suppress(OSError):
        if path.read_bytes() == content:
            return False
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp", delete=False) as file:
            temporary = Path(file.name)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
        temporary.replace(path)
    except OSError as error:
        if temporary:
            temporary.unlink(missing_ok=True)
        raise PlainleafError(f"{path}: cannot be written: {error.strerror or error}") from None
    except BaseException:
        # Ctrl-C in the midst of it.
        if temporary:
            temporary.unlink(missing_ok=True)
        raise
    return True


def replace_text(path: Path, before: str | None, after: str) -> None:
    """Write a text in the place of the one that was read, whole or not at all.

    before: the decoded text as it was read, or None when the file was not there. Raises PlainleafError when the file
    has changed since, as when it is open in another program and was saved there; nothing is written then.
    """
    now = read_text(path) if path.is_file() else None
    if now != before:
        raise PlainleafError(
            f"{path}: another program has changed it meanwhile; it was left as it is. Run the command again"
        )
    write_whole(path, after.encode("utf-8"))


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
