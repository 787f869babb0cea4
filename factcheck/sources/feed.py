"""Read RSS and Atom files: each entry that tells enough is an article."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from factcheck.errors import UnreadableDocument
from factcheck.model import Skipped
from factcheck.sources.article import Article, Metadata
from factcheck.sources.dates import parse_absolute
from factcheck.sources.limits import Limits
from factcheck.sources.markup import passages
from factcheck.sources.passages import Passage, article

_SHORTEST = 100  # code points: a sentence or two; what is shorter is a teaser
_CLOSED = re.compile(
    rb"</(?:\w{1,20}:)?(?:rss|feed|RDF)\s{0,20}>\s{0,1000}(?:<!--.{0,1000}-->\s{0,100})?$", re.S
)


def read_feed(data: bytes, path: str, limits: Limits) -> Iterator[Article | Skipped]:
    """Read the entries of a feed; the path of each is the file's with ``#`` and its number, from 1.

    Raises:
        UnreadableDocument: it is no feed, declares entities, is truncated, or has no entries.
    """
    import feedparser

    bare = data.replace(b"\0", b"")  # UTF-16 too
    if b"<!ENTITY" in bare:
        raise UnreadableDocument(
            "it declares entities, which no feed needs and a small file can grow without end by"
        )
    # A parsed stream is never taken for an address to fetch. What is markup in it becomes text below.
    feed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    if not feed.version:
        raise UnreadableDocument("not a feed in RSS or Atom")
    if feed.bozo and not _CLOSED.search(bare[-3000:]):
        raise UnreadableDocument("truncated: the end of the feed is missing")
    if not feed.entries:
        raise UnreadableDocument("a feed without entries")
    if len(feed.entries) > limits.entries:
        reason = f"only {limits.entries:,} of {len(feed.entries):,} entries were read, which is the limit"
        yield Skipped(path=path, stage="read", reason=reason)
    for number, entry in enumerate(feed.entries[: limits.entries], start=1):
        yield _read_entry(entry, feed.feed, f"{path}#{number}", limits)


def _read_entry(entry: Any, feed: Any, place: str, limits: Limits) -> Article | Skipped:
    try:
        found = list(_passages(entry, limits))
        length = sum(len(passage.text) for passage in found)
        if length < _SHORTEST:
            reason = f"a teaser of {length} characters: an entry needs {_SHORTEST} to be an article"
            return Skipped(path=place, stage="read", reason=reason)
        return article(place, found, _metadata(entry, feed), limits)
    except UnreadableDocument as error:
        return Skipped(path=place, stage="read", reason=str(error))


def _passages(entry: Any, limits: Limits) -> Iterator[Passage]:
    """Yield the paragraphs of what an entry tells at the greatest length."""
    told = [*entry.get("content", ()), entry.get("summary_detail") or {}]
    best = max(told, key=lambda one: len(one.get("value") or ""))
    value = best.get("value") or ""
    if best.get("type") == "text/plain" and "<" not in value:
        for number, line in enumerate(filter(str.strip, value.splitlines()), start=1):
            yield Passage(text=line, label=f"paragraph {number}")
    else:
        yield from passages(value, limits.depth)


def _metadata(entry: Any, feed: Any) -> Metadata:
    def plain(html: str | None) -> str | None:
        return " ".join(passage.text for passage in passages(html, 50)) if html else None

    published = entry.get("published") or entry.get("updated") or ""
    source = entry.get("source") or {}
    return Metadata(
        id=entry.get("id") or None,
        title=plain(entry.get("title")),
        published=parse_absolute(published),
        publisher=plain(source.get("title") or feed.get("publisher") or feed.get("title")),
        url=entry.get("link") or None,
        language=entry.get("language") or feed.get("language") or None,
        author=_author(entry),
    )


def _author(entry: Any) -> str | None:
    written = entry.get("author") or ""
    # "mail@host (Name)" is what RSS 2.0 asks for; feedparser cuts the name off it at the wrong place.
    mail, _, name = written.partition(" (")
    if "@" in mail and name.endswith(")"):
        return str(name[:-1])
    return (entry.get("author_detail") or {}).get("name") or written or None
