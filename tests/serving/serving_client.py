"""A library that is served, as a person starts it: a process of its own, reached by HTTP."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

START = "from pipeline.cli import entry; entry()"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


class Served:
    """A running server, and a browser that has been let in."""

    def __init__(self, root: Path, *arguments: str) -> None:
        self.root = root
        environment = {**os.environ, "SOURCE_DATE_EPOCH": "1769904000", "PYTHONUNBUFFERED": "1"}
        self.process = subprocess.Popen(
            [sys.executable, "-c", START, "--library", str(root), "serve", "--no-open", "--port", "0", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=environment,
        )
        assert self.process.stdout
        printed = ""
        while "Ctrl-C" not in printed:
            line = self.process.stdout.readline()
            assert line, printed
            printed += line
        match = re.search(r"http://127\.0\.0\.1:(\d+)(/enter/\S+)", printed)
        assert match, printed
        self.port, self.entry = int(match[1]), match[2]
        self.base = f"http://127.0.0.1:{self.port}"
        self.cookie = ""
        self._token = ""

    def enter(self) -> Answer:
        """Open the address that works once."""
        answer = self.get(self.entry)
        self.cookie = answer.headers["set-cookie"].partition(";")[0]
        return answer

    def get(self, path: str, **headers: str) -> Answer:
        return self.send("GET", path, None, headers)

    def post(self, path: str, fields: Mapping[str, str], **headers: str) -> Answer:
        """As a form of one of our pages sends it."""
        own = {"Origin": self.base, "Content-Type": "application/x-www-form-urlencoded"}
        return self.send("POST", path, urlencode({"token": self.token, **fields}).encode(), {**own, **headers})

    def send(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
        """headers: names with _ for -. A value of "" leaves the header out."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        every = {"Host": f"127.0.0.1:{self.port}", "Cookie": self.cookie}
        every |= {name.replace("_", "-"): value for name, value in headers.items()}
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in every.items():
            if value:
                connection.putheader(name, value)
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        answer = connection.getresponse()
        found = Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        connection.close()
        return found

    @property
    def token(self) -> str:
        if not self._token and self.cookie:
            match = re.search(r'name="token" value="([^"]+)"', self.get("/try").text)
            assert match
            self._token = match[1]
        return self._token

    def field(self, page: str, name: str) -> str:
        """The value of a field of a page."""
        match = re.search(rf'name="{re.escape(name)}" value="([^"]*)"', page)
        assert match, name
        return match[1]

    def stop(self) -> int:
        """Ctrl-C."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        return self.process.wait(30)


def article(served: Served, name: str = "fever") -> Path:
    return served.root / "source" / "care" / f"{name}.md"


def catalogue(served: Served, name: str = "fever", language: str = "es") -> Path:
    return served.root / "translations" / language / "care" / f"{name}.po"


def box(page: str) -> str:
    match = re.search(r'<textarea id="box".*?>\n(.*?)</textarea>', page, re.DOTALL)
    assert match
    return unescape(match[1])


def unit(served: Served, source: str, path: str = "/translate/es/care/fever") -> dict[str, str]:
    """The fields of one text on the page: typed text, and what stood there."""
    page = served.get(path).text
    for section in page.split("<section ")[1:]:
        match = re.search(r'class="source lines"[^>]*>(.*?)</p>', section, re.DOTALL)
        if match and unescape(re.sub("<[^>]+>", "", match[1])) == source:
            was = re.search(r'name="w-(\w+)" value="(\w+)"', section)
            assert was
            return {"id": was[1], "was": was[2]}
    raise AssertionError(source)
