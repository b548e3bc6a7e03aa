"""The language server as an editor meets it: a real client, over standard input and output."""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pygls", reason="the language server needs pygls")
pytest_lsp = pytest.importorskip("pytest_lsp")
from lsprotocol import types as lsp  # noqa: E402

LIBRARY = Path(__file__).parents[1] / "library"
SERVER = [sys.executable, "-c", "from pipeline.cli import entry; entry()", "lsp"]
PATIENCE = 30


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with a glossary, in a folder whose name an address has to escape."""
    folder = tmp_path_factory.mktemp("desk") / "our leaflets é"
    shutil.copytree(LIBRARY, folder)
    (folder / "source/glossary.toml").write_text(
        '[lung]\nexplanation = "The part of the body that you breathe with."\nforms = ["lungs"]\nes = ["pulmón"]\n',
        "utf-8",
    )
    return folder


@pytest_lsp.fixture(scope="module", config=pytest_lsp.ClientServerConfig(server_command=SERVER))
async def client(lsp_client: pytest_lsp.LanguageClient, root: Path) -> Any:
    converter = lsp_client.protocol._converter

    def an_action(data: dict[str, Any], _: Any) -> Any:
        # lsprotocol 2025.0.0 takes an action that has a command for a command, and loses its edit.
        return converter.structure(data, lsp.CodeAction if "kind" in data else lsp.Command)

    converter.register_structure_hook(lsp.Command | lsp.CodeAction, an_action)

    @lsp_client.feature(lsp.CLIENT_REGISTER_CAPABILITY)
    def register(params: lsp.RegistrationParams) -> None:
        """The editor tells of changed files when it is asked to; the tests do not rely on it."""

    params = lsp.InitializeParams(
        capabilities=pytest_lsp.client_capabilities("visual-studio-code"), root_uri=root.as_uri()
    )
    await lsp_client.initialize_session(params)
    yield
    await lsp_client.shutdown_session()


class Page:
    """A text that a person has open."""

    def __init__(self, client: Any, path: Path) -> None:
        self.client, self.path, self.uri, self.version = client, path, path.as_uri(), 0
        self.text = ""

    async def open(self, text: str | None = None) -> list[lsp.Diagnostic]:
        self.text = self.path.read_bytes().decode("utf-8") if text is None else text
        self.version = 1
        language = "po" if self.path.suffix == ".po" else "markdown"
        self.forget()
        item = lsp.TextDocumentItem(self.uri, language, self.version, self.text)
        self.client.text_document_did_open(lsp.DidOpenTextDocumentParams(item))
        return await self.found()

    async def write(self, *texts: str) -> list[lsp.Diagnostic]:
        self.forget()
        for text in texts:
            self.text = text
            self.version += 1
            document = lsp.VersionedTextDocumentIdentifier(self.version, self.uri)
            change = lsp.TextDocumentContentChangeWholeDocument(text)
            self.client.text_document_did_change(lsp.DidChangeTextDocumentParams(document, [change]))
        return await self.found()

    async def found(self) -> list[lsp.Diagnostic]:
        """What is shown for the text as it is now: what comes after forget()."""
        for _ in range(PATIENCE * 50):
            if self.uri in self.client.diagnostics:
                return list(self.client.diagnostics[self.uri])
            await asyncio.sleep(0.02)
        raise TimeoutError(self.client.log_messages)

    def forget(self) -> None:
        self.client.diagnostics.pop(self.uri, None)

    def close(self) -> None:
        self.client.text_document_did_close(lsp.DidCloseTextDocumentParams(lsp.TextDocumentIdentifier(self.uri)))

    def place(self, words: str) -> lsp.Position:
        """Where words begin, counted as an editor does: in UTF-16."""
        before = self.text[: self.text.index(words)].replace("\r\n", "\n")
        line = before.count("\n")
        return lsp.Position(line, len(before.rpartition("\n")[2].encode("utf-16-le")) // 2)

    def words(self, span: lsp.Range) -> str:
        """What stands in a span."""
        lines = self.text.split("\n")[span.start.line : span.end.line + 1]
        lines[-1] = lines[-1].encode("utf-16-le")[: span.end.character * 2].decode("utf-16-le")
        lines[0] = lines[0].encode("utf-16-le")[span.start.character * 2 :].decode("utf-16-le")
        return "\n".join(lines)

    async def actions(self, at: str, only: list[str] | None = None) -> dict[str, lsp.CodeAction]:
        place = self.place(at)
        context = lsp.CodeActionContext([], only)
        params = lsp.CodeActionParams(lsp.TextDocumentIdentifier(self.uri), lsp.Range(place, place), context)
        return {a.title: a for a in await self.client.text_document_code_action_async(params) or []}

    async def hover(self, at: str) -> str:
        params = lsp.HoverParams(lsp.TextDocumentIdentifier(self.uri), self.place(at))
        told = await self.client.text_document_hover_async(params)
        return told.contents.value if told else ""

    def apply(self, action: lsp.CodeAction) -> str:
        """The text after an action, as an editor makes it."""
        (change,) = action.edit.document_changes
        assert (change.text_document.uri, change.text_document.version) == (self.uri, self.version)
        lines = [line.encode("utf-16-le") for line in self.text.split("\n")]
        for edit in sorted(change.edits, key=lambda e: (e.range.start.line, e.range.start.character), reverse=True):
            start, end = edit.range.start, edit.range.end
            assert start.line == end.line
            row = lines[start.line]
            lines[start.line] = (
                row[: start.character * 2] + edit.new_text.encode("utf-16-le") + row[end.character * 2 :]
            )
        return b"\n\0".join(lines).decode("utf-16-le")


def article(root: Path, name: str, body: str) -> Path:
    path = root / "source/care" / f"{name}.md"
    path.write_text(f"---\ntitle: Page\nlang: en\nsummary: A page.\n---\n\n{body}", "utf-8")
    return path


@pytest.mark.parametrize("name", ["source/care/cough.md", "translations/ar/care/cough.po", "note.md"])
@pytest.mark.asyncio(loop_scope="module")
async def test_diagnostics_are_the_findings_of_check(client: Any, root: Path, name: str) -> None:
    path = root / name
    if name == "note.md":
        path.write_text("# A note 💊\n\n💊 The feverr is very hot. Utilise 👩🏽‍⚕️ a medicatoin.\n", "utf-8")
    shown = await Page(client, path).open()
    command = [*SERVER[:-1], "check", "--format", "json", name]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    printed = json.loads(done.stdout)
    severity = {"error": 1, "warning": 2, "review": 3}
    text = path.read_text("utf-8")

    def place(offset: int) -> tuple[int, int]:
        before = text[:offset]
        return before.count("\n"), len(before.rpartition("\n")[2].encode("utf-16-le")) // 2

    ours = [(d.code, d.severity, d.message, (d.range.start.line, d.range.start.character),
             (d.range.end.line, d.range.end.character)) for d in shown]  # fmt: skip
    assert ours == [
        (row["check"], severity[row["severity"]], row["message"], place(row["start"]), place(row["end"]))
        for row in printed
        if row["path"] == name
    ]
    assert shown


@pytest.mark.asyncio(loop_scope="module")
async def test_an_error_comes_and_goes_as_one_types(client: Any, root: Path) -> None:
    page = Page(client, article(root, "typing", "It is hot.\n"))
    assert not any(d.code == "spelling" for d in await page.open())
    good = page.text
    texts = [good + "\nΗ 👩🏽‍⚕️ 💊 ", good + "\n👩🏽‍⚕️ 💊 The fev", good + "\n👩🏽‍⚕️ 💊 The feverr is hot.\n"]
    (spelling,) = (d for d in await page.write(*texts) if d.code == "spelling")
    assert page.words(spelling.range) == "feverr"
    assert spelling.code_description.href.endswith("checks.md#spelling")
    assert not any(d.code == "spelling" for d in await page.write(good))
    assert page.path.read_text("utf-8") == good, "the file was left alone"


@pytest.mark.asyncio(loop_scope="module")
async def test_lines_end_where_the_editor_says(client: Any, root: Path) -> None:
    page = Page(client, article(root, "lines", ""))
    # A line separator and a form feed are no line ends for an editor.
    await page.open("# Page\r\n\r\nOne\u2028two\x0cthree.\r\n\r\nThe feverr is hot.\r\n")
    (spelling,) = (d for d in client.diagnostics[page.uri] if d.code == "spelling")
    assert (spelling.range.start.line, spelling.range.start.character) == (4, 4)


@pytest.mark.asyncio(loop_scope="module")
async def test_hover_tells_why_and_the_plain_word(client: Any, root: Path) -> None:
    page = Page(client, article(root, "hover", "💊 You may utilise it. Your lungs are well.\n"))
    await page.open()
    told = await page.hover("utilise")
    assert "**jargon**" in told and "Write: **use**" in told and "*Why:*" in told and "checks.md#jargon" in told
    told = await page.hover("lungs")
    assert "The part of the body that you breathe with." in told and "Spanish: pulmón" in told
    assert await page.hover("Page") == ""


@pytest.mark.asyncio(loop_scope="module")
async def test_take_the_suggestion(client: Any, root: Path) -> None:
    page = Page(client, article(root, "take", "💊 The hosptial is hot.\n"))
    await page.open()
    action = (await page.actions("hosptial"))['Write "hospital"']
    assert (action.kind, action.is_preferred) == ("quickfix", True)
    assert action.diagnostics[0].code == "spelling"
    after = page.apply(action)
    assert after == page.text.replace("hosptial", "hospital")
    assert not any(d.code == "spelling" for d in await page.write(after))


@pytest.mark.asyncio(loop_scope="module")
async def test_add_the_word(client: Any, root: Path) -> None:
    page = Page(client, article(root, "add", "Ask for Xyzzoril today.\n"))
    assert any("Xyzzoril" in d.message for d in await page.open())
    action = (await page.actions("Xyzzoril"))['Add "Xyzzoril" to source/wordlist.txt']
    command = lsp.ExecuteCommandParams(action.command.command, action.command.arguments)
    page.forget()
    await client.workspace_execute_command_async(command)
    assert not any("Xyzzoril" in d.message for d in await page.found())
    assert "Xyzzoril" in (root / "source/wordlist.txt").read_text("utf-8").split()


@pytest.mark.asyncio(loop_scope="module")
async def test_ignore_with_a_reason(client: Any, root: Path) -> None:
    page = Page(client, article(root, "ignore", "💊 Ask for Xyzzoral today.\n"))
    await page.open()
    action = (await page.actions("Xyzzoral"))["Ignore spelling here: give the reason"]
    after = page.apply(action)
    assert after.endswith("💊 Ask for Xyzzoral today. <!-- plainleaf: ignore spelling -- -->\n")
    shown = {d.code for d in await page.write(after)}
    assert "spelling" not in shown
    assert "ignore" in shown, "until there is a reason"
    command = lsp.ExecuteCommandParams(action.command.command, action.command.arguments)
    await client.workspace_execute_command_async(command)
    cursor = client.shown_documents[-1].selection.start
    line = after.split("\n")[cursor.line].encode("utf-16-le")
    assert line[: cursor.character * 2].decode("utf-16-le").endswith("-- ")


@pytest.mark.asyncio(loop_scope="module")
async def test_fix_all_is_check_fix(client: Any, root: Path, tmp_path: Path) -> None:
    body = "💊 The  medicatoin is hot.\n\nA treatmnt plan, and the the medicatoin.\n\nXyzzor.\n"
    page = Page(client, article(root, "fixall", body))
    await page.open()
    only = await page.actions("medicatoin", ["source.fixAll"])
    assert list(only) == ["Make all sure corrections"]
    after = page.apply(only["Make all sure corrections"])
    done = subprocess.run([*SERVER[:-1], "check", "--fix", page.path], cwd=root, capture_output=True, check=False)
    assert done.returncode != 2
    assert page.path.read_text("utf-8") == after != page.text
    assert "Make all sure corrections" not in await page.actions("medicatoin", ["quickfix"])


@pytest.mark.asyncio(loop_scope="module")
async def test_a_changed_dose_in_a_catalogue(client: Any, root: Path) -> None:
    page = Page(client, root / "translations/es/care/cough.po")
    await page.open()
    right = page.text
    wrong = right.replace('msgstr "Tome 5 ml', 'msgstr "Tome 50 ml')
    assert wrong != right
    shown = {d.code: d for d in await page.write(wrong)}
    assert page.words(shown["dose-changed"].range).startswith('"Tome 50 ml')
    assert "dose-changed" not in {d.code for d in await page.write(right)}
    (root / "source/wordlist.txt").touch()
    comment = page.apply(
        (await page.write(wrong) and await page.actions('"Tome 50 ml'))["Ignore dose-changed here: give the reason"]
    )
    assert "\n# plainleaf: ignore dose-changed -- \n" in comment


@pytest.mark.asyncio(loop_scope="module")
async def test_from_a_message_to_its_segment_and_back(client: Any, root: Path) -> None:
    catalogue = Page(client, root / "translations/es/care/cough.po")
    await catalogue.open()
    source = root / "source/care/cough.md"
    document = lsp.TextDocumentIdentifier(catalogue.uri)
    place = catalogue.place('"Tome 5 ml')
    (there,) = await client.text_document_definition_async(lsp.DefinitionParams(document, place))
    assert there.uri == source.as_uri()
    page = Page(client, source)
    await page.open()
    assert page.words(there.range).startswith("Take 5 ml of syrup 2 times a day.")

    context = lsp.ReferenceContext(include_declaration=True)
    document = lsp.TextDocumentIdentifier(page.uri)
    back = await client.text_document_references_async(
        lsp.ReferenceParams(context, document, page.place("5 ml of syrup"))
    )
    uris = {location.uri for location in back}
    assert uris >= {page.uri, catalogue.uri}
    (row,) = (location.range.start.line for location in back if location.uri == catalogue.uri)
    assert catalogue.text.split("\n")[row].startswith('msgid "Take 5 ml')

    # The article has changed in the editor: the segment is where it is there.
    await page.write(page.text.replace("\n## ", "\n\n\n## ", 1))
    document = lsp.TextDocumentIdentifier(catalogue.uri)
    (now,) = await client.text_document_definition_async(lsp.DefinitionParams(document, place))
    assert now.range.start.line == there.range.start.line + 2
    page.close()
    catalogue.close()


@pytest.mark.asyncio(loop_scope="module")
async def test_terms_of_a_message(client: Any, root: Path) -> None:
    page = Page(client, root / "translations/es/care/fever.po")
    entry = '\nmsgid "Your lungs."\nmsgstr "Sus pulmones."\n'
    await page.open(page.path.read_text("utf-8") + entry)
    told = await page.hover('"Sus pulmones')
    assert "**lung**" in told and "Spanish: pulmón" in told and "Arabic" not in told
    page.close()


@pytest.mark.asyncio(loop_scope="module")
async def test_a_file_outside_of_a_library_is_checked_with_defaults(client: Any, tmp_path: Path) -> None:
    page = Page(client, tmp_path / "note.md")
    shown = await page.open("# A note\n\nThe feverr is hot.\n")
    assert [d.code for d in shown if d.severity == 1] == ["spelling"]
    assert not any("wordlist" in title for title in await page.actions("feverr"))
    assert 'Write "fever"' in await page.actions("feverr")


@pytest.mark.asyncio(loop_scope="module")
async def test_nothing_that_comes_ends_the_server(client: Any, root: Path, tmp_path: Path) -> None:
    broken = Page(client, root / "translations/es/care/fever.po")
    (told,) = await broken.open('msgid "Fever"\nmsgstr "Fiebre\n')
    assert "not a valid PO catalogue" in told.message and told.range.start.line == 1
    for text in ("", "\ufeff", "\0", "---\n: [\n---\n", "a\ud800b", "[" * 3000, "💊" * 500, "| a |\n|---|\n" * 50):
        page = Page(client, tmp_path / "strange.md")
        await page.open(text)
        document = lsp.TextDocumentIdentifier(page.uri)
        for place in (lsp.Position(0, 0), lsp.Position(0, 7), lsp.Position(10**6, 10**6)):
            await client.text_document_hover_async(lsp.HoverParams(document, place))
            everywhere = lsp.CodeActionParams(document, lsp.Range(place, place), lsp.CodeActionContext([]))
            await client.text_document_code_action_async(everywhere)
            await client.text_document_definition_async(lsp.DefinitionParams(document, place))
        page.close()
    for uri in ("untitled:Untitled-1", "http://example.org/a.md", "file:///no/such/file.md", "nonsense", ""):
        item = lsp.TextDocumentItem(uri, "markdown", 1, "The feverr.\n")
        client.text_document_did_open(lsp.DidOpenTextDocumentParams(item))
        client.text_document_did_save(lsp.DidSaveTextDocumentParams(lsp.TextDocumentIdentifier(uri)))
        client.text_document_did_close(lsp.DidCloseTextDocumentParams(lsp.TextDocumentIdentifier(uri)))
    for arguments in ([], ["nonsense", "word"], [broken.uri, "two words"], [1, None, {}]):
        for command in ("plainleaf.addWord", "plainleaf.writeOn"):
            await client.workspace_execute_command_async(lsp.ExecuteCommandParams(command, arguments))
    settings = root / "source/library.toml"
    right = settings.read_text("utf-8")
    settings.write_text("languages = 7\n", "utf-8")
    page = Page(client, article(root, "after", "It is hot.\n"))
    (told,) = await page.open()
    assert "library.toml:1" in told.message
    settings.write_text(right, "utf-8")
    await page.write(page.text + "\n")
    assert "languages" not in str(await page.write(page.text + "\nThe antibitoic is good.\n"))
    assert any(d.code == "spelling" for d in client.diagnostics[page.uri])


def test_garbage_on_the_wire_does_not_end_it(tmp_path: Path) -> None:
    def message(body: bytes) -> bytes:
        return b"Content-Length: %d\r\n\r\n%b" % (len(body), body)

    start = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}}}
    sent = [
        message(json.dumps(start).encode()),
        message(b"{nonsense"),
        message(b"[1, 2]"),
        message(b'{"jsonrpc": "2.0", "id": 7, "method": "textDocument/hover", "params": {"textDocument": 5}}'),
        message(b'{"jsonrpc": "2.0", "id": 8, "method": "no/such/method", "params": {}}'),
        message(b'{"jsonrpc": "2.0", "id": 9, "method": "shutdown"}'),
        message(b'{"jsonrpc": "2.0", "method": "exit"}'),
    ]
    done = subprocess.run(SERVER, input=b"".join(sent), capture_output=True, timeout=PATIENCE, check=False)
    assert b'"id": 9' in done.stdout and done.returncode == 0, done.stderr.decode()[-2000:]


def test_without_pygls_it_says_what_to_install(tmp_path: Path) -> None:
    code = "import sys; sys.modules['pygls'] = None; from pipeline.cli import main; sys.exit(main(['lsp']))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "pip install 'plainleaf[lsp]'" in done.stderr and "Traceback" not in done.stderr
