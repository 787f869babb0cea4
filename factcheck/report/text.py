"""Make article text safe and short enough to show.

Articles are hostile input: a quote can hold terminal escapes, text-direction overrides or invisible
characters. Everything a renderer takes from a document, its path and title included, passes through
:func:`visible` first.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

ELLIPSIS = "…"
# Control, format, surrogate, separators of lines: nothing in these categories has a glyph of its own.
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_DELETE = 0x7F
_DELETE_PICTURE = "\u2421"
_CONTROL_PICTURES = 0x2400
# What the log of a GitHub job obeys: two colons at the start of a line, or an older form anywhere.
# Source: actions/runner, ActionCommand.cs.
_COMMAND = re.compile(r"^([^\S\n]*)::|##\[", re.MULTILINE)


def visible(text: str) -> str:
    """Return the text as one line in which every character can be seen.

    Runs of white space become one space. C0 controls become control pictures (ESC is shown as ␛); C1
    controls, text-direction and zero-width characters become their escape (``\\u202e``). Idempotent.
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text
    return "".join(map(_shown, _one_line(text)))


def visible_path(path: str) -> str:
    """Return a path in which every character can be seen; unlike :func:`visible`, no space is dropped."""
    return "".join(map(_shown, path))


def without_commands(written: str) -> str:
    """Return lines that the log of a GitHub job takes for text, as wide as they were and alike to the eye."""
    return _COMMAND.sub(lambda found: "♯♯[" if found[1] is None else f"{found[1]}∶∶", written)


def excerpt(quote: str, start: int, end: int, limit: int = 200) -> tuple[str, str, str]:
    """Cut a quote down to about ``limit`` code points around a part of it.

    ``start`` and ``end`` are half-open offsets into ``quote``. Returns what stands before that part, the
    part, and what stands after it, all of it visible; a cut falls between words and leaves an ellipsis.
    The part itself is cut only when it is longer than the limit.
    """
    before, part, after = quote[:start], quote[start:end], quote[end:]
    if len(quote) > limit:
        room = max(limit - len(part), 0)
        left = min(len(before), max(room // 2, room - len(after)))
        before = _last_words(before, left)
        after = _first_words(after, room - left)
        part = _first_words(part, limit)
    return visible(before).lstrip(), visible(part), visible(after).rstrip()


def shorten(text: str, limit: int) -> str:
    """Return the beginning of a text, visible, in about ``limit`` code points, cut between words."""
    return visible(_first_words(text.strip(), limit))


def sentence(text: str) -> str:
    """Write a clause as a sentence: with a capital letter and a full stop."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?", "…")) or not text else ".")


def _one_line(text: str) -> str:
    """Collapse white space, keeping a single space at either edge so that pieces can be joined again."""
    inner = " ".join(text.split())
    if not inner:
        return " " if text else ""
    return (" " if text[0].isspace() else "") + inner + (" " if text[-1].isspace() else "")


@lru_cache(maxsize=4096)
def _shown(character: str) -> str:
    code = ord(character)
    if code < 0x20:
        return chr(_CONTROL_PICTURES + code)
    if code == _DELETE:
        return _DELETE_PICTURE
    if unicodedata.category(character) in _INVISIBLE:
        return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
    return character


def _first_words(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    kept = text[:limit]
    space = kept.rfind(" ")
    # A word that fills more than half of the room is cut through rather than dropped.
    if space > limit // 2:
        kept = kept[:space]
    return kept.rstrip() + ELLIPSIS


def _last_words(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    kept = text[len(text) - limit :]
    space = kept.find(" ")
    if 0 <= space < limit // 2:
        kept = kept[space + 1 :]
    return ELLIPSIS + kept.lstrip()
