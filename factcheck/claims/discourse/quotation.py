"""Find the quotations of a document: what stands between quotation marks, over sentences and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from factcheck.claims.parse import Sentence

_MARK = re.compile(r"''|``|[“”„«»\"‘’']")
_OPENING = frozenset("“„«") | {"``"}
_CLOSING = frozenset("”»")
_SINGLE = frozenset("‘’'")


@dataclass(frozen=True, slots=True)
class Quotation:
    """One stretch of quoted text within a paragraph, marks included (document offsets)."""

    start: int
    end: int
    block: int


def find_quotations(sentences: Sequence[Sentence]) -> list[Quotation]:
    """Return the quotations of one document in order; single marks count where they pair up."""
    if not sentences:
        return []
    text = sentences[0].document_text
    return [q for block, start, end in _blocks(sentences) for q in _of_block(text, block, start, end)]


def _blocks(sentences: Sequence[Sentence]) -> list[tuple[int, int, int]]:
    blocks: list[tuple[int, int, int]] = []
    for s in sentences:
        if blocks and blocks[-1][0] == s.block:
            blocks[-1] = (s.block, blocks[-1][1], s.end)
        else:
            blocks.append((s.block, s.start, s.end))
    return blocks


def _of_block(text: str, block: int, start: int, end: int) -> Iterator[Quotation]:
    double = single = None
    for mark in _MARK.finditer(text, start, end):
        before = text[mark.start() - 1] if mark.start() > start else " "
        after = text[mark.end()] if mark.end() < end else " "
        if mark.group() in _SINGLE:
            if double is not None:
                continue
            if single is not None and _closes_single(mark.group(), before, after):
                yield Quotation(single, mark.end(), block)
                single = None
            elif single is None and mark.group() != "’" and not before.isalnum() and after.isalnum():
                single = mark.start()
        elif double is None:
            if _opens(mark.group(), before, after):
                double, single = mark.start(), None
        elif mark.group() not in _OPENING:
            yield Quotation(double, mark.end(), block)
            double = None
    if double is not None:
        yield Quotation(double, end, block)


def _opens(mark: str, before: str, after: str) -> bool:
    if mark in _OPENING:
        return True
    # A straight mark after a digit is an inch sign, after a letter a closing mark whose partner is missing.
    return mark not in _CLOSING and not before.isalnum() and not after.isspace()


def _closes_single(mark: str, before: str, after: str) -> bool:
    return mark != "‘" and not before.isspace() and not after.isalnum()
