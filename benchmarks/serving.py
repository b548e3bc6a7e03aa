"""How fast the pages of plainleaf serve follow: ``python benchmarks/serving.py [LIBRARY]``.

A copy of the library (default: this one) is served by a process of its own, and asked over HTTP as a browser does:

- starting: from the command to the address, and the first page; and the end after Ctrl-C;
- typing: what the checks say of 1,000 words of an article, changed by a word each time, English and translated;
- translating: what the checks say of one text of a catalogue that is being typed;
- saving in another editor: until the page is told, until it has the findings, the web page, the printed pages;
- in Chromium, where there is one: from the save until the words stand in the frame of the preview.

Each is done many times; the least, the middle and the longest are shown in milliseconds. They hold for a machine that
does nothing else: look at the load, which is shown too.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pipeline.audit.auditors import browser
from pipeline.catalogue import read_catalogue
from pipeline.library import open_library

ROOT = Path(__file__).resolve().parent.parent
TIMES = 15
WORDS = 1000


class Client:
    """A server of its own, and a browser's part in HTTP."""

    def __init__(self, root: Path) -> None:
        command = [sys.executable, "-c", "from pipeline.cli import entry; entry()", "--library", str(root), "serve"]
        begin = time.perf_counter()
        self.process = subprocess.Popen([*command, "--no-open", "--port", "0"], stdout=subprocess.PIPE, text=True)
        assert self.process.stdout
        line = ""
        while "/enter/" not in line:
            line = self.process.stdout.readline()
        self.started = time.perf_counter() - begin
        match = re.search(r":(\d+)(/enter/\S+)", line)
        assert match
        self.port, self.entry, self.headers = int(match[1]), match[2], dict[str, str]()

    def enter(self) -> None:
        """Use the address that works once."""
        connection = self.connection()
        connection.request("GET", self.entry)
        answer = connection.getresponse()
        answer.read()
        self.headers["Cookie"] = str(answer.getheader("set-cookie")).partition(";")[0]
        token = re.search(r'name="token" value="([^"]+)"', self.get("/try").decode())
        assert token
        self.headers |= {"X-Plainleaf-Token": token[1], "Origin": f"http://127.0.0.1:{self.port}"}

    def connection(self) -> http.client.HTTPConnection:
        """A new one."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)

    def get(self, path: str) -> bytes:
        """What is there."""
        connection = self.connection()
        connection.request("GET", path, headers=self.headers)
        answer = connection.getresponse()
        content = answer.read()
        assert answer.status == 200, (path, answer.status)
        return content

    def post(self, path: str, fields: dict[str, str]) -> Any:
        """What a script sends, and the answer."""
        connection = self.connection()
        connection.request("POST", path, urlencode(fields), self.headers)
        answer = connection.getresponse()
        content = answer.read()
        assert answer.status == 200, (path, answer.status, content[:200])
        return json.loads(content)


def row(name: str, times: list[float]) -> None:
    """Print one line."""
    ms = sorted(1000 * t for t in times)
    print(f"{name:58} {ms[0]:7.0f} {statistics.median(ms):7.0f} {ms[-1]:7.0f}")


def timed(action: Callable[[int], object], times: int = TIMES) -> list[float]:
    """Seconds that it takes, each time."""
    found = []
    for number in range(times):
        begin = time.perf_counter()
        action(number)
        found.append(time.perf_counter() - begin)
    return found


def typing(client: Client, library: Path) -> None:
    """Checks of what is being typed."""
    opened = open_library(library)
    article = max(opened.article_paths(), key=lambda path: path.stat().st_size)
    body = " ".join(s.text + "\n\n" for s in opened.read(article).segments if s.kind != "field")
    texts = {"en": body}
    for language in opened.settings.languages:
        path = opened.catalogue_path(opened.article_id(article), language)
        if path.is_file():
            texts[language] = "\n\n".join(m.text for m in read_catalogue(path).messages.values())
    for language, text in texts.items():
        words = re.split(r"(?<=\s)", text)[:WORDS] if language != "zh_Hans" else [text[: 2 * WORDS]]
        head = "".join(words)

        def check(number: int, head: str = head, language: str = language) -> object:
            return client.post("/check/text", {"text": f"{head} word{number}", "language": language})

        first = timed(check, 1)[0]
        row(f"Try a text: {len(head.split())} words, {language} (first {1000 * first:.0f})", timed(check))
    article_id = opened.article_id(article)
    text = article.read_text("utf-8")
    row(
        f"An article as it is typed: {len(text.split())} words",
        timed(lambda n: client.post(f"/check/article/{article_id}", {"text": f"{text}\nWord {n}.\n"})),
    )
    language = next((code for code in texts if code != "en"), "")
    if language:
        page = client.get(f"/translate/{language}/{article_id}").decode()
        unit = re.findall(r'name="t-(\w+)"', page)[3]
        row(
            f"One text of {article_id} ({language}) as it is typed",
            timed(lambda n: client.post(f"/check/translation/{language}/{article_id}", {f"t-{unit}": f"Texto {n}."})),
        )
        row(
            f"The translate page of {article_id}", timed(lambda _: client.get(f"/translate/{language}/{article_id}"), 5)
        )


def saving(client: Client, library: Path) -> None:
    """What follows when another program saves an article."""
    opened = open_library(library)
    article = opened.article_paths()[0]
    article_id, text = opened.article_id(article), article.read_text("utf-8")
    stream = client.connection()
    stream.request("GET", "/events", headers=client.headers)
    events = stream.getresponse()
    time.sleep(2)
    told, looked, shown, drawn = [], [], [], []
    for number in range(TIMES):
        time.sleep(0.3)
        begin = time.perf_counter()
        article.write_text(f"{text}\nSaved {number}.\n", "utf-8")
        while b'"changed"' not in events.readline():
            pass
        told.append(time.perf_counter() - begin)
        client.get(f"/look/article/{article_id}")
        looked.append(time.perf_counter() - begin)
        assert f"Saved {number}." in client.get(f"/preview/en/{article_id}.html").decode()
        shown.append(time.perf_counter() - begin)
        client.get(f"/sheets/en/{article_id}")
        drawn.append(time.perf_counter() - begin)
    article.write_text(text, "utf-8")
    row("A save in another editor: the page is told after", told)
    row("  and has the findings after", looked)
    row("  and the web page after", shown)
    row("  and the printed pages after", drawn)
    stream.close()


def in_browser(client: Client, library: Path) -> None:
    """The same as a person sees it."""
    reason = browser.missing()
    if reason:
        print(f"In a browser: left out: {reason}")
        return
    opened = open_library(library)
    article = opened.article_paths()[0]
    article_id, text = opened.article_id(article), article.read_text("utf-8")
    api = import_module("playwright.sync_api")
    with api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.find())
        context = chromium.new_context(viewport={"width": 1440, "height": 900})
        name, _, value = client.headers["Cookie"].partition("=")
        context.add_cookies([{"name": name, "value": value, "url": f"http://127.0.0.1:{client.port}"}])
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{client.port}/article/{article_id}")
        page.locator("#tab-page").click()
        page.wait_for_timeout(2000)
        seen = []
        for number in range(TIMES):
            page.wait_for_timeout(500)
            begin = time.perf_counter()
            article.write_text(f"{text}\nSaved {number} in view.\n", "utf-8")
            page.wait_for_function(
                "text => { const d = document.querySelector('.preview iframe').contentDocument;"
                " return d && d.body && d.body.textContent.includes(text); }",
                arg=f"Saved {number} in view.",
                polling=10,
            )
            seen.append(time.perf_counter() - begin)
        article.write_text(text, "utf-8")
        chromium.close()
    row("In Chromium: a save stands in the leaflet's frame after", seen)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", type=Path, nargs="?", default=ROOT)
    chosen = parser.parse_args().library
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "library"
        for name in ("source", "translations"):
            shutil.copytree(chosen / name, library / name)
        print(f"load {os.getloadavg()[0]:.1f} of {os.cpu_count()} cores")
        print(f"{'milliseconds':58} {'least':>7} {'middle':>7} {'longest':>7}")
        client = Client(library)
        row("From the command to the address", [client.started])
        row("The first page", timed(lambda _: (client.enter(), client.get("/")), 1))
        typing(client, library)
        saving(client, library)
        in_browser(client, library)
        begin = time.perf_counter()
        client.process.send_signal(signal.SIGINT)
        client.process.wait(60)
        row("Ctrl-C: the process has ended after", [time.perf_counter() - begin])
        print(f"load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
