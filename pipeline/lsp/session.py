"""A session with an editor: the texts that are open, each checked a moment after its last change."""

from __future__ import annotations

import asyncio
import traceback
from pathlib import Path
from urllib.parse import unquote

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path
from pygls.workspace import TextDocument

from pipeline.lsp.desk import Checked, Desk, Text
from pipeline.lsp.diagnostics import diagnostics
from pipeline.model import PlainleafError

DEBOUNCE = 0.1
"""Seconds without a key before a text is checked."""


class PlainleafServer(LanguageServer):
    """Knows the editor's texts; what it answers stands in the other modules."""

    def __init__(self, desk: Desk, docs: str, version: str) -> None:
        # Whole texts: pygls 2 counts more characters as line ends than the protocol does when it applies changes.
        super().__init__("plainleaf", version, text_document_sync_kind=lsp.TextDocumentSyncKind.Full)
        self.desk, self.docs = desk, docs
        self.pending: dict[str, asyncio.Task[None]] = {}

    def text(self, uri: str) -> Text:
        """A text as it stands in the editor, or as it is saved when it is not open."""
        document = self.workspace.get_text_document(uri)
        path = Path(to_fs_path(uri) or "untitled.md")
        encoding = self.workspace.position_encoding
        return Text(uri, document.version, path, document.source, str(getattr(encoding, "value", encoding)))

    def opened(self, uri: str) -> TextDocument | None:
        """The document, when it is open in the editor."""
        document: TextDocument | None = self.workspace.text_documents.get(unquote(uri))
        return document

    def check_soon(self, uri: str, delay: float = DEBOUNCE) -> None:
        """Check a text when nothing has come for a while."""
        waiting = self.pending.pop(uri, None)
        if waiting:
            waiting.cancel()
        self.pending[uri] = asyncio.get_running_loop().create_task(self._check(uri, delay))

    def check_all(self) -> None:
        """Check every open text anew: files that they depend on have changed."""
        self.desk.changed()
        for document in list(self.workspace.text_documents.values()):
            self.check_soon(document.uri)

    async def _check(self, uri: str, delay: float) -> None:
        await asyncio.sleep(delay)
        if self.opened(uri) is None:
            return
        text = self.text(uri)
        try:
            checked = await asyncio.to_thread(self.desk.check, text)
        except Exception as error:
            self.tell(error)
            checked = Checked(text, (), f"this text could not be checked: {type(error).__name__}: {error}")
        now = self.opened(uri)
        if now is not None and now.version == text.version:
            found = diagnostics(checked, self.docs)
            self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, found, text.version))

    def tell(self, error: Exception) -> None:
        """Log what went wrong: a line for what the user can mend, and where it happened for what is ours."""
        told = str(error) if isinstance(error, PlainleafError) else "".join(traceback.format_exception(error))
        self.window_log_message(lsp.LogMessageParams(lsp.MessageType.Error, told))

    def show(self, message: str, kind: lsp.MessageType = lsp.MessageType.Info) -> None:
        """Tell the person something."""
        self.window_show_message(lsp.ShowMessageParams(kind, message))
