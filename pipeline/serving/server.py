"""Runs the server: on loopback only, until Ctrl-C, which ends it at once."""

from __future__ import annotations

import contextlib
import ipaddress
import logging
import socket
import sys
import webbrowser
from types import FrameType

import uvicorn

from pipeline.model import PlainleafError
from pipeline.serving.app import application
from pipeline.serving.place import Place

NOT_LOOPBACK = (
    "is not on this machine alone: the pages change files, and nobody else may reach them. "
    "Leave --host out, or give 127.0.0.1 or ::1"
)


_TURN = 0.0005
"""Seconds that a thread of Python goes on while others wait."""


class _Server(uvicorn.Server):
    """A server that tells its pages to go before it waits for them."""

    def __init__(self, config: uvicorn.Config, place: Place) -> None:
        super().__init__(config)
        self._place = place

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """End at once: the streams of events would never end by themselves."""
        self._place.end()
        super().handle_exit(sig, frame)


def listen(host: str, port: int) -> socket.socket:
    """A socket that only this machine can reach. port: 0 for any that is free. Raises PlainleafError."""
    host = "127.0.0.1" if host == "localhost" else host
    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        raise PlainleafError(f"--host: {host} {NOT_LOOPBACK}") from None
    if not address.is_loopback or str(address) not in ("127.0.0.1", "::1"):
        raise PlainleafError(f"--host: {host} {NOT_LOOPBACK}")
    family = socket.AF_INET6 if address.version == 6 else socket.AF_INET
    found = socket.socket(family, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":
            # A port that was just left may be used again; one in use may not. On Windows it would be shared.
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((str(address), port))
        found.listen(128)
    except OSError as error:
        found.close()
        if isinstance(error, PermissionError):
            raise PlainleafError(f"--port: {port} may not be used by you; take one above 1023") from None
        raise PlainleafError(
            f"--port: {port} is in use by another program, perhaps another plainleaf serve; "
            f"end that, or take another: plainleaf serve --port {port + 1 if port < 65535 else 0}"
        ) from None
    return found


def serve(place: Place, sock: socket.socket, *, is_opened: bool) -> None:
    """Serve a library until Ctrl-C. is_opened: whether to open a browser."""
    host = f"[{sock.getsockname()[0]}]" if sock.family == socket.AF_INET6 else sock.getsockname()[0]
    base = f"http://{host}:{place.keys.port}"

    def address() -> str:
        return base + place.keys.entry_path

    def entered() -> None:
        print(f"A browser is in. For another one: {address()}", flush=True)

    print(f"{place.library.settings.name}: open this address, it works once:\n\n  {address()}\n", flush=True)
    print("Only this machine can reach it. Ctrl-C ends it.", flush=True)
    if is_opened:
        with contextlib.suppress(webbrowser.Error):
            webbrowser.open(address())
    # What goes wrong is told by the pages; uvicorn's own account of it would be a traceback.
    logging.getLogger("uvicorn").setLevel(logging.CRITICAL + 1)
    config = uvicorn.Config(
        application(place, entered),
        log_config=None,
        access_log=False,
        lifespan="on",
        server_header=False,
        date_header=False,
        ws="none",
        http="h11",
        loop="asyncio",
        timeout_graceful_shutdown=1,
        h11_max_incomplete_event_size=65536,
    )
    # A page that reads many files would wait after each for the thread that checks the library in the background.
    sys.setswitchinterval(_TURN)
    # uvicorn has ended in order by then; Ctrl-C is how a server ends, and no failure.
    with contextlib.suppress(KeyboardInterrupt):
        _Server(config, place).run(sockets=[sock])
    print("Ended.", flush=True)
