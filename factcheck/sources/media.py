"""Tell the format of what a server sent: by its first bytes, its declared type, the ending of its address."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from factcheck.errors import UnreadableDocument

# Declared types that say what it is; those that servers give to anything are left out.
TYPES = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "application/rdf+xml": "feed",
    "application/xml": "feed",
    "text/xml": "feed",
    "application/json": "ninjs",
    "application/x-ndjson": "jsonl",
    "application/jsonl": "jsonl",
    "text/markdown": "markdown",
    "text/plain": "text",
}
_VAGUE = frozenset(("", "application/octet-stream", "binary/octet-stream", "text/plain"))
_PREAMBLE = rb"(?:<\?xml[^>]{0,200}>)?\s{0,100}(?:<!--.{0,500}?-->\s{0,100})?"
_OPENINGS = (
    (re.compile(rb"%PDF-"), "pdf"),
    (re.compile(rb"PK\x03\x04"), "docx"),
    (re.compile(_PREAMBLE + rb"<(?:rss|feed|rdf:RDF)\b", re.DOTALL), "feed"),
    (re.compile(_PREAMBLE + rb"<(?:!doctype html|html)\b", re.DOTALL | re.IGNORECASE), "html"),
)


def sniff(data: bytes, media_type: str, url: str, suffixes: dict[str, str]) -> str:
    """Return the name of the format.

    Raises:
        UnreadableDocument: it is declared as something else, or nothing tells.
    """
    opening = data.removeprefix(b"\xef\xbb\xbf")[:2000].lstrip()
    for form, name in _OPENINGS:
        if form.match(opening):
            return name
    suffix = PurePosixPath(urlsplit(url).path).suffix.lower()
    if media_type in _VAGUE and suffix in suffixes:
        return suffixes[suffix]
    if media_type in TYPES:
        return TYPES[media_type]
    raise UnreadableDocument(f"the server sent {media_type or 'something without a type'}, which is not read")
