"""Only the browser of the person who started the server gets anything from it."""

from __future__ import annotations

import re
import socket
from pathlib import Path

import pytest
from serving_client import Served

WRITING = (
    "/article/care/fever",
    "/try/save",
    "/translate/es/care/fever",
    "/sign/es/care/fever",
    "/open",
    "/check/text",
)


@pytest.mark.parametrize("host", ["attacker.example", "127.0.0.1", "127.0.0.1:1", "127.0.0.1.attacker.example:{port}"])
def test_another_name_gets_nothing_though_it_leads_to_this_machine(shared: Served, host: str) -> None:
    answer = shared.get("/", Host=host.format(port=shared.port))
    assert answer.status == 421
    assert b"Test library" not in answer.body


@pytest.mark.parametrize("host", ["localhost:{port}", "LOCALHOST:{port}", "[::1]:{port}"])
def test_the_other_names_of_this_machine_are_known(shared: Served, host: str) -> None:
    assert shared.get("/", Host=host.format(port=shared.port)).status == 200


def test_two_names_in_one_request_are_refused(shared: Served) -> None:
    with socket.create_connection(("127.0.0.1", shared.port)) as raw:
        raw.sendall(f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{shared.port}\r\nHost: evil.example\r\n\r\n".encode())
        assert b"200 OK" not in raw.recv(200)


@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "null", "http://127.0.0.1:1", "https://127.0.0.1:{port}", "http://evil.example:{port}"],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_another_origin_is_refused(shared: Served, origin: str, method: str) -> None:
    origin = origin.format(port=shared.port)
    if method == "GET":
        assert shared.get("/article/care/fever", Origin=origin).status == 403
    else:
        before = (shared.root / "source/care/fever.md").read_bytes()
        answer = shared.post("/article/care/fever", {"text": "Gone", "was": ""}, Origin=origin)
        assert answer.status == 403
        assert (shared.root / "source/care/fever.md").read_bytes() == before


def test_a_form_that_hides_where_it_comes_from_is_refused(shared: Served) -> None:
    assert shared.post("/try", {"text": "x"}, Origin="").status == 403
    assert shared.post("/try", {"text": "x"}, Origin="", Referer=f"{shared.base}/try").status == 200
    assert shared.post("/try", {"text": "x"}, Origin="", Referer="http://evil.example/").status == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_what_another_page_fetches_or_frames_is_refused(shared: Served, site: str) -> None:
    for mode, kind in (("no-cors", "image"), ("cors", "empty"), ("navigate", "iframe"), ("no-cors", "script")):
        headers = {"Sec_Fetch_Site": site, "Sec_Fetch_Mode": mode, "Sec_Fetch_Dest": kind}
        assert shared.get("/article/care/fever", **headers).status == 403


@pytest.mark.parametrize(
    "path", ["/", "/article/care/fever", "/try", "/events", "/preview/es/care/fever.html", "/static/serve.js", "/nope"]
)
def test_without_the_cookie_nothing_is_shown(shared: Served, path: str) -> None:
    for cookie in ("", "plainleaf=x", f"plainleaf-{shared.port}=guessed", f"plainleaf-{shared.port}="):
        answer = shared.get(path, Cookie=cookie)
        assert answer.status == 403
        assert b"terminal" in answer.body


def test_the_address_works_once(served: Served) -> None:
    again = served.get(served.entry, Cookie="")
    assert again.status == 403
    assert "set-cookie" not in again.headers
    assert served.get("/enter/guessed", Cookie="").status == 403
    assert served.process.stdout
    line = served.process.stdout.readline()
    other = re.search(r"/enter/\S+", line)
    assert other and other[0] != served.entry
    assert served.get(other[0], Cookie="").status == 303


def test_no_script_and_no_other_site_can_send_the_cookie(served: Served) -> None:
    served.process.stdout and served.process.stdout.readline()
    other = Served(served.root)
    said = other.enter().headers["set-cookie"].lower()
    other.stop()
    assert "httponly" in said
    assert "samesite=strict" in said
    assert "domain" not in said


@pytest.mark.parametrize("token", ["", "guessed"])
@pytest.mark.parametrize("path", WRITING)
def test_what_changes_a_file_needs_the_token(shared: Served, path: str, token: str) -> None:
    assert shared.post(path, {"text": "x", "token": token}).status == 403


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"])
def test_other_methods_are_refused(shared: Served, method: str) -> None:
    assert shared.send(method, "/", None, {}).status == 405


@pytest.mark.parametrize(
    "path",
    [
        "/article/../../etc/passwd",
        "/article/..%2f..%2fetc%2fpasswd",
        "/article/%2e%2e/%2e%2e/etc/passwd",
        "/article/care/..%2f..%2flibrary",
        "/article//etc/passwd",
        "/article/care/fever%00",
        "/article/care\\..\\..\\x",
        "/preview/es/../../../etc/passwd.html",
        "/preview/..%2f..%2fes/care/fever.html",
        "/paper/en/..%2f..%2f..%2fetc%2fpasswd.pdf",
        "/static/../guard.py",
        "/static/..%2fguard.py",
        "/static/",
        "/translate/..%2f..%2fsource/care/fever",
        "/sign/es/..%2f..%2fcare/fever",
        "/source/care/fever.md",
        "/article/",
        "/article/care",
        "/article/care/out",
        "/preview/en/care/out.html",
    ],
)
def test_no_path_leads_out_of_the_library_and_no_folder_is_listed(shared: Served, path: str) -> None:
    answer = shared.get(path)
    assert answer.status == 404
    for secret in ("root:", "import ", Path("/etc/hostname").read_text().strip()):
        assert f">{secret}" not in answer.text


def test_a_linked_article_is_not_listed(shared: Served) -> None:
    page = shared.get("/").text
    assert "care/fever" in page
    assert "care/out" not in page


def test_too_large_a_body_is_refused(shared: Served) -> None:
    assert shared.post("/check/text", {"text": "a" * 2_100_000}).status == 413
    length = {"Origin": shared.base, "Content-Length": "99999999999"}
    with socket.create_connection(("127.0.0.1", shared.port), timeout=20) as raw:
        head = f"POST /try HTTP/1.1\r\nHost: 127.0.0.1:{shared.port}\r\nCookie: {shared.cookie}\r\n"
        raw.sendall((head + "".join(f"{k}: {v}\r\n" for k, v in length.items()) + "\r\n").encode())
        assert b" 413 " in raw.recv(300)


def test_a_body_in_pieces_is_limited_too(shared: Served) -> None:
    with socket.create_connection(("127.0.0.1", shared.port), timeout=20) as raw:
        head = f"POST /try HTTP/1.1\r\nHost: 127.0.0.1:{shared.port}\r\nCookie: {shared.cookie}\r\n"
        head += f"Origin: {shared.base}\r\n"
        raw.sendall((head + "Transfer-Encoding: chunked\r\n\r\n").encode())
        piece = b"10000\r\n" + b"a" * 65536 + b"\r\n"
        try:
            for _ in range(40):
                raw.sendall(piece)
        except OSError:
            pass  # It has hung up.
        assert b" 413 " in raw.recv(300)


def test_every_answer_says_what_it_may_do(shared: Served) -> None:
    for path in ("/", "/try", "/nope", "/static/serve.js", "/enter/x", "/article/care/fever"):
        headers = shared.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert "access-control-allow-origin" not in headers


def test_a_preview_may_run_nothing(shared: Served) -> None:
    policy = shared.get("/preview/es/care/fever.html").headers["content-security-policy"]
    assert "sandbox allow-same-origin" in policy
    assert "script-src" not in policy and "default-src 'none'" in policy


def test_a_form_that_is_none_is_told(shared: Served) -> None:
    headers = {"Origin": shared.base, "X-Plainleaf-Token": shared.token}
    assert shared.send("POST", "/check/text", b"\xff\xfe", headers).status == 400
