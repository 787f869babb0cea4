"""Find what a document asks to have ignored: comments, and entries of front matter.

``<!-- factcheck: ignore FC301 reason -->`` holds for its line, or, alone on a line, for the paragraph after
it; ``factcheck: {ignore: [FC201], reason: ...}`` in front matter for the whole document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from factcheck.model import Ignore, Span

_OPENING = re.compile(r"<!--[ \t]{0,20}factcheck:[ \t]{0,20}ignore\b")
_FRONT = re.compile(r"^factcheck[ \t]{0,20}:[^\r\n]{0,200}", re.MULTILINE)
_CODE = re.compile(r"FC[0-9]{3}")
_LONGEST = 500  # code points of a comment


def find_comments(document: str, text: str, blocks: Sequence[Span]) -> Iterator[Ignore]:
    """Yield the comments of a text that ask to ignore something; ``blocks`` are its paragraphs, in order."""
    for opening in _OPENING.finditer(text):
        closing = text.find("-->", opening.end(), opening.end() + _LONGEST)
        if closing >= 0:
            start, end = opening.start(), closing + 3
            rules, reason = _asked(text[opening.end() : closing])
            yield Ignore(
                document=document, start=start, end=end, quote=text[start:end], rules=rules, reason=reason,
                scope=_scope(text, start, end, blocks),
            )  # fmt: skip


def of_front_matter(document: str, text: str, entries: Sequence[str]) -> Iterator[Ignore]:
    """Yield what front matter asks to ignore, each entry codes of rules and a reason."""
    place = _FRONT.search(text)
    start, end = place.span() if place else (0, 0)
    for entry in entries:
        rules, reason = _asked(entry)
        yield Ignore(
            document=document, start=start, end=end, quote=text[start:end], rules=rules, reason=reason,
            scope=Span(start=0, end=len(text)),
        )  # fmt: skip


def front_entries(value: object) -> tuple[str, ...]:
    """Return the entries of ``factcheck`` in front matter; an empty one for what cannot be understood."""
    if value is None:
        return ()
    asked = value.get("ignore") if isinstance(value, dict) else None
    reason = value.get("reason", "") if isinstance(value, dict) else ""
    entries = asked if isinstance(asked, list) else [asked]
    return tuple(f"{entry} {reason}" if isinstance(entry, str) else "" for entry in entries)


def _asked(words: str) -> tuple[tuple[str, ...], str]:
    """Split "FC301, FC302 why" into codes and reason."""
    parts = words.split()
    codes = list(takewhile(_CODE.fullmatch, (part.rstrip(",") for part in parts)))
    return tuple(codes), " ".join(parts[len(codes) :])


def _scope(text: str, start: int, end: int, blocks: Sequence[Span]) -> Span:
    first = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    ends = [at for at in (text.find("\n", end), text.find("\r", end)) if at >= 0]
    last = min(ends, default=len(text))
    if text[first:start].strip() or text[end:last].strip():
        return Span(start=first, end=last)
    after = (Span(start=max(block.start, end), end=block.end) for block in blocks if block.end > end)
    return next(after, Span(start=end, end=end))
