"""One command at a time changes a library."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from pipeline.files import clear_leftovers, write_whole
from pipeline.model import PlainleafError
from pipeline.store import FOLDER


class Busy(PlainleafError):
    """Another command holds the library."""


@contextlib.contextmanager
def locked(root: Path) -> Iterator[None]:
    """Hold the library in this folder for as long as the block runs.

    The lock is the operating system's: it is gone with the process that held it, however that ended. The temporary
    files of a command that was killed are removed by the next one. Raises Busy
    when another command holds the library, and PlainleafError when nothing can be written there.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415 - commands that only read are there sooner

    write_whole(root / FOLDER / ".gitignore", b"*\n")
    lock = FileLock(root / FOLDER / "lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise Busy(f"{root}: another plainleaf command is changing this library; wait until it has ended") from None
    except (OSError, NotImplementedError) as error:
        raise PlainleafError(f"{root}: the library cannot be locked: {error}") from None
    running = root / FOLDER / "running"
    written = [root / folder for folder in ("source", "translations", "dist", FOLDER)]
    try:
        if running.exists():
            clear_leftovers(written)
        write_whole(running, f"{os.getpid()}\n".encode())
        yield
        with contextlib.suppress(OSError):
            running.unlink()
    except KeyboardInterrupt:
        # It may have come after a temporary file was made, and before anything knew its name.
        clear_leftovers(written)
        raise
    finally:
        lock.release()
