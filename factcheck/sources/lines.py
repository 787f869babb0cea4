"""Cut a text into lines and paragraphs without touching it.

Plain text comes in two habits: one line for each paragraph, as web pages are saved, and lines broken at a
column, as mail and old archives are. Only in the second do neighbouring lines belong together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from factcheck.model import Frozen, Span

# Characters that show nothing: str.isspace knows most of them, not the zero-width ones, the soft hyphen,
# the byte order mark and NUL.
UNSEEN = "".join(c for c in map(chr, range(0x3001)) if c.isspace()) + "\0\u00ad\u200b\u200e\u200f\u2060\ufeff"
TERMINAL = ".!?…。！？"
CLOSERS = "\"'”’»)]*_`" + UNSEEN
BULLETS = "•‣▪▫◦●○■□–—*·"

_NARROWEST, _WIDEST = 40, 120  # columns between which a text can be hard-wrapped
_FULL = 0.8  # of the width: a line this long was broken for want of room
_LARGEST = 50_000  # code points of one paragraph; parsers need memory in proportion
_LONGEST_WORD = 500  # code points; tokenizers need time in its square, and only data is longer
_WORD = re.compile(r"\S+")
_SENTENCE_BREAK = re.compile(r"[.!?]\s")


class Line(Frozen, frozen=True):
    """A non-blank line or run of lines: ``start``/``end`` exclude blank space around it.

    ``gap`` says that a blank line, or nothing, stands before it; ``indent`` counts the blank characters
    before its first visible one.
    """

    start: int
    end: int
    gap: bool
    indent: int = 0


def split_lines(text: str, start: int = 0) -> Iterator[Line]:
    """Yield the non-blank lines from ``start`` on, with offsets into the whole text.

    Every kind of line end that ``str.splitlines`` knows counts, "\\r\\n" once.
    """
    gap = True
    for raw in text[start:].splitlines(keepends=True):
        bare = raw.lstrip(UNSEEN)
        if bare:
            first = start + len(raw) - len(bare)
            yield Line(
                start=first, end=first + len(bare.rstrip(UNSEEN)), gap=gap, indent=len(raw) - len(bare)
            )
        gap = not bare
        start += len(raw)


def ends_sentence(text: str) -> bool:
    """Say whether a line ends in sentence punctuation, looking behind closing quotes and brackets."""
    return text.rstrip(CLOSERS)[-1:] in tuple(TERMINAL)


def is_bullet(text: str) -> bool:
    """Say whether a line starts with the marker of a list item."""
    return text[:1] in tuple(BULLETS) or bool(re.match(r"(?:[-+]|[0-9]{1,2}[.)])\s", text))


def paragraphs(text: str, lines: Sequence[Line], *, wrapped: bool = False) -> list[Line]:
    """Join the lines of a hard-wrapped text into paragraphs; in any other text a line is a paragraph.

    ``wrapped`` says that the text is known to be broken into lines, whatever they look like.
    """
    width = _width(lines) if wrapped and lines else _wrap_width(text, lines)
    if width is None:
        return list(lines)
    joined: list[Line] = []
    previous: Line | None = None
    for line in lines:
        if previous is not None and _runs_on(text, previous, line, width):
            joined[-1] = Line(
                start=joined[-1].start, end=line.end, gap=joined[-1].gap, indent=joined[-1].indent
            )
        else:
            joined.append(line)
        previous = line
    return joined


def pieces(text: str, span: Span) -> Iterator[Span]:
    """Cut a paragraph that cannot be parsed at once: around and within a word longer than any word, and in a
    paragraph too large after a sentence if possible, else between words."""
    start = span.start
    for found in _WORD.finditer(text, span.start, span.end):
        if found.end() - found.start() > _LONGEST_WORD:
            yield from _small_pieces(text, start, found.start())
            for at in range(found.start(), found.end(), _LONGEST_WORD):
                yield from _solid(text, at, min(at + _LONGEST_WORD, found.end()))
            start = found.end()
    yield from _small_pieces(text, start, span.end)


def _small_pieces(text: str, start: int, end: int) -> Iterator[Span]:
    while end - start > _LARGEST:
        window = text[start : start + _LARGEST]
        half = _LARGEST // 2
        cuts = [found.end() for found in _SENTENCE_BREAK.finditer(window, half)]
        cut = cuts[-1] if cuts else window.rfind(" ", half) + 1 or _LARGEST
        yield from _solid(text, start, start + cut)
        start += cut
    yield from _solid(text, start, end)


def _solid(text: str, start: int, end: int) -> Iterator[Span]:
    part = text[start:end]
    bare = part.lstrip(UNSEEN)
    if bare:
        first = end - len(bare)
        yield Span(start=first, end=first + len(bare.rstrip(UNSEEN)))


def _wrap_width(text: str, lines: Sequence[Line]) -> int | None:
    """Give the column at which a text is hard-wrapped, or None."""
    neighbours = [(a, b) for a, b in pairwise(lines) if not b.gap]
    if not neighbours:
        return None
    width = _width([line for pair in neighbours for line in pair])
    if not _NARROWEST <= width <= _WIDEST:
        return None
    broken = sum(_breaks_sentence(text, a, b, width) for a, b in neighbours)
    return width if broken >= max(1, 0.35 * len(neighbours)) else None


def _width(lines: Sequence[Line]) -> int:
    lengths = sorted(line.end - line.start for line in lines)
    return lengths[int(0.97 * (len(lengths) - 1))]


def _breaks_sentence(text: str, line: Line, following: Line, width: int) -> bool:
    if line.end - line.start < 0.6 * width:
        return False
    return text[following.start].islower() or text[line.end - 1] == ","


def _runs_on(text: str, line: Line, following: Line, width: int) -> bool:
    """Say whether a line goes on in the next one of a hard-wrapped text."""
    if following.gap or following.indent > line.indent + 1:
        return False
    if is_bullet(text[following.start : following.start + 8]):
        return False
    first_word = text[following.start : min(following.end, following.start + width)].split()[0]
    if line.end - line.start + 1 + len(first_word) > _FULL * width:
        return True
    return text[following.start].islower() and not ends_sentence(
        text[max(line.start, line.end - 20) : line.end]
    )
