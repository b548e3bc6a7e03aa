"""Starting and ending the server, and what it tells the pages."""

from __future__ import annotations

import http.client
import json
import socket
import time
from pathlib import Path

import pytest
from serving_client import Served

from pipeline.cli import main
from pipeline.model import PlainleafError
from pipeline.serving.editors import Editor, editor


def refused(library: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["--library", str(library), "serve", "--no-open", *arguments]) == 2
    return capsys.readouterr().err


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.org", "127.0.0.2", ""])
def test_only_this_machine_can_be_served(library: Path, capsys: pytest.CaptureFixture[str], host: str) -> None:
    assert "nobody else may reach them" in refused(library, capsys, "--host", host)


def test_a_port_in_use_is_told_with_another(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = refused(library, capsys, "--port", str(port))
    assert f"{port} is in use" in said
    assert f"--port {port + 1}" in said


@pytest.mark.parametrize("port", ["-1", "65536", "x", "²"])
def test_what_is_no_port_is_told(library: Path, capsys: pytest.CaptureFixture[str], port: str) -> None:
    assert main(["--library", str(library), "serve", "--port", port]) == 2
    assert "not a port" in capsys.readouterr().err


def events(served: Served) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=30)
    connection.request("GET", "/events", headers={"Cookie": served.cookie})
    answer = connection.getresponse()
    assert answer.headers["content-type"].startswith("text/event-stream")
    return answer


def next_change(answer: http.client.HTTPResponse) -> list[str]:
    while True:
        line = answer.readline().decode("utf-8")
        if line.startswith("data: ") and "changed" in (said := json.loads(line[6:])):
            return list(said["changed"])


def test_ctrl_c_ends_it_though_pages_are_open(served: Served) -> None:
    stream = events(served)
    stream.readline()
    begin = time.monotonic()
    assert served.stop() == 0
    assert time.monotonic() - begin < 20  # It would wait for ever for the stream.
    assert served.process.stdout
    assert served.process.stdout.read().rstrip().endswith("Ended.")


def test_what_any_program_saves_is_told_to_the_pages(served: Served) -> None:
    stream = events(served)
    stream.readline()
    time.sleep(0.5)  # The library is being watched by then.
    path = served.root / "source/care/fever.md"
    (served.root / "source/care/.fever.md.swp").write_text("x", "utf-8")
    (served.root / "dist").mkdir()
    (served.root / "dist/x.html").write_text("x", "utf-8")
    path.write_text(path.read_text("utf-8") + "\nMore.\n", "utf-8")
    assert next_change(stream) == ["source/care/fever.md"]
    catalogue = served.root / "translations/es/care/fever.po"
    catalogue.write_text(catalogue.read_text("utf-8") + "\n", "utf-8")
    assert next_change(stream) == ["translations/es/care/fever.po"]
    stream.close()


def test_the_settings_are_read_again(served: Served) -> None:
    settings = served.root / "source/library.toml"
    settings.write_text(settings.read_text("utf-8").replace("Test library", "Other library"), "utf-8")
    time.sleep(1)
    assert "Other library" in served.get("/").text
    settings.write_text("name = broken", "utf-8")
    time.sleep(1)
    assert "Other library" in served.get("/").text


def test_nothing_is_written_by_looking(served: Served) -> None:
    before = sorted(p.relative_to(served.root) for p in served.root.rglob("*"))
    for path in ("/", "/article/care/fever", "/try", "/preview/es/care/fever.html", "/translate/ar/care/fever"):
        assert served.get(path).status == 200
    assert sorted(p.relative_to(served.root) for p in served.root.rglob("*")) == before


# The person's editor


def test_an_editor_is_opened_by_an_address() -> None:
    found = editor("vscode")
    assert found.address(Path("/a b/ü.md"), 3, 7) == "vscode://file/a%20b/%C3%BC.md:3:7"
    assert not found.is_command


def test_an_editor_is_opened_by_a_command_and_no_shell(library: Path, tmp_path: Path) -> None:
    script = tmp_path / "my editor"
    script.write_text('#!/bin/sh\nprintf "%s|" "$@" > "$(dirname "$0")/told"\n', "utf-8")
    script.chmod(0o755)
    article = library / "source/care/fever.md"
    odd = article.with_name("a;touch $(x) b.md")
    article.rename(odd)
    served = Served(library, "--editor", f"'{script}' +{{line}}:{{column}} {{path}}")
    served.enter()
    fields = {"article": f"care/{odd.stem}", "line": "3", "column": "1;x"}
    assert served.post("/open", fields).status == 204
    told = tmp_path / "told"
    for _ in range(100):
        if told.exists() and told.read_text("utf-8"):
            break
        time.sleep(0.1)
    assert told.read_text("utf-8") == f"+3:1|{odd.resolve()}|"
    assert served.post("/open", {"article": "../../etc/passwd"}).status == 404
    served.stop()


@pytest.mark.parametrize("text", ["javascript://{path}", "http://x/{path}", "no-such-program-here {path}", "kate", "x"])
def test_what_is_no_editor_is_told(text: str) -> None:
    with pytest.raises(PlainleafError, match="--editor"):
        editor(text)


def test_without_an_editor_the_place_is_shown(shared: Served) -> None:
    path = shared.root / "source/care/fever.md"
    said = shared.post("/check/article/care/fever", {"text": path.read_text("utf-8") + "\nThe haert.\n"}).text
    assert "source/care/fever.md:" in said
    assert Editor().address(path, 1, 1) == ""
