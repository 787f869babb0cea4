"""Read JSON Lines: one article a line, ``{"id", "text"}`` and what else is known about it."""

from __future__ import annotations

import codecs
from collections.abc import Iterator

import msgspec

from factcheck.errors import UnreadableDocument
from factcheck.model import Skipped
from factcheck.sources.article import Article, Metadata, bounded
from factcheck.sources.decode import decode
from factcheck.sources.layout import lay_out
from factcheck.sources.limits import Limits

# From this share of zero bytes on a file is UTF-16.
WIDE = 0.1


class Row(msgspec.Struct):
    """One line. Identifiers may be numbers; other keys are ignored."""

    text: str
    id: str | int | float | None = None
    path: str | None = None
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    author: str | None = None


def read_jsonl(data: bytes, path: str, limits: Limits) -> Iterator[Article | Skipped]:
    """Read the articles of a JSON Lines file.

    A bad line is Skipped as ``path:LINE`` and the rest goes on.

    Raises:
        UnreadableDocument: the data is not text.
    """
    if not data.strip():
        raise UnreadableDocument("the file is empty")
    # JSON is UTF-8. Bytes that are not spoil their line only; nothing is guessed for the whole file, but that
    # it is UTF-16, where every other byte of what JSON is written in is zero.
    wide = data.count(b"\0") > WIDE * len(data)
    if wide or data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        data = decode(data).encode()
    for number, line in enumerate(data.removeprefix(codecs.BOM_UTF8).split(b"\n"), start=1):
        if line.strip():
            yield _read_row(line, f"{path}:{number}", limits.characters)


def _read_row(line: bytes, place: str, limit: int) -> Article | Skipped:
    try:
        row = msgspec.json.decode(line, type=Row)
        bounded(row.text, limit)
    except UnreadableDocument as error:
        return Skipped(path=place, stage="read", reason=str(error))
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        return Skipped(path=place, stage="read", reason=f'not a {{"id", "text"}} object: {error}')
    metadata = Metadata(
        id=None if row.id in (None, "") else str(row.id),
        path=row.path,
        title=row.title,
        published=row.published,
        publisher=row.publisher,
        url=row.url,
        language=row.language,
        author=row.author,
    )
    return Article(path=place, text=row.text, layout=lay_out(row.text), metadata=metadata)
