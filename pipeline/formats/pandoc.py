"""One persistent pandoc: it reads an article once and writes each format from that one tree.

A frame on the pipe is a line "<json bytes> <payload bytes>" followed by both. Six times faster than a
process for each conversion, and byte-identical to the command line's output.
"""

from __future__ import annotations

import contextlib
import json
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from importlib import resources
from types import TracebackType
from typing import Any, BinaryIO, TypeVar, cast

import pypandoc

from pipeline.dialect import READER
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
        script = self._context.enter_context(resources.as_file(resources.files("pipeline.formats").joinpath("lua")))
        self._process = subprocess.Popen(
            [
                pypandoc.get_pandoc_path(),
                # Its own setting takes 64 megabytes that it does not need, and is no faster for them.
                *("+RTS", f"-M{megabytes:.0f}M", "-A1m", "-H8m", "-RTS"),
                *("lua", str(script / "worker.lua"), str(script)),
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

    def read(self, text: str, images: Mapping[str, bytes] | None = None) -> Document:
        """Parse Markdown; the images are at hand for formats that embed them."""
        self._read(text, images or {})
        return Document(self, text, images or {})

    def _read(self, text: str, images: Mapping[str, bytes]) -> None:
        self._call({"op": "read", "text": text, "reader": READER})
        for path, content in images.items():
            self._call({"op": "image", "path": path}, content)

    def _call(self, request: Mapping[str, Any], payload: bytes = b"") -> bytes:
        head = json.dumps(request, ensure_ascii=False).encode()
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
    """The article that the worker read last."""

    def __init__(self, worker: Worker, text: str, images: Mapping[str, bytes]) -> None:
        self._worker, self._text, self._images = worker, text, images
        self._made: dict[str, Any] = {}

    @contextlib.contextmanager
    def beside(self, text: str, images: Mapping[str, bytes]) -> Iterator[Document]:
        """Another article, read by the same worker; this one is back afterwards."""
        try:
            yield self._worker.read(text, images)
        finally:
            if self._worker.is_running:
                self._worker._read(self._text, self._images)

    def once(self, name: str, make: Callable[[], _T]) -> _T:
        """What ``make`` gives; made once for all formats of the article that ask for it by the same name."""
        if name not in self._made:
            self._made[name] = make()
        made: _T = self._made[name]
        return made

    def write(
        self,
        to: str,
        filters: tuple[str, ...] = (),
        options: Mapping[str, Any] | None = None,
        data: Mapping[str, Any] | None = None,
    ) -> bytes:
        """The document in one of pandoc's formats.

        to: pandoc's name of the writer, such as "html5". filters: names of files in formats/lua, applied
        in this order to a copy of the tree; each returns a function of ``data`` that gives a pandoc filter.
        options: pandoc.WriterOptions, such as {"template": "...", "variables": {...}}.
        Raises PlainleafError with pandoc's message.
        """
        return self._worker._call(
            {"op": "write", "to": to, "filters": filters, "options": options or {}, "data": data or {}}
        )

    def keep(self, path: str, content: bytes) -> None:
        """Hold a picture at hand under a name, until the next article is read."""
        self._worker._call({"op": "image", "path": path}, content)

    def convert(self, text: str, reader: str, to: str, meta: Mapping[str, str]) -> bytes:
        """Another text, such as the finished page, in one of pandoc's formats; the article stays as it is.

        reader, to: pandoc's names. meta: the document's own, such as {"lang": "ar", "dir": "rtl"}.
        Raises PlainleafError with pandoc's message.
        """
        return self._worker._call({"op": "convert", "text": text, "reader": reader, "to": to, "meta": meta})
