"""Tell the prose of an article from the furniture of its page.

Nothing is cut out: the text keeps its offsets, and every non-blank line lies in exactly one span, of a
paragraph or of boilerplate. A heading is boilerplate too: what it says, the text below says again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal

from factcheck.model import Frozen, Span
from factcheck.sources.furniture import (
    LONGEST,
    has_verb,
    is_furniture,
    is_heading,
    is_title_case,
    normal,
    vocabulary,
)
from factcheck.sources.lines import (
    BULLETS,
    UNSEEN,
    Line,
    ends_sentence,
    is_bullet,
    paragraphs,
    pieces,
    split_lines,
)

Part = Literal["prose", "open", "heading", "furniture"]

_ECHO_WORDS = 8  # a copy of body text shorter than this may be chance
_WORD = re.compile(r"\w+")
_MARKER = re.compile(r"(?:[-+*>•‣▪▫◦●○■□·]|[0-9]{1,2}[.)])\s{1,8}")


class Layout(Frozen, frozen=True):
    """The parts of one text, each in order: prose, the rest, and the first line that reads as its title."""

    blocks: tuple[Span, ...]
    boilerplate: tuple[Span, ...]
    title: str | None = None


@dataclass(slots=True)
class _Paragraph:
    """A paragraph and what it is taken for; "open" is prose-like but not closed as a sentence."""

    start: int
    end: int
    text: str
    part: Part
    form: str


def lay_out(text: str) -> Layout:
    """Split a plain text into prose and boilerplate; offsets are code points of ``text``."""
    return arrange(text, paragraphs(text, list(split_lines(text))))


def arrange(text: str, lines: Iterable[Line], furniture: Iterable[Line] = ()) -> Layout:
    """Decide what each paragraph is, given those that a format has already told to be ``furniture``."""
    page = [_read(text, line) for line in lines]
    title = _mark_title(page)
    _mark_related(page)
    _mark_twins(page)
    _mark_echoes(text, page)
    _settle(page)
    blocks, boilerplate = _spans(text, page)
    boilerplate.extend(Span(start=line.start, end=line.end) for line in furniture)
    return Layout(
        blocks=tuple(blocks), boilerplate=tuple(sorted(boilerplate, key=lambda s: s.start)), title=title
    )


def _read(text: str, line: Line) -> _Paragraph:
    raw = text[line.start : min(line.end, line.start + LONGEST + 1)]
    words = " ".join(raw.split())
    return _Paragraph(line.start, line.end, words, _first_reading(words, line), normal(words))


def _first_reading(words: str, line: Line) -> Part:
    """Judge a paragraph by itself."""
    if line.end - line.start > LONGEST:
        return "prose"
    if is_furniture(words):
        return "furniture"
    item = words.lstrip(BULLETS + UNSEEN)
    if is_bullet(words) and len(item.split()) >= 4 and not is_title_case(item.split()):
        return "open"
    if is_heading(words):
        return "heading"
    return "prose" if ends_sentence(words) and _holds_sentence(words) else "open"


def _holds_sentence(words: str) -> bool:
    # Scripts without spaces put a sentence into one word.
    return len(words.split()) >= 2 or len(words) >= 15


def _mark_title(page: Sequence[_Paragraph]) -> str | None:
    """Take the first line that is no furniture for the title if prose follows it, and return it."""
    for at, paragraph in enumerate(page):
        if paragraph.part == "prose":
            return None
        if paragraph.part == "furniture" or len(_WORD.findall(paragraph.text)) < 3:
            continue
        if not _is_title(paragraph) or all(p.part != "prose" for p in page[at + 1 :]):
            return None
        paragraph.part = "heading"
        return _without_breadcrumb(paragraph, page[at + 1 :])
    return None


def _is_title(paragraph: _Paragraph) -> bool:
    """Tell a headline from a first sentence that has lost its full stop: headlines go without articles."""
    words = paragraph.text.split()
    if paragraph.part == "heading":
        return True
    articles = sum(word.lower() in ("a", "an", "the") for word in words)
    return len(words) <= 25 and paragraph.text[-1] not in ":;," and (len(words) <= 14 or articles < 2)


def _without_breadcrumb(first: _Paragraph, rest: Iterable[_Paragraph]) -> str:
    """Give the title, which the path through the site ("Home World ...") may stand before."""
    headings = takewhile(lambda p: p.part != "prose", rest)
    bare = (p.text for p in headings if len(p.form.split()) >= 3 and first.form.endswith(" " + p.form))
    return next(bare, first.text)


def _mark_related(page: Sequence[_Paragraph]) -> None:
    """Take what is listed below "Related articles" for links, and below a closing line for the end."""
    words = vocabulary()
    middle = page[-1].end // 2 if page else 0
    listing = closed = False
    for paragraph in page:
        if paragraph.form in words.closing and paragraph.start > middle:
            closed = True
        elif paragraph.form in words.related:
            listing = True
        elif paragraph.part == "prose" and len(paragraph.text.split()) >= 12:
            listing = False
        if closed or (listing and paragraph.part != "prose"):
            paragraph.part = "furniture"


def _mark_twins(page: Sequence[_Paragraph]) -> None:
    """Take the copies of headings and captions for what they copy: navigation repeats them bare."""
    copied: set[str] = set()
    for paragraph in page:
        if paragraph.part in ("heading", "furniture"):
            copied.add(paragraph.form)
            copied.add(_uncredited(paragraph.text))
    for paragraph in page:
        if paragraph.part in ("prose", "open") and paragraph.form in copied:
            paragraph.part = "furniture"


def _uncredited(caption: str) -> str:
    """Give a caption without the sentence that credits it."""
    body, _, _ = caption.rstrip(".").rpartition(". ")
    return normal(body)


def _mark_echoes(text: str, page: Sequence[_Paragraph]) -> None:
    """Take pull quotes and decks for furniture: they repeat the opening words of a longer sentence."""
    prose = {at: _words(text[p.start : p.end]) for at, p in enumerate(page) if p.part in ("prose", "open")}
    openings: dict[tuple[str, ...], tuple[int, int]] = {}
    for at, (words, starts) in prose.items():
        for start in starts:
            key = tuple(words[start : start + _ECHO_WORDS])
            home, first = openings.get(key, (at, len(prose[at][0])))
            if len(words) - start > len(prose[home][0]) - first:
                openings[key] = (at, start)
    for at, (words, _) in prose.items():
        home, first = openings.get(tuple(words[:_ECHO_WORDS]), (at, 0))
        longer = len(words) < len(prose[home][0]) - first
        if home != at and longer and prose[home][0][first : first + len(words)] == words:
            page[at].part = "furniture"


def _words(text: str) -> tuple[list[str], list[int]]:
    """Give the words of a paragraph and the indices of those that open a sentence of some length."""
    words: list[str] = []
    starts: list[int] = []
    previous = -1
    for found in _WORD.finditer(text):
        if previous < 0 or text[previous : previous + 1] in tuple(".!?:"):
            starts.append(len(words))
        words.append(found.group().lower())
        previous = found.end()
    return words, [start for start in starts if len(words) - start >= _ECHO_WORDS]


def _settle(page: Sequence[_Paragraph]) -> None:
    """Make open lines prose; where a text has none at all, its longest line that could be a sentence."""
    for paragraph in page:
        if paragraph.part == "open":
            paragraph.part = "prose"
    if any(paragraph.part == "prose" for paragraph in page):
        return
    rest = [p for p in page if p.part == "heading" and len(p.text.split()) >= 5]
    sentences = [p for p in rest if has_verb(p.text.split())] or rest
    if sentences:
        max(sentences, key=lambda p: len(p.text)).part = "prose"


def _spans(text: str, page: Sequence[_Paragraph]) -> tuple[list[Span], list[Span]]:
    blocks: list[Span] = []
    boilerplate: list[Span] = []
    for paragraph in page:
        if paragraph.part != "prose":
            boilerplate.append(Span(start=paragraph.start, end=paragraph.end))
            continue
        start = paragraph.start + _marker_length(paragraph.text)
        dateline = dateline_length(text[start : start + 100])
        if dateline:
            boilerplate.append(Span(start=start, end=start + len(text[start : start + dateline].rstrip())))
        blocks.extend(pieces(text, Span(start=start + dateline, end=paragraph.end)))
    return blocks, boilerplate


def _marker_length(text: str) -> int:
    marker = _MARKER.match(text)
    return marker.end() if marker else 0


def dateline_length(opening: str) -> int:
    """Measure the place and date before the dash that opens a wire report ("LONDON, March 3 (Agency) -").

    The place is in capitals or an agency follows in brackets, and the report starts with a capital: a dash
    inside a sentence ("NATO — which ...") is left alone.
    """
    found = re.search(r"\s?(?:--|[-–—―_])\s{0,3}(?=[\"'“‘]?[^\W\d_])", opening[:80].split("\n")[0])
    if not found or not opening[found.end() :].lstrip("\"'“‘")[:1].isupper():
        return 0
    place = opening[: found.start()]
    words = place.replace("/", " ").split()
    if not words or len(words) > 12 or found.group() == "-":
        return 0
    named = all(not w[0].islower() for w in words) and words[0][0].isalpha()
    capitals = len(words[0].rstrip(",")) > 2 and words[0].isupper()
    return found.end() if named and (capitals or place.endswith(")")) else 0
