"""How long an editor waits for findings: python benchmarks/lsp.py [--words 1000] [--changes 20]

Starts ``plainleaf lsp`` as an editor does, opens an article of so many words and a catalogue, types at its end, and
takes the time from each change to the diagnostics of that very text. The pause that the server leaves for the next key
is in it.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import statistics
import tempfile
import time
from pathlib import Path

from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient

from pipeline.lsp.session import DEBOUNCE

ROOT = Path(__file__).parents[1]


class Editor(LanguageClient):
    """An editor that waits for the diagnostics of one text."""

    def __init__(self) -> None:
        super().__init__("benchmark", "1")
        self.waiting: dict[tuple[str, int | None], asyncio.Future[int]] = {}

        @self.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def shown(params: lsp.PublishDiagnosticsParams) -> None:
            waiting = self.waiting.pop((params.uri, params.version), None)
            if waiting:
                waiting.set_result(len(params.diagnostics))

    async def timed(self, uri: str, version: int, send: object) -> float:
        """Seconds until the findings of this version are there."""
        future = self.waiting[(uri, version)] = asyncio.get_running_loop().create_future()
        started = time.perf_counter()
        send()  # type: ignore[operator]
        await future
        return time.perf_counter() - started


async def measure(path: Path, text: str, changes: int) -> list[float]:
    """The first wait, then one for each change."""
    editor, uri = Editor(), path.as_uri()
    await editor.start_io("plainleaf", "lsp")
    await editor.initialize_async(lsp.InitializeParams(capabilities=lsp.ClientCapabilities(), root_uri=uri))
    editor.initialized(lsp.InitializedParams())
    item = lsp.TextDocumentItem(uri, "markdown", 0, text)
    waits = [await editor.timed(uri, 0, lambda: editor.text_document_did_open(lsp.DidOpenTextDocumentParams(item)))]
    for version in range(1, changes + 1):
        name = lsp.VersionedTextDocumentIdentifier(version, uri)
        whole = lsp.TextDocumentContentChangeWholeDocument(f"{text}\n# {'x' * version}\n")
        change = lsp.DidChangeTextDocumentParams(name, [whole])
        waits.append(await editor.timed(uri, version, lambda c=change: editor.text_document_did_change(c)))  # type: ignore[misc]
    await editor.shutdown_async(None)
    editor.exit(None)
    await editor.stop()
    return waits


def main() -> None:
    """Print the waits."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--words", type=int, default=1000)
    parser.add_argument("--changes", type=int, default=20)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for name in ("source", "translations"):
            shutil.copytree(ROOT / name, Path(folder) / name)
        article = max(Path(folder).glob("source/*/*.md"), key=lambda path: len(path.read_text("utf-8")))
        text = article.read_text("utf-8")
        body = text.split("---\n", 2)[2]
        while len(text.split()) < arguments.words:
            text += body
        words = text.split(" ")
        while len(" ".join(words).split()) > arguments.words:
            words.pop()
        catalogue = Path(folder) / "translations/es" / article.relative_to(Path(folder) / "source").with_suffix(".po")
        for path, content in ((article, " ".join(words)), (catalogue, catalogue.read_text("utf-8"))):
            first, *later = asyncio.run(measure(path, content, arguments.changes))
            print(
                f"{path.name}: {len(content.split())} words; first findings {first:.2f} s; after a change "
                f"least {min(later) * 1000:.0f} ms, median {statistics.median(later) * 1000:.0f} ms, "
                f"most {max(later) * 1000:.0f} ms, of which {DEBOUNCE * 1000:.0f} ms wait for the next key"
            )


if __name__ == "__main__":
    main()
