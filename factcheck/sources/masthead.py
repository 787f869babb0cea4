"""Read publication date and publisher from the lines that stand around an article."""

from __future__ import annotations

import re
from collections.abc import Iterator

from factcheck.model import Span
from factcheck.sources.dates import MONTHS, parse_absolute
from factcheck.sources.furniture import LONGEST, is_byline, is_date_alone
from factcheck.sources.layout import Layout

_LINES = 20  # of boilerplate from the top in which an article's date may stand
_MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
_DATE = re.compile(
    rf"(?:\b{_MONTH} {{0,2}}[0-9]{{1,2}}(?:st|nd|rd|th)?(?: {{0,2}},)? {{0,2}}[0-9]{{4}}"
    rf"|(?<![0-9])[0-9]{{1,2}}(?:st|nd|rd|th)?[ -]{{1,2}}{_MONTH},?[ -]{{1,2}}[0-9]{{4}}"
    r"|(?<![0-9])[0-9]{4} ?[-/.] ?[0-9]{1,2} ?[-/.] ?[0-9]{1,2}"
    r"|(?<![0-9])[0-9]{1,2} ?[-/.] ?[0-9]{1,2} ?[-/.] ?[0-9]{2,4})(?![0-9])",
    re.IGNORECASE,
)
_UPDATED = re.compile(r"\b(?:updated|modified|accessed)\b", re.IGNORECASE)
_LONGEST_PLACE = 4
_STAMPED = re.compile(r"\b(?:published|posted|updated|modified|date)\b ?:?", re.IGNORECASE)
_PUBLISHER = re.compile(
    r"(?:\b[Ee]ditorial (?:[Bb]oard|[Tt]eam) of (?:the )?|^(?:Source|Publisher|Published by):? "
    r"|(?:©|\(c\)|Copyright) [0-9]{4} )"
    r"(?P<name>[^\W\d_][^/|,:;()]{1,59}?)(?= *(?:$|[/|,;()®™©]|\. |\.$| - ))"
)


def publication_date(text: str, layout: Layout) -> str | None:
    """Find the ISO date on which an article says it was published, or else updated.

    Only a full date counts, in a line of its own, a byline, a labelled line or the dateline of a wire report,
    near the top: dates in captions and in the article itself are of other things.
    """
    updated: str | None = None
    for number, (line, dateline) in enumerate(_top_lines(text, layout)):
        placed = number > 0 and _is_placed(line)
        if not (dateline or placed or is_date_alone(line) or is_byline(line) or _STAMPED.match(line)):
            continue
        for found in _DATE.finditer(line):
            value = full_date(re.sub(r" ?([-/.]) ?", r"\1", found.group()).replace(" ,", ","))
            if value is None:
                continue
            if not _UPDATED.search(line[: found.start()].rpartition("ublished")[2]):
                return value
            updated = updated or value
    return updated


def _is_placed(line: str) -> bool:
    """Say whether a line is a place and a date: "Port Elwick, March 14, 2026"; a headline may be too."""
    found = _DATE.search(line)
    if found is None or line[found.end() :].strip(" .-–—"):
        return False
    place = line[: found.start()].replace(",", " ").split()
    return 0 < len(place) <= _LONGEST_PLACE and all(word[0].isupper() for word in place)


def publisher_name(text: str, layout: Layout) -> str | None:
    """Find who published an article, where a byline, a source line or a copyright notice says so."""
    for span in (*layout.boilerplate[:_LINES], *layout.boilerplate[-_LINES:]):
        line = _one_line(text, span)
        found = _PUBLISHER.search(line)
        if found:
            return found["name"].strip()
    return None


def full_date(text: str) -> str | None:
    """Read a date that names its day; a bare month or year is no publication date."""
    value = parse_absolute(text)
    return value if value is not None and len(value) == 10 else None


def _top_lines(text: str, layout: Layout) -> Iterator[tuple[str, bool]]:
    """Yield the first lines of boilerplate, each with whether it opens a paragraph as a dateline."""
    starts = {block.start for block in layout.blocks[:_LINES]}
    for span in layout.boilerplate[:_LINES]:
        gaps = range(span.end, span.end + 4)
        dateline = any(at in starts and "\n" not in text[span.end : at] for at in gaps)
        yield _one_line(text, span), dateline


def _one_line(text: str, span: Span) -> str:
    return " ".join(text[span.start : min(span.end, span.start + LONGEST)].split())
