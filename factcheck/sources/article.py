"""What a reader hands on for each article it finds, and how a Document is made of it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from typing import Literal

import msgspec

from factcheck.errors import UnreadableDocument
from factcheck.model import Document, Frozen, Landmark
from factcheck.sources.ignores import find_comments, of_front_matter
from factcheck.sources.layout import Layout
from factcheck.sources.lines import UNSEEN
from factcheck.sources.masthead import full_date, publication_date, publisher_name


class Metadata(Frozen, frozen=True):
    """What a format says about an article beside its text; ``published`` as written there."""

    id: str | None = None
    path: str | None = None
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    author: str | None = None


class Article(Frozen, frozen=True):
    """The text of one article with its layout; ``path`` names the file, and the line in it if need be.

    ``places``, sorted by start, lead from the text of a converted file back to the file.
    ``ignore`` are entries of its front matter: codes of rules and a reason.
    """

    path: str
    text: str
    layout: Layout
    metadata: Metadata = Metadata()
    places: tuple[Landmark, ...] = ()
    ignore: tuple[str, ...] = ()


class Identities:
    """Gives ids that are unique in a run and the same in every run over the same documents."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)
        self._copies: Counter[str] = Counter()

    def assign(self, article: Article) -> str:
        """Give the article's own id, or one made from file name and text; copies get a suffix."""
        name = article.path.replace("\\", "/").rpartition("/")[2]
        base = article.metadata.id or _digest(name, article.text)
        if base in self._taken and not article.metadata.id:
            base = _digest(article.path, article.text)
        unique = base
        while unique in self._taken:
            self._copies[base] += 1
            unique = f"{base}-{self._copies[base] + 1}"
        self._taken.add(unique)
        return unique


def bounded(text: str, limit: int) -> str:
    """Give back a text of at most ``limit`` code points.

    Raises:
        UnreadableDocument: it is longer.
    """
    if len(text) > limit:
        raise UnreadableDocument(
            f"longer than the limit of {limit:,} characters: split it, or raise the limit"
        )
    return text


def document(article: Article, identities: Identities, role: Literal["source", "draft"]) -> Document:
    """Make a Document: what the metadata leave open is read from the text itself.

    Raises:
        UnreadableDocument: the text holds half of a surrogate pair, which no UTF-8 report could quote.
    """
    text, layout, given = article.text, article.layout, article.metadata
    if not text.strip(UNSEEN):
        raise UnreadableDocument("the text is empty")
    if not all(_is_valid(part) for part in (text, *msgspec.structs.astuple(given)) if part):
        raise UnreadableDocument("the text holds a lone surrogate, which is no character")
    name = identities.assign(article)
    asked = (*find_comments(name, text, layout.blocks), *of_front_matter(name, text, article.ignore))
    return Document(
        id=name,
        path=given.path or article.path,
        text=text,
        role=role,
        title=given.title or layout.title,
        published=(full_date(given.published) if given.published else None) or publication_date(text, layout),
        publisher=given.publisher or publisher_name(text, layout),
        url=given.url,
        language=given.language,
        author=given.author,
        blocks=layout.blocks,
        boilerplate=layout.boilerplate,
        places=article.places,
        ignores=asked,
    )


def _digest(name: str, text: str) -> str:
    return "d" + hashlib.sha256(f"{name}\n{text}".encode()).hexdigest()[:12]


def _is_valid(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
