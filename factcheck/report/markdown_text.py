"""Escape article data for Markdown, and lay out its tables.

Escaped text comes out as text in any CommonMark or GitHub reader: no HTML, links, images, headings,
formulas, mentions or references to issues.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from factcheck.model import Claim
from factcheck.report.references import QUOTE_LENGTH, quoted
from factcheck.report.text import visible

# GitHub links addresses, mentions and issue numbers even where their characters are escaped; a
# zero-width space stops it. It cannot come from the article, where invisible characters are made visible.
_BREAK = "\u200b"
_LINKED = re.compile(r"@|(?<=\bwww)(?=\.)|:(?=//)|#(?=\d)|(?<=\bGH)-(?=\d)", re.IGNORECASE | re.ASCII)
_ESCAPES = str.maketrans(
    {character: f"\\{character}" for character in "\\`*_[]~$#"}
    | {"&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;", _BREAK: "&#8203;"}
)


def escape(text: str) -> str:
    """Return article data as one line of Markdown that shows exactly its visible text."""
    shown = _LINKED.sub(lambda found: found[0] + _BREAK, visible(text))
    escaped = shown.translate(_ESCAPES)
    start = len(escaped) - len(escaped.lstrip("0123456789 "))
    # A line that starts like a list item or an underlined heading would become one; one that starts with
    # colons would be a command in the log of a GitHub job.
    if start < len(escaped) and escaped[start] in ("-+=:" if not escaped[:start].strip() else ".)"):
        return f"{escaped[:start]}\\{escaped[start:]}"
    return escaped


def quote(claim: Claim, limit: int = QUOTE_LENGTH) -> str:
    """Return a claim's quote in quotation marks, its value in bold."""
    before, value, after = quoted(claim, limit)
    return f"“{escape(before)}{_strong(before, value, after)}{escape(after)}”"


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Lay out a table whose cells are Markdown of one line each."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _strong(before: str, value: str, after: str) -> str:
    """Make the value bold, unless the asterisks would be read as such.

    Source: CommonMark 0.31, left- and right-flanking delimiter runs: beside a letter, a delimiter run
    must not have punctuation on its inner side.
    """
    if not value.strip() or value != value.strip():
        return escape(value)
    opens = value[0].isalnum() or _is_boundary(before[-1:])
    closes = value[-1].isalnum() or _is_boundary(after[:1])
    return f"**{escape(value)}**" if opens and closes else escape(value)


def _is_boundary(character: str) -> bool:
    return not character or character.isspace() or unicodedata.category(character)[0] in "PS"
