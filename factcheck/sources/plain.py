"""Read plain text: one article a file."""

from __future__ import annotations

from collections.abc import Iterator

from factcheck.model import Skipped
from factcheck.sources.article import Article, bounded
from factcheck.sources.decode import decode
from factcheck.sources.layout import lay_out


def read_text(data: bytes, path: str, limit: int) -> Iterator[Article | Skipped]:
    """Read one article of at most ``limit`` code points from the bytes of a text file.

    Raises:
        UnreadableDocument: the data is not text, or too long.
    """
    text = bounded(decode(data), limit)
    yield Article(path=path, text=text, layout=lay_out(text))
