"""An editor for tests: the client of pygls, driven call by call from a test, with a server in a process."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Coroutine, Sequence
from pathlib import Path
from typing import Any, TypeVar

from lsprotocol import types
from pygls.lsp.client import LanguageClient

# Seconds after which a test gives up on an answer; the first check loads the models.
PATIENCE = 300.0
Got = TypeVar("Got")


class Editor:
    """Starts a server and speaks with it; every call waits for what it asks for."""

    def __init__(self, *arguments: str, env: dict[str, str] | None = None, cwd: Path | None = None) -> None:
        self._arguments = ["-m", "factcheck", "lsp", *arguments]
        self._options: dict[str, Any] = {"env": env, "cwd": cwd}
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        self._changed = threading.Condition()
        self.published: list[types.PublishDiagnosticsParams] = []
        self.messages: list[types.ShowMessageParams] = []
        self.registered: list[types.Registration] = []
        self.client = LanguageClient("editor", "1")
        self._listen()
        self._versions: dict[str, int] = {}
        self.do(self.client.start_io(sys.executable, *self._arguments, **self._options))
        # What the server says on stderr must not fill its pipe.
        self.stderr = bytearray()
        asyncio.run_coroutine_threadsafe(self._drain(), self._loop)

    def do(self, work: Coroutine[Any, Any, Got]) -> Got:
        """Run something of the client in its loop."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE)

    def initialize(
        self, encodings: Sequence[str] | None = ("utf-16",), root: Path | None = None, options: Any = None
    ) -> types.InitializeResult:
        """Say hello."""
        kinds = [types.PositionEncodingKind(e) for e in encodings] if encodings else None
        watched = types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True)
        capabilities = types.ClientCapabilities(
            general=types.GeneralClientCapabilities(position_encodings=kinds),
            workspace=types.WorkspaceClientCapabilities(did_change_watched_files=watched),
        )
        params = types.InitializeParams(
            capabilities=capabilities,
            root_uri=root.as_uri() if root else None,
            initialization_options=options,
        )
        result = self.do(self.client.initialize_async(params))
        self._send("initialized", types.InitializedParams())
        return result

    # ---------------------------------------------------------------- documents
    def open(self, path: Path | str, text: str) -> str:
        """Open a document and return its address."""
        uri = path if isinstance(path, str) else path.as_uri()
        self._versions[uri] = self._versions.get(uri, 0) + 1
        item = types.TextDocumentItem(uri=uri, language_id="markdown", version=self._versions[uri], text=text)
        self._send("text_document_did_open", types.DidOpenTextDocumentParams(text_document=item))
        return uri

    def change(self, uri: str, text: str) -> None:
        """Send the whole of a document anew."""
        self._versions[uri] += 1
        self._send(
            "text_document_did_change",
            types.DidChangeTextDocumentParams(
                text_document=types.VersionedTextDocumentIdentifier(uri=uri, version=self._versions[uri]),
                content_changes=[types.TextDocumentContentChangeWholeDocument(text=text)],
            ),
        )

    def save(self, uri: str) -> None:
        """Say that a document was saved."""
        told = types.DidSaveTextDocumentParams(text_document=types.TextDocumentIdentifier(uri=uri))
        self._send("text_document_did_save", told)

    def close(self, uri: str) -> None:
        """Close a document."""
        told = types.DidCloseTextDocumentParams(text_document=types.TextDocumentIdentifier(uri=uri))
        self._send("text_document_did_close", told)

    def touched(self, *paths: Path) -> None:
        """Say that files have changed on the disk."""
        events = [types.FileEvent(uri=p.as_uri(), type=types.FileChangeType.Changed) for p in paths]
        told = types.DidChangeWatchedFilesParams(changes=events)
        self._send("workspace_did_change_watched_files", told)

    # ---------------------------------------------------------------- answers
    def diagnostics(self, uri: str) -> list[types.Diagnostic]:
        """Wait for what is said of the present version of a document."""
        version = self._versions[uri]
        return self.wait_for(uri, lambda p: p.version == version).diagnostics

    def next(self, uri: str, after: int) -> list[types.Diagnostic]:
        """Wait for what is said of a document once so many things had been said."""
        return self.wait_for(uri, lambda _: True, after).diagnostics

    def wait_for(self, uri: str, wanted: Any, after: int = 0) -> types.PublishDiagnosticsParams:
        """Wait for diagnostics of a document for which ``wanted`` holds, the newest first."""

        def found() -> types.PublishDiagnosticsParams | None:
            told = (p for p in reversed(self.published[after:]) if p.uri == uri and wanted(p))
            return next(told, None)

        with self._changed:
            assert self._changed.wait_for(found, PATIENCE), f"nothing came of {uri}: {self.stderr.decode()}"
            answer = found()
        assert answer is not None
        return answer

    def message(self, count: int = 1) -> str:
        """Wait for so many messages in all and return the last."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.messages) >= count, PATIENCE)
            return self.messages[count - 1].message

    def asked_for(self) -> types.Registration:
        """Wait until the server asks to be told of something."""
        with self._changed:
            assert self._changed.wait_for(lambda: self.registered, PATIENCE)
            return self.registered[0]

    def hover(self, uri: str, line: int, character: int) -> types.Hover | None:
        """Ask about a place."""
        where = types.HoverParams(
            text_document=types.TextDocumentIdentifier(uri=uri), position=types.Position(line, character)
        )
        return self.do(self.client.text_document_hover_async(where))

    def actions(self, uri: str, where: types.Range, only: list[Any] | None = None) -> list[types.CodeAction]:
        """Ask for quick fixes."""
        params = types.CodeActionParams(
            text_document=types.TextDocumentIdentifier(uri=uri), range=where,
            context=types.CodeActionContext(diagnostics=[], only=only),
        )  # fmt: skip
        return list(self.do(self.client.text_document_code_action_async(params)) or ())

    def leave(self, *, shutdown: bool = True) -> int | None:
        """End the server in good order and return the status of its process."""
        if shutdown:
            self.do(self.client.shutdown_async(None))
        self._send("exit", None)
        process = self.client._server
        assert process is not None
        self.do(asyncio.wait_for(process.wait(), PATIENCE))
        self.do(self.client.stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        return process.returncode

    # ---------------------------------------------------------------- inside
    def _send(self, method: str, params: Any) -> None:
        async def send() -> None:
            getattr(self.client, method)(params)

        self.do(send())

    def _listen(self) -> None:
        def keep(kept: list[Any], *told: Any) -> None:
            with self._changed:
                kept.extend(told)
                self._changed.notify_all()

        @self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def _published(params: types.PublishDiagnosticsParams) -> None:
            keep(self.published, params)

        @self.client.feature(types.WINDOW_SHOW_MESSAGE)
        def _said(params: types.ShowMessageParams) -> None:
            keep(self.messages, params)

        @self.client.feature(types.CLIENT_REGISTER_CAPABILITY)
        def _registered(params: types.RegistrationParams) -> None:
            keep(self.registered, *params.registrations)

    async def _drain(self) -> None:
        process = self.client._server
        assert process is not None
        assert process.stderr is not None
        while part := await process.stderr.read(4096):
            self.stderr += part


def applied(text: str, edits: Sequence[types.TextEdit], encoding: str) -> str:
    """Return a text after edits, found by counting code units as an editor does."""
    units = {"utf-8": 1, "utf-16": 2, "utf-32": 4}[encoding]
    name = encoding if units == 1 else f"{encoding}-le"
    lines = text.split("\n")

    def offset(where: types.Position) -> int:
        raw = lines[where.line].encode(name, "surrogatepass")[: where.character * units]
        before = sum(len(line) + 1 for line in lines[: where.line])
        return before + len(raw.decode(name, "surrogatepass"))

    for edit in sorted(edits, key=lambda e: offset(e.range.start), reverse=True):
        text = text[: offset(edit.range.start)] + edit.new_text + text[offset(edit.range.end) :]
    return text
