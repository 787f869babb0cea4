"""Cut an article's text where claims begin and end, so that overlapping claims can be marked in place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from factcheck.model import Claim
from factcheck.report.html.standing import STANDINGS, Standing
from factcheck.report.references import is_statement

# What lies in the value of a claim comes before what only lies in its quote.
_QUOTES = len(STANDINGS)
# Shorter lines are no running text that was wrapped: bylines, datelines, list items.
_WRAPPED = 50
_SENTENCE_ENDS = (".", "!", "?", ":", "”", '"', "…")


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of one line that lies in the same claims from end to end.

    ``start`` is its offset in the document's text, in code points. ``standing`` is the gravest of the
    claims whose value it lies in, or else of those whose quote it lies in; None in no claim at all.
    ``opens`` says that the value of a claim begins here.
    """

    text: str
    start: int
    standing: Standing | None
    is_value: bool
    opens: bool


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that no blank line separates; ``line`` is the number of the first, counted from 1.

    ``breaks`` says of each line whether it ends where its writer meant it to, not where a width ran out.
    """

    line: int
    lines: tuple[tuple[Segment, ...], ...]
    breaks: tuple[bool, ...]


def paragraphs(text: str, claims: Sequence[Claim], standing: Mapping[str, Standing]) -> Iterator[Paragraph]:
    """Cut a document's text into paragraphs, lines and segments, in time linear in text and claims.

    A claim's quote, and its value, is the segments from its start to its end, whatever lies across it.
    """
    sweep = _Sweep(claims, standing)
    first, offset = 1, 0
    lines: list[tuple[Segment, ...]] = []
    breaks: list[bool] = []
    for number, line in enumerate(text.split("\n"), start=1):
        segments = tuple(sweep.segments(line, offset))
        offset += len(line) + 1
        if line.strip():
            first = first if lines else number
            lines.append(segments)
            breaks.append(len(line) < _WRAPPED or line.rstrip().endswith(_SENTENCE_ENDS))
        elif lines:
            yield Paragraph(first, tuple(lines), tuple(breaks))
            lines, breaks = [], []
    if lines:
        yield Paragraph(first, tuple(lines), tuple(breaks))


class _Sweep:
    """Walks a text from left to right and keeps count of the claims that it is in."""

    def __init__(self, claims: Iterable[Claim], standing: Mapping[str, Standing]) -> None:
        self._changes: dict[int, list[tuple[int, int]]] = {}
        self._opens: set[int] = set()
        for claim in claims:
            rank = STANDINGS.index(standing[claim.id])
            self._opens.add(claim.anchor.start)
            # A statement is its own value, so nothing in it stands out.
            value_slot = rank + _QUOTES if is_statement(claim) else rank
            for span, slot in ((claim, rank + _QUOTES), (claim.anchor, value_slot)):
                if span.start < span.end:
                    self._changes.setdefault(span.start, []).append((slot, 1))
                    self._changes.setdefault(span.end, []).append((slot, -1))
        self._cuts = sorted(self._changes, reverse=True)
        self._inside = [0] * (2 * _QUOTES)

    def segments(self, line: str, offset: int) -> Iterator[Segment]:
        """Yield the segments of the next line, which begins at an offset into the text."""
        at, end = offset, offset + len(line)
        while at < end:
            while self._cuts and self._cuts[-1] <= at:
                self._pass(self._cuts.pop())
            until = min(self._cuts[-1], end) if self._cuts else end
            slot = next((slot for slot, count in enumerate(self._inside) if count), None)
            yield Segment(
                line[at - offset : until - offset],
                at,
                None if slot is None else STANDINGS[slot % _QUOTES],
                slot is not None and slot < _QUOTES,
                at in self._opens,
            )
            at = until

    def _pass(self, cut: int) -> None:
        for slot, change in self._changes[cut]:
            self._inside[slot] += change
