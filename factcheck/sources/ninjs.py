"""Read news items in ninjs, the JSON of the IPTC that agencies deliver: 1.x and 2.x, one or an array.

Source: IPTC ninjs 1.4 and 2.1 (JSON Schemas and user guide).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from factcheck.errors import UnreadableDocument
from factcheck.model import Skipped
from factcheck.sources.article import Article, Metadata
from factcheck.sources.decode import decode
from factcheck.sources.limits import Limits
from factcheck.sources.markup import passages
from factcheck.sources.passages import Passage, article

_MARKUP = re.compile(r"<(?:p|br|div|h[1-6]|ul|ol|blockquote)\b[^<>]{0,500}>", re.IGNORECASE)
_DATES = ("versioncreated", "firstcreated", "contentcreated")


def read_ninjs(data: bytes, path: str, limits: Limits) -> Iterator[Article | Skipped]:
    """Read a news item, or those of an array; then the path of each is the file's with ``#`` and its number.

    Raises:
        UnreadableDocument: it is no JSON, or no item of ninjs.
    """
    try:
        read = msgspec.json.decode(decode(data))
    except (msgspec.MsgspecError, RecursionError) as error:
        raise UnreadableDocument(f"not JSON: {error}") from error
    items = read if isinstance(read, list) else [read]
    if not items or not all(isinstance(item, dict) and isinstance(item.get("uri"), str) for item in items):
        raise UnreadableDocument(
            'not a news item in ninjs: expected an object with a "uri", or an array of them'
        )
    if len(items) > limits.entries:
        reason = f"only {limits.entries:,} of {len(items):,} items were read, which is the limit"
        yield Skipped(path=path, stage="read", reason=reason)
    for number, item in enumerate(items[: limits.entries], start=1):
        yield _read_item(item, f"{path}#{number}" if isinstance(read, list) else path, limits)


def _read_item(item: dict[str, Any], place: str, limits: Limits) -> Article | Skipped:
    try:
        if item.get("pubstatus") in ("withheld", "canceled"):
            raise UnreadableDocument(f"its provider has it {item['pubstatus']}")
        return article(place, _passages(item, limits.depth), _metadata(item), limits)
    except UnreadableDocument as error:
        return Skipped(path=place, stage="read", reason=str(error))


def _passages(item: dict[str, Any], depth: int) -> Iterator[Passage]:
    """Yield the paragraphs of the body: of the one in HTML, if there is one, for it tells them apart."""
    bodies = _bodies(item)
    if not bodies:
        raise UnreadableDocument(
            f"an item without a body (its type is {item.get('type', 'not given')})"[:200]
        )
    marked = [body for body in bodies if _MARKUP.search(body)]
    if marked:
        yield from passages(max(marked, key=len), depth)
        return
    lines = filter(str.strip, max(bodies, key=len).splitlines())
    yield from (Passage(text=line, label=f"paragraph {n}") for n, line in enumerate(lines, start=1))


def _bodies(item: dict[str, Any]) -> list[str]:
    """Give the bodies: ``bodies`` in 2.x, all that begins with ``body_`` in 1.x."""
    older = [value for key, value in sorted(item.items()) if key.startswith("body_")]
    newer = [body.get("value") for body in _objects(item.get("bodies"))]
    return [body for body in (*newer, *older) if isinstance(body, str) and body.strip()]


def _metadata(item: dict[str, Any]) -> Metadata:
    headlines = sorted(
        _objects(item.get("headlines")), key=lambda h: h.get("role") not in ("main", "headline")
    )
    sources = [*_objects(item.get("infosources")), *_objects(item.get("infosource"))]
    return Metadata(
        id=item["uri"] or None,
        title=_first(item.get("headline"), *(h.get("value") for h in headlines), item.get("headline_main")),
        published=_first(*(item.get(name) for name in _DATES)),
        publisher=_first(
            *(source.get("name") for source in sources), item.get("provider"), item.get("copyrightholder")
        ),
        language=_first(item.get("language")),
        author=_first(item.get("byline"), item.get("by")),
    )


def _objects(value: object) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _first(*values: object) -> str | None:
    return next((value for value in values if isinstance(value, str) and value.strip()), None)
