"""What a time expression says, and what its reader may lean on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from factcheck.claims.times import calendar
from factcheck.claims.times.calendar import Direction
from factcheck.model import Comparator, Duration, Kind, Time

Tense = Literal["past", "present", "future"]

# How much farther off than the next occurrence the last one may lie and still be meant, by tense: months and
# quarters follow the tense of their verb closely, days less so ("declared a dividend to holders of Nov. 17").
_REACH: dict[str, dict[Tense | None, float]] = {
    "day": {"past": 8.0, "present": 1.0, None: 2.0, "future": 0.2},
    "month": {"past": 30.0, "present": 3.0, None: 3.0, "future": 0.2},
    "quarter": {"past": 30.0, "present": 3.0, None: 3.0, "future": 1.0},
}
# How far from an article's date the days lie that it reports or announces.
_NEWS_DAYS = 31
_LEVELS = {
    "minute": "day", "hour": "day", "daypart": "day", "day": "day", "week": "day", "weekend": "day",
    "month": "month", "quarter": "month", "season": "month", "half": "month",
}  # fmt: skip


@dataclass(slots=True)
class Reading:
    """What an expression says. ``suffix`` is set where the year was not written ("-06-14"): a neighbour
    may still supply it; ``dated_in_full`` where a month or day has its year in figures. ``vague`` values
    are found but are nothing to check."""

    kind: Kind
    value: Time | Duration
    suffix: str | None = None
    dated_in_full: bool = False
    vague: bool = False


@dataclass
class Context:
    """What an expression may lean on: the article's date, the dates the text gave, the clause's tense.

    Dates are TIMEX3 values. ``reference`` is the last date, ``near`` the last of each level in the paragraph,
    ``written`` the last month or day that was given with its year, ``topic`` the latest day the text spoke of
    other than the article's own, ``quarter`` the quarter spoken of, ``day`` the last day of
    the sentence. ``hedge`` and ``tense`` are those of the expression being read.
    """

    published: date | None
    reference: str | None = None
    near: dict[str, str] = field(default_factory=dict)
    written: str | None = None
    topic: str | None = None
    quarter: str | None = None
    day: str | None = None
    tense: Tense | None = None
    hedge: Comparator = "exact"

    @property
    def today(self) -> date:
        """The article's date; only asked for after `published` was seen to be there."""
        assert self.published is not None
        return self.published

    @property
    def direction(self) -> Direction:
        """Where a weekday lies."""
        return "future" if self.tense == "future" else "past"

    def enter_paragraph(self) -> None:
        """Forget what only holds within a paragraph."""
        self.near = {}

    def remember(self, reading: Reading) -> None:
        """Take a date of the text for what later ones may lean on."""
        value = reading.value
        if not isinstance(value, Time) or not value.end or not value.timex or "/" in value.timex:
            return
        assert value.start is not None  # it comes with the end
        level = _LEVELS.get(value.grain or "", "year")
        self.reference = self.near[level] = value.timex
        if reading.dated_in_full:
            self.written = value.timex
        if level == "day":
            if value.start[:10] != str(self.published):  # "today" is where the writer stands, not the tale
                self.topic = max(self.topic or "", value.start[:10])
            self.day = value.start[:10] if value.grain == "day" else self.day
        if value.grain == "quarter" and self._is_recent(value.start):
            self.quarter = value.timex

    def _is_recent(self, day: str) -> bool:
        """Older quarters are there to compare with, and are not "the quarter"."""
        return self.published is not None and abs((self.published - date.fromisoformat(day)).days) <= 366

    def referred(self, unit: str) -> date | None:
        """The first day of the date that "the following ``unit``" counts from, else the article's date."""
        level = _LEVELS.get(unit, "year")
        timex = (
            self.reference if level == "year" else self.near.get("day") or self.near.get(level) or self.topic
        )
        return (calendar.first_day(timex) if timex else None) or self.published

    def spoken_of(self, unit: str) -> date | None:
        """The same for "that ``unit``", which points to the text alone."""
        return self.referred(unit) if self.near or self.topic or self.reference else None


def dated(
    timex: str | None,
    unknown: str,
    *,
    suffix: str | None = None,
    weekday: int | None = None,
    in_full: bool = False,
) -> Reading:
    """Make the reading of a date; ``unknown`` is its value where the year or day cannot be told."""
    limits = calendar.bounds(timex) if timex else None
    if timex is None or limits is None:
        shown = timex or unknown
        value = Time(timex=shown, start=calendar.yearless(shown), resolved=False, weekday=weekday)
        return Reading("date", value, suffix=suffix)
    start, end, grain = limits
    value = Time(timex=timex, start=start, end=end, grain=grain, weekday=weekday)
    return Reading("period" if "/" in timex else "date", value, suffix=suffix, dated_in_full=in_full)


def reference(timex: str) -> Reading:
    """Make the reading of PRESENT_REF and the like, or of a recurring date: nothing to check."""
    return Reading("date", Time(timex=timex, resolved=False), vague=True)


def yearly(suffix: str, context: Context) -> str | None:
    """Choose the year of a month, day, season or quarter that was written without one.

    A writer drops the year that was just given: without an article's date, the last year the text wrote
    holds; with one, it holds within the month it was given for ("In October 2016 ... on Oct. 7") unless
    that day lies in the days the news is of.
    """
    written = calendar.first_day(context.written) if context.written else None
    if context.published is None:
        return calendar.likely_year(written, suffix, 1.0) if written else None
    grain = "quarter" if "Q" in suffix or "H" in suffix else "day" if len(suffix) > 4 else "month"
    near = calendar.likely_year(context.today, suffix, _REACH[grain][context.tense])
    if grain == "day" and written and suffix.startswith(f"-{written.month:02d}-"):
        day = calendar.first_day(near) if near else None
        if day is None or abs((day - context.today).days) > _NEWS_DAYS:
            return calendar.day_value(written.year, written.month, int(suffix[4:]))
    return near
