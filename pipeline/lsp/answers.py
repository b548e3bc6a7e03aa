"""What the server answers to an editor's questions about a place of a text."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from lsprotocol import types as lsp
from pygls.uris import from_fs_path

from pipeline.files import read_text
from pipeline.glossary import GLOSSARY, find_terms
from pipeline.lsp.actions import Action, actions, fix_all
from pipeline.lsp.commands import ADD_WORD, WRITE_ON
from pipeline.lsp.desk import Checked, Text
from pipeline.lsp.diagnostics import diagnostic
from pipeline.lsp.hover import hover
from pipeline.lsp.places import Place, entry_at, messages_of, segments_of
from pipeline.lsp.positions import Positions
from pipeline.lsp.session import PlainleafServer

FIX_ALL = f"{lsp.CodeActionKind.SourceFixAll.value}.plainleaf"
_T = TypeVar("_T")


def answer(server: PlainleafServer) -> None:
    """Let the server answer them."""

    async def quietly(work: Callable[[], _T], otherwise: _T) -> _T:
        """The answer, worked out beside the loop; what goes wrong is logged."""
        try:
            return await asyncio.to_thread(work)
        except Exception as error:
            server.tell(error)
            return otherwise

    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    async def hovered(params: lsp.HoverParams) -> lsp.Hover | None:
        text = server.text(params.text_document.uri)
        return await quietly(lambda: _hover(server, text, params.position), None)

    kinds = [lsp.CodeActionKind.QuickFix, lsp.CodeActionKind.SourceFixAll, FIX_ALL]
    options = lsp.CodeActionOptions(code_action_kinds=kinds)

    @server.feature(lsp.TEXT_DOCUMENT_CODE_ACTION, options)
    async def fixes(params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        text = server.text(params.text_document.uri)
        return await quietly(lambda: _code_actions(server, text, params), [])

    @server.feature(lsp.TEXT_DOCUMENT_DEFINITION)
    async def definition(params: lsp.DefinitionParams) -> list[lsp.Location]:
        text = server.text(params.text_document.uri)
        return await quietly(lambda: _definition(server, text, params.position), [])

    @server.feature(lsp.TEXT_DOCUMENT_REFERENCES)
    async def references(params: lsp.ReferenceParams) -> list[lsp.Location]:
        text = server.text(params.text_document.uri)
        return await quietly(lambda: _references(server, text, params.position), [])


def _hover(server: PlainleafServer, text: Text, position: lsp.Position) -> lsp.Hover | None:
    told = hover(server.desk, server.desk.check(text), text.places.offset(position), server.docs)
    if told is None:
        return None
    content = lsp.MarkupContent(lsp.MarkupKind.Markdown, told[0])
    return lsp.Hover(content, text.places.range(told[1], told[2]))


def _code_actions(server: PlainleafServer, text: Text, params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
    checked = server.desk.check(text)
    only = [str(getattr(kind, "value", kind)) for kind in params.context.only or ()]

    def wanted(kind: str) -> bool:
        return not only or any(kind == name or kind.startswith(f"{name}.") or name == "" for name in only)

    found: list[lsp.CodeAction] = []
    if wanted(lsp.CodeActionKind.QuickFix.value):
        start, end = text.places.offset(params.range.start), text.places.offset(params.range.end)
        kind: lsp.CodeActionKind | str = lsp.CodeActionKind.QuickFix
        found += [_code_action(server, checked, action, kind) for action in actions(server.desk, checked, start, end)]
    everything = fix_all(checked) if wanted(FIX_ALL) else None
    if everything:
        found.append(_code_action(server, checked, everything, FIX_ALL))
    return found


def _code_action(
    server: PlainleafServer, checked: Checked, action: Action, kind: lsp.CodeActionKind | str
) -> lsp.CodeAction:
    text = checked.text
    made = lsp.CodeAction(action.title, kind, is_preferred=action.is_preferred or None)
    if action.finding:
        made.diagnostics = [diagnostic(action.finding, checked, server.docs)]
    if action.edits:
        made.edit = _workspace_edit(server, text, action)
    if action.word:
        made.command = lsp.Command(action.title, ADD_WORD, arguments=[text.uri, action.word])
    elif action.cursor is not None and _shows_documents(server):
        after = Positions(_after(text.text, action), text.encoding)
        place = after.position(action.cursor)
        made.command = lsp.Command(action.title, WRITE_ON, arguments=[text.uri, place.line, place.character])
    return made


def _after(text: str, action: Action) -> str:
    for edit in reversed(action.edits):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def _workspace_edit(server: PlainleafServer, text: Text, action: Action) -> lsp.WorkspaceEdit:
    edits = [lsp.TextEdit(text.places.range(edit.start, edit.end), edit.text) for edit in action.edits]
    workspace = server.client_capabilities.workspace
    if workspace and workspace.workspace_edit and workspace.workspace_edit.document_changes:
        # With the version, an editor refuses an edit that was made for an older text.
        place = lsp.OptionalVersionedTextDocumentIdentifier(text.uri, text.version)
        return lsp.WorkspaceEdit(document_changes=[lsp.TextDocumentEdit(place, edits)])
    return lsp.WorkspaceEdit(changes={text.uri: edits})


def _shows_documents(server: PlainleafServer) -> bool:
    window = server.client_capabilities.window
    return bool(window and window.show_document and window.show_document.support)


def _definition(server: PlainleafServer, text: Text, position: lsp.Position) -> list[lsp.Location]:
    """From a message of a catalogue to its segment; from a term in an article to the glossary."""
    root = server.desk.root(text.path)
    if root is None:
        return []
    offset = text.places.offset(position)
    found = _segments(server, root, text, offset) if text.is_catalogue else _term(server, root, text, offset)
    return [_location(place, text.encoding) for place in found]


def _references(server: PlainleafServer, text: Text, position: lsp.Position) -> list[lsp.Location]:
    """A segment and its messages in all languages, from any of them."""
    root = server.desk.root(text.path)
    if root is None:
        return []
    buffers, offset = server.desk.buffers(text.path), text.places.offset(position)
    if text.is_catalogue:
        entry, place = entry_at(text.text, offset), buffers.place(text.path)
        if entry is None or place is None:
            return []
        article_id, msgid = place[1], entry.entry.msgid
        found = _segments(server, root, text, offset)
    else:
        article = server.desk.article(text)
        here = next((s for s in article.segments if s.start <= offset <= s.end), None)
        if here is None or buffers.library is None or not buffers.library.holds(text.path):
            return []
        article_id, msgid = article.id, here.text
        found = segments_of(article, text.path, msgid)
    found += messages_of(root, buffers, article_id, msgid)
    return [_location(place, text.encoding) for place in found]


def _segments(server: PlainleafServer, root: Path, text: Text, offset: int) -> list[Place]:
    """Where the message at a place stands in its article, as that is in the editor when it is open there."""
    buffers = server.desk.buffers(text.path)
    entry, place = entry_at(text.text, offset), buffers.place(text.path)
    if entry is None or place is None:
        return []
    path = root / "source" / f"{place[1]}.md"
    uri = from_fs_path(str(path))
    if uri and server.opened(uri):
        return segments_of(buffers.article(server.text(uri).text, path), path, entry.entry.msgid)
    article = buffers.source(place[1])
    return segments_of(article, path, entry.entry.msgid) if article else []


def _term(server: PlainleafServer, root: Path, text: Text, offset: int) -> list[Place]:
    start = text.places.line_start(offset)
    line = text.text[start : text.places.line_end(offset)]
    path = root / GLOSSARY
    for first, last, term in find_terms(server.desk.buffers(text.path).context().glossary, line):
        if start + first <= offset < start + last:
            glossary = read_text(path)
            places = Positions(glossary)
            row = places.line_offset(term.line)
            return [Place(path, row, places.line_end(row), glossary)]
    return []


def _location(place: Place, encoding: str | None) -> lsp.Location:
    uri = from_fs_path(str(place.path)) or place.path.as_uri()
    return lsp.Location(uri, Positions(place.text, encoding).range(place.start, place.end))
