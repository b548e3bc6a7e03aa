"""Reading and writing files so that bad input is told clearly and nothing is ever half-written."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.model import PlainleafError

_MASKING = threading.Lock()
LARGEST = 50_000_000
"""Bytes of a file that is read."""
LONGEST_TEXT, LONGEST_LINE = 2_000_000, 100_000
"""Characters of an article or a translation, and of one line or paragraph of it: ten times what any has."""
LEFT = ".tmp"
NAME_KEPT = 40
"""Characters of a file's name that its temporary file begins with: file systems allow 255 bytes."""
_LEFTOVER = re.compile(rf"\..{{0,{NAME_KEPT}}}\.[a-z0-9_]{{8}}{re.escape(LEFT)}", re.DOTALL)
"""Names of temporary files: what was to be written, and eight characters by chance."""


def read_text(path: Path) -> str:
    """The decoded text of a UTF-8 file, byte order mark and line ends kept.

    Raises PlainleafError when it cannot be read or is not UTF-8, with the place of the first bad byte.
    """
    return decode(read_bytes(path), path)


def refuse_endless(text: str, where: str) -> None:
    """Raise PlainleafError for a text that no person wrote: some of what reads it would take hours.

    where: the file, and the line that the text begins on when it is not the first.
    """
    if len(text) > LONGEST_TEXT:
        raise PlainleafError(f"{where}: {len(text):,} characters: no more than {LONGEST_TEXT:,} are read; divide it")
    if len(text) > LONGEST_LINE:
        for number, line in enumerate(text.split("\n"), 1):
            if len(line) > LONGEST_LINE:
                place = where if "\n" not in text else f"{where}:{number}"
                raise PlainleafError(
                    f"{place}: a line of {len(line):,} characters: no more than {LONGEST_LINE:,} are read; break it up"
                )


def read_bytes(path: Path) -> bytes:
    """The bytes of a file. Raises PlainleafError when it cannot be read or is too large for what a person wrote."""
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise PlainleafError(f"{path}: {size:,} bytes: files of more than {LARGEST:,} are not read")
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


def write_whole(path: Path, content: bytes, *, is_lasting: bool = True) -> bool:
    """Write a file whole or not at all: temporary file beside it, fsync of file and folder, rename.

    is_lasting: False for one of thousands that can be made again: the system puts it on the disk in its own time.
    A link to a file stays one: what it leads to is written. Returns False, and touches nothing, when the file already
    holds these bytes.
    Raises PlainleafError when it cannot be written; what was there is still there then.
    """
    with contextlib.suppress(OSError):
        if path.read_bytes() == content:
            return False
    try:
        target = path.resolve() if path.is_symlink() else path
        with _beside(target, content, is_lasting=is_lasting) as temporary:
            temporary.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
            temporary.replace(target)
        if is_lasting:
            _sync_folder(target.parent)
    except (OSError, RuntimeError) as error:  # RuntimeError: links that lead in a circle
        raise PlainleafError(f"{path}: cannot be written: {getattr(error, 'strerror', '') or error}") from None
    return True


@contextlib.contextmanager
def _beside(target: Path, content: bytes, *, is_lasting: bool = True) -> Iterator[Path]:
    """A temporary file beside another, with this content, on the disk. It is gone at the end, Ctrl-C or not.

    is_lasting: whether to wait for the disk.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    prefix = f".{target.name[:NAME_KEPT]}."
    temporary = None
    try:
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=prefix, suffix=LEFT, delete=False) as file:
            temporary = Path(file.name)
            file.write(content)
            file.flush()
            if is_lasting:
                os.fsync(file.fileno())
        yield temporary
    finally:
        if temporary:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Until the name of a new file is on the disk too; where the system cannot, it does so by itself in time."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def clear_leftovers(folders: Iterable[Path]) -> None:
    """Remove the temporary files that a run left that was killed while it wrote. Nobody else may be writing there."""
    for folder in folders:
        for where, _, names in os.walk(folder, followlinks=True):
            for name in names:
                if _LEFTOVER.fullmatch(name):
                    with contextlib.suppress(OSError):
                        Path(where, name).unlink()


def write_new(path: Path, content: bytes) -> bool:
    """Write a file that is not there yet, whole or not at all. Returns False, and writes nothing, when it is.

    Raises PlainleafError when it cannot be written.
    """
    try:
        with _beside(path, content) as temporary:
            temporary.chmod(0o666 & ~_umask())
            _put_beside(temporary, path, content)
        _sync_folder(path.parent)
    except FileExistsError:
        return False
    except OSError as error:
        raise PlainleafError(f"{path}: cannot be written: {error.strerror or error}") from None
    return True


def _put_beside(temporary: Path, path: Path, content: bytes) -> None:
    """Give a file its name, unless another has it. Raises FileExistsError."""
    try:
        # Unlike a rename, a hard link never takes the place of a file.
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:
        with path.open("xb") as file:  # A file system without hard links.
            file.write(content)


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
    # It can only be read by setting it, so never by two threads at once.
    with _MASKING:
        mask = os.umask(0o022)
        os.umask(mask)
    return mask
