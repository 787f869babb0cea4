"""Read files into Documents: text untouched, prose and page furniture told apart.

A new format is one file with a reader and one line in ``READERS`` (and one in ``SUFFIXES``).
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import BinaryIO, Literal

import msgspec

from factcheck.errors import UnreadableDocument, UsageError
from factcheck.model import Document, Skipped
from factcheck.sources.article import Article, Identities, document
from factcheck.sources.docx import read_docx
from factcheck.sources.feed import read_feed
from factcheck.sources.html import read_html
from factcheck.sources.jsonl import read_jsonl
from factcheck.sources.limits import Limits
from factcheck.sources.markdown import read_markdown
from factcheck.sources.media import sniff
from factcheck.sources.ninjs import read_ninjs
from factcheck.sources.paths import Input, inputs, is_url, printable, read_bytes, read_stream, require
from factcheck.sources.pdf import read_pdf
from factcheck.sources.plain import read_text
from factcheck.sources.worker import Conversion, Download, Worker

# Of the data, the path to name it by, and what an article may take.
Reader = Callable[[bytes, str, Limits], Iterator[Article | Skipped]]

READERS: dict[str, Reader] = {
    "text": read_text,
    "markdown": read_markdown,
    "jsonl": read_jsonl,
    "html": read_html,
    "docx": read_docx,
    "pdf": read_pdf,
    "feed": read_feed,
    "ninjs": read_ninjs,
}
# What these do is bounded by the size of the file; all others are read in a process that can be stopped.
PLAIN = frozenset(("text", "markdown", "jsonl"))

SUFFIXES = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".docx": "docx",
    ".pdf": "pdf",
    ".rss": "feed",
    ".atom": "feed",
    ".xml": "feed",
    ".json": "ninjs",
    ".ninjs": "ninjs",
}

STDIN = "-"
# Called with a path: why a file is passed over, or None for one that is to be read.
LeaveOut = Callable[[str], str | None]


def read(
    paths: Sequence[str],
    *,
    role: Literal["source", "draft"] = "source",
    input_format: str | None = None,
    stdin: BinaryIO | None = None,
    taken: Iterable[str] = (),
    limits: Limits = Limits(),  # noqa: B008  (it is frozen)
    fetch: bool = False,
    allow_private: bool = False,
    leave_out: LeaveOut = lambda _: None,
) -> Iterator[Document | Skipped]:
    """Read files, folders (recursively), ``-`` (standard input) and web addresses into Documents.

    What cannot be read comes out as Skipped with a reason. ``input_format`` names the format of standard
    input and of files and addresses given by name; files in folders go by their suffix. ``taken`` are ids
    already in use in this run, which no new document gets. Addresses are read with ``fetch`` only, and those
    in the machine's own network with ``allow_private`` too. A file that ``leave_out``
    gives a reason for is Skipped with it.

    Raises:
        UsageError: a path names nothing, the format is unknown, ``-`` comes without format or stream, or an
            address without ``fetch``.
    """
    if input_format is not None and input_format not in READERS:
        raise UsageError(f"unknown input format {input_format!r}: expected one of {', '.join(READERS)}")
    for path in paths:
        if is_url(path):
            if not fetch:
                raise UsageError(f"{printable(path)} is a web address, which is read with --fetch only")
        elif path != STDIN:
            require(path)
        elif input_format is None or stdin is None:
            raise UsageError(
                f"reading from standard input needs the name of its format: one of {', '.join(READERS)}"
            )
    run = _Run(role, input_format, stdin, Identities(taken), limits, allow_private, leave_out)
    return run.read(paths)


def read_held(
    data: bytes,
    path: str,
    *,
    role: Literal["source", "draft"],
    input_format: str | None = None,
    taken: Iterable[str] = (),
    limits: Limits = Limits(),  # noqa: B008  (it is frozen)
) -> Iterator[Document | Skipped]:
    """Read what a program holds of a file, whatever lies on the disk.

    Without ``input_format`` the ending of the path tells the format, and an unknown ending is plain text.
    """
    form = input_format or SUFFIXES.get(PurePath(path).suffix.lower(), "text")
    run = _Run(role, form, None, Identities(taken), limits, False, lambda _: None)
    yield from run.read_held(data, path)


class _Run:
    """One call of ``read``: its settings, and the worker that converts for it."""

    def __init__(
        self,
        role: Literal["source", "draft"],
        input_format: str | None,
        stdin: BinaryIO | None,
        identities: Identities,
        limits: Limits,
        private: bool,
        leave_out: LeaveOut,
    ) -> None:
        self.role = role
        self.input_format = input_format
        self.stdin = stdin
        self.identities = identities
        self.limits = limits
        self.private = private
        self.leave_out = leave_out
        self.worker = Worker()

    def read(self, paths: Sequence[str]) -> Iterator[Document | Skipped]:
        seen: set[str] = set()
        try:
            for item in (item for path in paths for item in _inputs(path, self.leave_out)):
                if isinstance(item, Skipped):
                    yield item
                    continue
                path = printable(item.path)
                try:
                    _once(item.path, seen)
                    for article in self._articles(item, path):
                        yield _document(article, self.identities, self.role)
                except UnreadableDocument as error:
                    yield Skipped(path=path, stage="read", reason=str(error))
        finally:
            self.worker.close()

    def read_held(self, data: bytes, path: str) -> Iterator[Document | Skipped]:
        path = printable(path)
        try:
            for article in self._convert(str(self.input_format), data, path):
                yield _document(article, self.identities, self.role)
        except UnreadableDocument as error:
            yield Skipped(path=path, stage="read", reason=str(error))
        finally:
            self.worker.close()

    def _articles(self, item: Input, path: str) -> Iterator[Article | Skipped]:
        if is_url(item.path):
            yield from self._fetched(item.path, path)
            return
        form = _format(item, self.input_format)
        limit = self.limits.bytes
        streamed = (self.stdin or io.BytesIO()) if item.path == STDIN else None
        data = read_bytes(item, limit) if streamed is None else read_stream(streamed, limit)
        yield from self._convert(form, data, path)

    def _fetched(self, url: str, path: str) -> Iterator[Article | Skipped]:
        got = self.worker.download(Download(url=url, limits=self.limits, private=self.private))
        form = self.input_format or sniff(got.data, got.media_type, got.url, SUFFIXES)
        for article in self._convert(form, got.data, path):
            if isinstance(article, Article) and article.metadata.url is None:
                metadata = msgspec.structs.replace(article.metadata, url=got.url)
                article = msgspec.structs.replace(article, metadata=metadata)
            yield article

    def _convert(self, form: str, data: bytes, path: str) -> Iterator[Article | Skipped]:
        if form in PLAIN:
            return READERS[form](data, path, self.limits)
        return self.worker.convert(Conversion(format=form, data=data, path=path, limits=self.limits))


def _inputs(path: str, leave_out: LeaveOut) -> Iterator[Input | Skipped]:
    if path == STDIN or is_url(path):
        yield Input(path=path, named=True)
        return
    for item in inputs(path):
        reason = leave_out(item.path) if isinstance(item, Input) else None
        yield item if reason is None else Skipped(path=printable(item.path), stage="read", reason=reason)


def _once(path: str, seen: set[str]) -> None:
    real = path if path == STDIN or is_url(path) else os.path.realpath(path)
    if real in seen:
        raise UnreadableDocument("the same file was already read")
    seen.add(real)


def _format(item: Input, input_format: str | None) -> str:
    suffix = PurePath(item.path).suffix.lower()
    if item.named and input_format:
        return input_format
    if suffix not in SUFFIXES:
        raise UnreadableDocument(f"not a known format: expected a name ending in {', '.join(SUFFIXES)}")
    return SUFFIXES[suffix]


def _document(
    article: Article | Skipped, identities: Identities, role: Literal["source", "draft"]
) -> Document | Skipped:
    if isinstance(article, Skipped):
        return article
    try:
        return document(article, identities, role)
    except UnreadableDocument as error:
        return Skipped(path=article.path, stage="read", reason=str(error))
