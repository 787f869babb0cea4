"""The language server: what sources say on a draft, in the editor, while it is being written.

The only module that knows pygls. Checks run one after another in a thread of their own, so that the editor is
answered meanwhile; of several edits in a row the last is checked.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import NamedTuple, get_args

import msgspec
from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path
from pygls.workspace import TextDocument

from factcheck import __version__
from factcheck.config import Config
from factcheck.editor.answers import AS_THEY_ARE, Answers, unchecked
from factcheck.editor.positions import MARK, Encoding
from factcheck.errors import FactcheckError, UsageError
from factcheck.folders import is_draft
from factcheck.model import Skipped
from factcheck.report.text import visible
from factcheck.session import Session
from factcheck.settings import FILE, PROJECT, Resolved
from factcheck.sources import SUFFIXES
from factcheck.sources.paths import Input, inputs

# Seconds without an edit after which the draft is checked.
PAUSE = 0.1
# Folders of sources that are kept in memory.
MOST_SESSIONS = 4
# Files that are looked through for sources nobody has named: no story has so many, but a home folder does.
MOST_FILES = 1000

# Given the path of a draft: the settings that hold for it.
Settings = Callable[[str], Resolved]


class _Told(NamedTuple):
    """What is said of a document; ``problem`` is what kept it from being checked."""

    diagnostics: list[types.Diagnostic]
    answers: Answers | None = None
    problem: str | None = None


class FactServer(LanguageServer):
    """A language server over stdio for drafts in plain text and Markdown.

    ``against`` are the sources; without any, those beside the draft are, and drafts are the files whose name
    begins with "draft".
    """

    def __init__(self, against: Sequence[str], settings: Settings) -> None:
        super().__init__(SERVER, __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full)
        self.against = list(against)
        self.ended = False
        self._settings = settings
        self._sessions: OrderedDict[tuple[bytes, ...], Session] = OrderedDict()
        self._answers: dict[str, tuple[str, Answers]] = {}
        self._problems: dict[str, str] = {}
        self._waiting: dict[str, asyncio.Task[None]] = {}
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix=SERVER)

    # ---------------------------------------------------------------- what the editor does
    def changed(self, uri: str) -> None:
        """Check a document soon, unless it changes again before."""
        self._cancel(uri)
        self._waiting[uri] = asyncio.get_running_loop().create_task(self._check_soon(uri))

    def changed_elsewhere(self) -> None:
        """Check all documents soon: a source or the settings may be others now."""
        for document in list(self.workspace.text_documents.values()):
            self.changed(document.uri)

    def closed(self, uri: str) -> None:
        """Forget a document and clear what was said of it."""
        self._cancel(uri)
        self._answers.pop(uri, None)
        self._problems.pop(uri, None)
        # A check that has begun goes on: what it keeps is dropped after it.
        self._worker.submit(self._forget, _path_of(uri))
        self._publish(uri, None, [])

    def answers(self, uri: str) -> Answers | None:
        """Return what is known of a document as it stands, None where it has changed since."""
        text, answers = self._answers.get(uri, (None, None))
        document = self._open(uri)
        return answers if document is not None and text == document.source else None

    # ---------------------------------------------------------------- checking
    async def _check_soon(self, uri: str) -> None:
        await asyncio.sleep(PAUSE)
        document = self._open(uri)
        if document is None:
            return
        text, version = document.source, document.version
        told = await asyncio.get_running_loop().run_in_executor(self._worker, self._told, uri, text)
        # A change would have ended this task: what was checked is what the editor shows.
        self._answers.pop(uri, None)
        if told.answers is not None:
            self._answers[uri] = (text, told.answers)
        self._publish(uri, version, told.diagnostics)
        self._complain(uri, told.problem)

    def _told(self, uri: str, text: str) -> _Told:
        """Check a document; whatever goes wrong is told, for it must not end the server."""
        try:
            answers = self._check(uri, text)
            return _Told([] if answers is None else answers.diagnostics(), answers)
        except FactcheckError as error:
            problem = str(error)
        except Exception as error:  # somebody is in the middle of their work
            problem = f"a fault in factcheck ({type(error).__name__}: {error})"
        return _Told([unchecked(problem)], problem=problem)

    def _check(self, uri: str, text: str) -> Answers | None:
        path = _path_of(uri)
        form = SUFFIXES.get(Path(path).suffix.lower(), "text")
        sources = self._sources_of(path) if form in AS_THEY_ARE else []
        if not sources:
            return None
        # The mark says that this is UTF-8; without it a text full of null characters could be taken for
        # another encoding. Half a surrogate pair, which UTF-8 cannot say, becomes a question mark.
        data = text.removeprefix(MARK).encode("utf-8-sig", "replace")
        session = self._session(sources, self._settings(path).config)
        return Answers(session.check(path, data, input_format=form), text, self._encoding)

    def _sources_of(self, path: str) -> list[str]:
        """Return the sources of a draft; of a document that is no draft there are none.

        Raises:
            UsageError: nobody has named sources, and too many files lie beside the draft.
        """
        if self.against:
            sources = [f for named in self.against for f in _sources_in(inputs(named))] or self.against
            return [] if os.path.realpath(path) in map(os.path.realpath, sources) else sources
        if not Path(path).is_absolute() or not is_draft(path):
            return []
        found = list(islice(inputs(str(Path(path).parent)), MOST_FILES + 1))
        if len(found) > MOST_FILES:
            raise UsageError(
                f"more than {MOST_FILES:,} files lie beside {path} and below: name its sources with --against"
            )
        return list(_sources_in(found))

    def _session(self, sources: Sequence[str], config: Config) -> Session:
        key = (msgspec.json.encode(config), *map(os.fsencode, sources))
        session = self._sessions.get(key)
        if session is None or session.stale():
            session = self._sessions[key] = Session(sources, config)
            while len(self._sessions) > MOST_SESSIONS:
                self._sessions.popitem(last=False)
        self._sessions.move_to_end(key)
        return session

    def _forget(self, path: str) -> None:
        for session in self._sessions.values():
            session.forget(path)

    def _open(self, uri: str) -> TextDocument | None:
        """Return a document that the editor has open; of any other, pygls makes one without a version."""
        document = self.workspace.get_text_document(uri)
        return None if document.version is None else document

    @property
    def _encoding(self) -> Encoding:
        chosen = self.workspace.position_encoding
        return next((e for e in get_args(Encoding) if e == chosen), "utf-16")

    # ---------------------------------------------------------------- saying
    def _cancel(self, uri: str) -> None:
        waiting = self._waiting.pop(uri, None)
        if waiting is not None:
            waiting.cancel()

    def _publish(self, uri: str, version: int | None, diagnostics: list[types.Diagnostic]) -> None:
        self.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(uri=uri, version=version, diagnostics=diagnostics)
        )

    def _complain(self, uri: str, problem: str | None) -> None:
        """Show a problem in a message, once, and not at every letter that is typed while it lasts."""
        if problem is not None and self._problems.get(uri) != problem:
            told = types.ShowMessageParams(
                type=types.MessageType.Error, message=f"factcheck: {visible(problem)}"
            )
            self.window_show_message(told)
        if problem is None:
            self._problems.pop(uri, None)
        else:
            self._problems[uri] = problem


SERVER = "factcheck"


def _path_of(uri: str) -> str:
    """Return the path of a document; one that is no file has its whole address for a name."""
    return to_fs_path(uri) or uri


def _sources_in(found: Iterable[Input | Skipped]) -> Iterator[str]:
    """Yield the files that are sources: those that were named, and of a folder what is no draft."""
    for item in found:
        if isinstance(item, Input):
            known = Path(item.path).suffix.lower() in SUFFIXES and not is_draft(item.path)
            if item.named or known:
                yield item.path


def server(against: Sequence[str], settings: Settings) -> FactServer:
    """Build the server; an editor may name sources as ``against`` in its initialization options."""
    ls = FactServer(against, settings)

    @ls.feature(types.INITIALIZE)
    def _initialize(params: types.InitializeParams) -> None:
        told = params.initialization_options
        asked = told.get("against") if isinstance(told, Mapping) else getattr(told, "against", None)
        if isinstance(asked, list) and not ls.against:
            folders = [params.root_uri, *(folder.uri for folder in params.workspace_folders or ())]
            root = next((path for uri in folders if uri and (path := to_fs_path(uri))), "")
            ls.against = [str(Path(root, str(path))) for path in asked]

    @ls.feature(types.INITIALIZED)
    def _initialized(_params: types.InitializedParams) -> None:
        _watch_files(ls)

    @ls.feature(types.TEXT_DOCUMENT_DID_OPEN)
    async def _opened(params: types.DidOpenTextDocumentParams) -> None:
        ls.changed(params.text_document.uri)

    @ls.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    async def _changed(params: types.DidChangeTextDocumentParams) -> None:
        ls.changed(params.text_document.uri)

    @ls.feature(types.TEXT_DOCUMENT_DID_SAVE)
    async def _saved(_params: types.DidSaveTextDocumentParams) -> None:
        ls.changed_elsewhere()

    @ls.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    async def _touched(_params: types.DidChangeWatchedFilesParams) -> None:
        ls.changed_elsewhere()

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
        only = params.context.only
        wanted = only is None or types.CodeActionKind.QuickFix in only
        return answers.actions(params.text_document.uri, params.range) if answers and wanted else []

    @ls.feature(types.SHUTDOWN)
    def _shutdown(_params: None) -> None:
        ls.ended = True

    return ls


def _watch_files(ls: FactServer) -> None:
    """Ask the editor, if it can do that, to tell of sources and settings that other programs change."""
    workspace = ls.client_capabilities.workspace
    watched = workspace.did_change_watched_files if workspace else None
    if not watched or not watched.dynamic_registration:
        return
    endings = ",".join(suffix.removeprefix(".") for suffix in SUFFIXES)
    globs = (f"**/*.{{{endings}}}", f"**/{{{FILE},{PROJECT}}}")
    watchers = [types.FileSystemWatcher(glob_pattern=glob) for glob in globs]
    method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
    options = types.DidChangeWatchedFilesRegistrationOptions(watchers=watchers)
    registration = types.Registration(id=SERVER, method=method, register_options=options)
    ls.client_register_capability(types.RegistrationParams(registrations=[registration]))


def serve(against: Sequence[str], settings: Settings) -> None:
    """Speak the protocol over stdin and stdout until the editor ends it, and end the process."""
    # Whatever a library prints must not get between the messages.
    speaking = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    ls = server(against, settings)
    with suppress(BrokenPipeError):
        ls.start_io(sys.stdin.buffer, speaking)
    # The editor waits for the end: not for a check that still runs, nor until the models are taken apart.
    # Status 1 means that it has gone without a farewell.
    os._exit(0 if ls.ended else 1)
