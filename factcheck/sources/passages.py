"""Put together the text of an article that is no text in its file, with a way back to each place."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from factcheck.errors import UnreadableDocument
from factcheck.model import Frozen, Landmark
from factcheck.sources.article import Article, Metadata, bounded
from factcheck.sources.layout import arrange
from factcheck.sources.limits import Limits
from factcheck.sources.lines import UNSEEN, Line
from factcheck.sources.masthead import publication_date

_BETWEEN = "\n\n"


class Passage(Frozen, frozen=True):
    """A paragraph, heading or cell: its text, where it stands, and whether it can be prose."""

    text: str
    label: str
    prose: bool = True


def article(
    path: str, passages: Iterable[Passage], metadata: Metadata, limits: Limits, *, made: str | None = None
) -> Article:
    """Join passages into an article; a blank line parts them.

    ``made`` is the date on which the file was made: it counts where neither the metadata nor the text has
    a date of publication.

    Raises:
        UnreadableDocument: there is no text, or it is longer than the limit.
    """
    parts: list[str] = []
    prose: list[Line] = []
    furniture: list[Line] = []
    places: list[Landmark] = []
    start = 0
    for passage in passages:
        words = passage.text.strip(UNSEEN)
        if not words:
            continue
        line = Line(start=start, end=start + len(words), gap=True)
        (prose if passage.prose else furniture).append(line)
        places.append(Landmark(start=start, label=passage.label))
        parts.append(words)
        start = line.end + len(_BETWEEN)
    if not parts:
        raise UnreadableDocument("there is no text in it")
    text = bounded(_BETWEEN.join(parts), limits.characters)
    layout = arrange(text, prose, furniture)
    return Article(
        path=path,
        text=text,
        layout=layout,
        metadata=dated(metadata, publication_date(text, layout), made),
        places=tuple(places),
    )


def dated(metadata: Metadata, written: str | None, made: str | None) -> Metadata:
    """Give metadata a date of publication, if they have none: the one in the text, else that of the file."""
    return msgspec.structs.replace(metadata, published=metadata.published or written or made)
