"""One persistent pandoc: it reads an article once, and each format is made from that one tree.

A frame on the pipe is a line "<json bytes> <payload bytes>" followed by both. Six times faster than a
process for each conversion, and byte-identical to the command line's output.
"""

from __future__ import annotations

import contextlib
import json
import marshal
import select
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from importlib import resources
from types import TracebackType
from typing import Any, BinaryIO, TypeVar, cast

import pypandoc

from pipeline.dialect import READER
from pipeline.formats import TOO_DEEP
from pipeline.formats.tree import Node, join_words
from pipeline.model import PlainleafError

_T = TypeVar("_T")
SECONDS, MEGABYTES = 60.0, 1024.0
"""What one leaflet may take. An honest one takes a fifth of a second and a tenth of the memory."""


class Worker:
    """A running pandoc. Not thread-safe: one for each process or thread.

    megabytes: of memory, at most; a document that needs more ends the process, and that is a PlainleafError.
    """

    def __init__(self, megabytes: float = MEGABYTES) -> None:
        self.megabytes = megabytes
        self._seconds, self._deadline = SECONDS, 0.0
        self._context = contextlib.ExitStack()
        script = self._context.enter_context(
            resources.as_file(resources.files("pipeline.formats").joinpath("lua", "worker.lua"))
        )
        self._process = subprocess.Popen(
            [
                pypandoc.get_pandoc_path(),
                # Its own setting takes 64 megabytes that it does not need, and is no faster for them.
                *("+RTS", f"-M{megabytes:.0f}M", "-A1m", "-H8m", "-RTS"),
                "lua",
                str(script),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # Ctrl-C goes to the build, which ends its workers in order.
            start_new_session=True,
            stderr=subprocess.DEVNULL,
        )
        _limit_memory(self._process.pid, megabytes)

    def __enter__(self) -> Worker:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process."""
        cast(BinaryIO, self._process.stdin).close()
        cast(BinaryIO, self._process.stdout).close()
        self._process.wait(timeout=10)
        self._context.close()

    def begin(self, seconds: float) -> None:
        """Give all that is asked from now on so much time, until the next ``begin``."""
        self._seconds, self._deadline = seconds, time.monotonic() + seconds

    @property
    def is_running(self) -> bool:
        """Whether the process still answers."""
        return self._process.poll() is None

    def read(self, text: str) -> Document:
        """Parse Markdown. Raises PlainleafError with pandoc's message, or that it takes too long or nests too deep."""
        written = self._call({"op": "read", "reader": READER}, text.encode())
        try:
            tree = json.loads(written)
            blocks: list[Node] = tree["blocks"]
            join_words(blocks)
            return Document(self, tree["pandoc-api-version"], blocks)
        except (RecursionError, ValueError):
            # marshal takes what is nested too deep for a wrong value.
            raise PlainleafError(TOO_DEEP) from None

    def _call(self, request: Mapping[str, Any], payload: bytes = b"") -> bytes:
        head = _json(request)
        stdin, stdout = cast(BinaryIO, self._process.stdin), cast(BinaryIO, self._process.stdout)
        try:
            stdin.write(b"%d %d\n" % (len(head), len(payload)) + head + payload)
            stdin.flush()
            self._wait()
            status, _, size = stdout.readline().partition(b" ")
            answer = stdout.read(int(size))
        except (OSError, ValueError):
            raise PlainleafError(self._end()) from None
        if status != b"ok":
            message = answer.decode(errors="replace").partition("\nstack traceback")[0]
            raise PlainleafError(f"pandoc: {message.strip()}")
        return answer

    def _wait(self) -> None:
        """Until the answer begins; it is sent whole. Raises PlainleafError when the time is over."""
        if sys.platform == "win32":
            return
        answer = select.poll()
        answer.register(cast(BinaryIO, self._process.stdout), select.POLLIN | select.POLLHUP)
        left = self._deadline - time.monotonic() if self._deadline else self._seconds
        if not answer.poll(max(left, 0) * 1000):
            self._process.kill()
            self._process.wait()
            raise PlainleafError(
                f"pandoc has not read or written it after {self._seconds:g} seconds, and it is given up: something in "
                "it nests without end, or it is too long; mend that, or give it more time in library.toml "
                "(leaflet_seconds)"
            )

    def _end(self) -> str:
        """Why the process has ended, as it seems."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=10)
        if self._process.poll() in _NO_MEMORY:
            return (
                f"pandoc needs more than {self.megabytes:g} megabytes for it: something in it nests without end, or it "
                "is too long; mend that, or give it more memory in library.toml (leaflet_megabytes)"
            )
        return "pandoc stopped unexpectedly; run the command again"


_NO_MEMORY = (251, 2, -6, -9, -11)
"""How pandoc ends without memory: by its own limit of the heap, or by that of the system."""


def _limit_memory(process: int, megabytes: float) -> None:
    """Limit what a process may write to, where the system can: pandoc's own limit does not know of Lua's share."""
    if sys.platform == "linux":
        import resource  # noqa: PLC0415 - not on every platform

        most = int(2 * megabytes * 1_000_000)
        with contextlib.suppress(OSError, ValueError):
            resource.prlimit(process, resource.RLIMIT_DATA, (most, most))


class Document:
    """An article that a worker has read."""

    def __init__(self, worker: Worker, version: list[int], blocks: list[Node]) -> None:
        self._worker, self._version = worker, version
        self._blocks = marshal.dumps(blocks)
        self._made: dict[str, Any] = {}

    def blocks(self) -> list[Node]:
        """Pandoc's tree of the article, with a Str for each run of words: a copy that may be changed."""
        # Many times as fast as copy.deepcopy.
        found: list[Node] = marshal.loads(self._blocks)
        return found

    def beside(self, text: str) -> Document:
        """Another article, read by the same worker; this one stays."""
        return self._worker.read(text)

    def once(self, name: str, make: Callable[[], _T]) -> _T:
        """What ``make`` gives; made once for all formats of the article that ask for it by the same name."""
        if name not in self._made:
            self._made[name] = make()
        made: _T = self._made[name]
        return made

    def write(self, to: str, blocks: list[Node], options: Mapping[str, Any] | None = None) -> bytes:
        """Blocks in one of pandoc's formats.

        to: pandoc's name of the writer, such as "html5". options: pandoc.WriterOptions, such as {"wrap_text": "none"}.
        Raises PlainleafError with pandoc's message.
        """
        tree = {"pandoc-api-version": self._version, "meta": {}, "blocks": blocks}
        return self._worker._call({"op": "write", "to": to, "options": options or {}}, _json(tree))

    def keep(self, path: str, content: bytes) -> None:
        """Hold a picture at hand under a name, until the next article is read."""
        self._worker._call({"op": "image", "path": path}, content)

    def convert(self, text: str, reader: str, to: str, meta: Mapping[str, str]) -> bytes:
        """Another text, such as the finished page, in one of pandoc's formats, with the pictures that are kept.

        reader, to: pandoc's names. meta: the document's own, such as {"lang": "ar", "dir": "rtl"}.
        Raises PlainleafError with pandoc's message.
        """
        return self._worker._call({"op": "convert", "reader": reader, "to": to, "meta": meta}, text.encode())


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
