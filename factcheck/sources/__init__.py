"""Read files into Documents: text untouched, prose and page furniture told apart.

A new format is one file with a reader and one line in ``READERS`` (and one in ``SUFFIXES``).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import BinaryIO, Literal

from factcheck.config import Config
from factcheck.errors import UnreadableDocument, UsageError
from factcheck.model import Document, Skipped
from factcheck.sources.article import Article, Identities, document
from factcheck.sources.jsonl import read_jsonl
from factcheck.sources.markdown import read_markdown
from factcheck.sources.paths import Input, inputs, printable, read_bytes, require
from factcheck.sources.plain import read_text

# Of the data, the path to name it by, and the most code points an article may have.
Reader = Callable[[bytes, str, int], Iterator[Article | Skipped]]

READERS: dict[str, Reader] = {
    "text": read_text,
    "markdown": read_markdown,
    "jsonl": read_jsonl,
}

SUFFIXES = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
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
    max_bytes: int = Config().max_bytes,
    max_characters: int = Config().max_characters,
    leave_out: LeaveOut = lambda _: None,
) -> Iterator[Document | Skipped]:
    """Read files, folders (recursively) and ``-`` (standard input) into Documents.

    What cannot be read comes out as Skipped with a reason. ``input_format`` names the format of standard
    input and of files given by name; files in folders go by their suffix. ``taken`` are ids already in use
    in this run, which no new document gets. A file may have ``max_bytes`` and each document in it
    ``max_characters`` code points. A file that ``leave_out`` gives a reason for is Skipped with it.

    Raises:
        UsageError: a path names nothing, the format is unknown, or ``-`` comes without format or stream.
    """
    if input_format is not None and input_format not in READERS:
        raise UsageError(f"unknown input format {input_format!r}: expected one of {', '.join(READERS)}")
    for path in paths:
        if path != STDIN:
            require(path)
        elif input_format is None or stdin is None:
            raise UsageError(
                "reading from standard input needs the name of its format (text, markdown or jsonl)"
            )
    found = (item for path in paths for item in _inputs(path, leave_out))
    return _read(found, role, input_format, stdin, Identities(taken), max_bytes, max_characters)


def _read(
    found: Iterable[Input | Skipped],
    role: Literal["source", "draft"],
    input_format: str | None,
    stdin: BinaryIO | None,
    identities: Identities,
    max_bytes: int,
    max_characters: int,
) -> Iterator[Document | Skipped]:
    seen: set[str] = set()
    for item in found:
        if isinstance(item, Skipped):
            yield item
            continue
        path = printable(item.path)
        try:
            _once(item.path, seen)
            reader = READERS[_format(item, input_format)]
            data = _from_stream(stdin, max_bytes) if item.path == STDIN else read_bytes(item, max_bytes)
            for article in reader(data, path, max_characters):
                yield _document(article, identities, role)
        except UnreadableDocument as error:
            yield Skipped(path=path, stage="read", reason=str(error))


def _inputs(path: str, leave_out: LeaveOut) -> Iterator[Input | Skipped]:
    if path == STDIN:
        yield Input(path=STDIN, named=True)
        return
    for item in inputs(path):
        reason = leave_out(item.path) if isinstance(item, Input) else None
        yield item if reason is None else Skipped(path=printable(item.path), stage="read", reason=reason)


def _once(path: str, seen: set[str]) -> None:
    real = path if path == STDIN else os.path.realpath(path)
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


def _from_stream(stream: BinaryIO | None, limit: int) -> bytes:
    data = stream.read(limit + 1) if stream else b""
    if len(data) > limit:
        raise UnreadableDocument(f"larger than the limit of {limit:,} bytes")
    return data


def _document(
    article: Article | Skipped, identities: Identities, role: Literal["source", "draft"]
) -> Document | Skipped:
    if isinstance(article, Skipped):
        return article
    try:
        return document(article, identities, role)
    except UnreadableDocument as error:
        return Skipped(path=article.path, stage="read", reason=str(error))
