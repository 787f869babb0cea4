"""Read plain text: one article a file."""

from __future__ import annotations

from collections.abc import Iterator

from factcheck.model import Skipped
from factcheck.sources.article import Article, bounded
from factcheck.sources.decode import decode
from factcheck.sources.layout import lay_out
from factcheck.sources.limits import Limits


def read_text(data: bytes, path: str, limits: Limits) -> Iterator[Article | Skipped]:
    """Read one article from the bytes of a text file.

    Raises:
        UnreadableDocument: the data is not text, or too long.
    """
    text = bounded(decode(data), limits.characters)
    yield Article(path=path, text=text, layout=lay_out(text))
