"""The language server: what sources say on a draft, in the editor, while it is being written.

The only module that knows pygls. Checks run one after another in a thread of their own, so that the editor is
answered meanwhile; of several edits in a row the last is checked.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import get_args

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from factcheck import __version__
from factcheck.editor.answers import AS_THEY_ARE, Answers
from factcheck.editor.positions import Encoding
from factcheck.errors import FactcheckError
from factcheck.folders import DRAFT
from factcheck.report.text import visible
from factcheck.session import Session
from factcheck.settings import Resolved
from factcheck.sources import SUFFIXES
from factcheck.sources.paths import Input, inputs

# Seconds without an edit after which the draft is checked.
PAUSE = 0.1
# Folders of sources that are kept in memory.
MOST_SESSIONS = 4

# Given the path of a draft: the settings that hold for it.
Settings = Callable[[str], Resolved]


class FactServer(LanguageServer):
    """A language server over stdio for drafts in plain text and Markdown.

    ``against`` are the sources; without any, those beside the draft are, and drafts are the files whose name
    begins with "draft".
    """

    def __init__(self, against: Sequence[str], settings: Settings) -> None:
        super().__init__(SERVER, __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full)
        self.against = list(against)
        self._settings = settings
        self._sessions: OrderedDict[tuple[str, ...], Session] = OrderedDict()
        self._answers: dict[str, tuple[str, Answers]] = {}
        self._waiting: dict[str, asyncio.Task[None]] = {}
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix=SERVER)

    # ---------------------------------------------------------------- what the editor does
    def changed(self, uri: str) -> None:
        """Check a document soon, unless it changes again before."""
        self._cancel(uri)
        self._waiting[uri] = asyncio.get_running_loop().create_task(self._check_soon(uri))

    def closed(self, uri: str) -> None:
        """Forget a document and clear what was said of it."""
        self._cancel(uri)
        self._answers.pop(uri, None)
        for session in self._sessions.values():
            session.forget(to_fs_path(uri) or uri)
        self._publish(uri, None, [])

    def answers(self, uri: str) -> Answers | None:
        """Return what is known of a document as it stands, None where it has changed since."""
        text, answers = self._answers.get(uri, (None, None))
        return answers if text == self.workspace.get_text_document(uri).source else None

    # ---------------------------------------------------------------- checking
    async def _check_soon(self, uri: str) -> None:
        await asyncio.sleep(PAUSE)
        document = self.workspace.get_text_document(uri)
        text, version = document.source, document.version
        loop = asyncio.get_running_loop()
        try:
            answers = await loop.run_in_executor(self._worker, self._check, uri, text)
        except FactcheckError as problem:
            self._complain(str(problem))
            return
        except Exception as problem:  # a fault must not end the server in the middle of somebody's work
            self._complain(f"a fault in factcheck ({type(problem).__name__}: {problem})")
            return
        if answers is not None and self.workspace.get_text_document(uri).version == version:
            self._answers[uri] = (text, answers)
            self._publish(uri, version, answers.diagnostics())

    def _check(self, uri: str, text: str) -> Answers | None:
        path = to_fs_path(uri) or uri
        sources = self._sources_of(path)
        form = SUFFIXES.get(Path(path).suffix.lower(), "text")
        if not sources or form not in AS_THEY_ARE:
            return None
        session = self._session(tuple(sources), path)
        report = session.check(path, text.encode("utf-8", "replace"), input_format=form)
        return Answers(report, text, self._encoding)

    def _sources_of(self, path: str) -> list[str]:
        """Return the sources of a draft; of a document that is no draft there are none."""
        real = os.path.realpath(path)
        if self.against:
            files = (i.path for source in self.against for i in inputs(source) if isinstance(i, Input))
            return [] if any(os.path.realpath(f) == real for f in files) else self.against
        if not Path(path).name.casefold().startswith(DRAFT):
            return []
        beside = [i.path for i in inputs(str(Path(path).parent)) if isinstance(i, Input)]
        known = (f for f in beside if Path(f).suffix.lower() in SUFFIXES)
        return [f for f in known if not Path(f).name.casefold().startswith(DRAFT)]

    def _session(self, sources: tuple[str, ...], path: str) -> Session:
        session = self._sessions.get(sources)
        if session is None or session.stale():
            session = Session(sources, self._settings(path).config)
            self._sessions[sources] = session
            while len(self._sessions) > MOST_SESSIONS:
                self._sessions.popitem(last=False)
        self._sessions.move_to_end(sources)
        return session

    @property
    def _encoding(self) -> Encoding:
        chosen = str(self.workspace.position_encoding or "")
        return next((e for e in get_args(Encoding) if e in chosen), "utf-16")

    # ---------------------------------------------------------------- saying
    def _cancel(self, uri: str) -> None:
        waiting = self._waiting.pop(uri, None)
        if waiting is not None:
            waiting.cancel()

    def _publish(self, uri: str, version: int | None, diagnostics: list[types.Diagnostic]) -> None:
        self.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(uri=uri, version=version, diagnostics=diagnostics)
        )

    def _complain(self, words: str) -> None:
        self.window_show_message(
            types.ShowMessageParams(type=types.MessageType.Error, message=f"factcheck: {visible(words)}")
        )


SERVER = "factcheck"


def server(against: Sequence[str], settings: Settings) -> FactServer:
    """Build the server; an editor may name sources as ``against`` in its initialization options."""
    ls = FactServer(against, settings)

    @ls.feature(types.INITIALIZE)
    def _initialize(params: types.InitializeParams) -> None:
        told = params.initialization_options
        asked = told.get("against") if isinstance(told, Mapping) else getattr(told, "against", None)
        if isinstance(asked, list) and not ls.against:
            root = to_fs_path(params.root_uri) if params.root_uri else None
            ls.against = [str(Path(root or "", str(path))) for path in asked]

    @ls.feature(types.TEXT_DOCUMENT_DID_OPEN)
    async def _opened(params: types.DidOpenTextDocumentParams) -> None:
        ls.changed(params.text_document.uri)

    @ls.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    async def _changed(params: types.DidChangeTextDocumentParams) -> None:
        ls.changed(params.text_document.uri)

    @ls.feature(types.TEXT_DOCUMENT_DID_SAVE)
    async def _saved(_params: types.DidSaveTextDocumentParams) -> None:
        for uri in list(ls.workspace.text_documents):  # a source may have been saved
            ls.changed(uri)

    @ls.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    async def _closed(params: types.DidCloseTextDocumentParams) -> None:
        ls.closed(params.text_document.uri)

    @ls.feature(types.TEXT_DOCUMENT_HOVER)
    def _hover(params: types.HoverParams) -> types.Hover | None:
        answers = ls.answers(params.text_document.uri)
        return answers.hover(params.position) if answers else None

    @ls.feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix]),
    )
    def _actions(params: types.CodeActionParams) -> list[types.CodeAction]:
        answers = ls.answers(params.text_document.uri)
        return answers.actions(params.text_document.uri, params.range) if answers else []

    return ls


def serve(against: Sequence[str], settings: Settings) -> None:
    """Speak the protocol over stdin and stdout until the editor ends it."""
    # Whatever a library prints must not get between the messages.
    speaking = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    with suppress(BrokenPipeError):
        server(against, settings).start_io(sys.stdin.buffer, speaking)
