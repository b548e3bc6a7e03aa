"""Who may talk to the server: the browser of the person who started it, and no page of anybody else.

A server on loopback can be reached by every program of the machine and, through the browser, by every web page that
the person has open. Against that, in this order:

- the name: a request must be for 127.0.0.1, localhost or ::1 with our port. A page that had its own name point at
  this machine (DNS rebinding) sends its own name;
- the origin: a request that a page of another origin caused is refused, by ``Origin`` and ``Sec-Fetch-Site``;
- the key: the address that the terminal shows works once, and sets a cookie that no script can read and that no
  other site's page can send. Without it nothing is shown;
- the token: what changes a file must have a second secret with it, which only our own pages hold;
- the size of what is sent is limited.

Each answer has a strict Content-Security-Policy, and may not be framed or read by others.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST = 2_000_000
"""Bytes of a request's body: ten times the longest article that was seen."""
ENTER = "/enter/"
"""Begins the path of the address that works once."""
TOKEN = "token"
TOKEN_HEADER = "X-Plainleaf-Token"
SAFE = ("GET", "HEAD")
HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
"""For our own pages. A preview has another: see previews.py."""
_TOO_LARGE = f"Too much was sent: {LARGEST:,} bytes are taken at most."
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(slots=True)
class Keys:
    """The secrets of one run of the server. None is written anywhere."""

    port: int
    first: str = "/"
    """The path of the page that a browser sees when it is let in."""
    cookie: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    """Goes with what changes a file, in a field of the form or a header."""
    _entry: str = field(default_factory=lambda: secrets.token_urlsafe(32))

    @property
    def cookie_name(self) -> str:
        """One for each port: browsers give the cookies of one server of a machine to the others too."""
        return f"plainleaf-{self.port}"

    @property
    def entry_path(self) -> str:
        """The path that works once."""
        return ENTER + self._entry

    def enter(self, path: str) -> bool:
        """Whether this is that path; then it is so no more, and another one is."""
        if not same(path, self.entry_path):
            return False
        self._entry = secrets.token_urlsafe(32)
        return True

    def is_known(self, cookies: Mapping[str, str]) -> bool:
        """Whether a browser has been let in."""
        return same(cookies.get(self.cookie_name, ""), self.cookie)


def same(one: str, other: str) -> bool:
    """Whether two secrets are equal, in a time that does not tell where they differ."""
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))


class Guard:
    """ASGI middleware that refuses what is not ours before any page sees it."""

    def __init__(self, app: ASGIApp, keys: Keys, entered: Callable[[], None] = lambda: None) -> None:
        """entered: called when the address was used, and another one holds."""
        self._app, self._keys, self._entered = app, keys, entered
        self._hosts = {f"{f'[{host}]' if ':' in host else host}:{keys.port}" for host in LOOPBACK}
        self._origins = {f"http://{host}" for host in self._hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return  # There are no websockets here.
        answered = _with_headers(send)
        refusal = self._refusal(Request(scope))
        if refusal is not None:
            await refusal(scope, receive, answered)
            return
        await self._app(scope, _limited(receive), answered)

    def _refusal(self, request: Request) -> Response | None:
        return self._stranger(request) or self._unknown(request)

    def _stranger(self, request: Request) -> Response | None:
        """What to answer to a request that is not meant for us, or that another site's page caused."""
        headers = request.headers
        if len(headers.getlist("host")) != 1 or headers["host"].lower() not in self._hosts:
            return _refuse(421, "This server answers only to its own name on this machine.")
        if request.method not in (*SAFE, "POST"):
            return _refuse(405, "Only GET, HEAD and POST are known here.")
        if not self._is_of_ours(headers, request.method):
            return _refuse(403, "Another site's page has asked for this. It was refused.")
        return None

    def _unknown(self, request: Request) -> Response | None:
        """What to answer to a browser that has not been let in, or that is being let in, or sends too much."""
        if request.method in SAFE and request.url.path.startswith(ENTER):
            return self._let_in(request)
        if not self._keys.is_known(request.cookies):
            return _refuse(403, "This browser is not known. Open the address that the terminal shows: it works once.")
        if request.method == "POST" and _length(request.headers) > LARGEST:
            return _refuse(413, _TOO_LARGE)
        return None

    def _is_of_ours(self, headers: Headers, method: str) -> bool:
        """Whether one of our pages has asked for it, or the person by the address line."""
        origin = headers.get("origin")
        if origin is not None and origin.lower() not in self._origins:
            return False
        if method not in SAFE:
            # Browsers send the origin with every POST; what has none is held to the page that it names.
            referrer = urlsplit(headers.get("referer", ""))
            if origin is None and f"{referrer.scheme}://{referrer.netloc}".lower() not in self._origins:
                return False
        site = headers.get("sec-fetch-site", "none")
        is_opened = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
        return site in ("none", "same-origin") or (method in SAFE and is_opened)

    def _let_in(self, request: Request) -> Response:
        if request.method != "GET" or not self._keys.enter(request.url.path):
            return _refuse(403, "This address was used already. The terminal shows another one.")
        self._entered()
        response = RedirectResponse(self._keys.first, 303)
        response.set_cookie(self._keys.cookie_name, self._keys.cookie, httponly=True, samesite="strict", path="/")
        return response


def _length(headers: Headers) -> int:
    text = headers.get("content-length", "0")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 20 else LARGEST + 1


def _limited(receive: Receive) -> Receive:
    """What is received, up to the limit: a request may come in pieces, without telling its size before."""
    size = 0

    async def limited() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > LARGEST:
            raise HTTPException(413, _TOO_LARGE)
        return message

    return limited


def _with_headers(send: Send) -> Send:
    """Add the headers that every answer has; an answer's own policy stays."""

    async def with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            present = {name.lower() for name, _ in message["headers"]}
            more = {**HEADERS, "Content-Security-Policy": POLICY}
            rows: list[Any] = [(n.encode(), v.encode()) for n, v in more.items() if n.lower().encode() not in present]
            message = {**message, "headers": [*message["headers"], *rows]}
        await send(message)

    return with_headers


def _refuse(status: int, message: str) -> Response:
    return PlainTextResponse(f"{message}\n", status)
