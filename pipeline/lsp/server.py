"""The server: what it answers to an editor. Requests and answers are those of the Language Server Protocol 3.17.

Whatever an editor sends, the server goes on: what cannot be done is logged to the editor, with no effect on the texts.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from pathlib import Path

from lsprotocol import types as lsp

from pipeline.check_docs import checks_page
from pipeline.lsp.answers import answer
from pipeline.lsp.commands import run_commands
from pipeline.lsp.desk import Desk
from pipeline.lsp.session import PlainleafServer

_WATCHED = ("**/source/**/*.{md,toml,txt}", "**/translations/**/*.po")


def serve(root: Path | None = None, docs: str = "") -> None:
    """Answer on standard input and output until the editor says exit.

    root: of the library to take for every text; None to look upwards from each. docs: address of the page that explains
    the checks; "" for one that is written for as long as the server runs.
    """
    from importlib.metadata import version  # noqa: PLC0415 - a quarter of what it takes to start

    with tempfile.TemporaryDirectory(prefix="plainleaf-") as folder:
        if not docs:
            page = Path(folder) / "checks.md"
            page.write_text(checks_page(), encoding="utf-8")
            docs = page.as_uri()
        server = make_server(Desk(root), docs, version("plainleaf"))
        # pygls closes what it writes to: give it a copy.
        answers = open(os.dup(sys.stdout.fileno()), "wb")  # noqa: PTH123, SIM115 - a descriptor, and pygls closes it
        # A line that anything else prints would be taken for an answer.
        with contextlib.redirect_stdout(sys.stderr):
            server.start_io(sys.stdin.buffer, answers)


def make_server(desk: Desk, docs: str, version: str) -> PlainleafServer:
    """A server that knows what to answer."""
    server = PlainleafServer(desk, docs, version)
    _watch_texts(server)
    _watch_files(server)
    answer(server)
    run_commands(server)
    return server


def _watch_texts(server: PlainleafServer) -> None:
    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    async def opened(params: lsp.DidOpenTextDocumentParams) -> None:
        server.desk.changed()
        server.check_soon(params.text_document.uri, 0)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    async def changed(params: lsp.DidChangeTextDocumentParams) -> None:
        server.check_soon(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    async def saved(_: lsp.DidSaveTextDocumentParams) -> None:
        server.check_all()

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    async def closed(params: lsp.DidCloseTextDocumentParams) -> None:
        uri = params.text_document.uri
        waiting = server.pending.pop(uri, None)
        if waiting:
            waiting.cancel()
        server.desk.forget(uri)
        server.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, []))


def _watch_files(server: PlainleafServer) -> None:
    @server.feature(lsp.INITIALIZED)
    async def initialized(_: lsp.InitializedParams) -> None:
        workspace = server.client_capabilities.workspace
        watched = workspace.did_change_watched_files if workspace else None
        if watched and watched.dynamic_registration:
            options = lsp.DidChangeWatchedFilesRegistrationOptions([lsp.FileSystemWatcher(glob) for glob in _WATCHED])
            wish = lsp.Registration("plainleaf-files", lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
            with contextlib.suppress(Exception):
                await server.client_register_capability_async(lsp.RegistrationParams([wish]))

    @server.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    async def files_changed(_: lsp.DidChangeWatchedFilesParams) -> None:
        server.check_all()
