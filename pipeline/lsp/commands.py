"""What an editor asks the server to do: add a word to the list, and go to where a reason is written."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from lsprotocol import types as lsp
from pygls.uris import to_fs_path

from pipeline.checking import own_words
from pipeline.locking import locked
from pipeline.lsp.session import PlainleafServer
from pipeline.model import PlainleafError
from pipeline.wordlist import add_words, doubts

ADD_WORD = "plainleaf.addWord"
WRITE_ON = "plainleaf.writeOn"


def run_commands(server: PlainleafServer) -> None:
    """Let the server run them."""

    async def trying(work: Callable[..., Awaitable[None]], arguments: tuple[Any, ...], kinds: tuple[type, ...]) -> None:
        try:
            if tuple(map(type, arguments)) != kinds:
                raise PlainleafError(f"a command of the editor has wrong arguments: {arguments!r}")
            await work(server, *arguments)
        except PlainleafError as error:
            server.show(str(error), lsp.MessageType.Error)
        except Exception as error:
            server.tell(error)

    @server.command(ADD_WORD)
    async def add_word(*arguments: Any) -> None:
        await trying(_add_word, arguments, (str, str))

    @server.command(WRITE_ON)
    async def write_on(*arguments: Any) -> None:
        await trying(_write_on, arguments, (str, int, int))


async def _add_word(server: PlainleafServer, uri: str, word: str) -> None:
    path = Path(to_fs_path(uri) or "")
    root = server.desk.root(path)
    library = server.desk.buffers(path).library if root else None
    if root is None or library is None:
        server.show("This file lies in no library, so there is no word list.", lsp.MessageType.Warning)
        return
    is_english = path.suffix != ".po"
    doubt = doubts(word, library.settings.spelling, own_words(root)) if is_english else ""
    if doubt and not await _agreed(server, f'"{word}": {doubt}. A mistake in the list is never found again.'):
        return
    with locked(root):
        added = add_words(root, [word])
    if added:
        server.show(f'Added "{word}" to {root / "source" / "wordlist.txt"}')
    server.check_all()


async def _agreed(server: PlainleafServer, question: str) -> bool:
    yes = lsp.MessageActionItem("Add it all the same")
    params = lsp.ShowMessageRequestParams(lsp.MessageType.Warning, question, [yes, lsp.MessageActionItem("Cancel")])
    answer = await server.window_show_message_request_async(params)
    return answer is not None and answer.title == yes.title


async def _write_on(server: PlainleafServer, uri: str, line: int, character: int) -> None:
    """Put the cursor where the reason of an ignore goes."""
    place = lsp.Position(line, character)
    await server.window_show_document_async(
        lsp.ShowDocumentParams(uri, take_focus=True, selection=lsp.Range(place, place))
    )
