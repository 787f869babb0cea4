"""Compare two days, periods or times of day, and what was written of them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from factcheck.claims.levels import (
    BOUND,
    CLOCK,
    COARSER,
    DIFFERENT,
    EQUAL,
    FAR_BOUND,
    INCOMPARABLE,
    SAME_WORDS,
    WEEKDAY,
    Level,
)
from factcheck.claims.times.calendar import bounds
from factcheck.model import Time

# What a time expression says itself of its year, and of its place in the calendar.
YEAR = re.compile(r"\d{4}|['’]\d\d")
CALENDAR = re.compile(
    r"\d{4}|\d/\d|\b(?:jan|feb|mar|apr|may|june?\b|july?\b|aug|sept?|oct|nov|dec)[a-z]*\b", re.IGNORECASE
)
DAY = re.compile(
    CALENDAR.pattern + r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun|yester|to)day|tonight|tomorrow|\bnight",
    re.IGNORECASE,
)
# So many days apart, the days of one event are counted from other dates of publication.
REPOSTED = 6
# Who writes "before 2019" of 1987 would have said more: so far from a bound, by its grain, lies what is told.
NEAR = {
    "decade": timedelta(days=36525), "year": timedelta(days=3653), "season": timedelta(days=366),
    "quarter": timedelta(days=366), "month": timedelta(days=366), "minute": timedelta(hours=1),
}  # fmt: skip
NEAR_DAY = timedelta(days=31)
MIDNIGHT = "T00:00"
# What says which half of the day an hour is of.
HALF_OF_DAY = re.compile(r"\b[ap]\.?\s?m\b|morning|noon|evening|night|dawn|dusk", re.IGNORECASE)
NOON = 12
# Of TIMEX3: a month or a day in it, of a known year or an open one.
MONTH = re.compile(r"(?:[0-9]{4}|XXXX)-[0-9]{2}(?:-[0-9]{2})?$")


def compare_times(left: Time, right: Time) -> Level:
    """Compare two times by what is known of them."""
    if not (left.resolved and right.resolved):
        return _partial(left, right)
    a, b = _calendar(left), _calendar(right)
    if a is None or b is None:
        return EQUAL if left.timex == right.timex else INCOMPARABLE
    sides = {left.relation, right.relation}
    if "until" in sides and sides & {"since", "after"}:
        return INCOMPARABLE
    if sides == {"before", "after"}:
        before, after = (a, b) if left.relation == "before" else (b, a)
        return DIFFERENT if before[1] <= after[1] else INCOMPARABLE
    if a == b:
        return EQUAL
    if (a[0] <= b[0] and b[1] <= a[1]) or (b[0] <= a[0] and a[1] <= b[1]):
        # "Before 2019" is not March 2019, but "by 2019" may be.
        return INCOMPARABLE if len(sides) == 2 and sides & {"before", "after"} else COARSER
    if sides & {"before", "after"} and len(sides) == 2:
        return _one_sided(left, a, right, b)
    if a[0] < b[1] and b[0] < a[1]:
        if a[0][:10] == b[0][:10] and "daypart" in (left.grain, right.grain):
            return COARSER  # the evening and the night of one day
        return Level("undecided", "overlapping periods", "the two periods overlap in part")
    return DIFFERENT


def _one_sided(left: Time, a: tuple[str, str], right: Time, b: tuple[str, str]) -> Level:
    """Compare "before/after X" with a date: satisfied, or contradicted where it lies on the wrong side."""
    (bound, x), y = ((left, a), b) if left.relation in ("before", "after") else ((right, b), a)
    fits = y[1] <= x[1] if bound.relation == "before" else y[0] >= x[0]
    if not fits:
        return DIFFERENT
    apart = abs(datetime.fromisoformat(x[0]) - datetime.fromisoformat(y[0]))
    return BOUND if apart <= NEAR.get(bound.grain or "", NEAR_DAY) else FAR_BOUND


def _calendar(value: Time) -> tuple[str, str] | None:
    if value.start and value.end:
        # Midnight sorts behind the day that it begins.
        return value.start.removesuffix(MIDNIGHT), value.end.removesuffix(MIDNIGHT)
    found = bounds(value.timex) if value.timex else None
    return (found[0], found[1]) if found else None


def _partial(left: Time, right: Time) -> Level:
    """Compare what can be compared where the text leaves the year or the date open."""
    x, y = _weekday(left), _weekday(right)
    if x is not None and y is not None and (left.weekday is not None or right.weekday is not None):
        if x != y:
            return Level("contradiction", "different weekday", "the weekdays differ")
        return WEEKDAY
    a, b = _month_day(left), _month_day(right)
    if a and b:
        return EQUAL if a == b else DIFFERENT
    if left.timex == right.timex and re.search(r"\d", left.timex or ""):
        return SAME_WORDS
    if left.resolved != right.resolved and _month(left) and _month(left) == _month(right):
        return COARSER
    clocks = [(v.timex or "").partition("T")[2] for v in (left, right) if v.grain == "minute"]
    if len(clocks) == 2 and clocks[0] != clocks[1]:
        return CLOCK
    return INCOMPARABLE


def _weekday(value: Time) -> int | None:
    if value.weekday is not None:
        return value.weekday
    if value.resolved and value.grain == "day" and value.start:
        try:
            return date.fromisoformat(value.start[:10]).weekday()
        except ValueError:
            return None
    return None


def _month(value: Time) -> str | None:
    """Return the month of a date, where it is one, whether its year is known or not."""
    timex = value.timex or ""
    return timex[5:7] if MONTH.match(timex) else None


def _month_day(value: Time) -> str | None:
    timex = value.timex or ""
    if len(timex) == 10 and timex[4] == timex[7] == "-" and timex[5:7].isdigit() and timex[8:].isdigit():
        return timex[5:]
    return None


def as_told(found: Level, left: tuple[str, Time], right: tuple[str, Time]) -> Level:
    """Take back a difference that lies in what was supplied: the year of "Sept. 11", the day of "3 p.m.".

    "Saturday" counts from the day of publication, and that is often the day a page was changed or posted
    anew, or begins elsewhere on the globe.
    """
    texts, (x, y) = (left[0], right[0]), (left[1], right[1])
    same = _words(left[0]) == _words(right[0])
    if found is INCOMPARABLE and same:
        return SAME_WORDS
    if found in (DIFFERENT, CLOCK) and _may_be_one_hour(left, right):
        return COARSER
    if found is not DIFFERENT:
        return found
    supplied = [not CALENDAR.search(text) for text in texts]
    clocks = [_clock(v) for v in (x, y)]
    if any(clock and not DAY.search(text) for clock, text in zip(clocks, texts, strict=True)) and not all(
        clocks
    ):
        return INCOMPARABLE
    if clocks[0] and clocks[0] == clocks[1] and any(supplied):
        return SAME_WORDS if same else COARSER
    if _month_day(x) == _month_day(y) is not None and not all(YEAR.search(text) for text in texts):
        return COARSER
    if all(supplied) and same:
        return INCOMPARABLE
    days = [_first_day(v) for v in (x, y)]
    if any(supplied) and days[0] and days[1] and abs(days[0] - days[1]) >= REPOSTED:
        return INCOMPARABLE
    return found


def _may_be_one_hour(left: tuple[str, Time], right: tuple[str, Time]) -> bool:
    """Say whether one tells an hour but not of which half of the day: "seven o'clock" may be 7 p.m."""
    clocks = [_clock(value) for _, value in (left, right)]
    days = {value.start[:10] for _, value in (left, right) if value.start}
    if len(days) > 1 or not all(clock[:2].isdigit() for clock in clocks):
        return False
    (hour, rest), (other, others) = ((int(clock[:2]), clock[2:]) for clock in clocks)
    told = [
        h >= NOON or HALF_OF_DAY.search(text) is not None
        for h, (text, _) in zip((hour, other), (left, right), strict=True)
    ]
    return rest == others and hour % NOON == other % NOON and not all(told)


def _clock(value: Time) -> str:
    return (value.timex or "").partition("T")[2] if value.grain == "minute" else ""


def _first_day(value: Time) -> int | None:
    """Return the number of a day, or of the day of a time of day; None for what is longer or unknown."""
    known = value.resolved and value.start and value.grain in ("day", "daypart", "minute")
    return date.fromisoformat(value.start[:10]).toordinal() if known and value.start else None


def _words(text: str) -> str:
    return " ".join(text.casefold().split())
